#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Moments as FHIR's `instant` and Redox write them: `2026-01-05T10:00:00.000Z`.
enum Timestamp {
  /// Seconds in a day.
  static let day = 86_400.0
  /// 1583-01-01T00:00:00Z to 9999-12-31T23:59:59Z: Gregorian, in four digits.
  private static let writable = -12_212_553_600.0...253_402_300_799.0

  /// ISO 8601, UTC, with milliseconds. A moment outside of the years 1583 to 9999, which a damaged file system may report, becomes the
  /// nearest one within.
  static func iso(_ date: Date) -> String {
    let moment = date.timeIntervalSince1970
    let written = moment.isNaN ? 0 : min(max(moment, writable.lowerBound), writable.upperBound)
    // Rounded here and not by the formatter, which cuts off: a Double holds .585 s as .58499….
    let milliseconds = Int64((written * 1000).rounded())
    let seconds = milliseconds.dividedRoundingDown(by: 1000)
    let fraction = String(milliseconds - seconds * 1000)
    let whole = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601).dropLast()
    return "\(whole).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)Z"
  }

  /// The day in UTC.
  static func day(of date: Date) -> CalendarDate? { CalendarDate(iso: iso(date).prefix { $0 != "T" }) }
}

extension Int64 {
  fileprivate func dividedRoundingDown(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

extension JSONValue {
  static func instant(_ date: Date?) -> JSONValue? { date.map { .string(Timestamp.iso($0)) } }
}
