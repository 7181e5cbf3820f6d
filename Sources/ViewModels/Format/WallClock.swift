public import ClinicalMessages
public import SafeText
#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// What time it is, here. Injected, so that tests stand still.
public struct WallClock: Sendable {
  public var now: @Sendable () -> Date
  /// Seconds that local time is ahead of UTC at a moment.
  public var offset: @Sendable (Date) -> Int

  public init(now: @escaping @Sendable () -> Date, offset: @escaping @Sendable (Date) -> Int) {
    self.now = now
    self.offset = offset
  }

  /// - Precondition: The clock shows a year of at most four digits.
  public var today: CalendarDate {
    guard let day = local(now()).day else { preconditionFailure("The clock shows no year between 1 and 9999") }
    return day
  }

  /// `22-Nov-2026 14:03`
  public func dateAndTime(_ date: Date) -> DisplayText {
    let local = local(date)
    guard let day = local.day else { return "" }
    return "\(day.banner) \(local.time.prefix(5))"
  }

  /// Nil where the clock shows no year between 1 and 9999.
  func day(_ date: Date) -> CalendarDate? { local(date).day }

  /// `14:03` for a moment of today, `25-Nov` for another of this year, `25-Nov-2025` else.
  public func timeOrDay(_ date: Date) -> DisplayText {
    let local = local(date)
    guard let day = local.day else { return "" }
    let today = self.local(now()).day
    if day == today { return DisplayText(escaping: String(local.time.prefix(5))) }
    return DisplayText(escaping: day.year == today?.year ? String(day.banner.prefix(6)) : day.banner)
  }

  /// `14:03:10`
  public func time(_ date: Date) -> DisplayText { DisplayText(escaping: local(date).time) }

  /// Reads `YYYY-MM-DD` or `YYYY-MM-DD HH:MM` as local time. A day alone is its noon, so that no zone moves it to a neighbour.
  public func date(typed text: String) -> Date? {
    let parts = text.split(separator: " ")
    guard let first = parts.first, parts.count <= 2, let day = CalendarDate(iso: first) else { return nil }
    var seconds = 12 * 3600
    if parts.count == 2 {
      let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
      guard clock.count == 2, clock.allSatisfy({ $0.count == 2 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
        let hour = Int(clock[0]), let minute = Int(clock[1]), hour < 24, minute < 60
      else { return nil }
      seconds = hour * 3600 + minute * 60
    }
    let utc = Double(Self.daysSince1970(day) * 86_400 + seconds)
    return Date(timeIntervalSince1970: utc - Double(offset(Date(timeIntervalSince1970: utc))))
  }

  /// The inverse of `date(typed:)`: `2026-11-22 14:03`.
  public func typed(_ date: Date) -> String {
    let local = local(date)
    return "\(local.day?.iso ?? "") \(local.time.prefix(5))"
  }

  private func local(_ date: Date) -> (day: CalendarDate?, time: String) {
    let seconds = Int(date.timeIntervalSince1970.rounded(.down)) + offset(date)
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let rest = seconds - days * 86_400
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    return (Self.day(daysSince1970: days), "\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))")
  }

  /// Proleptic Gregorian days, counted in eras of 400 years that begin on 1 March, so that the leap day comes last.
  private static func daysSince1970(_ day: CalendarDate) -> Int {
    let year = day.month <= 2 ? day.year - 1 : day.year
    let era = year / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (day.month + (day.month > 2 ? -3 : 9)) + 2) / 5 + day.day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func day(daysSince1970 days: Int) -> CalendarDate? {
    let shifted = days + 719_468
    guard shifted >= 0 else { return nil }
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let calendarMonth = month < 10 ? month + 3 : month - 9
    return CalendarDate(
      year: yearOfEra + era * 400 + (calendarMonth <= 2 ? 1 : 0), month: calendarMonth, day: dayOfYear - (153 * month + 2) / 5 + 1)
  }
}
