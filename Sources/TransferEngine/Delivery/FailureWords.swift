internal import ClinicalMessages
internal import RedoxAPI
internal import SafeText

/// Says what went wrong: what happened, what it means, what to do. Plain words; the server's own stand in the receipt.
struct FailureWords: Sendable, Hashable {
  let host: DisplayText
  let environment: ProfileSummary.Environment
  let limits: Limits
  let method: DeliveryMethod
  /// The document's number, by which a person finds it in Redox's dashboard.
  let documentID: String
  /// A retraction carries no document: it is about one that is there.
  var purpose = TransferPurpose.new

  var interrupted: TransferFailure { make("interrupted", Self.interruption, "Try again.") }

  private static let interruption: DisplayText = "The program ended before this was sent. Redox does not have it."

  static let retractionCannotBeChecked: DisplayText =
    "The destination tells what it has, not what it is about to take out. Look in the chart."

  /// For profiles where a person confirms each send.
  static let interruptedInProduction = TransferFailure(
    code: "interrupted", explanation: interruption.string,
    remedy: "Send it anew from Files, or take it back anew from Transfers; a production send is confirmed each time.")

  func failure(_ error: DestinationError, during work: FailureTable.Work) -> TransferFailure {
    switch error.cause {
    case .cannotConnect(let reason):
      make(
        "cannot-connect", "\(host) cannot be reached: \(reason)",
        "Check the network, then try again; `chartdrop doctor` looks at each step.")
    case .tls(let reason):
      make(
        "certificate", "The connection to \(host) is not secure: \(reason) Nothing was sent.",
        "If your network inspects traffic, its certificate authority must be set as ca_file in the configuration.")
    case .timedOut: make("timed-out", "\(host) stopped answering.", "Try again.")
    case .connectionLost: make("connection-lost", "The connection to \(host) broke off.", "Try again.")
    case .unauthorized:
      make(
        "unauthorized", "Redox does not accept this profile's key.",
        "Compare client ID, key ID and key file with Redox's dashboard; `chartdrop doctor` checks them.")
    case .forbidden: forbidden(during: work)
    case .tooLarge: tooLarge(during: work)
    case .busy: make("busy", "Redox is busy and asks to wait.", "Try again later.")
    case .refused:
      work == .upload
        ? make("upload-refused", "Redox refused the upload.", "Read what it said below, then try again.")
        : refusedMessage
    case .serverFailure: make("server-failure", "Redox has a fault of its own\(status(error)).", "Try again later.")
    case .unreadableReply:
      make("unreadable-reply", "\(host) answered something that is not Redox's.", "Check the addresses in the configuration.")
    case .content(let content): document(content)
    case .configuration(let reason): make("configuration", reason, "Correct the configuration; `chartdrop config check` helps.")
    case .cancelled: interrupted
    }
  }

  /// The message left whole, and no trustworthy answer came.
  func uncertain(_ error: DestinationError, cancelled: Bool) -> TransferFailure {
    let what: DisplayText =
      switch error.cause {
      case _ where cancelled: "It was cancelled after everything had been handed over"
      case .timedOut: "Everything was handed over, but no answer came in time"
      case .connectionLost, .cannotConnect: "Everything was handed over, then the connection broke off"
      case .serverFailure: "Everything was handed over, then the server reported a fault\(status(error))"
      case .unreadableReply: "Everything was handed over, but the answer makes no sense"
      default: "Everything was handed over, then something went wrong"
      }
    return Self.uncertain(what, documentID, purpose)
  }

  // MARK: What cannot be asked for now

  static let tooLateToPause: DisplayText = "The message is on its way: it cannot be paused, only cancelled."
  static let alreadyPaused: DisplayText = "It is paused already."
  static let alreadyEnded: DisplayText = "It has ended already."
  static let notPaused: DisplayText = "It is not paused."

  // MARK: In doubt

  /// A repeat has come to nothing; what was sent before it may have arrived all the same.
  static func stillInDoubt(_ what: String, _ doubt: TransferFailure) -> TransferFailure {
    TransferFailure(
      code: "uncertain", explanation: "\(what) What was sent before may have arrived.", remedy: doubt.remedy)
  }

  static let calledOffBeforeRepeat = "It was called off before it was sent again."

