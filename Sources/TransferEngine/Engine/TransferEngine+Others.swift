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
  /// Seconds between two looks while there are so many transfers that looking takes a while.
  private static let longListPause = 0.3

  /// Looks whenever somebody has written.
  func watchOthers() {
    guard watch == nil else { return }
    let writes = parts.outbox.writes()
    watch = Task { [weak self, seams = parts.seams] in
      for await _ in writes {
        guard let self else { return }
        await self.lookAround()
        if await self.isListLong { await seams.sleep(Self.longListPause) }
      }
    }
  }

  func lookAroundSometimes() async {
    let time = parts.seams.uptime()
    guard time - lookedAt >= Self.lookInterval else { return }
    lookedAt = time
    await lookAround()
  }

  /// Heeds what others ask for, goes on with what they leave, and shows what they have done; does next to nothing when nobody else has
  /// written.
  private func lookAround() async {
    do throws(OutboxError) {
      let news = try await parts.outbox.news(profile: profile.name, since: seenVersion)
      guard news.version != seenVersion else { return }
      seenVersion = news.version
      for (request, ids) in news.requests { await post(request.event, toAll: ids) }
      if isAdopting, !isOffDuty { try await adopt() }
      try await takeOver(try await parts.outbox.marks(profile: profile.name, binding: binding, limit: historyLimit))
      publish()
    } catch {
      parts.logger.error("outbox does not tell what others do")
    }
  }

  private func takeOver(_ marks: [TransferMark]) async throws(OutboxError) {
    // What others have ended is among the marks only while it is one of the newest.
    let marked = Set(marks.map(\.id))
    let gone = entries.values.filter { !$0.isOwned && !$0.recorded.state.isEnded && !marked.contains($0.id) }.map(\.id)
    let changed = marks.filter(differs).map(\.id) + gone
    guard !changed.isEmpty else { return }
    let owner = parts.outbox.owner
    let current = try await parts.outbox.listed(changed)
    // It may have become this process's own meanwhile.
    list(current.filter { $0.owner != owner })
  }

  /// Takes into the list what other processes have, or had.
  func list(_ transfers: [ListedTransfer]) {
    let new = transfers.map(\.id).filter { entries[$0] == nil }
    for transfer in transfers where entries[transfer.id]?.isBusy != true {
      set(entry(transfer, isOwned: transfer.owner == parts.outbox.owner))
      if transfer.state.isEnded { endsSinceForgetting += 1 }
    }
    defer { forgetOldEnds() }
    guard !new.isEmpty else { return }
    order = (order + new).enumerated().sorted { one, other in
      let (a, b) = (entries[one.element]?.queuedAt ?? .distantPast, entries[other.element]?.queuedAt ?? .distantPast)
      return a == b ? one.offset < other.offset : a > b
    }.map(\.element)
  }

  /// Another process has brought this transfer to where it was not when this one looked last.
  private func differs(_ mark: TransferMark) -> Bool {
    guard mark.owner != parts.outbox.owner else { return false }
    guard let entry = entries[mark.id] else { return true }
    if entry.isBusy || entry.task != nil || entry.unrecorded != nil { return false }
    return mark.word != StoredState(entry.recorded.state).word || abs(mark.changedAt.timeIntervalSince(entry.recorded.changedAt)) > 0.001
  }
}
