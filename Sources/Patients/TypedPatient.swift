public import ClinicalMessages
public import SafeText

/// A patient whom nobody finds in the roster, as a person has typed them in. A value; it is never written down.
///
/// The number is typed twice: nothing else would find a digit that was mistyped, and with it the document goes into another chart.
public struct TypedPatient: Sendable, Hashable {
  public enum Field: Sendable, Hashable, CaseIterable {
    case family, given, birthDate, gender, number, numberAgain, numberType, issuer
  }

  public var family = ""
  public var given = ""
  /// `1982-07-24`, `19820724` or `24-Jul-1982`; nothing that could be read in two ways.
  public var birthDate = ""
  /// Nil when it is not said.
  public var gender: AdministrativeGender?
  public var number = ""
  public var numberAgain = ""
  /// `MR` for a medical record number, or the site's own word.
  public var numberType = "MR"
  /// URI of who has given the number; empty where the configuration knows it.
  public var issuer = ""

  public init() {}

  /// The oldest person of whom it is known has lived for 122 years.
  private static let greatestAge = 130

  /// What is wrong with it, and what to do, by field; empty when the patient can be taken.
  /// - Parameters:
  ///   - today: for the birth date.
  ///   - roster: whoever is in there is chosen from there; nil when there is none.
  public func problems(on today: CalendarDate, roster: Roster?) -> [Field: DisplayText] {
    var problems: [Field: DisplayText] = [:]
    if !family.contains(where: \.isLetter) { problems[.family] = "The family name is needed." }
    if !given.contains(where: \.isLetter) { problems[.given] = "The given name is needed." }
    if birthDate.isEmpty {
      problems[.birthDate] = "The birth date is needed, so that two things say who it is."
    } else if let date = Self.date(birthDate) {
      if date > today { problems[.birthDate] = "This lies in the future." }
      if date.age(on: today) > Self.greatestAge { problems[.birthDate] = "Nobody is as old as that." }
    } else {
      problems[.birthDate] = "Write it like 1982-07-24 or 24-Jul-1982."
    }
    if number.isEmpty {
      problems[.number] = "The number is needed; by it the chart is found."
    } else if number != numberAgain {
      problems[.numberAgain] = "The two numbers differ. Compare both with their source."
    } else if let known = roster?.patient(withNumber: number, type: numberType) {
      problems[.number] = "The patient list has this number: \(PatientBannerText.name(known.name.reveal())). Choose from the list."
    }
    if numberType.isEmpty { problems[.numberType] = "Say what kind of number it is: MR for a medical record number." }
    if !issuer.isEmpty, !AbsoluteURI.isValid(issuer) {
      problems[.issuer] = "This is not a URI such as urn:oid:2.16.840.1.113883.19.5. You may leave it empty."
    }
    return problems
  }

  /// Nil while there are problems with it.
  public func patient(on today: CalendarDate, roster: Roster?) -> Patient? {
    guard problems(on: today, roster: roster).isEmpty, let date = Self.date(birthDate) else { return nil }
    let system = issuer.isEmpty ? nil : issuer
    return Patient(
      id: DerivedReference.id(system: system, number: number),
      identifiers: [PatientIdentifier(value: number, type: numberType, system: system)],
      name: PersonName(family: family, given: given.split(separator: " ").map(String.init)), birthDate: date, gender: gender)
  }

  private static func date(_ text: String) -> CalendarDate? { RosterValues.date(text) ?? RosterValues.dayMonthYear(text) }
}

extension Roster {
  /// Whoever has this number, of this type, from whatever issuer.
  fileprivate func patient(withNumber number: String, type: String) -> Patient? {
    patients.first { patient in
      patient.identifiers.contains { $0.value.reveal() == number && $0.type.lowercased() == type.lowercased() }
    }
  }
}
