internal import Logging

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Looks after the outbox while a process has it open: whether it is whole, and whether the time of something in it has come.
///
/// Small pieces, so that nobody who writes meanwhile waits long; several processes may do it at once.
struct OutboxCare: Sendable {
  /// Transfers in one transaction.
  static let piece = 50
  static let interval = 86_400.0

  let outbox: Outbox
  let settings: HistorySettings
  let seams: EngineSeams
  let logger: Logger

  /// At once, then every day until the task is cancelled.
  func run() async {
    while !Task.isCancelled {
      do throws(OutboxError) {
        try await outbox.examine()
        _ = try await tidy()
      } catch {
        // Nothing is lost by it, and whoever writes next is told.
        logger.error("outbox cannot be looked after")
      }
      await seams.sleep(Self.interval)
    }
  }

  struct Tidied: Sendable, Hashable {
    /// Transfers that were robbed of what identifies the patient.
    var purged = 0
    /// Receipts that are gone altogether.
    var forgotten = 0
  }

  func tidy() async throws(OutboxError) -> Tidied {
    var tidied = Tidied()
    while !Task.isCancelled {
      let count = try await outbox.purge(endedBefore: time(settings.keepPatientDays), now: seams.now(), atMost: Self.piece)
      if count == 0 { break }
      tidied.purged += count
      await Task.yield()
    }
    while settings.keepReceiptsDays > 0, !Task.isCancelled {
      let count = try await outbox.forget(endedBefore: time(settings.keepReceiptsDays), atMost: Self.piece)
      if count == 0 { break }
      tidied.forgotten += count
      await Task.yield()
    }
    if tidied != Tidied() { try await outbox.emptyJournal() }
    return tidied
  }

  private func time(_ days: Int) -> Date { seams.now().addingTimeInterval(-Double(days) * 86_400) }
}
