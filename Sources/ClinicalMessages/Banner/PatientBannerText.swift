public import SafeText

/// The words that say on every screen who a document is about:
/// `BIXBY, Timothy Paul · Born 06-Jan-2008 (17y) · Male · MRN 0000000001 (issuer)`.
///
/// Order and forms follow the NHS's patient banner: family name in capitals, dates that no locale can misread, every number labelled,
/// what is unknown in words. A view wraps between parts and never cuts one off.
public struct PatientBannerText: Sendable, Hashable {
  /// `BIXBY, Timothy Paul`
  public let name: Redacted<DisplayText>
  /// `DECEASED`; nil for the living, and for those of whom the roster does not say it.
  public let deceased: DisplayText?
  /// `Born 06-Jan-2008 (17y)`
  public let born: Redacted<DisplayText>
  /// `06-Jan-2008 (17y)`, or that it is not known: for a column that is called so.
  public let birth: Redacted<DisplayText>
  /// `Male`
  public let gender: DisplayText
  /// `MRN 0000000001 (issuer)`
  public let number: Redacted<DisplayText>

  /// All of them in the order in which they are shown.
  public var parts: Redacted<[DisplayText]> {
    Redacted([name.reveal(), deceased, born.reveal(), gender, number.reveal()].compactMap(\.self))
  }

  /// All parts on one line.
  public var line: Redacted<DisplayText> { parts.map { $0.joined(separator: " · ") } }

  /// - Parameters:
  ///   - today: For the age.
  ///   - identifierSystems: The profile's, for a roster that does not say who issued its numbers.
  public init(_ patient: Patient, on today: CalendarDate, identifierSystems: [String: String] = [:]) {
    name = patient.name.map(Self.name)
    deceased = patient.isDeceased ? "DECEASED" : nil
    let birth = Self.birth(patient, on: today)
    born = Redacted(birth.map { "Born \($0)" } ?? "Birth date unknown")
    self.birth = Redacted(birth ?? "unknown")
    gender = Self.gender(patient.gender)
    number = Redacted(Self.identifier(patient.identifiers.first, systems: identifierSystems))
  }

  /// `BIXBY, Timothy Paul`.
  public static func name(_ name: PersonName) -> DisplayText {
    let family = PlainText.normalized(name.family).uppercased()
    let given = name.given.map(PlainText.normalized).filter { !$0.isEmpty }.joined(separator: " ")
    switch (family.isEmpty, given.isEmpty) {
    case (false, false): return "\(family), \(given)"
    case (false, true): return DisplayText(escaping: family)
    case (true, false): return DisplayText(escaping: given)
    case (true, true): return "Name unknown"
    }
  }

  private static func birth(_ patient: Patient, on today: CalendarDate) -> DisplayText? {
    guard let date = patient.birthDate?.reveal() else { return nil }
    // How old the patient would be says nothing, and how old the patient became is not known.
    guard !patient.isDeceased, let age = Age(from: date, to: today) else { return DisplayText(escaping: date.banner) }
    return "\(date.banner) (\(age.short))"
  }

  private static func gender(_ gender: AdministrativeGender?) -> DisplayText {
    switch gender {
    case .male: "Male"
    case .female: "Female"
    case .other: "Other gender"
    case .unknown, nil: "Gender unknown"
    }
  }

  /// `MRN 0000000002`, without who has issued it: in a list that is the same for nearly all.
  public static func number(_ patient: Patient) -> DisplayText {
    guard let first = patient.identifiers.first, !PlainText.isBlank(first.value.reveal()) else { return "No number" }
    let type = PlainText.normalized(first.type)
    return "\(type.uppercased() == "MR" ? "MRN" : type) \(PlainText.normalized(first.value.reveal()))"
  }

  private static func identifier(_ identifier: PatientIdentifier?, systems: [String: String]) -> DisplayText {
    guard let identifier, !PlainText.isBlank(identifier.value.reveal()) else { return "No identifier" }
    let type = PlainText.normalized(identifier.type)
    let label = type.isEmpty ? "Number" : type.uppercased() == "MR" ? "MRN" : type
    let issuer = IdentifierSystem.resolve(type: type, named: identifier.system, mapping: systems) ?? "issuer unknown"
    return "\(label) \(PlainText.normalized(identifier.value.reveal())) (\(issuer))"
  }
}

/// An age as clinicians write it: days for the newborn, months for the small child, years for everybody else.
struct Age {
  private let years: Int
  private let months: Int
  private let days: Int

  /// Nil when `birth` is later than `today`.
  init?(from birth: CalendarDate, to today: CalendarDate) {
    guard birth <= today else { return nil }
    years = birth.age(on: today)
    months = 12 * (today.year - birth.year) + today.month - birth.month - (today.day < birth.day ? 1 : 0)
    days = today.ordinal - birth.ordinal
  }

  /// `5d`, `16m`, `33y`.
  var short: String {
    if months < 1 { "\(days)d" } else if years < 2 { "\(months)m" } else { "\(years)y" }
  }
}

extension CalendarDate {
  /// Days since a fixed day long ago.
  fileprivate var ordinal: Int {
    // Years begin in March here, so that the leap day is the last of its year.
    let (shiftedYear, shiftedMonth) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
    return 365 * shiftedYear + shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400 + (153 * shiftedMonth + 2) / 5 + day
  }
}
