import SafeText

/// Parts that Redox's Data Models share. Nearly everything is a string, numbers too; `Test` and `IsDeceased` are booleans.
enum DataModelParts {
  /// `New`, or `Replace` for the models that have it.
  static func eventType(_ draft: MessageDraft) -> String {
    switch draft.purpose {
    case .new: "New"
    case .replace: "Replace"
    }
  }

  /// The number of the document that this one replaces.
  static func originalDocumentID(_ draft: MessageDraft) -> JSONValue? {
    guard case .replace(let documentID) = draft.purpose else { return nil }
    return .text(documentID)
  }

  static func meta(_ draft: MessageDraft, dataModel: String, eventType: String) -> JSONValue {
    let routing = draft.routing
    let sourceID = JSONValue.text(routing.sourceID)
    return .message([
      "DataModel": .string(dataModel),
      "EventType": .string(eventType),
      "EventDateTime": .instant(draft.identity.createdAt),
      "Test": .bool(routing.isTest),
      // Redox knows a source by its ID; a name alone would name none.
      "Source": sourceID.map { .message(["ID": $0, "Name": .text(routing.sourceName)]) },
      "Destinations": .list(.record(["ID": .text(routing.destinationID), "Name": .text(routing.destinationName)])),
    ])
  }

  static func patient(_ patient: Patient) -> JSONValue {
    let name = patient.name.reveal()
    let given = name.given.filter { !PlainText.isBlank($0) }
    let (others, socialSecurityNumber) = separatingSocialSecurityNumber(patient.identifiers)
    return .message([
      // Required even when there is nothing in it; the validator objects to that.
      "Identifiers": .array(others.compactMap(identifier)),
      "Demographics": .record([
        "FirstName": .text(given.first),
        "MiddleName": .text(given.dropFirst().joined(separator: " ")),
        "LastName": .text(name.family),
        "DOB": patient.birthDate.map { .string($0.reveal().iso) },
        "SSN": .text(socialSecurityNumber),
        "Sex": patient.gender.map(sex),
        "IsDeceased": patient.isDeceased ? .bool(true) : nil,
        "PhoneNumber": .record(["Home": .text(patient.phone?.reveal())]),
        "Address": patient.address.flatMap { address($0.reveal()) },
      ]),
    ])
  }

  static func visit(_ draft: MessageDraft) -> JSONValue? { .record(["VisitNumber": .text(draft.fields.visitNumber)]) }

  /// The order that a Media or Notes message belongs to.
  static func orders(_ draft: MessageDraft) -> JSONValue? { .list(.record(["ID": .text(draft.fields.orderNumber)])) }

  static func provider(_ provider: Provider?) -> JSONValue? {
    guard let provider else { return nil }
    return .record([
      "ID": .text(provider.id),
      "IDType": .text(provider.idType),
      "FirstName": .text(provider.given),
      "LastName": .text(provider.family),
      "Credentials": .list(provider.credentialList.map { .string($0) }),
    ])
  }

  /// Who signed the document off: nobody, while it is preliminary.
  static func authenticator(_ draft: MessageDraft) -> JSONValue? {
    draft.fields.completion == .final ? provider(draft.fields.provider) : nil
  }

  /// `Demographics.SSN` is the place for it; it stays among the identifiers only when it is the patient's sole one.
  private static func separatingSocialSecurityNumber(_ all: [PatientIdentifier]) -> ([PatientIdentifier], String?) {
    let others = all.filter { IdentifierType.coded($0.type)?.code != "SS" }
    let number = all.first { IdentifierType.coded($0.type)?.code == "SS" }
    return (others.isEmpty ? all : others, number?.value.reveal())
  }

  private static func identifier(_ identifier: PatientIdentifier) -> JSONValue? {
    guard let value = JSONValue.text(identifier.value.reveal()) else { return nil }
    return .message(["ID": value, "IDType": .text(identifier.type)])
  }

  private static func sex(_ gender: AdministrativeGender) -> JSONValue {
    switch gender {
    case .male: "Male"
    case .female: "Female"
    case .other: "Other"
    case .unknown: "Unknown"
    }
  }

  private static func address(_ address: PostalAddress) -> JSONValue? {
    .record([
      "StreetAddress": .text(address.street),
      "City": .text(address.city),
      "State": .text(address.state),
      "ZIP": .text(address.postalCode),
      "Country": .text(address.country),
    ])
  }
}
