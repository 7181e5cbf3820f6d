internal import SafeText

extension Words {
  enum Review {
    static let destination: DisplayText = "To"
    static let host: DisplayText = "Server"
    static let profile: DisplayText = "Profile"
    static let sandbox: DisplayText = "Built-in stand-in for Redox; nothing leaves this machine."
    static let kind: DisplayText = "Message"
    static let type: DisplayText = "Document type"
    static let title: DisplayText = "Title"
    static let way: DisplayText = "Method"
    static let size: DisplayText = "Size as sent"
    static let provider: DisplayText = "Provider"
    static let sender: DisplayText = "Sent by"
    static let after: DisplayText = "Afterwards"
    static let cannotBeUndone: DisplayText = "It is queued at Redox and cannot be taken back from here."

    static let cancelled: DisplayText = "Nothing was sent."
    static let noBirthDate: DisplayText = "This patient has no birth date in the list, so it cannot be compared. Production needs it."
    static let noName: DisplayText = "This patient has no name in the list, so it cannot be compared. Production needs it."
    static let typeItYourself: DisplayText = "Please type it; pasting does not count."
    static let aborted: DisplayText = "Three times not the same. Nothing was sent. Check that this is the right patient."
    static func miss(_ left: Int) -> DisplayText {
      "Initials and birth year do not both fit this patient. \(Format.count(left, "try is", "tries are")) left."
    }
    static let pressY: DisplayText = "Both fit. Press y to send, Enter to cancel."

    static func chosenLongAgo(_ age: DisplayText) -> DisplayText { "You chose this patient \(age) ago." }
    static let checkPatient: DisplayText = "Make sure that it is still the right one."
    static let patientField: DisplayText = "Patient"
    static let fileField: DisplayText = "Document"
    static let otherPatientInName: DisplayText = "The file's name contains the name or number of another patient in your list."
    static let checkDocument: DisplayText = "Make sure that the document belongs to this patient."

    static func recorded(_ environment: DisplayText) -> DisplayText { "Recorded, and on its way to \(environment)." }
  }
}
