/// The patient as a message names them: for a person who confirms what happens to a document that was sent before. The roster may say
/// something else by now; what counts is whose chart the document is in.
public enum SentPatient {
  /// Nil when the message names none.
  ///
  /// - Parameter id: under which the roster knew them.
  public static func read(from message: ClinicalMessage, id: Patient.ID) -> Patient? {
    switch message.kind {
    case .fhir: fhir(message.json, id)
    case .media, .notes, .results: dataModel(message.json, id)
    }
  }

  private static func dataModel(_ json: JSONValue, _ id: Patient.ID) -> Patient? {
    let person = json["Patient"]?["Demographics"]
    let identifiers = (json["Patient"]?["Identifiers"]?.elements ?? []).compactMap { identifier in
      identifier["ID"]?.string.map { PatientIdentifier(value: $0, type: identifier["IDType"]?.string ?? "") }
    }
    guard !identifiers.isEmpty else { return nil }
    let given = [person?["FirstName"]?.string, person?["MiddleName"]?.string].compactMap(\.self)
    return Patient(
      id: id, identifiers: identifiers, name: PersonName(family: person?["LastName"]?.string ?? "", given: given),
      birthDate: person?["DOB"]?.string.flatMap { CalendarDate(iso: $0) },
      gender: person?["Sex"]?.string.flatMap { AdministrativeGender(rawValue: $0.lowercased()) },
      isDeceased: person?["IsDeceased"] == .bool(true))
  }

  private static func fhir(_ json: JSONValue, _ id: Patient.ID) -> Patient? {
    let resources = (json["entry"]?.elements ?? []).compactMap { $0["resource"] }
    guard let person = resources.first(where: { $0["resourceType"] == "Patient" }) else { return nil }
    let identifiers = (person["identifier"]?.elements ?? []).compactMap { identifier in
      identifier["value"]?.string.map {
        PatientIdentifier(value: $0, type: identifier["type"]?["text"]?.string ?? "", system: identifier["system"]?.string)
      }
    }
    guard !identifiers.isEmpty else { return nil }
    let name = person["name"]?.elements.first
    return Patient(
      id: id, identifiers: identifiers,
      name: PersonName(family: name?["family"]?.string ?? "", given: (name?["given"]?.elements ?? []).compactMap(\.string)),
      birthDate: person["birthDate"]?.string.flatMap { CalendarDate(iso: $0) },
      gender: person["gender"]?.string.flatMap { AdministrativeGender(rawValue: $0) }, isDeceased: person["deceasedBoolean"] == .bool(true))
  }
}
