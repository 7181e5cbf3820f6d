internal import ClinicalMessages
internal import SafeText
internal import TransferEngine

extension Words {
  enum Transfers {
    static func state(_ state: TransferState) -> DisplayText {
      switch state {
      case .held: "held back"
      case .queued: "queued"
      case .preparing: "preparing"
      case .uploading: "uploading"
      case .sending: "sending"
      case .finalizing: "waiting for Redox's answer"
      case .accepted: "accepted by Redox"
      case .waiting: "waiting to try again"
      case .paused: "paused"
      case .refused: "refused"
      case .failed: "failed"
      case .cancelled: "cancelled"
      case .uncertain: "uncertain"
      case .settled(let settlement):
        switch settlement.outcome {
        case .found: "found at the destination"
        case .arrived: "marked as arrived"
        case .givenUp: "given up"
        }
      }
    }

    /// - Parameter isInDoubt: An earlier sending may have arrived.
    static func sentAt(_ time: DisplayText, isInDoubt: Bool) -> DisplayText {
      isInDoubt
        ? "Is sent again at \(time). Until then nothing more leaves; what went before may have arrived."
        : "Is sent at \(time). Until then nothing has left."
    }
    static func settled(_ settlement: Settlement, _ purpose: TransferPurpose) -> DisplayText {
      let person = DisplayText(escaping: settlement.by)
      return switch settlement.outcome {
      case .found: "The destination was asked by \(person), and has it."
      case .arrived: purpose == .retract ? "\(person) has seen that it is gone from the chart." : "\(person) has seen it in the chart."
      case .givenUp: "\(person) has given up on it. Whether it arrived is not known."
      }
    }

    static let elsewhere: DisplayText = "Another chartdrop of yours is at work on it."
    /// What a row calls it: a correction by what it does, which counts for more there than the kind of message.
    static func kind(_ kind: MessageKind, _ purpose: TransferPurpose) -> DisplayText {
      switch (purpose, kind) {
      case (.replace, _): "replaces"
      case (.retract, _): "takes back"
      case (.new, .fhir): "FHIR"
      case (.new, .media): "Media"
      case (.new, .notes): "Note"
      case (.new, .results): "Result"
      }
    }

    static func retriesAt(_ time: DisplayText, _ reason: DisplayText) -> DisplayText { "Tries again at \(time). \(reason)" }
    static func acceptedMeaning(_ purpose: TransferPurpose) -> DisplayText {
      switch purpose {
      case .new, .replace: "Redox has queued it. That is not yet proof that it is in the chart."
      case .retract: Corrections.retractAfter
      }
    }
    static func uncertainMeaning(_ purpose: TransferPurpose) -> DisplayText {
      switch purpose {
      case .new, .replace: "Everything was handed over, and no clear answer came. It may be in the chart. It is not sent again by itself."
      case .retract:
        "Everything was handed over, and no clear answer came. It may be taken back or not. It is not asked for again by itself."
      }
    }
    /// What is to be said of a correction, with what it is.
    static func remark(_ remark: DisplayText, _ purpose: TransferPurpose) -> DisplayText {
      purpose == .new ? remark : "\(correctsLabel(purpose)): \(remark)"
    }
    static let finalizing: DisplayText = "Everything is handed over and Redox is deciding. It cannot be stopped any more."
    static let alreadyEnded: DisplayText = "This transfer has ended already."
    static let stillRunning: DisplayText = "This transfer has not ended."
    static let acceptedNoRetry: DisplayText = "Redox has accepted it. Trying again would file it twice."
    static let uncertainNoRetry: DisplayText = "Redox may already have it. Look it up first (Enter shows where), then press D."

    static let settledNoRetry: DisplayText = "It was decided that this one needs no more. Choose the document anew to send it."
    static let onlyAccepted: DisplayText = "Only what was accepted can be replaced or taken back."
    static let oneAtATime: DisplayText = "That is for one at a time: unmark the others."
    static let onlyUncertain: DisplayText = "Only an uncertain transfer needs a decision."

