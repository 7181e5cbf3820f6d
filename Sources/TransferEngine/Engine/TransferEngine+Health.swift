internal import RedoxAPI
internal import SafeText

/// Whether the destination answers: what the gate makes of it, and who is told.
extension TransferEngine {
  public nonisolated func healthChanges() -> AsyncStream<ServiceHealth> {
    let (stream, continuation) = AsyncStream.makeStream(of: ServiceHealth.self, bufferingPolicy: .bufferingNewest(1))
    let subscription = Task { await watchHealth(continuation) }
    continuation.onTermination = { [weak self] _ in
      Task { if let self { await self.unwatchHealth(await subscription.value) } }
    }
    return stream
  }

  private func watchHealth(_ continuation: AsyncStream<ServiceHealth>.Continuation) -> Int {
    let key = (healthWatchers.keys.max() ?? 0) + 1
    healthWatchers[key] = continuation
    continuation.yield(health)
    return key
  }

  private func unwatchHealth(_ key: Int) { healthWatchers[key] = nil }

  func serverAnswered() {
    gate.serverAnswered()
    if health.noteAnswer(at: parts.seams.now()) { tellHealth() }
  }

  func serverFailed(_ error: DestinationError, during work: FailureTable.Work, jitter: Double, _ id: TransferSnapshot.ID) {
    gate.serverFailed(at: parts.seams.uptime(), jitter: jitter)
    guard let failure = entries[id]?.machine.words.failure(error, during: work) else { return }
    if health.noteFailure(DisplayText(escaping: failure.explanation), at: parts.seams.now()) { tellHealth() }
  }

  private func tellHealth() {
    for watcher in healthWatchers.values { watcher.yield(health) }
  }
}
