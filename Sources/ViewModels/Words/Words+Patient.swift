internal import Patients
internal import SafeText

extension Words {
  enum Patient {
    static let noNumber: DisplayText = "No number"

    static func namesakes(_ count: Int, _ name: DisplayText) -> DisplayText {
      "\(Format.count(count, "other patient has", "other patients have")) the same or a similar name to \(name). Compare birth date and number."
    }

    static func failed(_ error: RosterError) -> (reason: DisplayText, remedy: DisplayText) {
      let mend: DisplayText = "Correct the file, then press ^R to read it again."
      switch error {
      case .unreadable(let number):
        return (
          "The patient list cannot be read (system error \(number)).",
          "Have the path of the patient list in the configuration checked, then press ^R."
        )
      case .duplicate(let record): return ("Record \(record) of the patient list repeats an id of another patient.", mend)
      case .malformed(let record, let field, let reason):
        return ("Record \(record) of the patient list, \(field): \(reason)", mend)
      case .missingColumn(let column):
        return (
          "The patient list has no column \(column).", "Name the right column under roster_columns in the configuration, then press ^R."
        )
      case .unknownField(let field):
        return ("roster_columns in the configuration names \(field), which patient lists do not have.", "Correct the name, then press ^R.")
      case .unknownFormat:
        return (
          "The patient list is neither CSV nor FHIR.", "Have the path of the patient list in the configuration checked, then press ^R."
        )
      }
    }
  }
}
