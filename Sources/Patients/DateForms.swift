internal import ClinicalMessages

/// A birth date in all the ways that people type one.
enum DateForms {
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
  ]

  /// Lower case, punctuation as typed. A query's word matches when one of these begins with it.
  static func all(of date: CalendarDate) -> [String] {
    let iso = date.iso
    let (year, month, day) = (iso.prefix(4), two(date.month), two(date.day))
    let name = months[date.month - 1]
    let short = String(name.prefix(3))
    var forms = [
      iso, "\(year)\(month)\(day)", "\(year)/\(month)/\(day)", "\(day)\(month)\(year)", "\(month)\(day)\(year)", "\(day).\(month).\(year)",
      "\(month)/\(day)/\(year)", "\(day)/\(month)/\(year)", "\(day)-\(month)-\(year)", "\(month)-\(day)-\(year)", "\(day)-\(short)-\(year)",
      "\(day)\(short)\(year)", name, "\(name)-\(day)-\(year)", "\(short)-\(day)-\(year)", "\(short)\(day)",
    ]
    if date.day < 10 || date.month < 10 {
      let (month, day) = (String(date.month), String(date.day))
      forms += [
        "\(year)-\(month)-\(day)", "\(day).\(month).\(year)", "\(month)/\(day)/\(year)", "\(day)/\(month)/\(year)",
        "\(day)-\(month)-\(year)",
        "\(day)-\(short)-\(year)",
      ]
    }
    return forms
  }

  /// `Jul` is 7.
  static func month(abbreviated text: String) -> Int? {
    let word = text.lowercased()
    guard word.count == 3 else { return nil }
    return months.firstIndex { $0.hasPrefix(word) }.map { $0 + 1 }
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
