import SafeText
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Whether the kind of message can do what is asked of it.
enum PurposeChecks {
  static func run(on draft: MessageDraft, into list: inout ProblemList) {
    guard case .replace(let documentID) = draft.purpose else { return }
    if draft.kind == .results {
      return list.error(
        "Message", "Redox's Results cannot replace a document.",
        "Send this as a new result, and have the earlier one withdrawn in the chart.")
    }
    if !DocumentNumber.isValid(documentID) {
      list.error(
        "Replaces", "The number of the document that this one replaces is damaged.",
        "Send this as a new document, and have the earlier one withdrawn in the chart.")
    }
    if documentID == draft.identity.documentID {
      list.error("Replaces", "A document cannot replace itself.", "Choose the file again; it gets a number of its own.")
    }
  }
}

/// The program's own numbers for documents.
enum DocumentNumber {
  /// True for a UUID in lower case.
  static func isValid(_ text: String) -> Bool { UUID(uuidString: text) != nil && text == text.lowercased() }
}
