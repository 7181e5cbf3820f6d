import ClinicalMessages
import Crypto
import Foundation
import Logging
import RedoxAPI
import SafeText
import TestSupport
import Testing

/// Keys and settings for tests. The keys were made for these tests and open nothing.
enum Fixtures {
  static let now = Date(timeIntervalSince1970: 1_767_607_200)

  static let sec1 = """
    -----BEGIN EC PARAMETERS-----
    BgUrgQQAIg==
    -----END EC PARAMETERS-----
    -----BEGIN EC PRIVATE KEY-----
    MIGkAgEBBDAcjLZF9ce2K6qpBivqlyvjrY0q8TjOlbkHYNAPLVdIyBN3tFWDJ4Wp
    r/zuM1XKLWGgBwYFK4EEACKhZANiAASz6h2zX0rlwY2KwPbbro2wBuP7gDe5Kxu2
    Ti6IVA0DhFBoDMLp7uElPmNY1F6k/kzVInnwYLP5gXhR+ohRPPdtKRQuNwfkWZbO
    NT5tFDIQeqtQvgNTll+S7NC7BhsfQ+o=
    -----END EC PRIVATE KEY-----

    """

  static let pkcs8 = """
    -----BEGIN PRIVATE KEY-----
    MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDAcjLZF9ce2K6qpBivq
    lyvjrY0q8TjOlbkHYNAPLVdIyBN3tFWDJ4Wpr/zuM1XKLWGhZANiAASz6h2zX0rl
    wY2KwPbbro2wBuP7gDe5Kxu2Ti6IVA0DhFBoDMLp7uElPmNY1F6k/kzVInnwYLP5
    gXhR+ohRPPdtKRQuNwfkWZbONT5tFDIQeqtQvgNTll+S7NC7BhsfQ+o=
    -----END PRIVATE KEY-----
    """

  static let encrypted = """
    -----BEGIN ENCRYPTED PRIVATE KEY-----
    MIIBHDBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQIokQDs4v5ZKgCAggA
    MAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBB4547QURGcN3wGam7gDQZ0BIHA
    KCa8ZDsWtwKYd/mCQnVeyJu8QzQNRiq+kzK3yq86qNi/yL8BE7qkdXWcLzxwM42O
    +7TMKB6m73OTIKSslCjWoEimksWAKvGHUYIk1KpsqyGaaMXRmlk3h9SPJ3fkKzpJ
    Ny+WewlUefMtlEjlwX6qoCWa3Hf2j9SBjcaLNxK/rX+FI79usdhBSrCLLLFsQfDZ
    ik/RbHaUkW19iVEKzDMENI9JeJGhDo9AyHv+lmr3vy9IbPqY9vilez+Pz6MADZG6
    -----END ENCRYPTED PRIVATE KEY-----
    """

  static let publicKey = """
    -----BEGIN PUBLIC KEY-----
    MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEs+ods19K5cGNisD2266NsAbj+4A3uSsb
    tk4uiFQNA4RQaAzC6e7hJT5jWNRepP5M1SJ58GCz+YF4UfqIUTz3bSkULjcH5FmW
    zjU+bRQyEHqrUL4DU5ZfkuzQuwYbH0Pq
    -----END PUBLIC KEY-----
    """

  static let p256 = """
    -----BEGIN EC PRIVATE KEY-----
    MHcCAQEEIA98YQLsm5cWKCd5/OiXJRE+ANTA85vji1HSVC3NdOF7oAoGCCqGSM49
    AwEHoUQDQgAE+YeEoN+M40MS7/tJXnsPRoNyRkClwJ2X5rLnci5mKOgZQ/u+ahS4
    Lm9UJmJWVy/mh8PXPHLd/YCD4ugJ02KLOg==
    -----END EC PRIVATE KEY-----
    """

