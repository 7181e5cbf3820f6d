/// What whoever looks gets to see, and when.
extension TransferEngine {
  public nonisolated func snapshots() -> AsyncStream<[TransferSnapshot]> {
    let (stream, continuation) = AsyncStream.makeStream(of: [TransferSnapshot].self, bufferingPolicy: .bufferingNewest(1))
    let subscription = Task { await subscribe(continuation) }
    continuation.onTermination = { [weak self] _ in
      Task { if let self { await self.unsubscribe(await subscription.value) } }
    }
    return stream
  }

  private func subscribe(_ continuation: AsyncStream<[TransferSnapshot]>.Continuation) -> Int {
    publisher.add(continuation, snapshots: currentSnapshots())
  }

  private func unsubscribe(_ key: Int) { publisher.remove(key) }

  private func currentSnapshots() -> [TransferSnapshot] {
    let time = parts.seams.uptime()
    return order.compactMap { entries[$0]?.snapshot(at: time) }
  }

  /// Transfers beyond which a picture of them takes long enough to be made seldom.
  private static let longList = 500

  var isListLong: Bool { order.count > Self.longList }

  /// Shows what has changed: at once, or a few times a second when there are very many.
  func publish() {
    if isListLong, !publisher.isDue(at: parts.seams.uptime()) { return publishSoon() }
    publishNow()
  }

  private func publishNow() {
    publisher.publish(publisher.hasWatchers ? currentSnapshots() : [], at: parts.seams.uptime())
  }

  /// Progress comes often; a few pictures a second are enough.
  func publishSoon() {
    let time = parts.seams.uptime()
    if publisher.isDue(at: time) { return publishNow() }
    guard publisher.flush == nil else { return }
    let pause = publisher.pause(at: time)
    publisher.flush = Task { [weak self, seams = parts.seams] in
      await seams.sleep(pause)
      await self?.flush()
    }
  }

  private func flush() {
    publisher.flush = nil
    publishNow()
  }

  /// A stall is the absence of events; so somebody has to look whether a promise of time left still holds.
  func watchForStalls() {
    guard publisher.stallCheck == nil else { return }
    publisher.stallCheck = Task { [weak self, seams = parts.seams] in
      await seams.sleep(RateMeter.stall)
      await self?.checkStalls()
    }
  }

  private func checkStalls() {
    publisher.stallCheck = nil
    publish()
    let time = parts.seams.uptime()
    if active.contains(where: { entries[$0]?.snapshot(at: time).timeLeft != nil }) { watchForStalls() }
  }
}
