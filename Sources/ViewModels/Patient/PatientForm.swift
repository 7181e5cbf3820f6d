internal import ClinicalMessages
internal import Patients
internal import SafeText

/// The fields of a patient who is typed in, and what was typed into them. A value.
struct PatientForm {
  private static let genders: [AdministrativeGender?] = [nil, .female, .male, .other, .unknown]

  var entry = EntryForm(
    TypedPatient.Field.allCases, texts: [.numberType: TypedPatient().numberType], choices: [.gender: genders.map(Words.Patient.gender)])

  var typed: TypedPatient {
    var typed = TypedPatient()
    typed.family = entry.text(.family)
    typed.given = entry.text(.given)
    typed.birthDate = entry.text(.birthDate)
    typed.gender = Self.genders[entry.choice(.gender)]
    typed.number = entry.text(.number)
    typed.numberAgain = entry.text(.numberAgain)
    typed.numberType = entry.text(.numberType)
    typed.issuer = entry.text(.issuer)
    return typed
  }

  var state: EntryFormState { entry.state(label: Words.Patient.label, about: Words.Patient.about) }
}
