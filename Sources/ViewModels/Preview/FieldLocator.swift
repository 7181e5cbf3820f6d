internal import ClinicalMessages
internal import SafeText

/// Finds the line of a message's JSON on which the field stands that a problem is about.
struct FieldLocator {
  private enum Step {
    /// A member of this name, the outermost first.
    case member(String)
    /// The resource of this type in a Bundle.
    case resource(String)
  }

  let lines: [JSONLine]
  let kind: MessageKind

  /// Nil for a field that the message does not contain, such as one that is still empty.
  func line(of field: DisplayText) -> Int? {
    for path in paths(of: field) {
      if let line = find(path) { return line }
    }
    return nil
  }

  private func find(_ path: [Step]) -> Int? {
    var range = lines.indices
    var found: Int?
    for step in path {
      let line: Int?
      switch step {
      case .member(let name):
        line = range.filter { lines[$0].key == name }.min { (lines[$0].depth, $0) < (lines[$1].depth, $1) }
      case .resource(let type):
        line = range.first { lines[$0].key == "resourceType" && lines[$0].value == type }
          .flatMap { JSONFolding(lines).opener(around: $0) }
      }
      guard let line else { return nil }
      found = line
      range = line + 1..<max(line + 1, lines[line].closingLine ?? line + 1)
    }
    return found
  }

  // MARK: Where fields stand

  /// What is tried one after the other; by the words that problems use for fields.
  private func paths(of field: DisplayText) -> [[Step]] {
    kind == .fhir ? bundlePaths(of: field) : modelPaths(of: field)
  }

  private func bundlePaths(of field: DisplayText) -> [[Step]] {
    let document = Step.resource("DocumentReference")
    let patient = Step.resource("Patient")
    switch field.string {
    case "Document type": return [[document, .member("type")]]
    case "Title": return [[document, .member("description")]]
    case "Provider": return [[.resource("Practitioner")]]
    case "Visit number": return [[.resource("Encounter")]]
    case "Order number": return [[document, .member("related")]]
    case "Service date": return [[document, .member("period")]]
    case "Confidentiality": return [[document, .member("securityLabel")]]
    case "Patient's name": return [[patient, .member("name")], [patient]]
    case "Patient's birth date": return [[patient, .member("birthDate")], [patient]]
    case "Patient's identifier", "Type of the patient's identifier": return [[patient, .member("identifier")], [patient]]
    case let other where other.hasPrefix("Patient"): return [[patient]]
    case "File's date": return [[document, .member("attachment"), .member("creation")]]
    case "File's checksum": return [[document, .member("attachment"), .member("hash")], [document, .member("attachment")]]
    case "Media type": return [[document, .member("attachment"), .member("contentType")]]
    case "Document", "File", "File name", "Method": return [[document, .member("attachment")]]
    case "Source", "Source's name": return [[.resource("MessageHeader"), .member("source")]]
    case "Event": return [[.resource("MessageHeader"), .member("eventUri")]]
    case "Document number": return [[document, .member("masterIdentifier")]]
    case "Organization": return [[.resource("Organization")]]
    default: return []
    }
  }

  private func modelPaths(of field: DisplayText) -> [[Step]] {
    let body: Step = .member(kind == .media ? "Media" : kind == .notes ? "Note" : "Results")
    let patient = Step.member("Patient")
    switch field.string {
    case "Document type": return [[body, .member("DocumentType")], [body, .member("Code")]]
    case "Title": return [[body, .member("DocumentDescription")], [body, .member("Notes")]]
    case "Provider": return [[body, .member("Provider")], [body, .member("PrimaryResultsInterpreter")]]
    case "Visit number": return [[.member("Visit"), .member("VisitNumber")]]
    case "Order number": return [[.member("Orders"), .member("ID")]]
    case "Service date": return [[body, .member("ServiceDateTime")], [body, .member("CompletionDateTime")]]
    case "Patient's name": return [[patient, .member("LastName")], [patient]]
    case "Patient's birth date": return [[patient, .member("DOB")], [patient]]
    case "Patient's identifier", "Type of the patient's identifier": return [[patient, .member("Identifiers")], [patient]]
    case let other where other.hasPrefix("Patient"): return [[patient]]
    case "File type": return [[body, .member("FileType")]]
    case "File name": return [[body, .member("FileName")], [body]]
    case "File's date": return [[body, .member("CreationDateTime")], [body, .member("DocumentationDateTime")], [body]]
    case "Document", "File", "Method": return [[body, .member("FileContents")], [body, .member("Value")]]
    case "Note's content type": return [[body, .member("ContentType")]]
    case "Destination", "Destination's name": return [[.member("Meta"), .member("Destinations")]]
    case "Source", "Source's name": return [[.member("Meta"), .member("Source")]]
    case "Document number": return [[body, .member("DocumentID")], [.member("Orders"), .member("ApplicationOrderID")]]
    default: return []
    }
  }
}
