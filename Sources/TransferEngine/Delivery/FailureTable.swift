internal import RedoxAPI
internal import SafeText

/// What happens when: the one table that decides what follows from a failure, and that the documentation prints.
enum FailureTable {
  enum Work: Sendable, Hashable {
    /// Getting a token.
    case preparation
    case upload
    case message
  }

  enum Verdict: Sendable, Hashable {
    case retry(busy: Bool, after: Double?)
    /// The refusal may be about an upload that the server has forgotten: once more, with a new one.
    case uploadAgain
    case refused
    case failed
    case uncertain
    /// Our own doing: the task was cancelled, and nothing that counts had left.
    case stopped
  }

  /// A row: what happened.
  enum Happening: CaseIterable, Sendable, Hashable {
    case transientBeforeMessage
    case notHandedOverWhole
    case busy
    /// Carried out by every `Destination`: a 401 renews the token and repeats the request once.
    case tokenRefused
    case forgottenUpload
    case refusal
    case wholeWithoutAnswer
    case acceptedBeforeWhole
    /// Carried out by `Outbox.settle`, when the next process finds it.
    case diedWhileSending
    case diedBefore
    case ourSide
    case calledOff

    var what: DisplayText {
      switch self {
      case .transientBeforeMessage: "token, upload, search: no connection, a broken one, a time-out, a server's fault"
      case .notHandedOverWhole: "message not handed over whole"
      case .busy: "429 or 503"
      case .tokenRefused: "401"
      case .forgottenUpload: "message refused that refers to an upload of an earlier run"
      case .refusal: "401 with a new token, any other 4xx; 2xx with errors inside"
      case .wholeWithoutAnswer: "message handed over whole; 500, 502, 504, reset, time-out, cut-off or unreadable reply"
      case .acceptedBeforeWhole: "message accepted before it was handed over whole"
      case .diedWhileSending: "killed after the message's last part was let go"
      case .diedBefore: "killed before that"
      case .ourSide: "certificate, configuration, changed or vanished file"
      case .calledOff: "cancelled, paused or handed over before the message was on its way"
      }
    }

    var then: DisplayText {
      switch self {
      case .transientBeforeMessage: "tried again; an upload twice is harmless"
      case .notHandedOverWhole: "tried again"
      case .busy: "tried again, not before Retry-After, else after the rate window"
      case .tokenRefused: "a new token, once"
      case .forgottenUpload: "uploaded and sent again, once"
      case .refusal: "refused, with the server's words"
      case .wholeWithoutAnswer, .diedWhileSending: "uncertain: a person decides"
      case .acceptedBeforeWhole: "uncertain: such a server may have kept what it has"
      case .diedBefore: "queued again; in production a person sends it anew"
      case .ourSide: "failed: trying again by itself would not help"
      case .calledOff: "as asked; what was uploaded is kept for the next try"
      }
    }
  }

  /// - Parameter hasOldUpload: the message refers to an upload that may be forgotten by now, and was not made anew yet.
  static func happening(_ error: DestinationError, during work: Work, hasOldUpload: Bool = false) -> Happening {
    let isHandedOver = work == .message && error.handover == .whole
    switch error.cause {
    case .busy: return .busy
    case .refused, .forbidden: return work == .message && hasOldUpload ? .forgottenUpload : .refusal
    case .unauthorized, .tooLarge: return .refusal
    // What was whole when the file turned out to be another cannot be called back.
    case .content, .configuration, .tls: return isHandedOver ? .wholeWithoutAnswer : .ourSide
    case .cancelled: return isHandedOver ? .wholeWithoutAnswer : .calledOff
    case .unreadableReply where work == .message && error.reply.map { (200..<300).contains($0.status) } == true:
      return isHandedOver ? .wholeWithoutAnswer : .acceptedBeforeWhole
    case .cannotConnect, .timedOut, .connectionLost, .serverFailure, .unreadableReply:
      return isHandedOver ? .wholeWithoutAnswer : work == .message ? .notHandedOverWhole : .transientBeforeMessage
    }
  }

  static func verdict(on error: DestinationError, during work: Work, hasOldUpload: Bool = false) -> Verdict {
    switch happening(error, during: work, hasOldUpload: hasOldUpload) {
    case .transientBeforeMessage, .notHandedOverWhole, .diedBefore: .retry(busy: false, after: nil)
    case .busy: if case .busy(let after) = error.cause { .retry(busy: true, after: after) } else { .retry(busy: true, after: nil) }
    case .forgottenUpload: .uploadAgain
    case .refusal, .tokenRefused: .refused
    case .wholeWithoutAnswer, .acceptedBeforeWhole, .diedWhileSending: .uncertain
    case .ourSide: .failed
    case .calledOff: .stopped
    }
  }
}
