/// Finds the proxy by the variables that curl and most other programs heed.
public enum ProxyEnvironment {
  /// - Returns: the proxy for `url`, or nil when it is to be reached directly. A proxy never stands before this machine itself.
  public static func proxy(for url: String, environment: [String: String]) -> String? {
    guard let address = WebAddress(url), !address.isLoopback, !isExempt(address, environment) else { return nil }
    // `HTTP_PROXY` in capitals is left out on purpose: a CGI request's `Proxy:` header could set it.
    let names = address.scheme == "https" ? ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] : ["http_proxy", "all_proxy", "ALL_PROXY"]
    guard let value = names.lazy.compactMap({ environment[$0] }).first(where: { !$0.isEmpty }) else { return nil }
    let text = value.contains("://") ? value : "http://" + value
    return WebAddress(text)?.scheme == "http" ? text : nil
  }

  private static func isExempt(_ address: WebAddress, _ environment: [String: String]) -> Bool {
    let list = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
    return list.split(whereSeparator: { $0 == "," || $0 == " " }).contains { item in
      if item == "*" { return true }
      let parts = item.lowercased().split(separator: ":", maxSplits: 1)
      if parts.count == 2, let port = Int(parts[1]), port != address.port { return false }
      let name = (parts.first ?? "").drop { $0 == "." }
      return !name.isEmpty && (address.host == name || address.host.hasSuffix("." + name))
    }
  }
}
