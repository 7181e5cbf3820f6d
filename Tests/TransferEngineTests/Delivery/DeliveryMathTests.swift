import RedoxAPI
import SafeText
import Testing

@testable import TransferEngine

@Suite("Rates, pauses, room")
struct DeliveryMathTests {
  @Test("Nothing is claimed before the warm-up; then the average of the last seconds")
  func rate() {
    var meter = RateMeter()
    meter.add(bytes: 0, at: 0)
    meter.add(bytes: 1000, at: 1)
    #expect(meter.rate(at: 1) == nil)
    meter.add(bytes: 2000, at: 2)
    #expect(meter.rate(at: 2) == 1000)
    #expect(meter.timeLeft(total: 12_000, at: 2) == 10)
  }

  @Test("The past is forgotten: a fast beginning does not flatter a slow end")
  func window() {
    var meter = RateMeter()
    meter.add(bytes: 0, at: 0)
    meter.add(bytes: 1_000_000, at: 1)
    for second in 2...20 { meter.add(bytes: 1_000_000 + second * 100, at: Double(second)) }
    #expect(meter.rate(at: 20) == 100)
  }

  @Test("A stall promises no time; going on does")
  func stall() {
    var meter = RateMeter()
    meter.add(bytes: 0, at: 0)
    meter.add(bytes: 5000, at: 2)
    #expect(meter.timeLeft(total: 10_000, at: 5.9) != nil)
    #expect(meter.timeLeft(total: 10_000, at: 6) == nil)
    #expect((meter.rate(at: 10) ?? 0) == 500)
    meter.add(bytes: 6000, at: 10)
    #expect(meter.timeLeft(total: 10_000, at: 10) != nil)
  }

  @Test("A new attempt is measured by itself")
  func newAttempt() {
    var meter = RateMeter()
    meter.add(bytes: 0, at: 0)
    meter.add(bytes: 9000, at: 3)
    meter.add(bytes: 0, at: 4)
    #expect(meter.rate(at: 5) == nil)
    meter.add(bytes: 400, at: 6)
    #expect(meter.rate(at: 6) == 200)
  }

  @Test(
    "Pauses double up to the cap; jitter shortens them by half at most",
    arguments: [(1, 2), (2, 4), (3, 8), (6, 64), (7, 120), (1000, 120)])
  func pauses(_ failures: Int, _ longest: Double) {
    let policy = RetryPolicy()
    #expect(policy.delay(failures: failures, jitter: 0) == longest / 2)
    #expect(policy.delay(failures: failures, jitter: 0.999_999) <= longest)
  }

  @Test("Whoever would rather know at once is told after the first connection that fails, and only then")
  func connections() {
    let policy = RetryPolicy(maximumAttempts: 6, maximumConnectionAttempts: 1)
    #expect(policy.attempts(after: DestinationError(.cannotConnect("refused"))) == 1)
    #expect(policy.attempts(after: DestinationError(.serverFailure)) == 6)
    #expect(RetryPolicy(maximumAttempts: 2).attempts(after: DestinationError(.cannotConnect("refused"))) == 2)
  }

  @Test("Busy without a wish waits for the rate window; a wish is honoured, an absurd one is not")
  func busy() {
    let policy = RetryPolicy()
    #expect(policy.delay(failures: 1, jitter: 0, busy: true) == 30)
    #expect(policy.delay(failures: 1, jitter: 0.5, busy: true, retryAfter: 7) == 7.5)
    #expect(policy.delay(failures: 1, jitter: 0, busy: true, retryAfter: 1e9) == 3600)
  }

  @Test("The table says something of everything that can happen, and 401 with a new token is no doubt")
  func table() {
    for happening in FailureTable.Happening.allCases { #expect(!happening.what.isEmpty && !happening.then.isEmpty) }
    #expect(FailureTable.happening(DestinationError(.unauthorized, handover: .whole), during: .message) == .refusal)
    let refusal = DestinationError(.refused, handover: .whole)
    #expect(FailureTable.happening(refusal, during: .message, hasOldUpload: true) == .forgottenUpload)
    #expect(FailureTable.happening(refusal, during: .upload, hasOldUpload: true) == .refusal)
  }

  @Test("After a server failure nothing begins for a while, then one, then all")
  func gate() {
    var gate = ServerGate(limit: 3, policy: RetryPolicy())
    #expect(gate.room(at: 0) == 3)
    gate.serverFailed(at: 10, jitter: 0)
    // Its companions' failures do not lengthen the pause.
    gate.serverFailed(at: 10.1, jitter: 0)
    #expect(gate.room(at: 10.9) == 0)
    #expect(gate.opens(after: 10.9) == 11)
    #expect(gate.room(at: 11) == 1)
    gate.serverFailed(at: 11, jitter: 0)
    #expect(gate.room(at: 12.9) == 0)
    gate.serverAnswered()
    #expect(gate.room(at: 12.9) == 3)
  }
}
