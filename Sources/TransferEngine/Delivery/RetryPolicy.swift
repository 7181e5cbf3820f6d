internal import RedoxAPI

/// When to try again. Pure: randomness is handed in.
public struct RetryPolicy: Sendable, Hashable {
  /// Failures in a row after which a person has to ask for more.
  public var maximumAttempts: Int
  /// The same for connections that cannot be made at all. A script would rather know at once; a person can wait for a network to come back.
  public var maximumConnectionAttempts: Int
  /// Seconds before the second attempt; doubles with each failure.
  public var base: Double
  /// Longest pause of our own making, in seconds.
  public var cap: Double
  /// Shortest pause after 429 or 503 without `Retry-After`, in seconds: Redox's rate window slides over five minutes.
  public var busyPause: Double
  /// Longest `Retry-After` that is believed, in seconds.
  public var longestRetryAfter: Double

  public init(
    maximumAttempts: Int = 6, maximumConnectionAttempts: Int = 6, base: Double = 2, cap: Double = 120, busyPause: Double = 30,
    longestRetryAfter: Double = 3600
  ) {
    self.maximumAttempts = maximumAttempts
    self.maximumConnectionAttempts = maximumConnectionAttempts
    self.base = base
    self.cap = cap
    self.busyPause = busyPause
    self.longestRetryAfter = longestRetryAfter
  }

  /// Longest pause there can be, in seconds.
  var longestPause: Double { max(cap, busyPause, longestRetryAfter + 1) }

  /// How many failures in a row are borne, the given one being the last.
  func attempts(after error: DestinationError) -> Int {
    if case .cannotConnect = error.cause { return min(maximumConnectionAttempts, maximumAttempts) }
    return maximumAttempts
  }

  /// Seconds to wait.
  /// - Parameters:
  ///   - failures: in a row, counted from 1.
  ///   - jitter: 0 ..< 1; spreads what would otherwise come back at the same moment.
  ///   - busy: true for 429 and 503.
  ///   - retryAfter: the server's own wish in seconds; never undercut.
  public func delay(failures: Int, jitter: Double, busy: Bool = false, retryAfter: Double? = nil) -> Double {
    var doubled = base
    for _ in 1..<max(1, min(failures, 32)) { doubled = min(cap, doubled * 2) }
    let own = max(busy ? busyPause : 0, min(cap, doubled) * (0.5 + jitter / 2))
    guard let retryAfter, retryAfter > 0 else { return own }
    return min(retryAfter, longestRetryAfter) + jitter
  }
}
