internal import Crypto
internal import CryptoExtras
internal import SafeText
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A JSON Web Key (RFC 7517, 7518 §6) as far as signing needs it.
private struct JWK: Codable {
  var kty: String
  var alg: String?
  var use: String?
  var kid: String?
  var crv: String?
  var x: String?
  var y: String?
  var n: String?
  var e: String?
  var d: String?
  var p: String?
  var q: String?
}

private struct JWKSet: Decodable {
  var keys: [JWK]
}

extension PrivateKey {
  init(jwkText: String, keyID: String?) throws(Problem) {
    let data = Data(jwkText.utf8.drop { $0 == 0xEF || $0 == 0xBB || $0 == 0xBF })
    let keys: [JWK]
    if let set = try? JSONDecoder().decode(JWKSet.self, from: data) {
      keys = set.keys
    } else if let list = try? JSONDecoder().decode([JWK].self, from: data) {
      keys = list
    } else if let key = try? JSONDecoder().decode(JWK.self, from: data) {
      keys = [key]
    } else {
      throw Problem("The key file looks like JSON but holds no key (JWK). Check that it is complete.")
    }
    try self.init(jwk: PrivateKey.choose(from: keys, keyID: keyID))
  }

  private static func choose(from keys: [JWK], keyID: String?) throws(Problem) -> JWK {
    if let keyID, let match = keys.first(where: { $0.kid == keyID }) { return match }
    // A key without an id, alone in its file, is the one that was meant.
    if keys.count == 1, keyID == nil || keys[0].kid == nil { return keys[0] }
    let present = keys.compactMap(\.kid).prefix(5).map { DisplayText(escaping: $0.prefix(60)) }.joined(separator: ", ")
    guard let keyID else { throw Problem("The key file holds \(keys.count) keys (\(present)). Say which by key_id.") }
    throw Problem("The key file holds no key with the id “\(keyID.prefix(60))”. It has: \(present.isEmpty ? "none with an id" : present).")
  }

  private init(jwk: JWK) throws(Problem) {
    switch jwk.kty {
    case "EC":
      guard jwk.crv == "P-384" else { throw PrivateKey.wrongCurve(jwk.crv ?? "(none named)") }
      guard let secret = try PrivateKey.number(jwk.d, required: true) else { throw PrivateKey.damaged }
      let padded = Data(repeating: 0, count: max(0, 48 - secret.count)) + secret
      guard let key = try? P384.Signing.PrivateKey(rawRepresentation: padded) else { throw PrivateKey.damaged }
      let point = key.publicKey.rawRepresentation
      if let x = try PrivateKey.number(jwk.x), let y = try PrivateKey.number(jwk.y), x + y != point {
        throw Problem("The two halves of the key do not belong together (d does not give x and y). Make or download it anew.")
      }
      self.init(.p384(key))
    case "RSA":
      guard let d = try PrivateKey.number(jwk.d, required: true), let n = try PrivateKey.number(jwk.n), let e = try PrivateKey.number(jwk.e)
      else { throw PrivateKey.damaged }
      let key: _RSA.Signing.PrivateKey
      do {
        if let p = try PrivateKey.number(jwk.p), let q = try PrivateKey.number(jwk.q) {
          key = try _RSA.Signing.PrivateKey(n: n, e: e, d: d, p: p, q: q)
        } else {
          key = try _RSA.Signing.PrivateKey._createFromNumbers(n: n, e: e, d: d)
        }
      } catch {
        let bits = PrivateKey.bitWidth(n)
        throw bits < 2048 ? Problem("The RSA key has \(bits) bits; at least 2048 are needed. Make a longer one.") : PrivateKey.damaged
      }
      try self.init(checkedRSA: key)
    case "oct":
      throw Problem("The key file holds a shared secret; Redox wants a key pair: RSA of 2048 bits or more, or EC on curve P-384.")
    default:
      throw Problem("The key is of the kind “\(jwk.kty.prefix(40))”; Redox takes RSA of 2048 bits or more, or EC on curve P-384.")
    }
  }

  private static var damaged: Problem { Problem("The private key (JWK) cannot be read: parts of it are missing or do not fit together.") }

  private static func number(_ text: String?, required: Bool = false) throws(Problem) -> Data? {
    guard let text, !text.isEmpty else {
      guard required else { return nil }
      throw Problem("The key file holds a public key (a JWK without “d”), but the private key is needed.")
    }
    guard let data = Base64URL.decode(text) else { throw damaged }
    return data
  }

  private static func bitWidth(_ number: Data) -> Int {
    let significant = number.drop { $0 == 0 }
    guard let first = significant.first else { return 0 }
    return significant.count * 8 - first.leadingZeroBitCount
  }

  /// The public half as a JWK with sorted members, to be pasted into Redox's dashboard.
  public func publicJWK(keyID: String) throws(Problem) -> String {
    var jwk = JWK(kty: "", alg: algorithm.rawValue, use: "sig", kid: keyID)
    switch material {
    case .rsa(let key):
      guard let numbers = try? key.publicKey.getKeyPrimitives() else { throw PrivateKey.damaged }
      jwk.kty = "RSA"
      jwk.n = Base64URL.encode(numbers.modulus)
      jwk.e = Base64URL.encode(numbers.publicExponent)
    case .p384(let key):
      let point = key.publicKey.rawRepresentation
      jwk.kty = "EC"
      jwk.crv = "P-384"
      jwk.x = Base64URL.encode(point.prefix(48))
      jwk.y = Base64URL.encode(point.suffix(48))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(jwk) else { throw PrivateKey.damaged }
    return String(decoding: data, as: UTF8.self)
  }
}
