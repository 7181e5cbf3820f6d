import ClinicalMessages
import Patients
import SafeText
import Testing

@Suite struct RosterTests {
  private func patient(_ id: String, _ family: String, _ given: String, _ born: String? = nil, _ number: String? = nil) -> Patient {
    Patient(
      id: .init(id), identifiers: [PatientIdentifier(value: number ?? "1000\(id)", type: "MR")],
      name: PersonName(family: family, given: given.split(separator: " ").map(String.init)),
      birthDate: born.flatMap { CalendarDate(iso: $0) })
  }

  private func ids(_ patients: [Patient]) -> [String] { patients.map(\.id.rawValue) }

  @Test func duplicateIdsAreRefusedByTheNumberOfTheSecond() {
    #expect(throws: RosterError.duplicate(record: 3)) {
      try Roster([patient("a", "X", "Y"), patient("b", "X", "Y"), patient("a", "Z", "Z")])
    }
  }

  @Test(arguments: [
    ("bixby", ["1", "2"]), ("BIXBY bar", ["2"]), ("barbara bixby", ["2"]), ("lukasz", ["3"]), ("łukasz", ["3"]), ("zolw", ["3"]),
    ("muller", ["4"]), ("mueller", ["4"]), ("Müller, Zoe", ["4"]), ("zoë", ["4"]), ("oneil", ["5"]), ("o'neil", ["5"]), ("O’Neil", ["5"]),
    ("vanderberg", ["6"]), ("van der berg", ["6"]), ("berg", ["6"]), ("strasse", ["7"]), ("10004", ["4"]), ("0004", ["4"]),
    ("nobody", []), ("bixby nobody", []), ("bixby 1982", ["2"]), ("1982 bixby", ["2"]), ("田中", ["8"]), ("-", ["3", "7", "1", "2"]),
  ])
  func findsByNameAndNumber(query: String, expected: [String]) throws {
    let roster = try Roster([
      patient("1", "Bixby", "Timothy", "2008-01-06"), patient("2", "Bixby", "Barbara", "1982-07-24"), patient("3", "Żółw", "Łukasz"),
      patient("4", "Müller", "Zoë"), patient("5", "O'Neil", "Pat"), patient("6", "van der Berg", "Jan"), patient("7", "Straße", "Otto"),
      patient("8", "田中", "花子"),
    ])
    if query == "-" { #expect(roster.search(query).count == 8) } else { #expect(Set(ids(roster.search(query))) == Set(expected)) }
  }

  @Test(arguments: [
    "1982-07-24", "1982-7-24", "24-Jul-1982", "24.07.1982", "24.7.1982", "07/24/1982", "7/24/1982", "24/07/1982", "1982", "19820724",
    "24 Jul 1982",
    "July 24, 1982", "jul 1982", "1982-07", "1982/07/24", "07241982",
  ])
  func findsByBirthDateHoweverItIsWritten(query: String) throws {
    let roster = try Roster([
      patient("x", "Other", "One", "1981-08-25", "555"), patient("y", "Bixby", "Barbara", "1982-07-24", "556"),
      patient("z", "None", "Known", nil, "557"),
    ])
    #expect(ids(roster.search(query)) == ["y"])
  }

  @Test func aPieceInsideADateIsNoMatch() throws {
    let roster = try Roster([patient("y", "Bixby", "Barbara", "1982-07-24", "A")])
    #expect(roster.search("982").isEmpty)
  }

  @Test func wholeWordsComeBeforeBeginningsAndBeginningsBeforePieces() throws {
    let roster = try Roster([
      patient("inside", "Joann", "Mary"), patient("prefix", "Anna", "Zed"), patient("given", "Zorn", "Ann"),
      patient("family", "Ann", "Bob"),
    ])
    #expect(ids(roster.search("ann")) == ["family", "given", "prefix", "inside"])
  }

  @Test func everybodyIsListedByNameWhenNothingIsAsked() throws {
    let roster = try Roster([patient("1", "Zed", "A"), patient("2", "Émile", "B"), patient("3", "adams", "C")])
    #expect(ids(roster.search("  ")) == ["3", "2", "1"])
  }

  @Test func searchFindsEveryPatientByHerOwnNameNumberAndDate() throws {
    let syllables = ["ba", "Ké", "lo", "mü", "ri", "Šte", "no", "wa"]
    let people = (0..<512).map { n in
      patient(
        "\(n)", syllables[n % 8] + syllables[n / 8 % 8], syllables[n / 64] + syllables[n % 8], "19\(40 + n % 60)-0\(1 + n % 9)-1\(n % 10)",
        "N\(10_000 + n)")
    }
    let roster = try Roster(people)
    for person in people {
      let name = person.name.reveal()
      let query = "\(person.birthDate?.reveal().banner ?? "") \(name.given[0]) \(name.family) \(person.identifiers[0].value.reveal())"
      #expect(ids(roster.search(query)) == [person.id.rawValue])
    }
  }

  @Test func namesakesShareTheFoldedName() throws {
    let roster = try Roster([
      patient("1", "Smith", "Ann"), patient("2", "SMITH", "Ann Marie"), patient("3", "Smíth", "ann"), patient("4", "Smith", "Anna"),
    ])
    let first = try #require(roster.patient(.init("1")))
    #expect(Set(ids(roster.namesakes(of: first))) == ["2", "3"])
  }

  @Test(arguments: [
    ("Smith", "Ann", "Smyth", "Ann", true), ("Smith", "Ann", "Smiht", "Ann", true), ("Meyer", "Jon", "Meier", "John", true),
    ("Thomas", "Lee", "Lee", "Thomas", true), ("Bixby", "Tim", "Bixby", "Barbara", false), ("Li", "Wei", "Lu", "Wei", true),
    ("Garcia", "Ana", "Gonzalez", "Ana", false), ("Робертс", "Ann", "Смит", "Ann", false),
  ])
  func similarNamesAreFoundBothWays(family: String, given: String, otherFamily: String, otherGiven: String, expected: Bool) throws {
    let (one, other) = (patient("1", family, given), patient("2", otherFamily, otherGiven))
    let roster = try Roster([one, other])
    #expect(roster.similarNames(to: one).map(\.id) == (expected ? [other.id] : []))
    #expect(roster.similarNames(to: other).map(\.id) == (expected ? [one.id] : []))
  }
}
