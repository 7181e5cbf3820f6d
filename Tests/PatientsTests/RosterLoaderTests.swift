import ClinicalMessages
import Patients
import SafeText
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct RosterLoaderTests {
  private func load(_ text: String, _ columns: RosterColumns = RosterColumns()) throws(RosterError) -> Roster {
    try RosterLoader.roster(from: Array(text.utf8), columns: columns)
  }

  private let header = "id,mrn,mrn_system,family,given,birth_date,gender,deceased,phone,street,city,state,postal_code,country\n"

  @Test func onlyRegularFilesAreRead() {
    // A device without an end would otherwise fill the memory.
    #expect(throws: RosterError.unknownFormat) { try RosterLoader.load(path: "/dev/zero") }
    #expect(throws: RosterError.unreadable(EISDIR)) { try RosterLoader.load(path: "/") }
  }

  @Test func everyColumnArrives() throws {
    let roster = try load(
      header
        + "r1,0000000002,urn:oid:1.2,Bixby,Barbara,1982-07-24,female,false,+18088675303,\"4762 Hickory Street, Apt 2\",Monroe,WI,53566,US\n"
    )
    let patient = try #require(roster.patient(.init("r1")))
    #expect(patient.identifiers == [PatientIdentifier(value: "0000000002", type: "MR", system: "urn:oid:1.2")])
    #expect(patient.name.reveal() == PersonName(family: "Bixby", given: ["Barbara"]))
    #expect(patient.birthDate?.reveal() == CalendarDate(year: 1982, month: 7, day: 24))
    #expect(patient.gender == .female)
    #expect(!patient.isDeceased)
    #expect(patient.phone?.reveal() == "+18088675303")
    #expect(
      patient.address?.reveal()
        == PostalAddress(street: "4762 Hickory Street, Apt 2", city: "Monroe", state: "WI", postalCode: "53566", country: "US"))
  }

  @Test(arguments: [
    "mr,ehrid,family,given,middle,sex,dob\n0000000001,e1,Bixby,Timothy,Paul,Male,2008-01-06\n",
    "Last Name;First Name;Middle;MRN;Date of Birth;Sex\r\nBixby;Timothy;Paul;0000000001;20080106;M\r\n",
    "\u{FEFF}MRN\tSurname\tForename\tMiddle Name\tDOB\tGender\r0000000001\tBixby\tTimothy\tPaul\t2008-01-06\tmale",
    "unused,\"mrn\",\"family\",given,middle,birthDate,gender\n\n,\"0000000001\",Bixby, Timothy ,Paul,2008-01-06T00:00:00Z,MALE\n\n",
  ])
  func usualHeadersSeparatorsAndLineEndsAreUnderstood(text: String) throws {
    let patient = try #require(try load(text).patients.first)
    #expect(patient.identifiers[0].value.reveal() == "0000000001")
    #expect(patient.name.reveal() == PersonName(family: "Bixby", given: ["Timothy", "Paul"]))
    #expect(patient.birthDate?.reveal().iso == "2008-01-06")
    #expect(patient.gender == .male)
  }

  @Test func configuredColumnsWin() throws {
    let columns = try RosterColumns(configured: ["family": "nom", "mrn": "numéro"])
    #expect(try load("nom,numéro,family\nA,7,B\n", columns).patients[0].name.reveal().family == "A")
    #expect(throws: RosterError.missingColumn("numéro")) { try load("nom,mrn\nA,7\n", columns) }
    #expect(throws: RosterError.unknownField("surname")) { try RosterColumns(configured: ["surname": "x"]) }
  }

  @Test func aMissingIdBecomesAStableReferenceThatDoesNotShowTheNumber() throws {
    let one = try load("mrn,family\n123456,A\n").patients[0].id.rawValue
    let same = try load("family,mrn,city\nB,123456,C\n").patients[0].id.rawValue
    let elsewhere = try load("mrn,mrn_system,family\n123456,urn:x,A\n").patients[0].id.rawValue
    #expect(one == same)
    #expect(one != elsewhere)
    #expect(one.hasPrefix("p-") && one.count == 15 && !one.contains("123456"))
  }

  @Test(arguments: [
    ("mrn,family,birth_date\n1,A,1980-01-01\n2,B,1980-02-30\n", 3, "birth_date"), ("mrn,family,dob\n1,A,01/02/1980\n", 2, "birth_date"),
    ("mrn,family,gender\n1,A,maybe\n", 2, "gender"), ("mrn,family\n1,\n", 2, "family"), ("mrn,family\n,A\n", 2, "mrn"),
    ("mrn,family\n1,\"A\nB\"\n\n,C\n", 5, "mrn"), ("mrn,family,deceased\n1,A,perhaps\n", 2, "deceased"),
    ("mrn,family\n1,\"never ends\n2,B\n", 2, "quotation mark"), ("mrn,family\n1,\"A\"B\n", 2, "quotation mark"),
  ])
  func malformedRecordsAreNamedByLineAndColumn(text: String, line: Int, field: String) {
    #expect(
      performing: { try load(text) },
      throws: { error in
        guard case RosterError.malformed(line, let found, _) = error else { return false }
        return found.string == field
      })
  }

  @Test func duplicateIdsAreNamedByLine() {
    #expect(throws: RosterError.duplicate(record: 4)) { try load("id,mrn,family\na,1,\"A\nA\"\na,2,B\n") }
    #expect(throws: RosterError.duplicate(record: 3)) { try load("mrn,family\n1,A\n1,B\n") }
  }

  @Test func errorsCarryNoPatientData() {
    for text in ["mrn,family,dob\n1,Zyxwv,Zyxwv\n", "{\"resourceType\":\"Patient\",\"id\":\"x\",\"name\":\"Zyxwv\"}"] {
      #expect(performing: { try load(text) }, throws: { !"\($0)".contains("Zyxwv") })
    }
  }

  @Test(arguments: ["", "   \n", "[1,2]", "{\"resourceType\":\"Observation\"}", "%PDF-1.4\u{0}", "{\"a\":1}"])
  func whatIsNoRosterIsSaidSo(text: String) {
    #expect(throws: RosterError.unknownFormat) { try load(text) }
  }

  @Test func otherEncodingsAreNamed() {
    #expect(
      performing: { try RosterLoader.roster(from: Array("mrn,family\n1,M".utf8) + [0xFC, 0x6C]) }, throws: { "\($0)".contains("UTF-8") })
    #expect(performing: { try RosterLoader.roster(from: [0xFF, 0xFE, 0x6D, 0]) }, throws: { "\($0)".contains("UTF-16") })
  }

  @Test func aMissingFileIsItsErrno() {
    #expect(throws: RosterError.unreadable(2)) { try RosterLoader.load(path: "/nonexistent/roster.csv") }
  }

  private let patient = """
    {"resourceType":"Patient","id":"abc","identifier":[{"type":{"coding":[{"code":"SS"}]},"value":"999-00-1111"},
    {"type":{"coding":[{"code":"MR"}]},"system":"urn:h","value":"77"}],"name":[{"use":"maiden","family":"Old","given":["E"]},
    {"use":"official","family":"Alcántar","given":["Lourdes","B"]}],"birthDate":"1940-05-08","gender":"female",
    "deceasedDateTime":"2017-06-18T11:06:44+00:00","telecom":[{"system":"email","value":"x@y"},{"system":"phone","value":"555"}],
    "address":[{"line":["1 Road"],"city":"Needham"}]}
    """

  @Test(arguments: ["bundle", "lines", "single"])
  func fhirPatientsAreRead(form: String) throws {
    let line = patient.split(separator: "\n").joined()
    let text =
      switch form {
      case "bundle":
        "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":{\"resourceType\":\"Practitioner\"}},{\"resource\":\(line)}]}"
      case "lines": "\n\(line)\r\n{\"resourceType\":\"Group\"}\n"
      default: patient
      }
    let roster = try load(text)
    #expect(roster.patients.count == 1)
    let found = try #require(roster.patient(.init("abc")))
    #expect(found.identifiers == [PatientIdentifier(value: "77", type: "MR", system: "urn:h")])
    #expect(found.name.reveal() == PersonName(family: "Alcántar", given: ["Lourdes", "B"]))
    #expect(found.isDeceased)
    #expect(found.birthDate?.reveal().iso == "1940-05-08")
    #expect(found.phone?.reveal() == "555")
    #expect(found.address?.reveal().city == "Needham")
  }

  @Test(arguments: [
    (#"{"resourceType":"Patient","id":"a","identifier":[{"value":"1"}],"name":[{"family":"A"}],"birthDate":"1980-13-01"}"#, "birthDate"),
    (#"{"resourceType":"Patient","id":"a","identifier":[{"value":"1"}],"name":[]}"#, "name.family"),
    (#"{"resourceType":"Patient","id":"a","name":[{"family":"A"}]}"#, "identifier"),
    (#"{"resourceType":"Patient","id":"a","identifier":[{"value":1}],"name":[{"family":"A"}]}"#, "identifier.0.value"),
    (#"{"resourceType":"Patient","id":"a","identifier":[{"value":"1"}],"name":[{"family":"A"}],"gender":"F"}"#, "gender"),
    (#"{"resourceType":"Patient","id":"#, "JSON"),
  ])
  func malformedResourcesAreNamedByElement(line: String, field: String) {
    let good = #"{"resourceType":"Patient","id":"b","identifier":[{"value":"2"}],"name":[{"family":"B"}],"birthDate":"1980-12"}"#
    #expect(
      performing: { try load(good + "\n" + line) },
      throws: { error in
        guard case RosterError.malformed(2, let found, _) = error else { return false }
        return found.string == field
      })
  }

  @Test func aBundleNamesDuplicatesByEntry() {
    let one = #"{"resource":{"resourceType":"Patient","id":"a","identifier":[{"value":"1"}],"name":[{"family":"A"}]}}"#
    #expect(throws: RosterError.duplicate(record: 2)) { try load("{\"resourceType\":\"Bundle\",\"entry\":[\(one),\(one)]}") }
  }
}