    static func cancelTitle(_ count: Int) -> DisplayText { count == 1 ? "Cancel this transfer?" : "Cancel \(count) transfers?" }

    /// Which it is, and what each may have left at Redox, the same sentence once.
    static func cancelLines(_ transfers: [TransferSnapshot]) -> [DisplayText] {
      let which = transfers.count == 1 ? transfers.map { "\($0.fileName.reveal()) for \($0.patientName.reveal())." as DisplayText } : []
      let lines = transfers.flatMap { cancelLines($0.state, $0.purpose, isInDoubt: $0.receipt.doubt != nil) }
      return lines.reduce(into: which) { lines, line in
        if !lines.contains(line) { lines.append(line) }
      }
    }
    private static func cancelLines(_ state: TransferState, _ purpose: TransferPurpose, isInDoubt: Bool) -> [DisplayText] {
      let now = cancelLines(state, purpose)
      guard isInDoubt else { return now }
      return (state.hasLeftNothing ? ["Nothing more has left."] : now) + [
        purpose == .retract ? "By what went before it may be taken back." : "What went before may be in the chart."
      ]
    }
    private static func cancelLines(_ state: TransferState, _ purpose: TransferPurpose) -> [DisplayText] {
      switch state {
      case _ where state.hasLeftNothing: ["Nothing of the message has reached Redox yet."]
      case .uploading: ["Redox may keep what was uploaded. Without the message it belongs to no patient."]
      case .sending:
        [
          "Part of the message has left. Redox discards what is not complete. If all of it arrived by now, "
            + (purpose == .retract ? "it may be taken back." : "it may be in the chart.")
        ]
      default: [finalizing]
      }
    }
    static let keep: DisplayText = "Go on sending"
    static let stop: DisplayText = "Cancel it"
    static func cancelling(_ count: Int) -> DisplayText { count == 1 ? "It is being stopped." : "\(count) are being stopped." }
    static func callingOff(_ count: Int) -> DisplayText {
      count == 1 ? "It was held back, and is called off." : "\(count) were held back, and are called off."
    }
    static func pausing(_ count: Int) -> DisplayText {
      count == 1 ? "It is being paused; P goes on with it." : "\(count) are being paused; P goes on with them."
    }
    static func resuming(_ count: Int) -> DisplayText { count == 1 ? "It goes on." : "\(count) go on." }
    static func retrying(_ count: Int) -> DisplayText {
      count == 1 ? "Trying again, with the same document number." : "Trying \(count) again, with the same document numbers."
    }
    /// Nothing of it has begun: `retrying` is not true yet.
    static func retryHeld(_ count: Int, until time: DisplayText) -> DisplayText {
      count == 1
        ? "It is tried again at \(time), with the same document number; until then x undoes it."
        : "\(count) are tried again at \(time), with the same document numbers; until then a and x undo them."
    }

    static let productionNoRetry: DisplayText = "Send it anew from Files; a production send is confirmed each time."
    static func retryTitle(_ count: Int) -> DisplayText { count == 1 ? "Try this transfer again?" : "Try \(count) transfers again?" }
    static func retryLines(_ transfers: [(file: DisplayText, patient: DisplayText)], environment: DisplayText) -> [DisplayText] {
      if transfers.count == 1 {
        return ["\(transfers[0].file) for \(transfers[0].patient), to \(environment), with the same document number."]
      }
      let longest = 6
      return ["To \(environment), with the same document numbers:"]
        + transfers.prefix(longest).map { "\($0.file) for \($0.patient)" }
        + (transfers.count > longest ? ["and \(transfers.count - longest) more"] : [])
    }
    static let leaveIt: DisplayText = "Leave it"
    static let sendAgain: DisplayText = "Send it"

    /// Nil when nothing was left behind.
    static func leftovers(_ left: Leftovers) -> Notice? {
      // Of those that ended meanwhile it is said how they did.
      let others = Set(left.needAttention).subtracting(left.finishedAway).count
      let parts: [DisplayText?] = [
        left.adopted.isEmpty
          ? nil : "\(Format.count(left.adopted.count, "document from last time is", "documents from last time are")) being sent.",
        away(left.awayStates),
        others == 0
          ? nil : "\(Format.count(others, "document from last time needs", "documents from last time need")) attention: w shows them.",
      ]
      let said = parts.compactMap(\.self)
      return said.isEmpty ? nil : Notice(left.needAttention.isEmpty ? .plain : .warning, said.joined(separator: " "))
    }

