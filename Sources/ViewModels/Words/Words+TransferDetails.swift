internal import SafeText
internal import TransferEngine

/// What the details of a transfer say beside what its row says.
extension Words.Transfers {
  static let attempts: DisplayText = "Attempts"
  static func attempt(_ attempt: TransferAttempt, _ clock: WallClock) -> DisplayText {
    let step: DisplayText =
      switch attempt.step {
      case .preparation: "sign-in"
      case .upload: "upload"
      case .message: "message"
      }
    let status: DisplayText = attempt.status.map { " (\($0))" } ?? ""
    let bytes: DisplayText = attempt.acknowledgedBytes > 0 ? ", \(Format.size(attempt.acknowledgedBytes)) sent" : ""
    return "\(clock.dateAndTime(attempt.startedAt)), \(step): \(outcome(attempt.outcome))\(status)\(bytes)"
  }
  /// A word of a newer version is shown as it is.
  private static func outcome(_ code: String) -> DisplayText {
    switch code {
    case "done": "done"
    case "cannot-connect": "no connection"
    case "certificate": "the connection is not secure"
    case "timed-out": "no answer in time"
    case "connection-lost": "the connection broke off"
    case "unauthorized": "the key is not accepted"
    case "forbidden": "not allowed"
    case "too-large": "too large"
    case "busy": "Redox is busy"
    case "refused": "refused"
    case "server-failure": "a fault at Redox"
    case "unreadable-reply": "the answer makes no sense"
    case "document": "the document has changed, is gone or cannot be read"
    case "configuration": "the configuration is wrong"
    case "cancelled": "stopped"
    case "paused": "paused"
    case "handed-over": "left to another process"
    default: DisplayText(escaping: code)
    }
  }
  static let decisions: DisplayText = "Decided"
  static func decision(_ decision: TransferDecision, _ clock: WallClock) -> DisplayText {
    let what: DisplayText =
      switch decision.what {
      case .arrived: "marked as arrived"
      case .giveUp: "given up"
      case .sendAgain: "sent again"
      case .checked: "the destination was asked"
      case .documentMoved: "the document was moved"
      case .documentDeleted: "the document was deleted"
      case .documentLeft: "the document was left where it is"
      default: DisplayText(escaping: decision.what.rawValue)
      }
    let note: DisplayText = decision.note.map { " (\(DisplayText(escaping: $0)))" } ?? ""
    return "\(clock.dateAndTime(decision.at)), \(DisplayText(escaping: decision.who)): \(what)\(note)"
  }
  static func correctsLabel(_ purpose: TransferPurpose) -> DisplayText { purpose == .retract ? "Takes back" : "Replaces" }

  static let file: DisplayText = "Document"
  static let patient: DisplayText = "Patient"
  static let kind: DisplayText = "Message"
  static let way: DisplayText = "Method"
  static let profile: DisplayText = "Profile"
  static let bytes: DisplayText = "Sent"
  static let queued: DisplayText = "Recorded"
  static let changed: DisplayText = "Last change"
  static let documentID: DisplayText = "Document number"
  static let transferID: DisplayText = "Transfer number"
  static let status: DisplayText = "HTTP status"
  static let logID: DisplayText = "Log id"
  static let location: DisplayText = "Location"
  static let uploadURI: DisplayText = "Upload"

  static func whereToLook(_ environment: DisplayText, _ time: DisplayText, _ key: DisplayText) -> DisplayText {
    "Redox dashboard → Logs → \(environment), around \(time), search for \(key)"
  }
}
