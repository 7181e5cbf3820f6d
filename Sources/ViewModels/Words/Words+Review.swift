internal import ClinicalMessages
internal import SafeText
internal import TransferEngine

extension Words {
  enum Review {
    static let destination: DisplayText = "To"
    static let host: DisplayText = "Server"
    static let profile: DisplayText = "Profile"
    static let sandbox: DisplayText = "Built-in stand-in for Redox; nothing leaves this machine."
    static let kind: DisplayText = "Message"
    static let type: DisplayText = "Document type"
    static func type(_ type: CodedValue) -> DisplayText { "\(type.display) (\(type.code))" }
    static let title: DisplayText = "Title"
    static let way: DisplayText = "Method"
    static let size: DisplayText = "Size as sent"
    static func way(_ method: DisplayText, _ reason: DisplayText) -> DisplayText { "\(method). \(reason)" }
    static let provider: DisplayText = "Provider"
    static let sender: DisplayText = "Sent by"
    static let after: DisplayText = "Afterwards"
    static func cannotBeUndone(_ kind: MessageKind) -> DisplayText {
      switch kind {
      case .media, .notes: "Redox queues it. Taking it back is a message of its own, which the destination may not heed."
      case .fhir, .results: "Redox queues it; it cannot be taken back from here."
      }
    }
    static let visit: DisplayText = "Visit number"
    static let order: DisplayText = "Order number"
    static let serviceDate: DisplayText = "Service date"
    static let status: DisplayText = "Status"
    static let confidentiality: DisplayText = "Confidentiality"

    static let cancelled: DisplayText = "Nothing was sent."
    static let noBirthDate: DisplayText = "This patient has no birth date in the list, so it cannot be compared. Production needs it."
    static let noName: DisplayText = "This patient has no name in the list, so it cannot be compared. Production needs it."
    static let typeItYourself: DisplayText = "Please type it; pasting does not count."
    static let aborted: DisplayText = "Three times not the same. Nothing was sent. Check that this is the right patient."
    static func miss(_ left: Int) -> DisplayText {
      "Initials and birth year do not both fit this patient. \(Format.count(left, "try is", "tries are")) left."
    }
    static let pressY: DisplayText = "Both fit. Press y to send, Enter to cancel."

    static let changed: DisplayText = "The file was changed or replaced after you chose it. Go back to the files and choose it again."
    static let gone: DisplayText = "The file is not there any more. Go back to the files and choose it again."
    static func unreadable(_ number: Int32) -> DisplayText {
      "The file cannot be read any more (system error \(number)). Go back to the files and choose it again."
    }

    static func namesakes(_ count: Int, _ name: DisplayText) -> DisplayText {
      "\(Format.count(count, "other patient is", "other patients are")) named \(name)."
    }
    static func similar(_ count: Int, _ name: DisplayText) -> DisplayText {
      "\(Format.count(count, "other patient has", "other patients have")) a name like \(name)."
    }
    static let compare: DisplayText = "Compare birth date and number."
    static let patientChanged: DisplayText = "You chose another patient after the document."
    static func sentBefore(_ ago: DisplayText, _ date: DisplayText, _ standing: EarlierSend.Standing) -> DisplayText {
      switch standing {
      case .arrived: "Already sent for this patient \(ago) (\(date))."
      case .uncertain: "Sent for this patient \(ago) (\(date)), and nobody knows whether it arrived: it may be in the chart."
      case .underWay: "On its way for this patient already: confirmed \(ago) (\(date))."
      }
    }
    static let checkChart: DisplayText = "Send it again only if the chart does not have it."
    static func ago(_ seconds: Double) -> DisplayText { seconds < 60 ? "just now" : "\(Format.age(seconds: seconds)) ago" }
    static func chosenLongAgo(_ age: DisplayText) -> DisplayText { "You chose this patient \(age) ago." }
    static let checkPatient: DisplayText = "Make sure that it is still the right one."
    static let patientField: DisplayText = "Patient"
    static let fileField: DisplayText = "Document"
    static let otherPatientInName: DisplayText = "The file's name has the name or number of another patient in it."
    static let checkDocument: DisplayText = "Make sure that the document belongs to this patient."

    /// Recorded, and held back so that it can be undone.
    static func held(_ count: Int, _ environment: DisplayText, until time: DisplayText) -> DisplayText {
      count == 1
        ? "Recorded. It goes to \(environment) at \(time); until then x undoes it."
        : "\(count) recorded. They go to \(environment) at \(time); until then a and x undo them."
    }
    static func recorded(_ environment: DisplayText) -> DisplayText { "Recorded, and on its way to \(environment)." }
  }
}
