/// Which proxy the usual environment variables name for a URL, as curl and most programs read them.
///
/// `https_proxy`/`HTTPS_PROXY`, `http_proxy` (only in small letters: a web server may set `HTTP_PROXY` from a request's `Proxy` header,
/// so it is taken only where no `REQUEST_METHOD` says that this is a CGI program), `all_proxy`/`ALL_PROXY`, and `no_proxy`/`NO_PROXY`.
public struct ProxyEnvironment: Sendable, Hashable {
  private let variables: [String: String]

  public init(_ environment: [String: String]) {
    let names = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"]
    var kept = environment.filter { names.contains($0.key) && !$0.value.isEmpty }
    if environment["REQUEST_METHOD"] != nil { kept["HTTP_PROXY"] = nil }
    variables = kept
  }

  /// The proxy for `url` as `http://host:port`, or nil for a direct connection. Loopback hosts never go through a proxy.
  public func proxy(for url: String) -> String? {
    guard let target = WebAddress(url), !target.isLoopback else { return nil }
    if excludes(host: target.host, port: target.port) { return nil }
    let names =
      target.isSecure ? ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] : ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]
    guard let value = names.lazy.compactMap({ variables[$0] }).first else { return nil }
    return value.contains("://") ? value : "http://" + value
  }

  /// The proxy for `url` when `configured` is the one that a person has set for all remote hosts.
  public func proxy(for url: String, configured: String?) -> String? {
    guard let configured, let target = WebAddress(url), !target.isLoopback else { return proxy(for: url) }
    return configured
  }

  /// An entry covers the host itself and everything below it; a leading dot or `*.` is tolerated, a port narrows it.
  private func excludes(host: String, port: Int) -> Bool {
    let entries = (variables["no_proxy"] ?? variables["NO_PROXY"] ?? "").split { $0 == "," || $0.isWhitespace }
    return entries.contains { entry in
      if entry == "*" { return true }
      var name = entry.lowercased()
      if let colon = name.lastIndex(of: ":"), !name.dropLast(name.distance(from: colon, to: name.endIndex)).contains(":"),
        let entryPort = Int(name[name.index(after: colon)...])
      {
        guard entryPort == port else { return false }
        name = String(name[..<colon])
      }
      while let first = name.first, first == "." || first == "*" { name.removeFirst() }
      guard !name.isEmpty else { return false }
      if let block = AddressBlock(name) { return block.contains(host) }
      return host == name || host.hasSuffix("." + name)
    }
  }
}

/// An IPv4 network such as `10.0.0.0/8`.
private struct AddressBlock {
  var network: UInt32
  var bits: UInt32

  init?(_ text: String) {
    let parts = text.split(separator: "/")
    guard parts.count == 2, let bits = UInt32(parts[1]), bits <= 32, let address = AddressBlock.address(String(parts[0])) else {
      return nil
    }
    self.network = address
    self.bits = bits
  }

  func contains(_ host: String) -> Bool {
    guard let address = AddressBlock.address(host) else { return false }
    let mask: UInt32 = bits == 0 ? 0 : ~0 << (32 - bits)
    return address & mask == network & mask
  }

  static func address(_ text: String) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var result: UInt32 = 0
    for part in parts {
      guard let byte = UInt8(part) else { return nil }
      result = result << 8 | UInt32(byte)
    }
    return result
  }
}
