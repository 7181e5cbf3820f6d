/// Hands pictures of the transfers to whoever watches; a slow reader gets the latest only.
struct SnapshotPublisher {
  /// Seconds between two pictures that differ in progress only.
  static let interval = 0.2

  /// The picture that is due later, if one is.
  var flush: Task<Void, Never>?
  /// The next look for transfers that have stalled.
  var stallCheck: Task<Void, Never>?
  private var watchers: [Int: AsyncStream<[TransferSnapshot]>.Continuation] = [:]
  private var nextKey = 0
  private var last = -Double.infinity

  mutating func add(_ watcher: AsyncStream<[TransferSnapshot]>.Continuation, snapshots: [TransferSnapshot]) -> Int {
    nextKey += 1
    watchers[nextKey] = watcher
    watcher.yield(snapshots)
    return nextKey
  }

  mutating func remove(_ key: Int) { watchers[key] = nil }

  func isDue(at time: Double) -> Bool { time - last >= Self.interval }

  /// Seconds until the next picture of progress.
  func pause(at time: Double) -> Double { max(0, last + Self.interval - time) }

  var hasWatchers: Bool { !watchers.isEmpty }

  mutating func publish(_ snapshots: [TransferSnapshot], at time: Double) {
    last = time
    for watcher in watchers.values { watcher.yield(snapshots) }
  }
}
