public import SafeText

/// Why a roster cannot be used. Never contains patient data: records are named by their number.
public enum RosterError: Error, Sendable, Hashable {
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