    /// - Parameter states: how many ended in each state.
    private static func away(_ states: [String: Int]) -> DisplayText? {
      let words: [(state: String, word: DisplayText)] = [
        ("accepted", "accepted by Redox"), ("found", "found at the destination"), ("arrived", "marked as arrived"),
        ("given-up", "given up"), ("cancelled", "cancelled"), ("refused", "refused"), ("failed", "failed"), ("uncertain", "uncertain"),
      ]
      let parts = words.compactMap { state, word in states[state].map { "\($0) \(word)" as DisplayText } }
      guard !parts.isEmpty else { return nil }
      let said: DisplayText = "While you were away: \(parts.joined(separator: ", "))."
      return states.keys.allSatisfy { $0 == "accepted" } ? said : "\(said) w shows more."
    }

    static func down(_ reason: DisplayText) -> DisplayText { "\(reason) Nothing more is begun until it answers again." }
    static let recovered: DisplayText = "It answers again; sending goes on."

    static func progress(_ done: Int, _ total: Int) -> DisplayText { "\(Format.size(done)) of \(Format.size(total))" }
    static func left(_ duration: DisplayText) -> DisplayText { "\(duration) left" }
    static func accepted(_ count: Int) -> DisplayText { "\(count) accepted by Redox" }
    static func attention(_ count: Int) -> DisplayText { Format.count(count, "needs attention", "need attention") }
    static func running(_ count: Int) -> DisplayText { "\(count) running" }
    static func paused(_ count: Int) -> DisplayText { "\(count) paused" }

    static func filter(_ filter: TransferFilter) -> DisplayText {
      switch filter {
      case .all: "All"
      case .unfinished: "Unfinished"
      case .attention: "To look at"
      case .accepted: "Accepted"
      }
    }
    static let narrowTitle: DisplayText = "Show only"
    static let thisPatient: DisplayText = "This patient"
    static let thisDay: DisplayText = "This day"
    static let thisState: DisplayText = "This state"
    static let everything: DisplayText = "All again"
    static let otherProfile: DisplayText = "Another profile"
    static func now(_ profile: DisplayText) -> DisplayText { "now \(profile)" }
    static func shown(_ count: Int, of all: Int) -> DisplayText { "\(count) of \(all)" }
    static func nothing(_ filter: TransferFilter) -> DisplayText {
      switch filter {
      case .all: "Nothing was sent yet from this profile."
      case .unfinished: "Nothing is unfinished. f shows the others."
      case .attention: "Nothing failed, and nothing is uncertain. f shows the others."
      case .accepted: "Redox has accepted nothing yet. f shows the others."
      }
    }
    static let noneFits: DisplayText = "No transfer fits what is looked for. Esc shows all."
    static let noFailureShown: DisplayText = "None of those shown failed or is uncertain. Esc shows all."
    static let noFailure: DisplayText = "Nothing failed, and nothing is uncertain."
    static func failure(_ number: Int, of count: Int) -> DisplayText {
      count == 1 ? "This is the only one to look at." : "\(number) of \(count) to look at."
    }

    static func outbox(_ error: OutboxError) -> DisplayText {
      switch error {
      case .diskFull: "Not sent: the disk is full, so it could not be recorded. Free some space and try again."
      case .notWritable(let place): "Not sent: the record cannot be written to \(place). Have its permissions checked."
      case .damaged(let reason): "Not sent: the record of transfers is damaged. \(reason)"
      case .fromTheFuture: "Not sent: the record of transfers was made by a newer version of this program. Use that one."
      }
    }
  }
}

extension TransferState {
  /// Of this sending nothing is on its way.
  fileprivate var hasLeftNothing: Bool {
    switch self {
    case .held, .queued, .preparing, .waiting, .paused: true
    default: false
    }
  }
}
