import Crypto
import CryptoExtras
import Foundation
import Testing

@testable import RedoxSandbox

@Suite struct TokenTests {
  @Test func aProperAssertionGetsATokenForFiveMinutes() async throws {
    try await Bench.run { bench in
      let reply = try await bench.requestToken(Assertion(client: Bench.staging, bench: bench).signed())
      #expect(reply.status == 200)
      #expect(reply.json["token_type"] == "Bearer")
      #expect(reply.json["expires_in"] == 300)
      let token = try #require(reply.json["access_token"]?.string)
      #expect(try await bench.upload([1], token: token).status == 201)
      bench.clock.advance(by: 301)
      #expect(try await bench.upload([1], token: token).status == 401)
    }
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var status: Int
    var says: String
    var spoil: @Sendable (inout Assertion) -> Void

    init(_ name: String, _ status: Int, _ says: String, _ spoil: @escaping @Sendable (inout Assertion) -> Void) {
      (testDescription, self.status, self.says, self.spoil) = (name, status, says, spoil)
    }
  }

  static let wrongs: [Wrong] = [
    Wrong("no kid", 400, "kid property is required") { $0.header["kid"] = nil },
    Wrong("unknown kid", 401, "No public key") { $0.header["kid"] = "key-2" },
    Wrong("HS384", 400, "RS384 or ES384") { $0.header["alg"] = "HS384" },
    Wrong("no algorithm", 400, "RS384 or ES384") { $0.header["alg"] = "none" },
    Wrong("another key's algorithm", 401, "No public key") { $0.header["alg"] = "RS384" },
    Wrong("unknown client", 401, "No public key") {
      $0.claims["iss"] = "nobody"; $0.claims["sub"] = "nobody"
    },
    Wrong("iss without sub", 400, "iss and sub") { $0.claims["sub"] = nil },
    Wrong("iss is not sub", 400, "iss and sub") { $0.claims["sub"] = "client-2" },
    Wrong("wrong aud", 401, "aud") { $0.claims["aud"] = "https://api.redoxengine.com/v2/auth/token" },
    Wrong("aud of wrong kind", 401, "aud") { $0.claims["aud"] = 1 },
    Wrong("no exp", 400, "exp") { $0.claims["exp"] = nil },
    Wrong("exp as text", 400, "exp") { $0.claims["exp"] = "2026-01-05T10:00:00Z" },
    Wrong("expired", 401, "expired") {
      $0.shift("exp", by: -331); $0.shift("iat", by: -600)
    },
    Wrong("exp far ahead", 401, "5 minutes") { $0.shift("exp", by: 301) },
    Wrong("longer than five minutes", 401, "5 minutes") { $0.shift("iat", by: -100) },
    Wrong("no iat", 400, "iat") { $0.claims["iat"] = nil },
    Wrong("iat in the future", 401, "future") { $0.shift("iat", by: 60) },
    Wrong("no jti", 400, "jti") { $0.claims["jti"] = nil },
    Wrong("another's signature", 401, "signature") { $0.key = P384.Signing.PrivateKey() },
  ]

  @Test(arguments: wrongs) func aWrongAssertionIsRefused(_ wrong: Wrong) async throws {
    try await Bench.run { bench in
      var assertion = Assertion(client: Bench.staging, bench: bench)
      wrong.spoil(&assertion)
      let reply = try await bench.requestToken(assertion.signed())
      #expect(reply.status == wrong.status)
      #expect(reply.json["error"]?.string == (wrong.status == 400 ? "invalid_request" : "invalid_client"))
      #expect(reply.json["error_description"]?.string?.contains(wrong.says) == true, "\(reply.text)")
    }
  }

  @Test func anAudienceMayBeLeftOutOrBeOneOfSeveral() async throws {
    try await Bench.run { bench in
      var without = Assertion(client: Bench.staging, bench: bench)
      without.claims["aud"] = nil
      let first = try await bench.requestToken(without.signed())
      #expect(first.status == 200)
      var several = Assertion(client: Bench.staging, bench: bench)
      several.claims["aud"] = ["https://example.org", .string(bench.server.baseURL + "/v2/auth/token")]
      #expect(try await bench.requestToken(several.signed()).status == 200)
    }
  }

