#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// What the engine takes from the world: time and chance. Tests hand in their own.
public struct EngineSeams: Sendable {
  /// This machine's clock; may jump.
  public var now: @Sendable () -> Date
  /// Seconds on a clock that never jumps and never goes back.
  public var uptime: @Sendable () -> Double
  /// Waits so many seconds, whatever the machine's clock does meanwhile; ends early when the task is cancelled.
  public var sleep: @Sendable (Double) async -> Void
  /// Holds the thread for so many seconds: for the little that is done before there is anybody who could go on meanwhile.
  public var block: @Sendable (Double) -> Void
  /// 0 ..< 1.
  public var jitter: @Sendable () -> Double
  /// A fresh UUID in lower case.
  public var uuid: @Sendable () -> String

  public init(
    now: @escaping @Sendable () -> Date, uptime: @escaping @Sendable () -> Double, sleep: @escaping @Sendable (Double) async -> Void,
    block: @escaping @Sendable (Double) -> Void, jitter: @escaping @Sendable () -> Double, uuid: @escaping @Sendable () -> String
  ) {
    self.now = now
    self.uptime = uptime
    self.sleep = sleep
    self.block = block
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
      sleep: { try? await Task.sleep(for: .seconds($0)) }, block: { usleep(UInt32($0 * 1_000_000)) }, jitter: { Double.random(in: 0..<1) },
      uuid: { UUID().uuidString.lowercased() })
  }()
}
