/// Forms of strings that are checked; the raw value completes "must be …".
enum FieldFormat: String, Sendable {
  case uuid = "a UUID"
  case date = "a date, YYYY-MM-DD"
  /// The Data Model's instants.
  case dateTime = "an ISO 8601 date and time with a zone"
  /// FHIR's dateTime: a year, month or day, or a time with seconds and zone.
  case partialDateTime = "a FHIR dateTime"
  case partialDate = "a FHIR date"
  case mediaType = "a MIME type"
  case uri = "a URI"

  func matches(_ text: String) -> Bool {
    switch self {
    case .uuid:
      return text.wholeMatch(of: /[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/) != nil
    case .date:
      return text.count == 10 && Self.isDate(text)
    case .partialDate:
      return Self.isDate(text)
    case .dateTime:
      guard let match = text.wholeMatch(of: /([0-9-]{10})T([0-9:]{8})(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})/) else { return false }
      return Self.isDate(String(match.1)) && Self.isTime(match.2)
    case .partialDateTime:
      return Self.isDate(text) || Self.dateTime.matches(text)
    case .mediaType:
      return text.wholeMatch(of: /[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*([ ]*;[ ]*[a-zA-Z0-9-]+=("[^"]*"|[^\s;"]+))*/)
        != nil
    case .uri:
      return text.wholeMatch(of: /[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+/) != nil
    }
  }

  private static func isDate(_ text: String) -> Bool {
    guard let match = text.wholeMatch(of: /([0-9]{4})(-([0-9]{2})(-([0-9]{2}))?)?/), let year = Int(match.1), year > 0 else { return false }
    guard let month = match.3 else { return true }
    guard let month = Int(month), (1...12).contains(month) else { return false }
    guard let day = match.5 else { return true }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return Int(day).map { (1...days[month - 1]).contains($0) } ?? false
  }

  private static func isTime(_ text: Substring) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2] else { return false }
    return (0...23).contains(hour) && (0...59).contains(minute) && (0...60).contains(second)
  }
}
