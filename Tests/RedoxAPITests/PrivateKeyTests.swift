import Crypto
import CryptoExtras
import Foundation
import SafeText
import Testing

@testable import RedoxAPI

@Suite struct PrivateKeyTests {
  static let message = Array("signed words".utf8)

  static let rsa = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }

  @Test(arguments: [
    Fixtures.sec1, Fixtures.pkcs8, "\u{FEFF}\n\r\n" + Fixtures.pkcs8.replacingOccurrences(of: "\n", with: "\r\n"),
    "# made on a Monday\n" + Fixtures.sec1,
  ])
  func readsECKeysInEveryWrapping(_ pem: String) throws {
    let key = try PrivateKey(parsing: Redacted(pem))
    #expect(key.algorithm == .es384)
    let signature = try P384.Signing.ECDSASignature(rawRepresentation: key.signature(of: Self.message))
    #expect(try Fixtures.es384PublicKey().isValidSignature(signature, for: SHA384.hash(data: Self.message)))
  }

  @Test func readsRSAKeysInEveryWrapping() throws {
    let original = try Self.rsa.get()
    for pem in [original.pemRepresentation, original.pkcs8PEMRepresentation] {
      let key = try PrivateKey(parsing: Redacted(pem))
      #expect(key.algorithm == .rs384)
      let signature = _RSA.Signing.RSASignature(rawRepresentation: try key.signature(of: Self.message))
      #expect(original.publicKey.isValidSignature(signature, for: SHA384.hash(data: Self.message), padding: .insecurePKCS1v1_5))
    }
  }

  @Test func readsJWKsAloneAndInSets() throws {
    let original = try P384.Signing.PrivateKey(pemRepresentation: Fixtures.pkcs8)
    let d = Base64URL.encode(original.rawRepresentation)
    let x = Base64URL.encode(original.publicKey.rawRepresentation.prefix(48))
    let y = Base64URL.encode(original.publicKey.rawRepresentation.suffix(48))
    let jwk = #"{"kty":"EC","crv":"P-384","kid":"b","x":"\#(x)","y":"\#(y)","d":"\#(d)","extra":{"a":1}}"#
    let other = jwk.replacingOccurrences(of: #""kid":"b""#, with: #""kid":"a""#).replacingOccurrences(of: x, with: "AA")
    for (text, keyID) in [(jwk, nil), (jwk, "b"), (#"{"keys":[\#(other),\#(jwk)]}"#, "b"), ("[\(jwk)]", nil)] as [(String, String?)] {
      let key = try PrivateKey(parsing: Redacted(text), keyID: keyID)
      let signature = try P384.Signing.ECDSASignature(rawRepresentation: key.signature(of: Self.message))
      #expect(original.publicKey.isValidSignature(signature, for: SHA384.hash(data: Self.message)))
    }
    let mismatch = #expect(throws: PrivateKey.Problem.self) { try PrivateKey(parsing: Redacted(other), keyID: "a") }
    #expect(mismatch?.sentence.string.contains("do not belong together") == true)
    let missing = #expect(throws: PrivateKey.Problem.self) { try PrivateKey(parsing: Redacted(#"{"keys":[\#(jwk),\#(jwk)]}"#), keyID: "c") }
    #expect(missing?.sentence.string.contains("“c”") == true && missing?.sentence.string.contains("b, b") == true)
  }

  @Test func publicJWKVerifiesWhatTheKeySigns() throws {
    let ec = try PrivateKey(parsing: Redacted(Fixtures.sec1)).publicJWK(keyID: "k-1")
    let members = try #require(try JSONSerialization.jsonObject(with: Data(ec.utf8)) as? [String: String])
    #expect(Set(members.keys) == ["alg", "crv", "kid", "kty", "use", "x", "y"])
    #expect(members["kid"] == "k-1" && members["alg"] == "ES384" && members["use"] == "sig")
    let point = try #require(Base64URL.decode(members["x"] ?? "")) + #require(Base64URL.decode(members["y"] ?? ""))
    #expect(try P384.Signing.PublicKey(rawRepresentation: point).rawRepresentation == Fixtures.es384PublicKey().rawRepresentation)

    let original = try Self.rsa.get()
    let rsa = try PrivateKey(parsing: Redacted(original.pemRepresentation)).publicJWK(keyID: "k-2")
    let numbers = try #require(try JSONSerialization.jsonObject(with: Data(rsa.utf8)) as? [String: String])
    #expect(Set(numbers.keys) == ["alg", "e", "kid", "kty", "n", "use"])
    #expect(Base64URL.decode(numbers["n"] ?? "") == (try original.publicKey.getKeyPrimitives().modulus))
  }

  @Test(arguments: [
    ("", "empty"), ("  \n", "empty"), ("hello", "neither PEM"), (Fixtures.encrypted, "pass phrase"), (Fixtures.publicKey, "a public key"),
    (Fixtures.p256, "P-256"), (Fixtures.rsa1024, "1024 bits"),
    ("-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----", "a certificate"),
    ("-----BEGIN OPENSSH PRIVATE KEY-----\nAA==\n-----END OPENSSH PRIVATE KEY-----", "SSH key"),
    ("-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----", "cannot be read"),
    (
      "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,86\n\nAA==\n-----END RSA PRIVATE KEY-----",
      "pass phrase"
    ),
    (String(Fixtures.pkcs8.dropLast(30)), "neither PEM"), ("{}", "holds no key"), (#"{"kty":"oct","k":"AA"}"#, "shared secret"),
    (#"{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}"#, "public key"), (#"{"kty":"EC","crv":"P-256","d":"AA"}"#, "P-256"),
    (#"{"kty":"OKP","d":"AA"}"#, "OKP"),
    (#"{"keys":[]}"#, "no key"),
  ])
  func saysWhatIsWrongWithAKey(_ text: String, _ word: String) {
    let problem = #expect(throws: PrivateKey.Problem.self) {
      try PrivateKey(parsing: Redacted(text), keyID: text.contains("keys") ? "k" : nil)
    }
    #expect(problem?.sentence.string.contains(word) == true, "\(problem?.sentence.string ?? "")")
  }

  @Test func noSentenceHoldsKeyMaterial() {
    for text in [Fixtures.encrypted, Fixtures.p256, Fixtures.rsa1024, String(Fixtures.pkcs8.dropFirst(40))] {
      let problem = #expect(throws: PrivateKey.Problem.self) { try PrivateKey(parsing: Redacted(text)) }
      for line in text.split(separator: "\n") where !line.hasPrefix("-") {
        #expect(problem?.sentence.string.contains(line) == false)
      }
    }
  }

  @Test func assertionCarriesWhatRedoxAsksFor() throws {
    let key = try PrivateKey(parsing: Redacted(Fixtures.pkcs8))
    let assertion = ClientAssertion(
      clientID: "cl\"1", keyID: "kid-1", audience: "https://api.example/v2/auth/token", nonce: "n-1", issuedAt: Fixtures.now)
    let parts = try assertion.signed(by: key).split(separator: ".").map(String.init)
    #expect(parts.count == 3)
    let decoded = try parts.map { try #require(Base64URL.decode($0)) }
    let header = try #require(try JSONSerialization.jsonObject(with: decoded[0]) as? [String: String])
    #expect(header == ["alg": "ES384", "kid": "kid-1", "typ": "JWT"])
    let claims = try #require(try JSONSerialization.jsonObject(with: decoded[1]) as? [String: Any])
    #expect(claims["iss"] as? String == "cl\"1" && claims["sub"] as? String == "cl\"1" && claims["jti"] as? String == "n-1")
    #expect(claims["aud"] as? String == "https://api.example/v2/auth/token")
    #expect(claims["iat"] as? Int == 1_767_607_200 && claims["exp"] as? Int == 1_767_607_440)
    let signature = try P384.Signing.ECDSASignature(rawRepresentation: decoded[2])
    #expect(try Fixtures.es384PublicKey().isValidSignature(signature, for: SHA384.hash(data: Data((parts[0] + "." + parts[1]).utf8))))
  }
}
