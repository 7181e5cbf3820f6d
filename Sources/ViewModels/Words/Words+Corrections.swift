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
    static let retracting: DisplayText = "Recorded. The wish to take it back is on its way."
  }
}
