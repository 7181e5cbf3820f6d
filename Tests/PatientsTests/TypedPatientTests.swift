import ClinicalMessages
import SafeText
import TestSupport
import Testing

@testable import Patients

@Suite struct TypedPatientTests {
  static let today = Samples.today

  private func typed(_ change: (inout TypedPatient) -> Void = { _ in }) -> TypedPatient {
    var typed = TypedPatient()
    typed.family = "Müller"
    typed.given = "Ann Mary"
    typed.birthDate = "24-Jul-1982"
    typed.gender = .female
    typed.number = "77 01"
    typed.numberAgain = "77 01"
    change(&typed)
    return typed
  }

  @Test func becomesAPatient() throws {
    let patient = try #require(typed().patient(on: Self.today, roster: nil))
    #expect(patient.name.reveal() == PersonName(family: "Müller", given: ["Ann", "Mary"]))
    #expect(patient.birthDate?.reveal() == CalendarDate(year: 1982, month: 7, day: 24))
    #expect(patient.gender == .female)
    #expect(patient.identifiers.map { $0.value.reveal() } == ["77 01"])
    #expect(patient.identifiers.map(\.type) == ["MR"])
    #expect(patient.identifiers[0].system == nil)
    #expect(!patient.id.rawValue.contains("77"))
  }

  @Test("The same number is the same patient as in a roster without ids")
  func hasTheReferenceOfARoster() throws {
    let roster = try RosterLoader.roster(from: Array("mrn,family,given\n77 01,Muller,Ann\n".utf8))
    #expect(typed().patient(on: Self.today, roster: nil)?.id == roster.patients[0].id)
  }

  @Test(arguments: ["1982-07-24", "19820724", "24-Jul-1982", "24-jul-1982"])
  func readsWhatCanBeReadInOneWayOnly(text: String) {
    #expect(typed { $0.birthDate = text }.patient(on: Self.today, roster: nil)?.birthDate?.reveal().iso == "1982-07-24")
  }

  @Test(arguments: ["07/24/1982", "24.07.1982", "1982-02-30", "31-Feb-1982", "24-07-1982", "24-Juli-1982", "2999-01-01", "1850-01-01", ""])
  func refusesOtherBirthDates(text: String) {
    let typed = typed { $0.birthDate = text }
    #expect(Set(typed.problems(on: Self.today, roster: nil).keys) == [.birthDate])
    #expect(typed.patient(on: Self.today, roster: nil) == nil)
  }

  @Test func findsADigitThatWasMistyped() {
    let problems = typed { $0.numberAgain = "77 02" }.problems(on: Self.today, roster: nil)
    #expect(problems[.numberAgain]?.string.contains("differ") == true)
  }

  @Test("Somebody who is in the roster is chosen from there, whatever name was typed")
  func refusesANumberOfTheRoster() throws {
    let roster = try Roster(Samples.patients)
    let known = try #require(roster.patients.first)
    let number = try #require(known.identifiers.first?.value.reveal())
    let problems = typed { ($0.number, $0.numberAgain) = (number, number) }.problems(on: Self.today, roster: roster)
    #expect(problems[.number]?.string.contains("Choose from the list") == true)
    let other = typed { ($0.number, $0.numberAgain, $0.numberType) = (number, number, "EHRID-2") }
    #expect(other.problems(on: Self.today, roster: roster).isEmpty)
  }

  @Test func needsWhoItIs() {
    #expect(Set(TypedPatient().problems(on: Self.today, roster: nil).keys) == [.family, .given, .birthDate, .number])
    #expect(typed { $0.issuer = "my hospital" }.problems(on: Self.today, roster: nil)[.issuer] != nil)
    #expect(typed { $0.issuer = "urn:oid:1.2.3" }.patient(on: Self.today, roster: nil)?.identifiers[0].system == "urn:oid:1.2.3")
    #expect(typed { $0.numberType = "" }.problems(on: Self.today, roster: nil)[.numberType] != nil)
  }
}
