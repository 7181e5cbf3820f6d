internal import Crypto
internal import CryptoExtras
public import SafeText
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The private key that signs client assertions: RSA of 2048 bits or more (RS384), or EC on P-384 (ES384). Redox takes no other.
public struct PrivateKey: Sendable {
  public enum Algorithm: String, Sendable, Hashable {
    case rs384 = "RS384"
    case es384 = "ES384"
  }

  /// Why a key cannot be used: sentences for the person who configures it. They never contain key material.
  public struct Problem: Error, Sendable, Hashable {
    public let sentence: DisplayText

    init(_ sentence: DisplayText) { self.sentence = sentence }
  }

  enum Material: Sendable {
    case rsa(_RSA.Signing.PrivateKey)
    case p384(P384.Signing.PrivateKey)
  }

  let material: Material

  init(_ material: Material) { self.material = material }

  /// Reads PEM (PKCS#1, PKCS#8, SEC1) or a private JWK, alone or in a set.
  ///
  /// - Parameter keyID: which key of a JWK set to take; a set with a single key needs none.
  public init(parsing text: Redacted<String>, keyID: String? = nil) throws(Problem) {
    let text = text.reveal()
    guard let first = text.unicodeScalars.first(where: { !$0.properties.isWhitespace && $0 != "\u{FEFF}" }) else {
      throw Problem("The key file is empty.")
    }
    if first == "{" || first == "[" {
      self = try PrivateKey(jwkText: text, keyID: keyID)
    } else {
      self = try PrivateKey(pem: PEM(text))
    }
  }

  public var algorithm: Algorithm {
    switch material {
    case .rsa: .rs384
    case .p384: .es384
    }
  }

  /// The signature as JWS wants it: PKCS#1 v1.5 for RS384, the two 48-byte integers one after the other for ES384 (RFC 7518 §3).
  func signature(of message: [UInt8]) throws(Problem) -> [UInt8] {
    do {
      let digest = SHA384.hash(data: message)
      switch material {
      case .rsa(let key): return [UInt8](try key.signature(for: digest, padding: .insecurePKCS1v1_5).rawRepresentation)
      case .p384(let key): return [UInt8](try key.signature(for: digest).rawRepresentation)
      }
    } catch {
      throw Problem("The key could not sign: it may be damaged. Make or download it anew.")
    }
  }

  private init(pem: PEM) throws(Problem) {
    guard let block = pem.blocks.first(where: { $0.label.hasSuffix("PRIVATE KEY") }) else {
      if let other = pem.blocks.first {
        let what: DisplayText =
          switch other.label {
          case "PUBLIC KEY", "RSA PUBLIC KEY": "a public key"
          case "CERTIFICATE", "TRUSTED CERTIFICATE": "a certificate"
          default: "“\(other.label.prefix(60))”"
          }
        throw Problem(
          "The key file holds \(what), but the private key is needed. It is the file that was kept secret when the pair was made.")
      }
      throw Problem("The key file is neither PEM (-----BEGIN … PRIVATE KEY-----) nor a JWK. Check that it is complete.")
    }
    if block.label == "ENCRYPTED PRIVATE KEY" || block.hasEncryptionHeader {
      throw Problem(
        "The private key is protected by a pass phrase, which this program cannot ask for. Write it without one: openssl pkey -in KEY -out NEWKEY, and make it readable for you alone."
      )
    }
    if block.label == "OPENSSH PRIVATE KEY" {
      throw Problem("This is an SSH key. Convert a copy with: ssh-keygen -p -m PEM -f COPY, or make a pair for Redox.")
    }
    if let key = try? P384.Signing.PrivateKey(pemRepresentation: block.text) {
      self.init(.p384(key))
    } else if let curve = PrivateKey.unsupportedCurve(block.text) {
      throw PrivateKey.wrongCurve(curve)
    } else if let key = try? _RSA.Signing.PrivateKey(unsafePEMRepresentation: block.text) {
      self = try PrivateKey(checkedRSA: key)
    } else {
      throw Problem(
        "The private key cannot be read (PEM block “\(block.label.prefix(60))”). Use RSA of 2048 bits or more, or EC on curve P-384, and check that the file is complete."
      )
    }
  }

  init(checkedRSA key: _RSA.Signing.PrivateKey) throws(Problem) {
    guard key.keySizeInBits >= 2048 else {
      throw Problem("The RSA key has \(key.keySizeInBits) bits; at least 2048 are needed. Make a longer one.")
    }
    self.init(.rsa(key))
  }

  static func wrongCurve(_ curve: String) -> Problem {
    Problem(
      "The key is on curve \(curve.prefix(40)); Redox takes P-384 only. Make one with: openssl ecparam -name secp384r1 -genkey -noout")
  }

  private static func unsupportedCurve(_ pem: String) -> String? {
    if (try? P256.Signing.PrivateKey(pemRepresentation: pem)) != nil { return "P-256" }
    if (try? P521.Signing.PrivateKey(pemRepresentation: pem)) != nil { return "P-521" }
    return nil
  }
}
