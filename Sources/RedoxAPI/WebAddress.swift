internal import SafeText
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// An http or https URL taken apart, with what the rules about plain text and proxies need to know.
public struct WebAddress: Sendable, Hashable {
  /// Lower case, without the brackets of an IPv6 address.
  public let host: String
  public let port: Int
  public let isSecure: Bool
  /// User and password of a proxy's URL.
  let user: String?
  let password: String?
  let hasFragment: Bool

  /// Nil unless `text` is an absolute http or https URL with a host.
  public init?(_ text: String) {
    guard !text.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F }), let url = URL(string: text),
      let scheme = url.scheme?.lowercased(), scheme == "http" || scheme == "https",
      var host = url.host(percentEncoded: false)?.lowercased(), !host.isEmpty
    else { return nil }
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    self.host = host
    isSecure = scheme == "https"
    port = url.port ?? (isSecure ? 443 : 80)
    user = url.user(percentEncoded: false)
    password = url.password(percentEncoded: false)
    hasFragment = url.fragment() != nil
  }

  /// 127.0.0.0/8, ::1 and localhost: this machine, whatever a name server may say.
  public var isLoopback: Bool {
    if host == "localhost" || host == "::1" || host == "0:0:0:0:0:0:0:1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// Whether a service can be called by it: without a user's name, which would be a secret, and without a fragment, which is never sent.
  public var isServiceAddress: Bool { user == nil && !hasFragment }

  /// Checks a configured URL: https, or http to this machine.
  ///
  /// - Parameter name: what the URL is for, as the sentence says it: “the upload”.
  static func checked(_ text: String, for name: DisplayText) throws(DestinationError) -> WebAddress {
    let shown = DisplayText(escaping: text.prefix { $0 != "?" && $0 != "#" }.prefix(200))
    guard !text.isEmpty else { throw DestinationError(.configuration("No URL is configured for \(name).")) }
    guard let address = WebAddress(text), address.isServiceAddress else {
      throw DestinationError(.configuration("The URL for \(name) is not one that can be used: \(shown)"))
    }
    guard address.isSecure || address.isLoopback else {
      throw DestinationError(
        .configuration("The URL for \(name) must begin with https://. Plain http would show patient data to the network: \(shown)"))
    }
    return address
  }
}
