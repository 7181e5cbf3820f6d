internal import ClinicalMessages
internal import SafeText

extension PatientBanner {
  /// `FAMILY, Given · Born DD-MMM-YYYY (age) · gender · number`, each number with its type and who assigned it.
  init(_ patient: Patient, today: CalendarDate?) {
    self.init(
      name: patient.name.map { $0.banner },
      born: Redacted(patient.birthDate.map { "Born \($0.reveal().bannerWithAge(on: today, deceased: patient.isDeceased))" } ?? Words.Patient.birthUnknown),
      gender: Words.Patient.gender(patient.gender), number: Redacted(patient.number(withAuthority: true)), isDeceased: patient.isDeceased)
  }
}

extension PersonName {
  /// `SMITH, Ann Mary`
  var banner: DisplayText {
    let parts = [family.uppercased(), given.joined(separator: " ")].filter { !$0.isEmpty }
    return DisplayText(escaping: parts.joined(separator: ", "))
  }

  /// `S, A M`
  var masked: DisplayText {
    let letters = [family.prefix(1).uppercased(), given.map { $0.prefix(1).uppercased() }.joined(separator: " ")].filter { !$0.isEmpty }
    return DisplayText(escaping: letters.joined(separator: ", "))
  }
}

extension CalendarDate {
  /// `24-Jul-1982 (44)`; infants in months or weeks are beyond what a roster needs, so they are `(0)`. No age for the dead.
  func bannerWithAge(on today: CalendarDate?, deceased: Bool) -> DisplayText {
    guard !deceased, let today, self <= today else { return DisplayText(escaping: banner) }
    return "\(banner) (\(age(on: today)))"
  }
}

extension Patient {
  /// `MR 0000000002`, with the authority in brackets when the roster names it.
  func number(withAuthority: Bool) -> DisplayText {
    guard let first = identifiers.first else { return Words.Patient.noNumber }
    let number: DisplayText = "\(first.type) \(first.value.reveal())"
    guard withAuthority, let system = first.system else { return number }
    return number + " (\(system))"
  }

  /// `MR …0002`
  var maskedNumber: DisplayText {
    guard let first = identifiers.first else { return Words.Patient.noNumber }
    return "\(first.type) …\(String(first.value.reveal().suffix(4)))"
  }
}
