import SafeText
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What the person filled in.
enum FieldChecks {
  static func run(on draft: MessageDraft, into list: inout ProblemList) {
    let fields = draft.fields
    documentType(fields.documentType, kind: draft.kind, into: &list)
    list.checkOptional(fields.title, "Title", from: .form)
    provider(fields.provider, kind: draft.kind, into: &list)
    list.checkOptional(fields.visitNumber, "Visit number", from: .form)
    list.checkOptional(fields.orderNumber, "Order number", from: .form)
    serviceDate(of: draft, into: &list)
    if draft.kind == .results, PlainText.isBlank(fields.orderNumber ?? "") {
      list.warning(
        "Order number", "Without one this is sent as a result that belongs to no order.",
        "Type the order's number if there is one; otherwise this is right.")
    }
    if draft.kind != .fhir, fields.confidentiality != .normal {
      list.warning(
        "Confidentiality", "This kind of message cannot say that the document is confidential.",
        "Send it as a FHIR document, or tell the receiving side by other means.")
    }
  }

  private static func documentType(_ type: CodedValue, kind: MessageKind, into list: inout ProblemList) {
    if PlainText.isBlank(type.code) {
      list.error("Document type", "No document type is chosen.", "Choose one from the list.")
    } else if !LOINC.isWellFormed(type.code) {
      list.error(
        "Document type",
        LOINC.hasForm(type.code)
          ? "There is no LOINC code “\(type.code)”: its last digit does not fit the others."
          : "“\(type.code)” is no LOINC code; those look like 11506-3.",
        "Check the code for a slip of the keys, or choose one from the list.")
    } else if kind == .fhir, DocumentTypeCatalog.type(code: type.code) == nil {
      list.warning(
        "Document type", "“\(type.code)” is not in this program's list, so it may be a LOINC code that is not for documents.",
        "Make sure of it, or choose one from the list.")
    }
    // A code that is none is said once.
    if PlainText.isBlank(type.display), LOINC.isWellFormed(type.code) {
      list.error("Document type", "The document type has a code and no name.", "Choose one from the list.")
    }
    list.check(type.display, "Document type", from: .form)
  }

  private static func provider(_ provider: Provider?, kind: MessageKind, into list: inout ProblemList) {
    guard let provider else {
      if kind == .media || kind == .notes {
        list.error("Provider", "Redox requires to know who answers for the document.", "Type the provider's number.")
      }
      return
    }
    if PlainText.isBlank(provider.id) {
      list.error("Provider", "The provider has no number.", "Type the provider's number.")
    } else if PlainText.normalized(provider.idType).uppercased() == "NPI" {
      nationalProviderIdentifier(PlainText.normalized(provider.id), into: &list)
    }
    list.check(provider.id, "Provider", from: .form)
    for text in [provider.idType, provider.family, provider.given, provider.credentials] {
      list.checkOptional(text, "Provider", from: .form)
    }
  }

  private static func nationalProviderIdentifier(_ number: String, into list: inout ProblemList) {
    if !NationalProviderIdentifier.hasForm(number) {
      list.error("Provider", "An NPI has ten digits, and “\(number)” has not.", "Type the ten digits of the provider's NPI.")
    } else if !NationalProviderIdentifier.isValid(number) {
      // No error: the providers in Redox's own samples have such numbers.
      list.warning(
        "Provider", "“\(number)” is not a valid NPI: its last digit does not fit the others.", "Check the number for a slip of the keys.")
    }
  }

  private static func serviceDate(of draft: MessageDraft, into list: inout ProblemList) {
    guard let date = draft.fields.serviceDate else { return }
    // A day of tolerance both ways, for a date without a time may have been taken in another part of the world.
    if date > draft.identity.createdAt + Timestamp.day {
      list.error("Service date", "It lies in the future.", "Type the day on which the care took place.")
    }
    if let birthDate = draft.patient.birthDate?.reveal(), let day = Timestamp.day(of: date + Timestamp.day), day < birthDate {
      list.warning("Service date", "It lies before the patient was born.", "Check the date, and that this is the right patient.")
    }
  }
}
