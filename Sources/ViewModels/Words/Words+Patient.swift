internal import ClinicalMessages
internal import Patients
internal import SafeText

extension Words {
  enum Patient {
    static func gender(_ gender: AdministrativeGender?) -> DisplayText {
      switch gender {
      case nil: "not said"
      case .female: "female"
      case .male: "male"
      case .other: "other"
      case .unknown: "unknown"
      }
    }

    /// Of a field of the patient who is typed in; of the button for nil.
    static func label(_ field: TypedPatient.Field?) -> DisplayText {
      switch field {
      case .family: "Family name"
      case .given: "Given names"
      case .birthDate: "Birth date"
      case .gender: "Gender"
      case .number: "Number"
      case .numberAgain: "Number, again"
      case .numberType: "Kind of number"
      case .issuer: "Issuer"
      case nil: "Take this patient"
      }
    }

    static func about(_ field: TypedPatient.Field?) -> DisplayText {
      switch field {
      case .family, .given: "As it stands in the chart. Several given names with a space between them."
      case .birthDate: "Like 1982-07-24 or 24-Jul-1982."
      case .gender: "The arrow keys left and right change it. It may stay unsaid."
      case .number: "The number by which the destination knows the patient, as a rule the medical record number. By it the chart is found."
      case .numberAgain: "Once more, read anew from its source: one wrong digit is another patient."
      case .numberType: "MR is a medical record number. A site may have a word of its own."
      case .issuer:
        "For FHIR: a URI of who has given the number, such as urn:oid:2.16.840.1.113883.19.5. Leave it empty if you do not know it."
      case nil: "Enter takes the patient. Nothing is sent yet, and nothing is written down."
      }
    }

    static let notYet: DisplayText = "Something is missing or does not fit; it is marked."
    static let listIsNeeded: DisplayText = "In this profile patients come from the list only."
    static let typedIn: DisplayText = "Typed in by hand; this patient is not in the list."
    static let compareTyped: DisplayText = "Compare name, birth date and number with the chart."

    static func namesakes(_ count: Int, _ name: DisplayText) -> DisplayText {
      "\(Format.count(count, "other patient has", "other patients have")) the same or a similar name to \(name). Compare birth date and number."
    }

    static func failed(_ error: RosterError) -> (reason: DisplayText, remedy: DisplayText) {
      let mend: DisplayText = "Correct the file, then press ^R to read it again."
      switch error {
      case .notConfigured:
        return ("No patient list is set for this profile.", "^O types a patient in. The configuration names a list as roster.")
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
