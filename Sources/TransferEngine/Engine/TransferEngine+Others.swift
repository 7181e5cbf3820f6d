internal import Logging

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What other processes do with the same outbox: they ask for transfers to be cancelled, and have transfers of their own.
extension TransferEngine {
  /// Seconds between two looks while a transfer reports progress, for kernels that do not tell of writes.
  private static let lookInterval = 1.0

  /// Looks whenever somebody has written.
  func watchOthers() {
    guard watch == nil else { return }
    let writes = parts.outbox.writes()
    watch = Task { [weak self] in
      for await _ in writes {
        guard let self else { return }
        await self.lookAround()
      }
    }
  }

  func lookAroundSometimes() async {
    let time = parts.seams.uptime()
    guard time - lookedAt >= Self.lookInterval else { return }
    lookedAt = time
    await lookAround()
  }

  /// Heeds what others ask for, and shows what they have done; does next to nothing when nobody else has written.
  private func lookAround() async {
    do throws(OutboxError) {
      let news = try await parts.outbox.news(profile: profile.name, since: seenVersion)
      guard news.version != seenVersion else { return }
      seenVersion = news.version
      for (id, request) in news.requests where request == .cancel { await post(.cancelRequested, to: id) }
      try await takeOver(try await parts.outbox.marks(profile: profile.name, binding: binding, limit: Self.historyLimit))
      publish()
    } catch {
      parts.logger.error("outbox does not tell what others do")
    }
  }

  private func takeOver(_ marks: [TransferMark]) async throws(OutboxError) {
    for mark in marks where differs(mark) {
      guard let stored = try await parts.outbox.transfer(mark.id) else { continue }
      // It may have become this process's own meanwhile.
      if differs(mark), stored.owner != parts.outbox.owner { entries[mark.id] = entry(stored, isOwned: false) }
    }
    let known = Set(marks.map(\.id))
    let ids = order.filter { !known.contains($0) } + marks.map(\.id).filter { entries[$0] != nil }
    order = ids.enumerated().sorted { one, other in
      let (a, b) = (entries[one.element]?.queuedAt ?? .distantPast, entries[other.element]?.queuedAt ?? .distantPast)
      return a == b ? one.offset < other.offset : a > b
    }.map(\.element)
  }

  /// Another process has brought this transfer to where it was not when this one looked last.
  private func differs(_ mark: TransferMark) -> Bool {
    guard mark.owner != parts.outbox.owner else { return false }
    guard let entry = entries[mark.id] else { return true }
    if entry.isOwned && (!entry.machine.state.isEnded || entry.isHandling || entry.task != nil) { return false }
    return mark.word != StoredState(entry.recorded.state).word || abs(mark.changedAt.timeIntervalSince(entry.recorded.changedAt)) > 0.001
  }
}
