public import SafeText
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Why a roster cannot be used. Never contains patient data: records are named by their number.
public enum RosterError: Error, Sendable, Hashable {
  /// No list is configured.
  case notConfigured
  /// The file cannot be read; errno.
  case unreadable(Int32)
  /// Two records have the same id; `record` is the number of the second (for CSV its line), counted from 1.
  case duplicate(record: Int)
  /// A record is malformed: its number (for CSV its line), the column or element, and why.
  case malformed(record: Int, field: DisplayText, reason: DisplayText)
  /// A column that the mapping names is not in the file's header.
  case missingColumn(DisplayText)
  /// The mapping names a field that rosters do not have.
  case unknownField(DisplayText)
  /// Neither CSV nor FHIR.
  case unknownFormat
}

extension RosterError {
  /// What is wrong, and what to do where that is not plain by itself.
  /// - Parameter roster: how the sentence calls it; a path may follow.
  public func sentence(_ roster: DisplayText = "The roster") -> DisplayText {
    switch self {
    case .notConfigured: "No patient list is set; the configuration's `roster` names one."
    case .unreadable(ENOENT): "\(roster) does not exist; the configuration's `roster` names it."
    case .unreadable(let number): "\(roster) cannot be read: \(String(cString: strerror(number)))."
    case .duplicate(let record): "\(roster) has two patients with the same id; the second is record \(record). Make ids unique."
    case .malformed(let record, let field, let reason): "\(roster), record \(record), \(field): \(reason)"
    case .missingColumn(let column): "\(roster) has no column \(column); `roster_columns` in the configuration maps the names."
    case .unknownField(let field): "`roster_columns` speaks of \(field), which rosters do not have."
    case .unknownFormat: "\(roster) is neither CSV nor FHIR Patient resources (a Bundle or NDJSON)."
    }
  }
}
