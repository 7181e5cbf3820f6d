/// Parts that FHIR resources share.
enum FHIRParts {
  static func coding(system: String, code: String, display: String? = nil) -> JSONValue {
    .message(["system": .string(system), "code": .string(code), "display": .text(display)])
  }

  /// An Identifier whose `system` comes from the roster, else from the profile's mapping, else from HL7's own naming systems.
  ///
  /// - Parameter type: A site's word. It becomes a coding where table 0203 knows it, and stays readable as `text` in any case.
  static func identifier(type: String, value: String, system: String? = nil, mapping: [String: String]) -> JSONValue? {
    guard let value = JSONValue.text(value) else { return nil }
    let word = PlainText.normalized(type)
    let coded = IdentifierType.coded(word)
    return .message([
      "type": .record([
        "coding": .list(coded.map { coding(system: CodeSystem.identifierType, code: $0.code, display: $0.display) }),
        "text": .text(word),
      ]),
      "system": .text(IdentifierSystem.resolve(type: word, named: system, mapping: mapping)),
      "value": value,
    ])
  }

  static func humanName(family: String?, given: [String], suffix: [String] = []) -> JSONValue? {
    let family = JSONValue.text(family)
    let given = JSONValue.list(given.map { .text($0) })
    guard family != nil || given != nil else { return nil }
    return .message([
      "use": "official", "family": family, "given": given, "suffix": .list(suffix.map { .text($0) }),
    ])
  }
}

/// Who assigned an identifier, as a URI.
enum IdentifierSystem {
  /// The roster's word goes first, then the profile's mapping, then what HL7 fixes for everybody.
  static func resolve(type: String, named: String?, mapping: [String: String]) -> String? {
    if let named, !PlainText.isBlank(named) { return uri(named) }
    if let mapped = mapping[type], !PlainText.isBlank(mapped) { return uri(mapped) }
    switch IdentifierType.coded(type)?.code {
    case "NPI": return CodeSystem.npi
    case "SS": return CodeSystem.socialSecurityNumber
    default: return nil
    }
  }

  /// Rosters write a bare OID where FHIR wants a URI.
  private static func uri(_ text: String) -> String {
    let text = PlainText.normalized(text)
    let arcs = text.split(separator: ".", omittingEmptySubsequences: false)
    let isOID = arcs.count >= 3 && arcs.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    return isOID ? "urn:oid:\(text)" : text
  }
}
