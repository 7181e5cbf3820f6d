#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// What the engine takes from the world: time and chance. Tests hand in their own.
public struct EngineSeams: Sendable {
  /// This machine's clock; may jump.
  public var now: @Sendable () -> Date
  /// Seconds on a clock that never jumps and never goes back.
  public var uptime: @Sendable () -> Double
  /// Waits so many seconds, whatever the machine's clock does meanwhile; ends early when the task is cancelled.
  public var sleep: @Sendable (Double) async -> Void
  /// 0 ..< 1.
  public var jitter: @Sendable () -> Double
  /// A fresh UUID in lower case.
  public var uuid: @Sendable () -> String

  public init(
    now: @escaping @Sendable () -> Date, uptime: @escaping @Sendable () -> Double, sleep: @escaping @Sendable (Double) async -> Void,
    jitter: @escaping @Sendable () -> Double, uuid: @escaping @Sendable () -> String
  ) {
    self.now = now
    self.uptime = uptime
    self.sleep = sleep
    self.jitter = jitter
    self.uuid = uuid
  }

  public static let system: EngineSeams = {
    let begin = ContinuousClock.now
    return EngineSeams(
      now: { Date() },
      uptime: {
        let elapsed = begin.duration(to: .now).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
      },
      sleep: { try? await Task.sleep(for: .seconds($0)) }, jitter: { Double.random(in: 0..<1) }, uuid: { UUID().uuidString.lowercased() })
  }()
}
