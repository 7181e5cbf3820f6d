public import SafeText
#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Takes back a document that was accepted: `Media.Delete` and `Notes.Delete`, made of nothing but the message that was accepted.
///
/// What was sent is the only sure word on how the destination knows the document, so it is repeated: the same `DocumentID`, patient,
/// provider and type. Left out are the file, which a Delete does not carry, and the number of a document that the original replaced.
public enum Retraction {
  /// The message that retracts what `original` brought; nil when its kind has no such message or it is not one that brings a document.
  ///
  /// - Parameter date: `Meta.EventDateTime`.
  public static func message(of original: ClinicalMessage, at date: Date) -> ClinicalMessage? {
    let body: String
    switch original.kind {
    case .media: body = "Media"
    case .notes: body = "Note"
    case .fhir, .results: return nil
    }
    guard original.hasHole, original.json["Meta"]?["EventType"] != nil, original.json[body]?["DocumentID"] != nil else { return nil }
    let json = original.json
      .changing("Meta") { $0.setting("EventType", to: "Delete").setting("EventDateTime", to: .string(Timestamp.iso(date))) }
      .changing(body) { $0.without(["FileContents", "OriginalDocumentID"]) }
    return ClinicalMessage(withoutFile: original.kind, json: json)
  }

  /// The patient as a Data Model message names them, for the person who confirms; nil when the message names none.
  ///
  /// - Parameter id: under which the roster knew them.
  public static func patient(of original: ClinicalMessage, id: Patient.ID) -> Patient? {
    guard original.kind != .fhir, let patient = original.json["Patient"] else { return nil }
    let person = patient["Demographics"]
    let identifiers = patient["Identifiers"]?.elements.compactMap { identifier in
      identifier["ID"]?.string.map { PatientIdentifier(value: $0, type: identifier["IDType"]?.string ?? "") }
    }
    guard let identifiers, !identifiers.isEmpty else { return nil }
    let given = [person?["FirstName"]?.string, person?["MiddleName"]?.string].compactMap(\.self)
    return Patient(
      id: id, identifiers: identifiers, name: PersonName(family: person?["LastName"]?.string ?? "", given: given),
      birthDate: person?["DOB"]?.string.flatMap { CalendarDate(iso: $0) },
      gender: person?["Sex"]?.string.flatMap { AdministrativeGender(rawValue: $0.lowercased()) },
      isDeceased: person?["IsDeceased"] == .bool(true))
  }
}

extension JSONValue {
  /// A member of an object.
  subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  fileprivate var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

  fileprivate var string: String? { if case .string(let text) = self { text } else { nil } }

  /// The same object with one member changed, if it is there.
  fileprivate func changing(_ key: String, _ change: (JSONValue) -> JSONValue) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.map { $0.key == key ? Member(key, change($0.value)) : $0 })
  }

  /// The same object with another value for a member, if it is there.
  fileprivate func setting(_ key: String, to value: JSONValue) -> JSONValue { changing(key) { _ in value } }

  fileprivate func without(_ keys: Set<String>) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { !keys.contains($0.key) })
  }
}
