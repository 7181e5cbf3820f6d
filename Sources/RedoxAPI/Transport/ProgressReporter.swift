internal import Synchronization

/// Turns what a request has achieved into progress that keeps `Destination`'s contract: never backwards, never the end before the reply,
/// never after the call has returned. One reporter serves a call, with the repetition that a refused token may cost.
final class ProgressReporter: Sendable {
  private struct State {
    var last: DeliveryProgress?
    var isClosed = false
  }

  private let state = Mutex(State())
  private let handler: ProgressHandler
  let totalBytes: Int

  init(totalBytes: Int, handler: @escaping ProgressHandler) {
    self.totalBytes = totalBytes
    self.handler = handler
  }

  /// Called while holding the lock, so that no report can overtake another or the call's end. The handler must not wait for the call.
  func report(_ phase: DeliveryProgress.Phase, acknowledgedBytes: Int) {
    state.withLock { state in
      guard !state.isClosed else { return }
      // The end is the reply's to give.
      let bytes = max(min(acknowledgedBytes, totalBytes - 1), state.last?.acknowledgedBytes ?? 0, 0)
      let progress = DeliveryProgress(phase: phase, acknowledgedBytes: bytes, totalBytes: totalBytes)
      guard progress != state.last else { return }
      state.last = progress
      handler(progress)
    }
  }

  /// Ends all reports; with `accepted`, after a last one that says so.
  func close(accepted: Bool) {
    state.withLock { state in
      guard !state.isClosed else { return }
      state.isClosed = true
      guard accepted else { return }
      let end = DeliveryProgress(phase: .finalizing, acknowledgedBytes: totalBytes, totalBytes: totalBytes)
      if state.last != end { handler(end) }
    }
  }
}
