#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Dates in HTTP headers (RFC 9110 §5.6.7): the current form and the two old ones.
enum HTTPDate {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  static func parse(_ text: String) -> Date? {
    // `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`
    let words = text.split { $0 == " " || $0 == "," || $0 == "-" }.map(String.init)
    guard words.count >= 5 else { return nil }
    if let month = months.firstIndex(of: words[1]) {
      return date(year: words[4], month: month, day: words[2], time: words[3])
    }
    guard words.count >= 6, words[5] == "GMT" || words[5] == "UTC", let month = months.firstIndex(of: words[2]) else { return nil }
    return date(year: words[3], month: month, day: words[1], time: words[4])
  }

  private static func date(year: String, month: Int, day: String, time: String) -> Date? {
    let clock = time.split(separator: ":").map { Int($0) ?? -1 }
    guard let day = Int(day), (1...31).contains(day), var year = Int(year), (0...9999).contains(year), clock.count == 3,
      (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2])
    else { return nil }
    if year < 100 { year += year < 70 ? 2000 : 1900 }
    let seconds = days(year: year, month: month + 1, day: day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    return Date(timeIntervalSince1970: Double(seconds))
  }

  /// Days since 1970-01-01 in the Gregorian calendar, counting years from March so that leap days fall at a year's end.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let monthFromMarch = (month + 9) % 12
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + (monthFromMarch * 153 + 2) / 5 + day - 1 - 719_468
  }
}

/// How long a server asks to be left alone (RFC 9110 §10.2.3): seconds or a date.
enum RetryAfter {
  /// Longer waits than a day are a server's mistake, and are cut to it.
  static let longest = 86_400.0

  static func seconds(_ header: String?, now: Date, serverDate: Date?) -> Double? {
    guard let header else { return nil }
    let text = header.filter { !$0.isWhitespace }
    if let seconds = Double(text), seconds.isFinite, seconds >= 0 { return min(seconds, longest) }
    guard let date = HTTPDate.parse(header) else { return nil }
    // Both dates are the server's, so that a wrong clock here does not matter.
    return min(max(0, date.timeIntervalSince(serverDate ?? now)), longest)
  }
}