  @Test func anAssertionServesOnce() async throws {
    try await Bench.run { bench in
      let assertion = try Assertion(client: Bench.staging, bench: bench).signed()
      #expect(try await bench.requestToken(assertion).status == 200)
      let again = try await bench.requestToken(assertion)
      #expect(again.status == 401)
      #expect(again.json["error_description"]?.string?.contains("jti") == true)
    }
  }

  @Test func aRefusedAssertionDoesNotSpendItsIdentifier() async throws {
    try await Bench.run { bench in
      var assertion = Assertion(client: Bench.staging, bench: bench)
      let proper = assertion
      assertion.key = P384.Signing.PrivateKey()
      let refused = try await bench.requestToken(assertion.signed())
      #expect(refused.status == 401)
      #expect(try await bench.requestToken(proper.signed()).status == 200)
    }
  }

  @Test(arguments: [
    ("", "grant_type"), ("grant_type=password", "grant_type"), ("grant_type=client_credentials", "client_assertion_type"),
    ("grant_type=client_credentials&grant_type=client_credentials", "occurs twice"), ("grant_type=%zz", "percent-encoded"),
    (
      "grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer",
      "client_assertion is required"
    ),
  ]) func aWrongFormIsRefused(form: String, says: String) async throws {
    try await Bench.run { bench in
      let reply = try await bench.post("/v2/auth/token", type: "application/x-www-form-urlencoded", body: Array(form.utf8))
      #expect(reply.status == 400)
      #expect(reply.json["error_description"]?.string?.contains(says) == true, "\(reply.text)")
    }
  }

  @Test func aWrongContentTypeIsRefused() async throws {
    try await Bench.run { bench in
      let reply = try await bench.post("/v2/auth/token", type: "application/json", body: Array("{}".utf8))
      #expect(reply.status == 400)
      #expect(reply.json["error"] == "invalid_request")
    }
  }

  @Test func anRSAKeyIsVerifiedWithPKCS1AndSHA384() async throws {
    let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    var client = Bench.staging
    client.keys = [SandboxPublicKey(keyID: "rsa", algorithm: .rs384, pem: key.publicKey.pemRepresentation)]
    let registered = client
    try await Bench.run({ $0.clients = [registered] }) { bench in
      var assertion = Assertion(client: registered, bench: bench)
      assertion.header["alg"] = "RS384"
      let input = try assertion.signed().split(separator: ".").prefix(2).joined(separator: ".")
      let digest = SHA384.hash(data: Data(input.utf8))
      let proper = try key.signature(for: digest, padding: .insecurePKCS1v1_5).rawRepresentation
      let wrongPadding = try key.signature(for: digest, padding: .PSS).rawRepresentation
      #expect(try await bench.requestToken(input + "." + Assertion.base64URL(wrongPadding)).status == 401)
      #expect(try await bench.requestToken(input + "." + Assertion.base64URL(proper)).status == 200)
    }
  }

  @Test func aLegacyKeyGetsTokensForADayAndRefreshesThemOnce() async throws {
    try await Bench.run { bench in
      func ask(_ path: String, _ body: JSON) async throws -> Answer {
        try await bench.post(path, type: "application/json", body: Array(body.text.utf8))
      }
      let first = try await ask("/auth/authenticate", ["apiKey": "legacy-key", "secret": "legacy-secret"])
      #expect(first.status == 200)
      let token = try #require(first.json["accessToken"]?.string)
      #expect(first.json["expires"]?.string == "2026-09-22T14:13:20.000Z")
      #expect(try await bench.upload([1], token: token).status == 201)
      let refresh: JSON = ["apiKey": "legacy-key", "refreshToken": first.json["refreshToken"] ?? .null]
      bench.clock.advance(by: 86_401)
      #expect(try await bench.upload([1], token: token).status == 401)
      let second = try await ask("/auth/refreshToken", refresh)
      #expect(second.status == 200)
      #expect(second.json["accessToken"]?.string != token)
      #expect(try await ask("/auth/refreshToken", refresh).status == 401)
      let wrong = try await ask("/auth/authenticate", ["apiKey": "legacy-key", "secret": "wrong"])
      #expect(wrong.status == 401)
      #expect(wrong.text == "Invalid request")
      #expect(wrong.headers["content-type"] == "text/html; charset=utf-8")
    }
  }
}

extension Assertion {
  mutating func shift(_ claim: String, by seconds: Int) {
    if case .integer(let value) = claims[claim] { claims[claim] = .integer(value + seconds) }
  }
}
