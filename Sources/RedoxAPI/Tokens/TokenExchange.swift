internal import SafeText
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Gets tokens from Redox: by client assertion, or by the older API key and secret.
struct TokenExchange: Sendable {
  /// Seconds that a token lives when the server does not say; Redox documents five minutes.
  static let defaultLifetime = 300.0

  enum Method: Sendable {
    case assertion(clientID: String, keyID: String, key: PrivateKey, scope: String?, audience: String, url: String, address: WebAddress)
    case legacy(apiKey: String, secret: Redacted<String>, url: String, address: WebAddress)
  }

  let method: Method
  let transport: HTTPTransport
  let now: @Sendable () -> Date
  let random: RandomSource

  init(settings: RedoxSettings, transport: HTTPTransport, now: @escaping @Sendable () -> Date, random: @escaping RandomSource)
    throws(DestinationError)
  {
    self.transport = transport
    self.now = now
    self.random = random
    switch settings.credentials {
    case .clientAssertion(let clientID, let keyID, let key, let scope):
      guard !clientID.isEmpty else { throw DestinationError(.configuration("No client id is configured (credentials.client_id).")) }
      guard !keyID.isEmpty else { throw DestinationError(.configuration("No key id is configured (credentials.key_id).")) }
      let address = try WebAddress.checked(settings.tokenURL, for: "the token")
      do {
        let key = try PrivateKey(parsing: key, keyID: keyID)
        method = .assertion(
          clientID: clientID, keyID: keyID, key: key, scope: scope, audience: settings.audience, url: settings.tokenURL, address: address)
      } catch {
        throw DestinationError(.configuration(error.sentence))
      }
    case .legacy(let apiKey, let secret):
      guard !apiKey.isEmpty, !secret.reveal().isEmpty else {
        throw DestinationError(
          .configuration("The legacy API key or its secret is missing (credentials.api_key, credentials.secret_file)."))
      }
      let address = try WebAddress.checked(settings.legacyAuthenticateURL, for: "the legacy key")
      method = .legacy(apiKey: apiKey, secret: secret, url: settings.legacyAuthenticateURL, address: address)
    }
  }

  var isLegacy: Bool {
    if case .legacy = method { true } else { false }
  }

  /// Gets a token. Whatever fails here, nothing of the request that wanted the token has left.
  func obtain(replacing old: AccessToken?) async throws(DestinationError) -> AccessToken {
    switch method {
    case .assertion(let clientID, let keyID, let key, let scope, let audience, let url, let address):
      let assertion = ClientAssertion(clientID: clientID, keyID: keyID, audience: audience, nonce: randomHex(random), issuedAt: now())
      let signed: String
      do {
        signed = try assertion.signed(by: key)
      } catch {
        throw DestinationError(.configuration(error.sentence))
      }
      var form = [
        ("grant_type", "client_credentials"), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", signed),
      ]
      if let scope, !scope.isEmpty { form.append(("scope", scope)) }
      let body = form.map { TokenExchange.formEncoded($0.0) + "=" + TokenExchange.formEncoded($0.1) }.joined(separator: "&")
      return try await exchange(url, address, "application/x-www-form-urlencoded", Array(body.utf8))
    case .legacy(let apiKey, let secret, let url, let address):
      if let refreshToken = old?.refreshToken, let refreshURL = TokenExchange.refreshURL(url) {
        do {
          return try await exchange(
            refreshURL, address, "application/json", TokenExchange.json(["apiKey": apiKey, "refreshToken": refreshToken]))
        } catch  where error.reply != nil && error.cause == .unauthorized {
          // The refresh token is spent; the secret still counts.
        }
      }
      return try await exchange(url, address, "application/json", TokenExchange.json(["apiKey": apiKey, "secret": secret.reveal()]))
    }
  }

  private func exchange(_ url: String, _ address: WebAddress, _ contentType: String, _ body: [UInt8]) async throws(DestinationError)
    -> AccessToken
  {
    let request = OutgoingRequest(
      address: address, url: url,
      headers: [("Content-Type", contentType), ("Accept", "application/json"), ("User-Agent", "chartdrop")], body: RequestBody(prefix: body)
    )
    let exchange = await transport.post(request, reporter: ProgressReporter(totalBytes: 0) { _ in })
    let raw: RawReply
    switch exchange.result {
    case .failure(let error): throw DestinationError(error.cause)
    case .success(let reply): raw = reply
    }
    let time = now()
    let reply = ReplyParser.parse(raw, now: time)
    let skew = reply.serverDate.map { $0.timeIntervalSince(time) }
    guard reply.isSuccess else { throw TokenExchange.refusal(reply, skew: skew) }
    guard let json = ReplyJSON(raw.body), let token = TokenExchange.token(in: json, at: time, skew: skew) else {
      throw DestinationError(.unreadableReply, reply: reply.serverReply)
    }
    return token
  }

  private static func token(in json: ReplyJSON, at now: Date, skew: Double?) -> AccessToken? {
    guard let value = json["access_token"]?.text ?? json["accessToken"]?.text, value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      return nil
    }
    var expires = now.addingTimeInterval(defaultLifetime)
    if let seconds = json["expires_in"]?.number, seconds.isFinite, seconds > 0 {
      expires = now.addingTimeInterval(min(seconds, 366 * 86_400))
    } else if let date = json["expires"]?.text.flatMap(timestamp) {
      // An absolute time is the server's; what counts here is how far it is from now.
      expires = date.addingTimeInterval(-(skew ?? 0))
    }
    return AccessToken(value: value, obtained: now, expires: expires, refreshToken: json["refreshToken"]?.text, clockSkew: skew)
  }

  private static func timestamp(_ text: String) -> Date? {
    (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text))
  }

  private static func refusal(_ reply: ParsedReply, skew: Double?) -> DestinationError {
    var said = reply.serverReply
    switch StatusVerdict(reply) {
    case .unauthorized, .refused, .forbidden, .tooLarge:
      // A wrong clock makes an assertion look expired or not yet valid; the server's words rarely say so.
      if let skew, abs(skew) > 60 {
        let minutes = Int((abs(skew) / 60).rounded())
        said.words.append(
          "This machine's clock is about \(minutes) min \(skew > 0 ? "behind" : "ahead of") the server's; the key may be refused for that reason alone."
        )
      }
      return DestinationError(.unauthorized, reply: said)
    case let other:
      return DestinationError(other.cause, reply: said)
    }
  }

  /// `…/auth/authenticate` becomes `…/auth/refreshToken`, as Redox documents the pair.
  static func refreshURL(_ authenticateURL: String) -> String? {
    let path = authenticateURL.prefix { $0 != "?" }
    guard path.hasSuffix("/authenticate") else { return nil }
    return path.dropLast("authenticate".count) + "refreshToken"
  }

  static func formEncoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "*"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: " "): result.append("+")
      default: result.append("%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true))
      }
    }
    return result
  }

  private static func json(_ members: [String: String]) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // Strings always encode.
    return (try? encoder.encode(members)).map { [UInt8]($0) } ?? []
  }
}
