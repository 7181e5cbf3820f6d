#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

internal import Logging

/// How long somebody works who has no screen.
public enum DeliveryRound: Sendable, Hashable {
  /// Everything that is there is tried once. What has to wait for another try is left for whoever comes next.
  case once
  /// Until nothing is left, however often it has to be tried.
  case untilDrained
  /// Until the task is cancelled; takes up whatever is left by others meanwhile.
  case follow
}

/// Working for nobody in particular: what processes have handed over, or left behind.
extension TransferEngine {
  /// Seconds between two looks for processes that have died: nothing tells of that.
  private static let roundPause = 5.0

  /// Works off what this engine has adopted. Transfers that are on their way when it returns are finished or handed over.
  public func work(_ round: DeliveryRound) async throws(OutboxError) {
    switch round {
    case .once:
      await rest()
      await handOver()
    case .untilDrained:
      repeat {
        await drain()
        try await takeUpLeftBehind()
      } while !isIdle
    case .follow:
      while !Task.isCancelled {
        await parts.seams.sleep(Self.roundPause)
        guard !Task.isCancelled else { break }
        // A disk that is full or locked for a while is no reason to give the post up.
        do throws(OutboxError) { try await takeUpLeftBehind() } catch { parts.logger.error("outbox does not give transfers") }
      }
    }
  }

  private func takeUpLeftBehind() async throws(OutboxError) {
    // Also another profile's: whoever has ended them tells of it.
    try await tellEnds(try await parts.outbox.settleDead(now: parts.seams.now()).map(\.id))
    guard !isOffDuty else { return }
    try await adopt()
    try await takeUpDisposals()
  }

  /// Returns when nothing is under way and nothing will begin soon: what is left waits for its time, or for a server that does not answer.
  private func rest() async {
    if isResting { return }
    await withCheckedContinuation { resters.append($0) }
  }

  private var isResting: Bool {
    guard active.isEmpty else { return false }
    let now = parts.seams.now()
    let isHeldUp = gate.opens(after: parts.seams.uptime()) != nil
    return busy.allSatisfy { id in
      switch entries[id]?.machine.state {
      // One whose time has come is about to begin.
      case .waiting(let until, _): until > now
      case nil: true
      case .queued: isHeldUp
      default: false
      }
    }
  }

  /// Wakes whoever waits for rest, once there is.
  func wakeResters() {
    guard !resters.isEmpty, isResting else { return }
    let waiting = resters
    resters = []
    for rester in waiting { rester.resume() }
  }
}