  static let rsa1024 = """
    -----BEGIN PRIVATE KEY-----
    MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBAN5f2Vdly51dDKYZ
    JK3ZIQzfUXIg064Onzw5WecjnPtq3JC9kBtsszgt6rg1NqMpshyldbtG2Mpsamf7
    mJur54RZkki+ampqOg3Dm2TjqYcfjHSBvZ0MF8IISQYxLl/mQ029pNlGRW1jJnxV
    NFojQBkJ6AeQh2GmQD06tKUaIbdDAgMBAAECgYEAlu+R8wtqGAanZjoctk9xam5N
    ttxnMXZFSLhYuFVo4RHYYfn4zVSLlO89qQidbEQJ2/3GmnXtAgByfN+95rPYsKz2
    ipsqYS/fG8Zk/DsJsdJ7UjwF+PeI5+HZdbogfb1UECxMMJ197UVs0Ikqon8Xd37i
    D6pHI0Q9lo/4qndcJ1kCQQD/5jg9bB3fzhDhYwPPmsbIEoJACHz+OYBnGzm62Pzc
    D0eb6MOWBt1cFzfOEiaUmOAj8su7etgc4F3fhTc48zPdAkEA3nZAerQF2EGwyEW0
    R0KmmrMkJo3gSSgxvc7fTP57NMenfo4dPai4iPkB7lfJyCJqlEkRy7K+lwDRculv
    Lhr1nwJAcckXltA9VGfXf7C8YBKtcwcv3XMoyQ4edzpW6CtV/C/bIotUdKBmy20T
    hlDx0L9NYw6x4pJUCDsH4rzkejFCDQJABVDSDZyLnzVCoiZ4PlOrY3rwXDN7roPV
    XHG7CD30d7hlmjKPJFAJyMwabbWPTsbzwQNV94YX48fTOWm2jGV8hQJAex1uIhex
    C1WPwvDQgdCydNafAEBp+v0vJn5UnQW2BYO+h5QubRf2zTRqvhXS8R7IwmHinp5i
    apnVXkfW0D3KEQ==
    -----END PRIVATE KEY-----
    """

  /// The public half of `sec1` and `pkcs8`.
  static func es384PublicKey() throws -> P384.Signing.PublicKey {
    try P384.Signing.PublicKey(pemRepresentation: publicKey)
  }

  static func settings(
    port: UInt16, host: String = "127.0.0.1", scheme: String = "http", legacy: Bool = false, idleTimeout: Double = 20, proxy: String? = nil,
    connectTimeout: Double = 10
  ) -> RedoxSettings {
    let base = "\(scheme)://\(host):\(port)"
    return RedoxSettings(
      tokenURL: base + "/token", legacyAuthenticateURL: base + "/auth/authenticate", uploadURL: base + "/upload",
      endpointURL: base + "/endpoint",
      fhirURL: base + "/fhir/R4/redox-emr/Development/DocumentReference/$documentreference-create", sourceIDHeader: "Redox-Source-Id",
      sourceID: "11111111-2222-4333-8444-555555555555",
      credentials: legacy
        ? .legacy(apiKey: "key-1", secret: Redacted("secret-1"))
        : .clientAssertion(clientID: "client-1", keyID: "kid-1", key: Redacted(pkcs8), scope: "fhir:development"),
      proxy: proxy, connectTimeout: connectTimeout, idleTimeout: idleTimeout)
  }

  static func destination(
    _ settings: RedoxSettings, proxies: ProxyEnvironment = ProxyEnvironment([:]),
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
    now: @escaping @Sendable () -> Date = { Date() }
  ) throws -> RedoxDestination {
    try RedoxDestination(settings: settings, proxies: proxies, now: now, logger: logger)
  }

  /// - Parameter silence: when it has begun, a connection on which nothing moves is given up; never before, however slow the machine is.
  static func destination(_ server: ScriptedServer, silence: Silence? = nil, legacy: Bool = false) throws -> RedoxDestination {
    try RedoxDestination(
      settings: settings(port: server.port, legacy: legacy), proxies: ProxyEnvironment([:]), now: { Date() },
      random: RedoxDestination.systemRandom, isTooLong: { seconds in silence?.hasBegun == true && seconds > 0.2 },
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  static func request(_ content: any ContentSource, kind: MessageKind = .media) -> MessageRequest {
    MessageRequest(message: Samples.message(kind: kind, method: .embed), hole: .base64(content))
  }
}

let noProgress: ProgressHandler = { _ in }

/// The error that a call ends with; nil when it succeeds.
func failure<T>(_ call: () async throws -> T) async -> DestinationError? {
  do {
    _ = try await call()
  } catch let error as DestinationError {
    return error
  } catch {
    Issue.record("\(error) is no DestinationError")
  }
  return nil
}
