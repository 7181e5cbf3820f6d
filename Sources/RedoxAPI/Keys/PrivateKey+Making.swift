internal import Crypto
internal import CryptoExtras
public import SafeText
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension PrivateKey {
  /// Makes a new pair on curve P-384 (ES384).
  /// - Returns: the key, and its private half as PEM (PKCS#8) to be written to a file.
  public static func makePair() -> (key: PrivateKey, pem: Redacted<String>) {
    let key = P384.Signing.PrivateKey()
    return (PrivateKey(.p384(key)), Redacted(key.pemRepresentation + "\n"))
  }

  /// A name that follows from the key itself: the SHA-256 thumbprint of its public half (RFC 7638), base64url.
  public func thumbprint() throws(Problem) -> String {
    let members: String
    switch material {
    case .p384(let key):
      let point = key.publicKey.rawRepresentation
      members = #"{"crv":"P-384","kty":"EC","x":"\#(Base64URL.encode(point.prefix(48)))","y":"\#(Base64URL.encode(point.suffix(48)))"}"#
    case .rsa(let key):
      guard let numbers = try? key.publicKey.getKeyPrimitives() else { throw Problem("The key's public half cannot be read.") }
      members = #"{"e":"\#(Base64URL.encode(numbers.publicExponent))","kty":"RSA","n":"\#(Base64URL.encode(numbers.modulus))"}"#
    }
    return Base64URL.encode(Data(SHA256.hash(data: Data(members.utf8))))
  }

  /// The public half as a set of one key (RFC 7517 §5), as Redox's dashboard takes it.
  public func publicJWKSet(keyID: String) throws(Problem) -> String { #"{"keys":["# + (try publicJWK(keyID: keyID)) + "]}" }
}
