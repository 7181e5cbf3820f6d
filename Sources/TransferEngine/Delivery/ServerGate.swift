/// How many transfers may begin, so that a dead or overloaded server is not hammered. Pure.
///
/// After a failure that is the server's or the network's, nothing begins for a while, then one transfer alone tries. Its success opens
/// the gate; each further failure doubles the pause. One pause serves all transfers, however many are queued.
struct ServerGate: Sendable, Hashable {
  private let limit: Int
  private let policy: RetryPolicy
  private var failures = 0
  private var heldUntil = -Double.infinity

  /// - Parameter limit: transfers at once when all is well; at least one.
  init(limit: Int, policy: RetryPolicy) {
    self.limit = max(1, limit)
    self.policy = policy
  }

  /// How many transfers may be under way now. Times are seconds on a clock that never goes back.
  func room(at time: Double) -> Int {
    if time < heldUntil { return 0 }
    return failures > 0 ? 1 : limit
  }

  /// When to look again, if the gate is held.
  func opens(after time: Double) -> Double? { time < heldUntil ? heldUntil : nil }

  mutating func serverFailed(at time: Double, jitter: Double) {
    // Several that were under way together fail together; that is one failure.
    guard time >= heldUntil else { return }
    failures += 1
    heldUntil = time + policy.delay(failures: failures, jitter: jitter)
  }

  mutating func serverAnswered() {
    failures = 0
    heldUntil = -.infinity
  }
}
