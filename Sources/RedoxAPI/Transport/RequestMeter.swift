internal import Synchronization

/// Knows of one request how far it came: what was read, what the kernel took, what the peer acknowledged, and why it ended.
/// Shared between the body's reader, the connection and the caller.
final class RequestMeter: Sendable {
  /// The reader may be this far ahead of the socket. async-http-client itself does not wait for slow peers.
  static let windowBytes = 1_048_576

  private struct State {
    var pulled = 0
    var accepted = 0
    var headWritten = false
    var isOver = false
    var timedOut = false
    var contentFailure: ContentError?
    var waiter: Waiter?

    /// Takes the waiter away if it need not wait any longer.
    mutating func satisfiedWaiter() -> Waiter? {
      guard let waiter, pulled - accepted <= waiter.most else { return nil }
      self.waiter = nil
      return waiter
    }
  }

  /// The reader, until the kernel has taken all but so many bytes of what was read.
  private struct Waiter {
    let most: Int
    let continuation: CheckedContinuation<Bool, Never>
  }

  let body: RequestBody
  private let reporter: ProgressReporter
  private let release: ReleaseHandler
  private let state = Mutex(State())

  init(body: RequestBody, reporter: ProgressReporter, release: @escaping ReleaseHandler = { true }) {
    self.body = body
    self.reporter = reporter
    self.release = release
  }

  // MARK: The reader's side

  /// Waits until the window has room; false when the request is over. One waiter at a time.
  func waitForRoom() async -> Bool { await waitUntilAhead(by: RequestMeter.windowBytes - 1) }

  /// Whether so many bytes more may leave: the last of them need the caller's leave. It is asked for once the kernel has taken everything
  /// before them, so that they leave at once when it is given, and not after minutes on a slow line.
  func mayLeave(_ bytes: Int) async -> Bool {
    let isLast = state.withLock { $0.pulled + bytes >= body.length }
    guard isLast else { return true }
    guard await waitUntilAhead(by: 0) else { return false }
    return await release()
  }

  private func waitUntilAhead(by most: Int) async -> Bool {
    await withCheckedContinuation { continuation in
      let answer: Bool? = state.withLock { state in
        if state.isOver { return false }
        if state.pulled - state.accepted <= most { return true }
        state.waiter = Waiter(most: most, continuation: continuation)
        return nil
      }
      if let answer { continuation.resume(returning: answer) }
    }
  }

  /// The reader waits now. For tests.
  var hasWaiter: Bool { state.withLock { $0.waiter != nil } }

  func pulled(_ bytes: Int) { state.withLock { $0.pulled += bytes } }

  func failed(_ error: ContentError) { state.withLock { $0.contentFailure = $0.contentFailure ?? error } }

  // MARK: The connection's side

  func headWritten() { state.withLock { $0.headWritten = true } }

  /// The kernel took further bytes of the body.
  func accepted(_ bytes: Int) {
    let waiter = state.withLock { state in
      state.accepted += bytes
      return state.satisfiedWaiter()
    }
    waiter?.continuation.resume(returning: true)
  }

  var acceptedBytes: Int { state.withLock { $0.accepted } }

  func timedOut() { state.withLock { $0.timedOut = true } }

  func report(acknowledgedBodyBytes: Int, isAllAcknowledged: Bool) {
    reporter.report(isAllAcknowledged ? .finalizing : .transmitting, acknowledgedBytes: body.fileBytes(inFirst: acknowledgedBodyBytes))
  }

  // MARK: The caller's side

  /// How much of the request the peer may hold. The kernel having taken the last byte counts as whole: from then on nobody here can
  /// know how far it got.
  var handover: DestinationError.Handover {
    state.withLock { state in
      if !state.headWritten { return .nothing }
      return state.accepted >= body.length ? .whole : .part
    }
  }

  /// The same for a call that ends of its own accord, while the connection may still be writing: what the client has taken over may
  /// leave after the call has returned, unseen by anybody.
  var handoverWhenAbandoned: DestinationError.Handover {
    state.withLock { state in
      if !state.headWritten { return .nothing }
      return state.pulled >= body.length ? .whole : .part
    }
  }

  var isOver: Bool { state.withLock { $0.isOver } }
  var hasTimedOut: Bool { state.withLock { $0.timedOut } }
  var contentFailure: ContentError? { state.withLock { $0.contentFailure } }

  /// The request is over, whatever its end: lets the reader go.
  func finish() {
    let waiter = state.withLock { state in
      state.isOver = true
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.continuation.resume(returning: false)
  }
}
