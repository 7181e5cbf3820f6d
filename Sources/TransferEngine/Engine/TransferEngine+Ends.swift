/// How the transfers of this process end, and for how long their ends are kept in memory. History has them all.
extension TransferEngine {
  /// Every end of a transfer that this process has worked on, or has ended without working on it, as it comes, also of those that leave
  /// the list; whoever is slow misses none. One that could not be recorded comes once more when it could be. For one listener at a time,
  /// until `endTelling`.
  public func ends() -> AsyncStream<TransferSnapshot> {
    let (stream, continuation) = AsyncStream.makeStream(of: TransferSnapshot.self)
    let time = parts.seams.uptime()
    for snapshot in endedAtStart { continuation.yield(snapshot) }
    endedAtStart = []
    for entry in entries.values where entry.isOwned && entry.recorded.state.isEnded { continuation.yield(entry.snapshot(at: time)) }
    teller = continuation
    return stream
  }

  /// Ends the stream of `ends`, once everything in it was taken.
  public func endTelling() {
    teller?.finish()
    teller = nil
  }

  func tellEnd(_ id: TransferSnapshot.ID) {
    guard let entry = entries[id], entry.recorded.state.isEnded else { return }
    endsSinceForgetting += 1
    teller?.yield(entry.snapshot(at: parts.seams.uptime()))
  }

  /// Tells of transfers that were ended in the outbox alone: nobody has worked on them here.
  func tellEnds(_ ids: [TransferSnapshot.ID]) async throws(OutboxError) {
    guard let teller, !ids.isEmpty else { return }
    for snapshot in try await pictures(of: ids) { teller.yield(snapshot) }
  }

  func pictures(of ids: [TransferSnapshot.ID]) async throws(OutboxError) -> [TransferSnapshot] {
    guard !ids.isEmpty else { return [] }
    let time = parts.seams.uptime()
    return try await parts.outbox.listed(ids).map { entry($0, isOwned: false).snapshot(at: time) }
  }

  /// Lets go of what ended before the newest `historyLimit` that ended, now and then: looking for it costs a walk through all. The newest
  /// transfers stay, as a start would list them, and so does what was submitted here: whoever did that waits for its end.
  func forgetOldEnds() {
    guard endsSinceForgetting >= historyLimit else { return }
    endsSinceForgetting = 0
    let newest = Set(order.prefix(historyLimit))
    let ended = entries.values.filter { $0.canBeForgotten && !newest.contains($0.id) }
      .sorted { $0.recorded.changedAt > $1.recorded.changedAt }
    let old = Set(ended.dropFirst(historyLimit).map(\.id))
    guard !old.isEmpty else { return }
    order.removeAll { old.contains($0) }
    for id in old { entries[id] = nil }
  }
}
