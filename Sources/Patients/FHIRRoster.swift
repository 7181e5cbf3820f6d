internal import ClinicalMessages
internal import SafeText
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Patients out of a FHIR Bundle, a single Patient, or one resource on each line (NDJSON). Other resources are passed over.
enum FHIRRoster {
  static func patients(in bytes: ArraySlice<UInt8>) throws(RosterError) -> [Patient] {
    // A document that is one JSON value is a Bundle or a Patient; many values, one a line, are NDJSON.
    let decoder = JSONDecoder()
    let resources: [(record: Int, resource: Resource)]
    if let whole = try? decoder.decode(Resource.self, from: Data(bytes)) {
      switch whole {
      case .bundle(let entries): resources = entries.enumerated().map { ($0.offset + 1, $0.element) }
      case .patient, .malformed, .other: resources = [(1, whole)]
      }
    } else {
      resources = try lines(of: bytes).map { line throws(RosterError) in
        do { return (line.number, try decoder.decode(Resource.self, from: Data(line.bytes))) } catch {
          throw .malformed(record: line.number, field: "JSON", reason: "This line is not a complete JSON object.")
        }
      }
    }
    guard resources.contains(where: { $0.resource.isPatient }) || resources.isEmpty else { throw .unknownFormat }

    var seen: Set<Patient.ID> = []
    var patients: [Patient] = []
    for (record, resource) in resources {
      if case .malformed(let field) = resource {
        throw .malformed(record: record, field: DisplayText(escaping: field), reason: "This is missing or of the wrong type.")
      }
      guard case .patient(let found) = resource else { continue }
      let patient = try found.patient(record: record)
      guard seen.insert(patient.id).inserted else { throw .duplicate(record: record) }
      patients.append(patient)
    }
    return patients
  }

  private static func lines(of bytes: ArraySlice<UInt8>) -> [(number: Int, bytes: ArraySlice<UInt8>)] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
      .filter { !$0.element.allSatisfy { $0 <= 0x20 } }.map { ($0.offset + 1, $0.element) }
  }
}

/// What a resource is, as far as a roster needs it.
private enum Resource: Decodable {
  case bundle([Resource])
  case patient(FHIRPatient)
  /// A Patient with an element of the wrong type; the element's path.
  case malformed(String)
  case other

  var isPatient: Bool {
    switch self {
    case .patient, .malformed: true
    case .bundle, .other: false
    }
  }

  private enum Key: CodingKey {
    case resourceType, entry
  }

  private struct Entry: Decodable {
    var resource: Resource?
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    switch try container.decodeIfPresent(String.self, forKey: .resourceType) {
    case "Bundle": self = .bundle(try container.decodeIfPresent([Entry].self, forKey: .entry)?.map { $0.resource ?? .other } ?? [])
    case "Patient":
      do { self = .patient(try FHIRPatient(from: decoder)) } catch let error as DecodingError { self = .malformed(Self.path(error)) }
    default: self = .other
    }
  }

  private static func path(_ error: DecodingError) -> String {
    let keys: [any CodingKey] =
      switch error {
      case .keyNotFound(let key, let context): context.codingPath + [key]
      case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context): context.codingPath
      @unknown default: []
      }
    let names = keys.map { $0.intValue.map(String.init) ?? $0.stringValue }
    return names.drop { $0 == "entry" || $0 == "resource" || Int($0) != nil }.joined(separator: ".")
  }
}

/// The elements of a FHIR R4 Patient that a roster uses.
private struct FHIRPatient: Decodable {
  struct Coding: Decodable { var code: String? }
  struct Concept: Decodable { var coding: [Coding]?; var text: String? }
  struct Identifier: Decodable { var use: String?; var type: Concept?; var system: String?; var value: String? }
  struct Name: Decodable { var use: String?; var text: String?; var family: String?; var given: [String]? }
  struct Contact: Decodable { var system: String?; var value: String? }
  struct Address: Decodable { var line: [String]?; var city: String?; var state: String?; var postalCode: String?; var country: String? }

  var id: String?
  var identifier: [Identifier]?
  var name: [Name]?
  var birthDate: String?
  var gender: String?
  var deceasedBoolean: Bool?
  var deceasedDateTime: String?
  var telecom: [Contact]?
  var address: [Address]?

  func patient(record: Int) throws(RosterError) -> Patient {
    let identifiers = sendableIdentifiers
    guard let first = identifiers.first else {
      throw .malformed(record: record, field: "identifier", reason: "There is no medical record number or other number of the site.")
    }
    let names = name ?? []
    guard let chosen = names.first(where: { $0.use == "official" }) ?? names.first(where: { $0.use != "old" && $0.use != "maiden" }),
      let family = chosen.family ?? chosen.text, !family.isEmpty
    else { throw .malformed(record: record, field: "name.family", reason: "This is empty.") }
    return Patient(
      id: id.map { Patient.ID($0) } ?? DerivedReference.id(system: first.system, number: first.value.reveal()),
      identifiers: identifiers, name: PersonName(family: family, given: chosen.given ?? []), birthDate: try date(record: record),
      gender: try sex(record: record), isDeceased: deceasedBoolean ?? (deceasedDateTime != nil),
      phone: telecom?.first { $0.system == "phone" }?.value, address: postalAddress)
  }

  /// Numbers that say who the patient is to a hospital, the medical record number first. Social security numbers, licences, passports
  /// and accounts stay behind: no message needs them.
  private var sendableIdentifiers: [PatientIdentifier] {
    let unneeded: Set<String> = ["SS", "SB", "DL", "PPN", "MC", "MA", "MB", "TAX", "BC", "CZ", "VN", "AN"]
    let all = (identifier ?? []).compactMap { element -> PatientIdentifier? in
      guard let value = element.value, !value.isEmpty, element.use != "old" else { return nil }
      let type = element.type?.coding?.compactMap(\.code).first ?? element.type?.text ?? ""
      if unneeded.contains(type) || element.system == "http://hl7.org/fhir/sid/us-ssn" { return nil }
      return PatientIdentifier(value: value, type: type, system: element.system)
    }
    let records = all.filter { $0.type == "MR" }
    if !records.isEmpty { return records + all.filter { $0.type != "MR" && !$0.type.isEmpty } }
    // Without a medical record number by name, a number that says nothing about itself is taken for it.
    return all.map { $0.type.isEmpty ? PatientIdentifier(value: $0.value.reveal(), type: "MR", system: $0.system) : $0 }
  }

  /// Nil also for a year or a month alone, which FHIR allows and which identify nobody.
  private func date(record: Int) throws(RosterError) -> CalendarDate? {
    guard let birthDate else { return nil }
    if birthDate.count < 10, CalendarDate(iso: birthDate + "-01-01".suffix(10 - birthDate.count)) != nil { return nil }
    guard let date = CalendarDate(iso: birthDate) else {
      throw .malformed(record: record, field: "birthDate", reason: "This is not a day written as YYYY-MM-DD.")
    }
    return date
  }

  private func sex(record: Int) throws(RosterError) -> AdministrativeGender? {
    guard let gender else { return nil }
    guard let known = AdministrativeGender(rawValue: gender) else {
      throw .malformed(record: record, field: "gender", reason: "This is none of male, female, other, unknown.")
    }
    return known
  }

  private var postalAddress: PostalAddress? {
    address?.first.map {
      PostalAddress(
        street: $0.line?.joined(separator: ", "), city: $0.city, state: $0.state, postalCode: $0.postalCode, country: $0.country)
    }
  }
}
