import Foundation
import NIOHTTP1

extension Desk {
  private static let longestForm = 65_536

  /// `POST /v2/auth/token`: an access token for a client assertion.
  func token(_ head: HTTPRequestHead, _ body: RequestReader) async throws -> Reply {
    do {
      guard mediaType(head) == "application/x-www-form-urlencoded" else {
        throw TokenRefusal.invalidRequest("Content-Type must be application/x-www-form-urlencoded")
      }
      let bytes = try await body.all(upTo: Self.longestForm, else: Refusal(.errorDetail(413, "The request is too large")))
      let form: [String: String]
      do { form = try Form.read(bytes) } catch { throw TokenRefusal.invalidRequest(error.description) }
      let verified = try await verifyAssertion(form)
      let seconds = options.limits.tokenSeconds
      let (token, _) = await tokens.issue(to: verified.client, kind: .clientAssertion, seconds: seconds, now: options.now())
      if body.notes.effect.revokesToken { await tokens.revoke(token) }
      return .json(
        200,
        [
          "access_token": .string(token), "token_type": "Bearer", "expires_in": .integer(seconds), "scope": .string(verified.client.scope),
        ])
    } catch let refusal as TokenRefusal {
      return .tokenRefused(refusal)
    }
  }

  private func verifyAssertion(_ form: [String: String]) async throws -> ClientAssertion.Verified {
    guard form["grant_type"] == "client_credentials" else {
      throw TokenRefusal(
        status: 400, error: form["grant_type"] == nil ? "invalid_request" : "unsupported_grant_type",
        description: "grant_type must be client_credentials")
    }
    guard form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" else {
      throw TokenRefusal.invalidRequest("client_assertion_type is missing or invalid")
    }
    guard let assertion = form["client_assertion"], !assertion.isEmpty else {
      throw TokenRefusal.invalidRequest("client_assertion is required")
    }
    let now = options.now()
    let audiences = options.acceptedAudiences.union([baseURL + "/v2/auth/token"])
    let verified = try await ClientAssertion(clients: options.clients, audiences: audiences, limits: options.limits, now: now).verify(
      assertion)
    if let scope = form["scope"], !scope.isEmpty, scope != verified.client.scope {
      throw TokenRefusal(status: 400, error: "invalid_scope", description: "The key does not have this scope")
    }
    guard await tokens.isFirstUse(jti: verified.jti, of: verified.client.clientID, until: verified.expires, now: now) else {
      throw TokenRefusal.invalidClient("JWT claim jti was used before")
    }
    return verified
  }

  /// `POST /auth/authenticate`: tokens for a legacy API key and its secret.
  func legacyAuthenticate(_ head: HTTPRequestHead, _ body: RequestReader) async throws -> Reply {
    let request = try await legacyRequest(head, body)
    guard let key = request["apiKey"]?.string, let client = options.clients.first(where: { $0.legacyKey?.apiKey == key }),
      let secret = request["secret"]?.string, secret == client.legacyKey?.secret
    else { return Self.legacyRefusal }
    return await legacyTokens(for: client, apiKey: key, isRevoked: body.notes.effect.revokesToken)
  }

  /// `POST /auth/refreshToken`: new tokens for a refresh token, which is spent by it.
  func legacyRefresh(_ head: HTTPRequestHead, _ body: RequestReader) async throws -> Reply {
    let request = try await legacyRequest(head, body)
    guard let key = request["apiKey"]?.string, let client = options.clients.first(where: { $0.legacyKey?.apiKey == key }),
      let refresh = request["refreshToken"]?.string, await tokens.redeem(refreshToken: refresh, apiKey: key)
    else { return Self.legacyRefusal }
    return await legacyTokens(for: client, apiKey: key, isRevoked: body.notes.effect.revokesToken)
  }

  private func legacyRequest(_ head: HTTPRequestHead, _ body: RequestReader) async throws -> JSON {
    let bytes = try await body.all(upTo: Self.longestForm, else: Refusal(.errorDetail(413, "The request is too large")))
    guard mediaType(head) == "application/json", let request = try? JSON(parsing: bytes) else {
      throw Refusal(.errorDetail(400, "The request body must be JSON"))
    }
    return request
  }

  private func legacyTokens(for client: SandboxClient, apiKey: String, isRevoked: Bool) async -> Reply {
    let (token, expires) = await tokens.issue(to: client, kind: .legacy, seconds: options.limits.legacyTokenSeconds, now: options.now())
    if isRevoked { await tokens.revoke(token) }
    let refresh = await tokens.issueRefreshToken(apiKey: apiKey)
    return .json(200, ["accessToken": .string(token), "expires": .string(timestamp(expires)), "refreshToken": .string(refresh)])
  }

  /// As recorded from Redox: text, and not JSON.
  private static let legacyRefusal = Reply(status: 401, contentType: "text/html; charset=utf-8", body: "Invalid request")
}
