internal import RedoxAPI
internal import SafeText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Makes the history's entry of a piece of work that has ended.
enum AttemptReport {
  /// - Parameter stop: what it was, should the work have been stopped.
  static func attempt(
    _ result: Result<TransferMachine.Event, DestinationError>, _ work: FailureTable.Work, began: Date?, ended: Date, bytes: Int, stop: Stop
  ) -> TransferAttempt? {
    let step: TransferAttempt.Step =
      switch work {
      case .preparation: .preparation
      case .upload: .upload
      case .message: .message
      }
    var attempt = TransferAttempt(
      step: step, startedAt: began ?? ended, endedAt: ended, status: nil, acknowledgedBytes: bytes, outcome: "done", words: [], logIDs: [])
    switch result {
    // A token that was to be had is no news.
    case .success(.prepared): return nil
    case .success(.uploaded(_, let status)): attempt.status = status
    case .success(.answered(let receipt)):
      attempt.status = receipt.status
      attempt.logIDs = receipt.logIDs
    case .success: break
    case .failure(let error):
      attempt.outcome = error.cause == .cancelled ? stop.rawValue : code(error.cause)
      attempt.status = error.reply?.status
      attempt.words = error.reply?.words.map(\.string) ?? []
      attempt.logIDs = error.reply?.logIDs ?? []
    }
    return attempt
  }

  /// Why work was stopped: a stable word. Versions that did not tell them apart called each of them `cancelled`.
  enum Stop: String {
    case cancelled, paused
    case handedOver = "handed-over"
    /// Nobody asked for it.
    case interrupted
  }

  /// A stable word for each cause, the same that failures carry.
  static func code(_ cause: DestinationError.Cause) -> String {
    switch cause {
    case .cannotConnect: "cannot-connect"
    case .tls: "certificate"
    case .timedOut: "timed-out"
    case .connectionLost: "connection-lost"
    case .unauthorized: "unauthorized"
    case .forbidden: "forbidden"
    case .tooLarge: "too-large"
    case .busy: "busy"
    case .refused: "refused"
    case .serverFailure: "server-failure"
    case .unreadableReply: "unreadable-reply"
    case .content: "document"
    case .configuration: "configuration"
    case .cancelled: Stop.cancelled.rawValue
    }
  }
}
