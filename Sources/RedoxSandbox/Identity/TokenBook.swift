import Foundation

/// What a bearer token stands for.
struct Grant: Sendable {
  enum Kind: Sendable { case clientAssertion, legacy }

  var client: SandboxClient
  var kind: Kind
  var expires: Date
}

/// Tokens given out, and assertions already used. Nothing of it outlives the server, as nothing needs to.
actor TokenBook {
  private var grants: [String: Grant] = [:]
  private var refreshTokens: [String: String] = [:]
  private var usedAssertions: [String: Date] = [:]

  func issue(to client: SandboxClient, kind: Grant.Kind, seconds: Int, now: Date) -> (token: String, expires: Date) {
    grants = grants.filter { $0.value.expires > now }
    let token = UUID().uuidString.lowercased()
    let expires = now.addingTimeInterval(TimeInterval(seconds))
    grants[token] = Grant(client: client, kind: kind, expires: expires)
    return (token, expires)
  }

  func grant(for token: String, now: Date) -> Grant? {
    guard let grant = grants[token], grant.expires > now else { return nil }
    return grant
  }

  func revoke(_ token: String) { grants[token] = nil }

  func issueRefreshToken(apiKey: String) -> String {
    let token = UUID().uuidString.lowercased()
    refreshTokens[token] = apiKey
    return token
  }

  /// Whether the refresh token was given to this key; it is spent by asking.
  func redeem(refreshToken: String, apiKey: String) -> Bool {
    guard refreshTokens[refreshToken] == apiKey else { return false }
    refreshTokens[refreshToken] = nil
    return true
  }

  /// Whether this is the first use of the assertion's `jti`. Remembered until the assertion would be refused for its age.
  func isFirstUse(jti: String, of clientID: String, until expiry: Date, now: Date) -> Bool {
    usedAssertions = usedAssertions.filter { $0.value > now }
    let key = clientID + "\u{0}" + jti
    guard usedAssertions[key] == nil else { return false }
    usedAssertions[key] = expiry
    return true
  }
}
