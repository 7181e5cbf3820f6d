import SafeText
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Whether the roster's record is enough to find a chart and to tell that it is the right one.
enum PatientChecks {
  /// Nobody is known to have lived longer than 122 years.
  private static let greatestAge = 130

  static func run(on draft: MessageDraft, into list: inout ProblemList) {
    identifiers(of: draft, into: &list)
    name(of: draft.patient, into: &list)
    birthDate(of: draft, into: &list)
    if draft.patient.isDeceased {
      list.warning("Patient", "The roster says that this patient has died.", "Make sure that this is the right patient.")
    }
    list.check(draft.patient.phone?.reveal(), "Patient's phone", from: .roster)
    let address = draft.patient.address?.reveal()
    for part in [address?.street, address?.city, address?.state, address?.postalCode, address?.country] {
      list.check(part, "Patient's address", from: .roster)
    }
  }

  private static func identifiers(of draft: MessageDraft, into list: inout ProblemList) {
    let all = draft.patient.identifiers
    let usable = all.filter { !PlainText.isBlank($0.value.reveal()) }
    if usable.isEmpty {
      list.error(
        "Patient's identifier", "The roster has no number for this patient, so Redox could not find the chart.", Origin.rosterRemedy)
    } else if usable.count < all.count {
      list.warning("Patient's identifier", "One of the patient's identifiers is blank and is left out.", "Have the roster corrected.")
    }
    for identifier in usable {
      list.check(identifier.value.reveal(), "Patient's identifier", from: .roster)
      list.check(identifier.type, "Type of the patient's identifier", from: .roster)
      if draft.kind != .fhir, PlainText.isBlank(identifier.type) {
        list.error("Type of the patient's identifier", "The roster does not say what kind of number it is.", Origin.rosterRemedy)
      }
    }
    if draft.kind == .fhir { systems(of: usable, mapping: draft.routing.identifierSystems, into: &list) }
  }

  private static func systems(of identifiers: [PatientIdentifier], mapping: [String: String], into list: inout ProblemList) {
    for (index, identifier) in identifiers.enumerated() {
      let type = PlainText.normalized(identifier.type)
      if let system = IdentifierSystem.resolve(type: type, named: identifier.system, mapping: mapping) {
        if !AbsoluteURI.isValid(system) {
          list.error(
            "Patient's identifier", "Its issuer, “\(system)”, is not a URI such as urn:oid:2.16.840.1.113883.19.5.",
            "Correct it in the roster, or under identifier_systems in the profile's configuration.")
        }
      } else if index == 0 {
        list.warning(
          "Patient's identifier", "Nothing says who issued the number (\(type)), so the chart may not be found.",
          "Name the issuer of \(type) under identifier_systems in the profile's configuration.")
      }
    }
  }

  private static func name(of patient: Patient, into list: inout ProblemList) {
    let name = patient.name.reveal()
    let parts = [name.family] + name.given
    if parts.allSatisfy(PlainText.isBlank) {
      list.error("Patient's name", "The roster has no name for this patient, so nobody can check who it is.", Origin.rosterRemedy)
    }
    for part in parts { list.check(part, "Patient's name", from: .roster) }
  }

  private static func birthDate(of draft: MessageDraft, into list: inout ProblemList) {
    guard let birthDate = draft.patient.birthDate?.reveal() else {
      list.warning(
        "Patient's birth date", "The roster does not say when the patient was born.", "Make sure that this is the right patient.")
      return
    }
    // A day more, for it is tomorrow already in some parts of the world.
    guard let tomorrow = Timestamp.day(of: draft.identity.createdAt + Timestamp.day) else { return }
    if birthDate > tomorrow {
      list.error("Patient's birth date", "It lies in the future.", Origin.rosterRemedy)
    } else if birthDate.age(on: tomorrow) > greatestAge {
      list.error("Patient's birth date", "Nobody is \(birthDate.age(on: tomorrow)) years old.", Origin.rosterRemedy)
    }
  }
}
