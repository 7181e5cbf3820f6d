internal import SafeText

extension Words {
  enum Corrections {
    static let title: DisplayText = "Correct what was accepted"
    static let replace: DisplayText = "Replace it"
    static let replaceAbout: DisplayText = "another document takes its place"
    static let retract: DisplayText = "Take it back"
    static let retractAbout: DisplayText = "asks for it to be removed from the chart"
    static let nothingKept: DisplayText = "What was sent is not kept any more, so it cannot be corrected from here."

    static let chooseReplacement: DisplayText = "Choose the document that takes its place. Esc gives that up."
    static let noReplacement: DisplayText = "Nothing is replaced."
    static func replaces(_ number: DisplayText) -> DisplayText { "Replaces document \(number)." }
    static let replacesLabel: DisplayText = "Replaces"
    static let onlyOne: DisplayText = "One document takes the place of one. Unmark the others, or press Esc to give the replacing up."

    static let action: DisplayText = "Action"
    static let number: DisplayText = "Number"
    static let retracts: DisplayText = "Takes the document back"
    static let retractAfter: DisplayText = "Redox queues the wish; whether the destination heeds it is its own affair."
    static let sendsAgain: DisplayText = "Sends the same message once more"
    static let sendAgainAfter: DisplayText = "If the first one did arrive, the chart may hold it twice. The document number is the same."
    static let retracting: DisplayText = "Recorded. The wish to take it back is on its way."
  }
}
