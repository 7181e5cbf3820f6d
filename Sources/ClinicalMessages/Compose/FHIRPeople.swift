import SafeText

/// The resources that a document refers to: whom it is about, who answers for it, during which visit, and who keeps it.
enum FHIRPeople {
  static func patient(_ patient: Patient, id: String, routing: Routing) -> JSONValue {
    let name = patient.name.reveal()
    return .message([
      "resourceType": "Patient",
      "id": .string(id),
      "identifier": .list(
        patient.identifiers.map {
          FHIRParts.identifier(type: $0.type, value: $0.value.reveal(), system: $0.system, mapping: routing.identifierSystems)
        }),
      "name": .list(FHIRParts.humanName(family: name.family, given: name.given)),
      "telecom": .list(JSONValue.text(patient.phone?.reveal()).map { .message(["system": "phone", "value": $0]) }),
      "gender": patient.gender.map { .string($0.rawValue) },
      "birthDate": patient.birthDate.map { .string($0.reveal().iso) },
      // A roster that does not say so is no proof that the patient lives.
      "deceasedBoolean": patient.isDeceased ? .bool(true) : nil,
      "address": .list(patient.address.flatMap { address($0.reveal()) }),
    ])
  }

  private static func address(_ address: PostalAddress) -> JSONValue? {
    .record([
      "line": .list(.text(address.street)),
      "city": .text(address.city),
      "state": .text(address.state),
      "postalCode": .text(address.postalCode),
      "country": .text(address.country),
    ])
  }

  /// Nil when neither number nor name is known.
  static func practitioner(_ provider: Provider, id: String, routing: Routing) -> JSONValue? {
    let identifier = FHIRParts.identifier(type: provider.idType, value: provider.id, mapping: routing.identifierSystems)
    let name = FHIRParts.humanName(
      family: provider.family, given: [provider.given].compactMap(\.self), suffix: provider.credentialList)
    guard identifier != nil || name != nil else { return nil }
    return .message([
      "resourceType": "Practitioner", "id": .string(id), "identifier": .list(identifier), "name": .list(name),
    ])
  }

  /// All that is known of the visit is its number. FHIR requires status and class; both say that they are unknown.
  static func encounter(visitNumber: String?, entries: EntryIdentity, routing: Routing) -> JSONValue? {
    guard let visitNumber,
      let identifier = FHIRParts.identifier(type: "VN", value: visitNumber, mapping: routing.identifierSystems)
    else { return nil }
    return .message([
      "resourceType": "Encounter",
      "id": .string(entries.id(.encounter)),
      "identifier": .list(identifier),
      "status": "unknown",
      "class": FHIRParts.coding(system: CodeSystem.nullFlavor, code: "UNK", display: "unknown"),
      "subject": entries.reference(.patient),
    ])
  }

  static func organization(name: String?, id: String) -> JSONValue? {
    JSONValue.text(name).map {
      .message(["resourceType": "Organization", "id": .string(id), "active": .bool(true), "name": $0])
    }
  }
}

extension Provider {
  /// `MD, PhD` as two.
  var credentialList: [String] {
    (credentials ?? "").split(separator: ",").map { PlainText.normalized(String($0)) }.filter { !$0.isEmpty }
  }
}
