import Crypto
import CryptoExtras
import Foundation

/// The sandbox's key pairs: made once, kept in the home, read back on later runs. The private half is the client's, the public half ours.
enum SandboxKeys {
  enum Form { case es384PEM, rs384PEM, es384JWK }

  /// The public key of the private one at `path`, which is made when it is missing or unreadable.
  static func publicKey(id: String, form: Form, at path: String) throws -> SandboxPublicKey {
    if let stored = try? String(contentsOfFile: path, encoding: .utf8), let key = try? publicKey(id: id, form: form, of: stored) {
      return key
    }
    let made = try makePrivateKey(id: id, form: form)
    try PrivateFiles.write(made, to: path)
    return try publicKey(id: id, form: form, of: made)
  }

  /// A random secret of 32 hexadecimal characters, made when it is missing.
  static func secret(at path: String) throws -> String {
    if let stored = try? String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").first, stored.count >= 16 {
      return String(stored)
    }
    let made = (0..<16).map { _ in UInt8.random(in: .min ... .max) }.hexadecimal
    try PrivateFiles.write(made + "\n", to: path)
    return made
  }

  private static func makePrivateKey(id: String, form: Form) throws -> String {
    switch form {
    case .es384PEM: P384.Signing.PrivateKey().pemRepresentation + "\n"
    case .rs384PEM: try _RSA.Signing.PrivateKey(keySize: .bits2048).pkcs8PEMRepresentation + "\n"
    case .es384JWK: jwk(id: id, P384.Signing.PrivateKey()).text + "\n"
    }
  }

  private static func publicKey(id: String, form: Form, of text: String) throws -> SandboxPublicKey {
    switch form {
    case .es384PEM:
      SandboxPublicKey(keyID: id, algorithm: .es384, pem: try P384.Signing.PrivateKey(pemRepresentation: text).publicKey.pemRepresentation)
    case .rs384PEM:
      SandboxPublicKey(keyID: id, algorithm: .rs384, pem: try _RSA.Signing.PrivateKey(pemRepresentation: text).publicKey.pemRepresentation)
    case .es384JWK:
      SandboxPublicKey(keyID: id, algorithm: .es384, pem: try privateKey(ofJWK: text).publicKey.pemRepresentation)
    }
  }

  /// RFC 7517 and RFC 7518: the coordinates and the private scalar, 48 bytes each, in base64url.
  private static func jwk(id: String, _ key: P384.Signing.PrivateKey) -> JSON {
    let point = key.publicKey.rawRepresentation
    return [
      "kty": "EC", "crv": "P-384", "alg": "ES384", "use": "sig", "kid": .string(id), "x": .string(base64URL(point.prefix(48))),
      "y": .string(base64URL(point.suffix(48))), "d": .string(base64URL(key.rawRepresentation)),
    ]
  }

  private static func privateKey(ofJWK text: String) throws -> P384.Signing.PrivateKey {
    let scalar = (try JSON(parsing: Array(text.utf8)))["d"]?.string ?? ""
    let base64 = scalar.replacing("-", with: "+").replacing("_", with: "/")
    return try P384.Signing.PrivateKey(rawRepresentation: Data(base64Encoded: base64) ?? Data())
  }

  private static func base64URL(_ bytes: Data) -> String {
    bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }
}
