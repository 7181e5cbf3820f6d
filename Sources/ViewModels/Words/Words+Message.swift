internal import ClinicalMessages
internal import SafeText
internal import TransferEngine

extension Words {
  enum Message {
    static let proceed: DisplayText = "Go on to the preview"
    static let proceedWithProblems: DisplayText = "Go on to the preview (problems remain)"
    static let automatic: DisplayText = "automatic"
    static let fileName: DisplayText = "the file's name"
    static let none: DisplayText = "none"
    static let dateFormat: DisplayText = "YYYY-MM-DD, or with HH:MM"
    static let badDate: DisplayText = "Not a date. Write it like 2026-11-22 or 2026-11-22 14:30."

    static func kind(_ kind: MessageKind) -> DisplayText {
      switch kind {
      case .fhir: "Document (FHIR)"
      case .media: "Media"
      case .notes: "Note"
      case .results: "Result"
      }
    }

    static func kindIsNow(_ kind: DisplayText) -> DisplayText { "The kind is now: \(kind)." }

    /// - Parameter isUnsolicited: a result that nobody has ordered, which is an event of its own.
    static func longKind(_ kind: MessageKind, _ purpose: TransferPurpose = .new, isUnsolicited: Bool = false) -> DisplayText {
      switch kind {
      case .fhir: "Document, as FHIR DocumentReference"
      case .media: "Media, as Redox Media \(event(purpose))"
      case .notes: "Note, as Redox Notes \(event(purpose))"
      case .results: isUnsolicited ? "Result, as Redox Results NewUnsolicited" : "Result, as Redox Results New"
      }
    }

    static func longKind(_ draft: Draft) -> DisplayText {
      longKind(draft.kind, draft.purpose == .new ? .new : .replace, isUnsolicited: draft.fields.orderNumber == nil)
    }

    private static func event(_ purpose: TransferPurpose) -> DisplayText {
      switch purpose {
      case .new: "New"
      case .replace: "Replace"
      case .retract: "Delete"
      }
    }

    static func label(_ field: FormField) -> DisplayText {
      switch field {
      case .kind: "Kind"
      case .documentType: "Document type"
      case .title: "Title"
      case .provider: "Provider"
      case .providerFamily: "Provider family name"
      case .providerGiven: "Provider given name"
      case .visitNumber: "Visit number"
      case .orderNumber: "Order number"
      case .serviceDate: "Service date"
      case .completion: "Status"
      case .confidentiality: "Confidentiality"
      case .method: "Method"
      case .proceed: ""
      }
    }

    /// What problems call the field.
    static func problemField(_ field: FormField) -> DisplayText {
      switch field {
      case .kind: "Message"
      default: label(field)
      }
    }

    static func completion(_ completion: MessageFields.Completion) -> DisplayText {
      switch completion {
      case .preliminary: "preliminary"
      case .final: "final"
      }
    }

    static func confidentiality(_ confidentiality: MessageFields.Confidentiality) -> DisplayText {
      switch confidentiality {
      case .normal: "normal"
      case .restricted: "restricted"
      case .veryRestricted: "very restricted"
      }
    }

    static func method(_ method: DeliveryMethod) -> DisplayText {
      switch method {
      case .embed: "inside the message"
      case .upload: "uploaded first"
      }
    }

    static func closed(_ method: DeliveryMethod, _ reason: DisplayText) -> DisplayText {
      switch method {
      case .embed: "Not inside the message: \(reason)"
      case .upload: "Not by upload: \(reason)"
      }
    }

    /// `GRANITE, Pat MD (NPI 1234567893)`; the number alone for somebody without a name.
    static func provider(_ provider: Provider) -> DisplayText {
      let number = DisplayText(escaping: provider.idType.isEmpty ? provider.id : "\(provider.idType) \(provider.id)")
      let name = providerName(provider)
      return name.isEmpty ? number : "\(name) (\(number))"
    }

    /// `GRANITE, Pat MD`; empty for somebody without a name.
    static func providerName(_ provider: Provider) -> DisplayText {
      let names = [provider.family?.uppercased(), provider.given].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ", ")
      return names.isEmpty ? "" : DisplayText(escaping: ([names] + [provider.credentials].compactMap(\.self)).joined(separator: " "))
    }

    static func methodAtStart(_ method: DeliveryMethod) -> DisplayText {
      switch method {
      case .embed: "Inside the message"
      case .upload: "Uploaded first"
      }
    }

    static func sizeOf(sent: Int, limit: Int) -> DisplayText { "\(Format.size(sent)), at most \(Format.size(limit))" }
    static func uploadSize(file: Int, limit: Int, message: Int) -> DisplayText {
      "\(Format.size(file)) upload, at most \(Format.size(limit)); message \(Format.size(message))"
    }

    static func mistyped(_ code: DisplayText) -> DisplayText {
      "\(code) is mistyped: its check digit is wrong. Compare it with its source."
    }
    static func typedCode(_ code: DisplayText) -> DisplayText { "\(code) is not in the list; its check digit is right. Enter takes it." }
    static func typedNumber(_ number: DisplayText) -> DisplayText {
      "\(number) is not in the list; its check digit is right. Enter takes it."
    }
    static func typedOwnNumber(_ number: DisplayText) -> DisplayText { "\(number) is not in the list. Enter takes it as it is." }
    static let ownProvider: DisplayText = "me"
    static let noProvider: DisplayText = "No provider"
    static let nobody: DisplayText = "Nobody in the list fits. Type a name, or a number."
    static let nobodyNPI: DisplayText = "Nobody in the list fits. Type a name, or the ten digits of an NPI."
    static func recent(_ numbers: [DisplayText]) -> DisplayText {
      "Sent for this patient before: \(numbers.joined(separator: ", ")). ↓ takes one."
    }
    static let nothingRecent: DisplayText = "No such number was sent for this patient since the program was started."
    static let noType: DisplayText = "No document type fits. Type a word, or a LOINC code such as 11488-4."
  }
}
