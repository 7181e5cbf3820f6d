internal import SafeText
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The signed statement by which a client proves its key (RFC 7523; Redox documents the header and claims).
struct ClientAssertion {
  /// Seconds; Redox allows five minutes. Less leaves room for a clock that is a little ahead.
  static let lifetime = 240.0

  var clientID: String
  var keyID: String
  var audience: String
  /// Never used twice.
  var nonce: String
  var issuedAt: Date

  private struct Header: Encodable {
    var alg: String
    var kid: String
    var typ = "JWT"
  }

  private struct Claims: Encodable {
    var iss: String
    var sub: String
    var aud: String
    var iat: Int
    var exp: Int
    var jti: String
  }

  /// The compact serialisation: header, claims and signature.
  func signed(by key: PrivateKey) throws(PrivateKey.Problem) -> String {
    let issued = Int(issuedAt.timeIntervalSince1970)
    let claims = Claims(
      iss: clientID, sub: clientID, aud: audience, iat: issued, exp: issued + Int(ClientAssertion.lifetime), jti: nonce)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let header = try? encoder.encode(Header(alg: key.algorithm.rawValue, kid: keyID)), let body = try? encoder.encode(claims) else {
      throw PrivateKey.Problem("The client id or key id cannot be written as JSON.")
    }
    let signingInput = Base64URL.encode(header) + "." + Base64URL.encode(body)
    return signingInput + "." + Base64URL.encode(try key.signature(of: Array(signingInput.utf8)))
  }
}
