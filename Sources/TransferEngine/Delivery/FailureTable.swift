internal import RedoxAPI

/// What follows from a failure.
///
/// | what happened | then |
/// |---|---|
/// | token, upload: a transient failure | retry (an upload twice is harmless) |
/// | message not handed over whole | retry |
/// | handed over whole; 429, 503 | retry, not before `Retry-After` |
/// | handed over whole; 401 after a new token; other 4xx; 2xx with errors inside | refused, the server's words |
/// | handed over whole; 5xx, reset, time-out, unreadable reply, killed while sending | uncertain |
/// | accepted before it was handed over whole | uncertain: such a server may have kept what it has |
/// | certificate, configuration, changed or vanished file | failed: trying again by itself would not help |
enum FailureTable {
  enum Work: Sendable, Hashable {
    /// Getting a token.
    case preparation
    case upload
    case message
  }

  enum Verdict: Sendable, Hashable {
    case retry(busy: Bool, after: Double?)
    case refused
    case failed
    case uncertain
    /// Our own doing: the task was cancelled, and nothing that counts had left.
    case stopped
  }

  static func verdict(on error: DestinationError, during work: Work) -> Verdict {
    let isHandedOver = work == .message && error.handover == .whole
    switch error.cause {
    case .busy(let retryAfter): return .retry(busy: true, after: retryAfter)
    case .unauthorized, .forbidden, .tooLarge, .refused: return .refused
    // What was whole when the file turned out to be another cannot be called back.
    case .content: return isHandedOver ? .uncertain : .failed
    case .configuration: return isHandedOver ? .uncertain : .failed
    case .tls: return isHandedOver ? .uncertain : .failed
    case .cancelled: return isHandedOver ? .uncertain : .stopped
    case .unreadableReply where work == .message && error.reply.map { (200..<300).contains($0.status) } == true: return .uncertain
    case .cannotConnect, .timedOut, .connectionLost, .serverFailure, .unreadableReply:
      return isHandedOver ? .uncertain : .retry(busy: false, after: nil)
    }
  }
}
