/// A document's own number as FHIR writes it: in `masterIdentifier`, in `relatesTo`, and in a search for it.
public struct DocumentIdentifier: Sendable, Hashable {
  /// A URI.
  public let system: String
  public let value: String

  /// - Parameters:
  ///   - documentID: as `MessageIdentity.documentID` has it.
  ///   - system: as `Routing.documentIdentifierSystem` has it. `urn:ietf:rfc:3986` says that the value is itself a URI.
  public init(documentID: String, system: String) {
    self.system = PlainText.normalized(system)
    value = self.system == CodeSystem.uri ? "urn:uuid:\(documentID)" : documentID
  }
}

extension DocumentIdentifier {
  /// A FHIR Identifier.
  var json: JSONValue { .message(["system": .text(system), "value": .text(value)]) }
}
