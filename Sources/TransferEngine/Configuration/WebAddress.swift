/// The parts of a URL that this program decides by.
struct WebAddress: Sendable, Hashable {
  var scheme: String
  var host: String
  var port: Int

  /// Nil unless `text` is an absolute `http` or `https` URL with a host and without a user name.
  init?(_ text: String) {
    guard let mark = text.firstRange(of: "://") else { return nil }
    let scheme = text[..<mark.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else { return nil }
    let authority = text[mark.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !authority.contains("@"), !text.contains(where: { $0.isWhitespace }) else { return nil }

    var host = authority
    var port = scheme == "https" ? 443 : 80
    let bracket = authority.lastIndex(of: "]") ?? authority.startIndex
    if let colon = authority[bracket...].lastIndex(of: ":") {
      guard let number = Int(authority[authority.index(after: colon)...]), (1...65535).contains(number) else { return nil }
      port = number
      host = authority[..<colon]
    }
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard !host.isEmpty else { return nil }
    (self.scheme, self.host, self.port) = (scheme, host.lowercased(), port)
  }

  var isLoopback: Bool {
    host == "localhost" || host == "::1" || (host.hasPrefix("127.") && host.split(separator: ".").count == 4)
  }
}

extension WebAddress {
  /// A host and a port by themselves.
  init(host: String, port: Int) { (scheme, self.host, self.port) = ("", host, port) }
}
