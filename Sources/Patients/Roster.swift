public import ClinicalMessages
public import SafeText

/// The patients that a profile knows. A value, made once from a file; selection is by id.
public struct Roster: Sendable {
  public let patients: [Patient]
  private let indexByID: [Patient.ID: Int]

  /// - Throws: `RosterError.duplicate` when two patients share an id.
  public init(_ patients: [Patient]) throws(RosterError) {
    var index: [Patient.ID: Int] = [:]
    for (position, patient) in patients.enumerated() where index.updateValue(position, forKey: patient.id) != nil {
      throw .duplicate(record: position + 1)
    }
    self.patients = patients
    self.indexByID = index
  }

  public func patient(_ id: Patient.ID) -> Patient? { indexByID[id].map { patients[$0] } }
}

/// Why a roster cannot be used. Never contains patient data: records are named by their number.
public enum RosterError: Error, Sendable, Hashable {
  /// The file cannot be read; errno.
  case unreadable(Int32)
  /// Two records have the same id; `record` is the number of the second, counted from 1.
  case duplicate(record: Int)
  /// A record is malformed: its number (for CSV its line), the column or element, and why.
  case malformed(record: Int, field: DisplayText, reason: DisplayText)
  /// A column that the mapping names is not in the file's header.
  case missingColumn(DisplayText)
  /// Neither CSV nor FHIR.
  case unknownFormat
}
