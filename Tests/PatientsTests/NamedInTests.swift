import ClinicalMessages
import TestSupport
import Testing

@testable import Patients

@Suite struct NamedInTests {
  private static let married = Patient(
    id: Patient.ID("p-vandermeer"), identifiers: [PatientIdentifier(value: "MR-77-123", type: "MR")],
    name: PersonName(family: "van der Meer", given: ["José", "Luis"]), birthDate: nil)

  @Test(
    arguments: [
      ("bixby-barbara.pdf", true), ("Barbara_BIXBY consent.pdf", true), ("0000000002.pdf", true), ("scan of vandermeer jose.pdf", true),
      ("Jose Van-der-Meer.pdf", true), ("mr77123 x-ray.png", true), ("alcantar lourdes.txt", true),
      // Timothy's own name and number, with words that are part of others' names.
      ("bixby timothy.pdf", false), ("0000000001 consent.pdf", false), ("bixby-timothy-barbara.pdf", false),
      // Half a name, part of a word, part of a number, nothing.
      ("bixby.pdf", false), ("barbarabixbyson.pdf", false), ("00000000021.pdf", false), ("scan-0003.pdf", false), ("", false),
      ("...", false),
      // The patient's own name beside another's number.
      ("bixby timothy 0000000002.pdf", true),
    ])
  func tellsAnotherPatient(name: String, isAnother: Bool) throws {
    let roster = try Roster(Samples.patients + [Self.married])
    #expect(roster.isAnother(than: Samples.timothy, namedIn: name) == isAnother)
  }

  @Test func aNamesakeIsNoOtherName() throws {
    let roster = try Roster(Samples.patients)
    #expect(!roster.isAnother(than: Samples.barbara, namedIn: "bixby barbara.pdf"))
    #expect(roster.isAnother(than: Samples.barbara, namedIn: "9000000008.pdf"))
  }

  @Test func aFloodOfWordsIsNoName() throws {
    let roster = try Roster(Samples.patients)
    #expect(!roster.isAnother(than: Samples.timothy, namedIn: String(repeating: "bixby barbara ", count: 40)))
  }
}
