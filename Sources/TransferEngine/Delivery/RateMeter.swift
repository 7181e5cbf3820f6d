/// How fast bytes are acknowledged: the average over the last seconds. Pure; times are seconds on any clock that never goes back.
struct RateMeter: Sendable, Hashable {
  private struct Sample: Hashable {
    var time: Double
    var bytes: Int
  }

  /// Seconds that the average looks back.
  static let window = 8.0
  /// Seconds before anything is claimed.
  static let warmUp = 1.5
  /// Seconds without a byte after which no time left is promised.
  static let stall = 4.0

  private var samples: [Sample] = []
  private var lastAdvance: Double?

  /// - Parameter bytes: acknowledged so far. Fewer than before means that a new attempt has begun: the measuring begins anew.
  mutating func add(bytes: Int, at time: Double) {
    if let last = samples.last {
      if bytes < last.bytes {
        samples = []
        lastAdvance = nil
      } else if bytes > last.bytes {
        lastAdvance = time
      }
    }
    samples.append(Sample(time: time, bytes: bytes))
    // One sample from before the window stays: the average begins at it.
    while samples.count > 2, samples[1].time <= time - Self.window { samples.removeFirst() }
  }

  /// Bytes per second; nil until there is enough to measure.
  func rate(at time: Double) -> Double? {
    guard let first = samples.first, let last = samples.last, lastAdvance != nil, time - first.time >= Self.warmUp else { return nil }
    return Double(last.bytes - first.bytes) / (time - first.time)
  }

  /// Seconds until `total` bytes are acknowledged; nil when unknown or stalled.
  func timeLeft(total: Int, at time: Double) -> Double? {
    guard let rate = rate(at: time), rate > 0, let last = samples.last, let lastAdvance, time - lastAdvance < Self.stall else { return nil }
    return Double(max(0, total - last.bytes)) / rate
  }
}
