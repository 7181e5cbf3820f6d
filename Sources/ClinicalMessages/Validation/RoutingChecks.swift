import SafeText
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Where the message goes and whom it comes from: the profile's part, which the person at the form cannot mend.
enum RoutingChecks {
  static func run(on draft: MessageDraft, method: DeliveryMethod, into list: inout ProblemList) {
    let routing = draft.routing
    if draft.kind == .fhir { fhir(routing, into: &list) } else { destination(routing, into: &list) }
    source(routing, kind: draft.kind, into: &list)
    if draft.kind == .notes, method == .upload, NoteContentType(rawValue: routing.referencedNoteContentType) == nil {
      let known = NoteContentType.allCases.map { DisplayText(escaping: $0.rawValue) }.joined(separator: ", ")
      list.error(
        "Note's content type", "Redox does not know “\(routing.referencedNoteContentType)”.",
        "Set referenced_note_content_type in the profile's configuration to one of: \(known).")
    }
    for (name, field) in [
      (routing.destinationName, "Destination's name"), (routing.sourceName, "Source's name"), (routing.organizationName, "Organization"),
    ] as [(String?, DisplayText)] {
      list.checkOptional(name, field, from: .profile)
    }
    for id in [draft.identity.documentID, draft.identity.bundleID] where !DocumentNumber.isValid(id) {
      list.error("Document number", "The document's own number is damaged.", "Choose the file again; it gets a new one.")
    }
  }

  private static func destination(_ routing: Routing, into list: inout ProblemList) {
    let id = PlainText.normalized(routing.destinationID)
    if id.isEmpty {
      list.error("Destination", "The profile does not say where to send.", "Set destination_id in the profile's configuration.")
    } else if UUID(uuidString: id) == nil {
      list.error(
        "Destination", "“\(id)” is not an id that Redox gives to a destination.",
        "Copy the destination's ID from Redox's dashboard to destination_id in the profile's configuration.")
    }
  }

  private static func source(_ routing: Routing, kind: MessageKind, into list: inout ProblemList) {
    let id = PlainText.normalized(routing.sourceID ?? "")
    if id.isEmpty {
      if kind == .fhir {
        list.warning(
          "Source", "The message does not say which of your organization's sources it comes from.",
          "Set source_id in the profile's configuration if your organization has several.")
      }
    } else if UUID(uuidString: id) == nil {
      list.error(
        "Source", "“\(id)” is not an id that Redox gives to a source.",
        "Copy the source's ID from Redox's dashboard to source_id in the profile's configuration.")
    }
  }

  private static func fhir(_ routing: Routing, into list: inout ProblemList) {
    if !AbsoluteURI.isValid(routing.fhirEventURI) {
      list.error("Event", "“\(routing.fhirEventURI)” is not a URI.", "Correct fhir_event_uri in the profile's configuration.")
    }
    if !AbsoluteURI.isValid(routing.documentIdentifierSystem) {
      list.error(
        "Document number", "Its system, “\(routing.documentIdentifierSystem)”, is not a URI.", "Correct it in the profile's configuration.")
    }
  }
}

/// `scheme:rest` as RFC 3986 has it, as far as FHIR insists: no white space, and not relative.
public enum AbsoluteURI {
  public static func isValid(_ text: String) -> Bool {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let first = parts[0].unicodeScalars.first, ("a"..."z").contains(first) || ("A"..."Z").contains(first) else {
      return false
    }
    let schemeIsValid = parts[0].unicodeScalars.allSatisfy {
      switch $0 {
      case "a"..."z", "A"..."Z", "0"..."9", "+", "-", ".": true
      default: false
      }
    }
    return schemeIsValid && !parts[1].isEmpty && parts[1].utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }
}
