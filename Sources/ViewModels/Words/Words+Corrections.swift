internal import SafeText
internal import TransferEngine

extension Words {
  enum Corrections {
    static func title(_ file: DisplayText, _ patient: DisplayText) -> DisplayText { "Correct \(file) for \(patient)" }
    static let replace: DisplayText = "Replace it"
    static let replaceAbout: DisplayText = "another document takes its place"
    static let retract: DisplayText = "Take it back"
    static let retractAbout: DisplayText = "asks for it to be removed from the chart"
    static let nothingKept: DisplayText = "What was sent is not kept any more, so it cannot be corrected from here."

    static let chooseReplacement: DisplayText = "Choose the document that takes its place. Esc gives that up."
    static func entersReplacement(_ file: DisplayText) -> DisplayText { "Enter takes it in place of \(file). Esc gives that up." }
    static func takesPlace(of file: DisplayText) -> DisplayText { "It takes the place of \(file)." }
    static let noReplacement: DisplayText = "Nothing is replaced."
    static let replacesLabel: DisplayText = "Replaces"
    static let onlyOne: DisplayText = "One document takes the place of one. Unmark the others, or press Esc to give the replacing up."

    static let action: DisplayText = "Action"
    static let number: DisplayText = "Number"
    static let retracts: DisplayText = "Takes the document back"
    static let retractAfter: DisplayText = "Redox queues the wish; whether the destination heeds it is its own affair."
    static func sendsAgain(_ purpose: TransferPurpose) -> DisplayText {
      switch purpose {
      case .new: "Sends the same message once more"
      case .replace: "Sends the same replacement once more"
      case .retract: "Asks once more to take the document back"
      }
    }
    static func sendAgainAfter(_ purpose: TransferPurpose) -> DisplayText {
      switch purpose {
      case .new, .replace: "If the first one did arrive, the chart may hold it twice. The document number is the same."
      case .retract: "If the first one did arrive, it is asked for twice."
      }
    }
    static func held(until time: DisplayText) -> DisplayText { "Recorded. It leaves at \(time); until then x undoes it." }
    static func original(_ file: DisplayText, _ time: DisplayText, _ number: DisplayText) -> DisplayText {
      "\(file), recorded \(time) (\(number))"
    }

    /// What has become of a document, by the transfer that was to correct it; nil for one that corrects nothing.
    static func fate(_ transfer: TransferSnapshot, _ clock: WallClock) -> DisplayText? {
      guard let correction = Correction(transfer) else { return nil }
      let time = clock.dateAndTime(correction.standing == .underWay ? correction.queuedAt : correction.changedAt)
      return correction.purpose == .retract
        ? takenBack(correction.standing, time, Transfers.state(transfer.state))
        : replaced(correction.standing, transfer.fileName.reveal(), time, Transfers.state(transfer.state))
    }
    private static func replaced(
      _ standing: Correction.Standing, _ file: DisplayText, _ time: DisplayText, _ state: DisplayText
    ) -> DisplayText {
      switch standing {
      case .done: "Replaced by \(file), \(time): \(state)."
      case .underWay: "Being replaced by \(file), recorded \(time): \(state)."
      case .uncertain: "Perhaps replaced by \(file), \(time): nobody knows whether that arrived. Go to it in the list and press D."
      case .givenUp: "Perhaps replaced by \(file), \(time): that was given up; whether it arrived is not known."
      case .nothing: "\(file) was to take its place, \(time): \(state). This document stands."
      }
    }
    private static func takenBack(_ standing: Correction.Standing, _ time: DisplayText, _ state: DisplayText) -> DisplayText {
      switch standing {
      case .done: "Taken back, \(time): \(state). Whether the destination heeds it is its own affair."
      case .underWay: "Being taken back, recorded \(time): \(state)."
      case .uncertain: "Perhaps taken back, \(time): nobody knows whether the wish arrived. Go to it in the list and press D."
      case .givenUp: "Perhaps taken back, \(time): that was given up; whether the wish arrived is not known."
      case .nothing: "It was to be taken back, \(time): \(state). This document stands."
      }
    }

    static let retracting: DisplayText = "Recorded. The wish to take it back is on its way."
  }
}
