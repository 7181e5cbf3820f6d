import Foundation
import JWTKit

/// Why a token was not given: RFC 6749's `error`, a description, and the status that goes with them.
struct TokenRefusal: Error, Equatable {
  var status: Int
  var error: String
  var description: String

  static func invalidRequest(_ description: String) -> TokenRefusal {
    TokenRefusal(status: 400, error: "invalid_request", description: description)
  }
  static func invalidClient(_ description: String) -> TokenRefusal {
    TokenRefusal(status: 401, error: "invalid_client", description: description)
  }
}

/// Judges client assertions (RFC 7523) as Redox does: RS384 or ES384 by a registered key, five minutes at most, each `jti` once.
///
/// The signature is checked by jwt-kit, while the client signs by other means, so that a mistake in one does not agree with itself.
struct ClientAssertion {
  /// The claims of an assertion whose signature, names and times are right.
  struct Verified: Sendable {
    var client: SandboxClient
    var jti: String
    var expires: Date
  }

  var clients: [SandboxClient]
  var audiences: Set<String>
  var limits: SandboxLimits
  var now: Date

  func verify(_ assertion: String) async throws -> Verified {
    let segments = assertion.split(separator: ".", omittingEmptySubsequences: false)
    guard segments.count == 3, let header = Self.object(segments[0]), let claims = Self.object(segments[1]) else {
      throw TokenRefusal.invalidRequest("client_assertion is not a signed JWT")
    }
    guard let keyID = header["kid"]?.string, !keyID.isEmpty else {
      throw TokenRefusal.invalidRequest("JWT header kid property is required")
    }
    guard let algorithm = header["alg"]?.string, let algorithm = SandboxPublicKey.Algorithm(rawValue: algorithm) else {
      throw TokenRefusal.invalidRequest("JWT header alg must be RS384 or ES384")
    }
    if let type = header["typ"], type.string?.uppercased() != "JWT" { throw TokenRefusal.invalidRequest("JWT header typ must be JWT") }
    guard let issuer = claims["iss"]?.string, issuer == claims["sub"]?.string else {
      throw TokenRefusal.invalidRequest("JWT claims iss and sub must both be the client ID")
    }
    guard let client = clients.first(where: { $0.clientID == issuer }),
      let key = client.keys.first(where: { $0.keyID == keyID && $0.algorithm == algorithm })
    else { throw TokenRefusal.invalidClient("No public key was found for this client ID, kid and alg") }
    try await Self.checkSignature(of: assertion, by: key)
    try checkAudience(claims["aud"])
    let expires = try checkTimes(claims)
    guard let jti = claims["jti"]?.string, !jti.isEmpty else { throw TokenRefusal.invalidRequest("JWT claim jti is required") }
    return Verified(client: client, jti: jti, expires: expires)
  }

  /// An absent audience is let pass, because a client that leaves it out is known to work against Redox.
  private func checkAudience(_ audience: JSON?) throws(TokenRefusal) {
    let named: [String]
    switch audience {
    case nil: return
    case .string(let one): named = [one]
    case .array(let several): named = several.compactMap(\.string)
    default: named = []
    }
    guard named.contains(where: audiences.contains) else { throw .invalidClient("JWT claim aud is not this token endpoint") }
  }

  private func checkTimes(_ claims: JSON) throws(TokenRefusal) -> Date {
    let skew = TimeInterval(limits.clockSkewSeconds)
    guard let expiry = claims["exp"]?.double else { throw .invalidRequest("JWT claim exp must be seconds since 1970") }
    guard let issued = claims["iat"]?.double else { throw .invalidRequest("JWT claim iat must be seconds since 1970") }
    let present = now.timeIntervalSince1970
    guard expiry > present - skew else { throw .invalidClient("JWT is expired") }
    guard expiry <= present + TimeInterval(limits.assertionSeconds) + skew, expiry - issued <= TimeInterval(limits.assertionSeconds) else {
      throw .invalidClient("JWT claim exp is more than 5 minutes ahead")
    }
    guard issued <= present + skew else { throw .invalidClient("JWT claim iat is in the future") }
    return Date(timeIntervalSince1970: expiry + skew)
  }

  private static func checkSignature(of assertion: String, by key: SandboxPublicKey) async throws {
    let keys = JWTKeyCollection()
    switch key.algorithm {
    case .es384: await keys.add(ecdsa: try ES384PublicKey(pem: key.pem))
    case .rs384: await keys.add(rsa: try Insecure.RSA.PublicKey(pem: key.pem), digestAlgorithm: .sha384)
    }
    do {
      _ = try await keys.verify(assertion, as: AnyClaims.self)
    } catch {
      throw TokenRefusal.invalidClient("JWT signature does not match the registered public key")
    }
  }

  private static func object(_ segment: Substring) -> JSON? {
    var base64 = String(segment.replacing("-", with: "+").replacing("_", with: "/"))
    base64 += String(repeating: "=", count: (4 - base64.count % 4) % 4)
    guard let data = Data(base64Encoded: base64), let value = try? JSON(parsing: Array(data)), case .object = value else { return nil }
    return value
  }

  /// Claims are judged above, from the JSON itself; jwt-kit is asked for the signature only.
  private struct AnyClaims: JWTPayload {
    init(from decoder: any Decoder) {}
    func encode(to encoder: any Encoder) {}
    func verify(using algorithm: some JWTAlgorithm) {}
  }
}
