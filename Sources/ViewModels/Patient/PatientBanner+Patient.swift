internal import ClinicalMessages
internal import SafeText

extension PatientBanner {
  init(_ patient: Patient, today: CalendarDate) {
    let words = PatientBannerText(patient, on: today)
    self.init(name: words.name, born: words.born, gender: words.gender, number: words.number, isDeceased: patient.isDeceased)
  }
}

extension PatientState.Row {
  init(_ patient: Patient, today: CalendarDate, isMasked: Bool, hasNamesake: Bool, isUnderCursor: Bool) {
    let words = PatientBannerText(patient, on: today)
    let masked = MaskedPatient(patient)
    self.init(
      name: isMasked ? Redacted(masked.initials) : words.name, born: isMasked ? Redacted(masked.birthYear) : words.birth,
      number: Redacted(isMasked ? masked.numberEnd : PatientBannerText.number(patient)), gender: words.gender,
      isDeceased: patient.isDeceased,
      hasNamesake: hasNamesake, isUnderCursor: isUnderCursor)
  }
}
