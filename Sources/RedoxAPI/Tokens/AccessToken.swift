#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A bearer token and how long it may be used, by this machine's clock.
struct AccessToken: Sendable, Hashable {
  var value: String
  var obtained: Date
  var expires: Date
  /// Legacy keys only.
  var refreshToken: String?
  /// Server's clock minus this machine's, in seconds.
  var clockSkew: Double?

  /// Renewed a minute before its end, or a fifth of its life if that is sooner, so that no request starts with a token about to die.
  var renewAt: Date {
    let life = max(0, expires.timeIntervalSince(obtained))
    return expires.addingTimeInterval(-min(60, life / 5))
  }

  /// A clock that was set back makes the token's age unknown; it is not used then.
  func isFresh(at now: Date) -> Bool { obtained <= now && now < renewAt }
}
