import ClinicalMessages
import SafeText
import TestSupport
import Testing

@Suite struct BannerTests {
  private func line(_ patient: Patient, systems: [String: String] = [:]) -> String {
    PatientBannerText(patient, on: Samples.today, identifierSystems: systems).line.reveal().string
  }

  @Test func saysWhoItIs() {
    #expect(line(Samples.timothy) == "BIXBY, Timothy Paul · Born 06-Jan-2008 (17y) · Male · MRN 0000000001 (urn:redox:health-one:MR)")
  }

  @Test func saysWhatIsUnknownInWords() {
    #expect(line(Samples.minimal) == "SUHARTO · Birth date unknown · Gender unknown · MRN 77 (issuer unknown)")
    #expect(line(Samples.minimal, systems: ["MR": "urn:x"]).hasSuffix("MRN 77 (urn:x)"))
    let nobody = Patient(id: Patient.ID("p"), identifiers: [], name: PersonName(family: " ", given: []))
    #expect(line(nobody) == "Name unknown · Birth date unknown · Gender unknown · No identifier")
  }

  @Test func saysThatSomebodyHasDiedAndNotHowOldTheyWouldBe() {
    #expect(line(Samples.deceased).hasPrefix("ALCÁNTAR, Lourdes · DECEASED · Born 08-May-1940 · Female · MRN "))
  }

  @Test func isSafeOnATerminal() {
    var patient = Samples.barbara
    patient.name = Redacted(PersonName(family: "Bix\u{1B}[2Jby", given: ["\u{202E}arabraB"]))
    #expect(line(patient).hasPrefix(#"BIX\x1B[2JBY, \u{202E}arabraB · "#))
  }

  @Test func printsNothingOfThePatient() {
    let banner = PatientBannerText(Samples.timothy, on: Samples.today)
    #expect(!"\(banner)".contains("BIXBY") && !String(reflecting: banner).contains("BIXBY"))
    let confirmation = PatientConfirmation(Samples.timothy)
    #expect(!"\(confirmation)".contains("Bixby") && !"\(confirmation)".contains("2008"))
  }

  @Test(arguments: [
    ("2026-01-05", "0d"), ("2026-01-04", "1d"), ("2025-12-06", "30d"), ("2025-12-05", "1m"), ("2024-01-06", "23m"),
    ("2024-01-05", "2y"), ("2008-01-06", "17y"), ("2008-01-05", "18y"), ("1925-12-31", "100y"),
  ])
  func agesAreInDaysMonthsOrYears(born: String, age: String) {
    var patient = Samples.barbara
    patient.birthDate = Redacted(Samples.day(born))
    #expect(line(patient).contains("(\(age))"))
  }

  @Test func anAgeAcrossALeapDayCountsIt() {
    var patient = Samples.barbara
    patient.birthDate = Redacted(Samples.day("2024-02-28"))
    #expect(PatientBannerText(patient, on: Samples.day("2024-03-01")).line.reveal().string.contains("(2d)"))
    #expect(PatientBannerText(patient, on: Samples.day("2024-02-27")).line.reveal().string.contains("Born 28-Feb-2024 ·"))
  }

  @Test func aMaskedPatientShowsLittle() {
    #expect(MaskedPatient(Samples.timothy).line == "T.B. · 2008 · …0001")
    #expect(MaskedPatient(Samples.minimal).line == "S. · year unknown · …7")
    let nobody = Patient(
      id: Patient.ID("p"), identifiers: [PatientIdentifier(value: "", type: "MR")], name: PersonName(family: "", given: []))
    #expect(MaskedPatient(nobody).line == "? · year unknown")
  }

  @Test(arguments: [
    ("TB", "2008", true), ("t.b.", " 2008 ", true), ("T P B", "2008", true), ("bt", "2008", true), ("BTP", "2008", true),
    ("PTB", "2008", false), ("TB", "2007", false),
    ("T", "2008", false),
    ("TB", "", false), ("", "2008", false), ("TBX", "2008", false),
  ])
  func sendingIsConfirmedByInitialsAndBirthYear(initials: String, year: String, accepted: Bool) {
    #expect(PatientConfirmation(Samples.timothy).accepts(initials: initials, birthYear: year) == accepted)
  }

  @Test(arguments: [
    (["Özgür"], "Łuczak", "ol", true), (["Özgür"], "Łuczak", "ÖŁ", true), (["Zoe\u{308}"], "'t Hooft", "zt", true),
    (["太郎"], "山田", "太山", true),
    (["太郎"], "山田", "", false), (["E\u{301}mile"], "Zola", "EZ", true),
  ])
  func lettersThatATerminalCannotTypeMayBeTypedBare(given: [String], family: String, initials: String, accepted: Bool) {
    var patient = Samples.timothy
    patient.name = Redacted(PersonName(family: family, given: given))
    #expect(PatientConfirmation(patient).accepts(initials: initials, birthYear: "2008") == accepted)
  }

  @Test func whoCannotBeConfirmedIsNotConfirmedByNothing() {
    #expect(!PatientConfirmation(Samples.minimal).isPossible)
    #expect(!PatientConfirmation(Samples.minimal).accepts(initials: "S", birthYear: ""))
    #expect(PatientConfirmation(Samples.timothy).isPossible)
  }
}
