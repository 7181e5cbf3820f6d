public import ClinicalMessages
public import SafeText

/// The question whether a destination has a document.
public struct DocumentQuery: Sendable, Hashable {
  /// The document's own number, as `MessageIdentity.documentID` has it.
  public var documentID: String
  /// FHIR `system` of the number; nil asks for the number under whatever system.
  public var identifierSystem: String?

  public init(documentID: String, identifierSystem: String?) {
    self.documentID = documentID
    self.identifierSystem = identifierSystem
  }

  /// The question after a message of that kind. A Data Model's `DocumentID` is a bare number, and under which system a destination files
  /// it is its own affair; so that is left open.
  public init(documentID: String, kind: MessageKind, routing: Routing) {
    self.init(documentID: documentID, identifierSystem: kind == .fhir ? routing.documentIdentifierSystem : nil)
  }

  private var identifier: DocumentIdentifier? { identifierSystem.map { DocumentIdentifier(documentID: documentID, system: $0) } }

  /// The value of FHIR's search parameter `identifier`: `system|value`, or the value alone.
  var token: String {
    guard let identifier else { return Self.escaped(documentID) }
    return Self.escaped(identifier.system) + "|" + Self.escaped(identifier.value)
  }

  /// The search as a form. `_elements` keeps the documents themselves out of the answer.
  var form: String {
    "identifier=\(TokenExchange.formEncoded(token))&_elements=\(TokenExchange.formEncoded("id,identifier,masterIdentifier"))"
  }

  /// Whether a FHIR Identifier is the one that was asked for.
  func matches(system: String?, value: String?) -> Bool {
    if let identifier { return system == identifier.system && value == identifier.value }
    return value == documentID || value == "urn:uuid:" + documentID
  }

  /// FHIR's own signs inside a search value are escaped with a backslash.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\|,$".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}

/// What a destination says to a `DocumentQuery`.
public enum DocumentFinding: Sendable, Hashable {
  /// It has the document, once per location: absolute URLs, or `DocumentReference/id` where the answer has none.
  case found(locations: [String])
  /// It answered, and has no such document now. One that queues what it takes may have it a little later.
  case notFound
  /// Nobody can be asked, or what was answered settles nothing; one plain sentence says why.
  case cannotAsk(DisplayText)
}
