internal import ClinicalMessages

/// How rosters write dates, genders and deaths.
enum RosterValues {
  /// `1982-07-24`, `19820724`, and either followed by a time. Nothing that could be read in two ways.
  static func date(_ text: String) -> CalendarDate? {
    if let date = CalendarDate(iso: text.prefix(10)), text.count == 10 || text.dropFirst(10).first == "T" || text.dropFirst(10).first == " "
    {
      return date
    }
    guard text.count == 8, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return CalendarDate(iso: "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))")
  }

  /// `24-Jul-1982`, as banners write it.
  static func dayMonthYear(_ text: String) -> CalendarDate? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2].count == 4, let day = Int(parts[0]), let year = Int(parts[2]),
      let month = DateForms.month(abbreviated: String(parts[1]))
    else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  static func gender(_ text: String) -> AdministrativeGender? {
    switch text.lowercased() {
    case "male", "m": .male
    case "female", "f": .female
    case "other", "o", "nonbinary", "non-binary", "x": .other
    case "unknown", "u", "unk": .unknown
    default: nil
    }
  }

  /// True also for a date of death.
  static func isDeceased(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "yes", "y", "1": true
    case "false", "no", "n", "0": false
    default: date(text) == nil ? nil : true
    }
  }
}

/// A reference for a patient whose roster has none. The same number always gives the same one.
///
/// It does not show the number, but it is no secret either: who can list all numbers of a site can find the one that fits.
enum DerivedReference {
  static func id(system: String?, number: String) -> Patient.ID {
    // FNV-1a, 64 bits; collisions would show as duplicate ids.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in "\(system ?? "")|\(number)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 36)
    return Patient.ID("p-" + String(repeating: "0", count: max(0, 13 - digits.count)) + digits)
  }
}