  /// What the disk did not take, and what may come of that.
  static func unrecorded(_ state: TransferState, _ error: OutboxError) -> TransferState {
    let what: String
    switch state {
    case .cancelled: what = "It was stopped, but that could not be recorded: \(error.sentence.string)"
    case .paused: what = "It was paused, but that could not be recorded: \(error.sentence.string)"
    case .failed(let failure) where failure.code == "outbox": what = failure.explanation
    // What has happened is true, though only this process knows it: another would call it uncertain, and not send it again.
    default: return state
    }
    return .failed(
      TransferFailure(
        code: "outbox", explanation: what + " The next start may send it.",
        remedy: "Make room or mend the state folder and leave the program running: it records this as soon as it can."))
  }

  static func notRecorded(_ error: OutboxError) -> TransferFailure {
    TransferFailure(
      code: "outbox", explanation: "The transfer could not be recorded: \(error.sentence.string) So it was not sent.",
      remedy: "Make room or mend the state folder, then try again.")
  }

  static func uncertainAfterCrash(documentID: String, purpose: TransferPurpose) -> TransferFailure {
    uncertain("The program ended while the message was on its way", documentID, purpose)
  }

  private static func uncertain(_ what: DisplayText, _ documentID: String, _ purpose: TransferPurpose) -> TransferFailure {
    let isRetraction = purpose == .retract
    return TransferFailure(
      code: "uncertain",
      explanation: what.string + (isRetraction ? ". It may have been taken back or not." : ". Redox may have the document or not."),
      remedy: isRetraction
        ? "Look in the chart for document \(documentID). Then decide in Transfers (D): send again, mark as arrived or give up; "
          + "`chartdrop history` lists it."
        : "Look in Redox's dashboard under Logs for document \(documentID). Then decide in Transfers (D): ask the destination, send again, "
          + "mark as arrived or give up; `chartdrop history` lists it.")
  }

  private var refusedMessage: TransferFailure {
    switch purpose {
    case .new:
      make(
        "refused", "Redox refused the message. It is not in the chart.",
        "Read what it said below, correct that and send the document anew.")
    case .replace:
      make(
        "refused", "Redox refused the replacement. The older document stays as it is.",
        "Read what it said below, correct that and replace it anew.")
    case .retract:
      make(
        "refused", "Redox refused to take it back. The document stays as it is.",
        "Read what it said below and take it back anew, or ask for it where the chart is kept.")
    }
  }

  private func forbidden(during work: FailureTable.Work) -> TransferFailure {
    if work == .upload, environment == .development {
      return make(
        "forbidden", "Redox takes no uploads from a development environment (403).",
        "Send the document inside the message, up to \(ByteText.size(limits.embedBytes)), or use a staging profile.")
    }
    if work == .upload {
      return make(
        "forbidden", "Redox does not let this account upload files (403).",
        "Ask Redox to enable uploads, or send the document inside the message, up to \(ByteText.size(limits.embedBytes)).")
    }
    return make(
      "forbidden", "Redox, or a firewall before it, does not allow this (403).",
      "Read what it said below; check destination and event in Redox's dashboard, and the file for active content.")
  }

  private func tooLarge(during work: FailureTable.Work) -> TransferFailure {
    if work == .upload {
      return make(
        "too-large", "The file is too large for an upload (413). Known limit: \(ByteText.size(limits.uploadBytes)).",
        "Make it smaller, or split it.")
    }
    if method == .embed {
      return make(
        "too-large", "The message with the file inside is too large (413). Known limit: \(ByteText.size(limits.embedBytes)) for the file.",
        "Upload the file first instead, or make it smaller.")
    }
    return make("too-large", "The message is too large (413).", "Shorten what was typed into the form.")
  }

  private func document(_ error: ContentError) -> TransferFailure {
    switch error {
    case .changed:
      make(
        "document-changed", "The document has changed since it was chosen. It was not sent.",
        "Choose it anew, look at it, and send it then.")
    case .gone:
      make("document-gone", "The document is no longer where it was. It was not sent.", "Put it back and try again, or choose it anew.")
    case .unreadable:
      make(
        "document-unreadable", "The document can no longer be read. It was not sent.", "Check its permissions and the disk, then try again."
      )
    }
  }

  private func status(_ error: DestinationError) -> DisplayText { error.reply.map { " (\($0.status))" } ?? "" }

  private func make(_ code: String, _ explanation: DisplayText, _ remedy: DisplayText) -> TransferFailure {
    TransferFailure(code: code, explanation: explanation.string, remedy: remedy.string)
  }
}
