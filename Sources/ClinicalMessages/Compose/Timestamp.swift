#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Moments as FHIR's `instant` and Redox write them: `2026-01-05T10:00:00.000Z`.
enum Timestamp {
  /// ISO 8601, UTC, with milliseconds.
  static func iso(_ date: Date) -> String {
    // Rounded here and not by the formatter, which cuts off: a Double holds .585 s as .58499….
    let milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded())
    let seconds = milliseconds.dividedRoundingDown(by: 1000)
    let fraction = String(milliseconds - seconds * 1000)
    let whole = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601).dropLast()
    return "\(whole).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)Z"
  }

  /// The day in UTC; nil outside of the years 1 to 9999.
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
