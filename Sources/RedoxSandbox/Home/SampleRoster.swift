/// The sandbox's patients: Redox's three published samples, and invented people who are awkward in the ways that real ones are.
///
/// Same and similar names, a family at one address, many scripts, names that break naive splitting, the dead, the newborn and the very old,
/// and records where something is missing.
enum SampleRoster {
  struct Person: Sendable {
    var id: String
    var mrn: String
    var family: String
    var given: String
    var birthDate = ""
    var gender = ""
    var deceased = ""
    var phone = ""
    var address = Address()
  }

  struct Address: Sendable {
    var street = ""
    var city = ""
    var state = ""
    var postalCode = ""
    var country = ""
  }

  static let identifierSystem = "urn:redox:health-one:MR"

  /// Comma-separated values (RFC 4180) in UTF-8, with a header.
  static var csv: String {
    let header = "id,mrn,mrn_system,family,given,birth_date,gender,deceased,phone,street,city,state,postal_code,country"
    let rows = people.map { person in
      let home = person.address
      return [
        person.id, person.mrn, identifierSystem, person.family, person.given, person.birthDate, person.gender, person.deceased,
        person.phone,
        home.street, home.city, home.state, home.postalCode, home.country,
      ].map(quoted).joined(separator: ",")
    }
    return ([header] + rows).joined(separator: "\n") + "\n"
  }

  private static func quoted(_ field: String) -> String {
    let needsQuotes = field.contains { $0 == "," || $0 == "\"" || $0.isNewline }
    return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }

  private static let hickory = Address(street: "4762 Hickory Street", city: "Monroe", state: "WI", postalCode: "53566", country: "US")
  private static let maple = Address(street: "18 Maple Court", city: "Janesville", state: "WI", postalCode: "53545", country: "US")

  private static func person(
    _ id: String, _ mrn: String, _ family: String, _ given: String, _ birthDate: String, _ gender: String, deceased: String = "",
    phone: String = "", at address: Address = Address()
  ) -> Person {
    Person(
      id: id, mrn: mrn, family: family, given: given, birthDate: birthDate, gender: gender, deceased: deceased, phone: phone,
      address: address)
  }

  private static func home(_ street: String, _ city: String, _ state: String, _ postalCode: String, _ country: String = "US") -> Address {
    Address(street: street, city: city, state: state, postalCode: postalCode, country: country)
  }

  static let people: [Person] = published + sameNames + oneFamily + manyScripts + hardNames + ages + gaps + ordinary

  private static let published = [
    person("p-7f3k2", "0000000001", "Bixby", "Timothy Paul", "2008-01-06", "male", phone: "+18088675301", at: hickory),
    person("p-2m9qd", "0000000002", "Bixby", "Barbara", "1982-07-24", "female", phone: "+18088675303", at: hickory),
    person("p-x84tn", "0000000003", "Carthwright", "Walter", "1945-03-04", "male"),
  ]

  private static let sameNames = [
    person(
      "p-a1c7e", "1000000011", "Miller", "Susan", "1961-05-14", "female", phone: "+16085550111",
      at: home("310 Oak Street", "Madison", "WI", "53703")),
    person(
      "p-a9c7e", "1000000012", "Miller", "Susan", "1984-11-02", "female", phone: "+16085550112",
      at: home("9 Lake View", "Madison", "WI", "53704")),
    person("p-b3d5f", "1000000013", "Miller", "Suzanne", "1961-05-14", "female", at: home("44 Elm Avenue", "Madison", "WI", "53711")),
    person("p-k5r8w", "1000000014", "Johnson", "Robert", "1957-08-30", "male", at: home("12 Mill Road", "Beloit", "WI", "53511")),
    person("p-k6r8w", "1000000015", "Johnson", "Robert", "1957-08-03", "male", at: home("21 Mill Road", "Beloit", "WI", "53511")),
    person("p-k7s2v", "1000000051", "Johnston", "Robert", "1957-08-30", "male"),
    person("p-t4u6y", "1000000016", "Andersen", "Kari", "1990-02-17", "female"),
    person("p-t5u7z", "1000000061", "Anderson", "Carrie", "1990-02-17", "female"),
  ]

  private static let oneFamily = [
    person("p-f1h3j", "1000000021", "Okonkwo-Reyes", "Adaeze", "1986-09-09", "female", phone: "+16085550121", at: maple),
    person("p-f2h4k", "1000000022", "Okonkwo-Reyes", "Daniel", "1983-01-27", "male", phone: "+16085550121", at: maple),
    person("p-f3h5l", "1000000023", "Okonkwo-Reyes", "Nia", "2019-06-12", "female", phone: "+16085550121", at: maple),
    person("p-f4h6m", "1000000024", "Okonkwo-Reyes", "Noa", "2019-06-12", "female", phone: "+16085550121", at: maple),
    person("p-f5h7n", "1000000025", "Okonkwo-Reyes", "Daniel Jr.", "2015-01-27", "male", phone: "+16085550121", at: maple),
  ]

  private static let manyScripts = [
    person("p-n8v2c", "1000000031", "Núñez", "José", "1974-12-25", "male", at: home("Calle Olmo 7", "San Juan", "PR", "00901")),
    person("p-n9v3c", "1000000032", "Lefèvre", "Zoë", "1998-04-19", "female"),
    person("p-p2w4x", "1000000033", "Sørensen", "Åse", "1949-10-08", "female", at: home("Øster Allé 5", "København", "", "2100", "DK")),
    person("p-p3w5x", "1000000034", "Łukasiewicz", "Michał", "1966-03-11", "male"),
    person("p-p4w6x", "1000000035", "王", "小明", "1988-08-08", "male"),
    person("p-p5w7x", "1000000036", "김", "서연", "2001-05-05", "female"),
    person("p-p6w8x", "1000000037", "الفارسي", "ليلى", "1979-02-28", "female"),
    person("p-p7w9x", "1000000038", "כהן", "נועם", "1993-07-16", "male"),
    // The accents here are combining marks, not precomposed letters.
    person("p-p8w1x", "1000000039", "Nguye\u{0302}\u{0303}n", "Thi\u{0323} Hoa", "1970-01-01", "female"),
    person("p-p9w2x", "1000000040", "Ξενάκης", "Ελένη", "1955-11-23", "female"),
    person("p-q1y3z", "1000000041", "Шевченко", "Олена", "1962-06-30", "female"),
    person("p-q2y4z", "1000000042", "Kahananui", "Kealiʻi", "1995-09-14", "male", at: home("73 Aliʻi Drive", "Kailua-Kona", "HI", "96740")),
  ]

  private static let hardNames = [
    person("p-r3a5s", "1000000043", "O'Brien", "Siobhán", "1977-03-17", "female"),
    person("p-r4a6s", "1000000044", "D’Angelo", "Luca", "1969-10-31", "male"),
    person("p-r5a7s", "1000000045", "Smith-Jones", "Mary-Kate", "1991-12-12", "female"),
    person("p-r6a8s", "1000000046", "de la Cruz y Santos", "María del Carmen", "1953-08-15", "female"),
    person("p-r7a9s", "1000000047", "van der Berg", "Jan", "1940-05-05", "male"),
    person(
      "p-r8a1s", "1000000048", "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmondeley",
      "Hubert Blaine Alexander Bartholomew Maximilian", "1938-02-28", "male"),
    person("p-r9a2s", "1000000049", "X", "Malika", "1987-04-04", "female"),
    person("p-s1b3t", "1000000050", "Ng", "Y", "1999-01-31", "other"),
    person("p-s2b4t", "1000000052", "Null", "Jennifer", "1980-06-21", "female"),
    person("p-s3b5t", "1000000053", "Baker, MD", "Alan \"Al\"", "1964-09-02", "male"),
  ]

  private static let ages = [
    person("p-u1e3g", "1000000054", "Garcia", "Baby Girl", "2026-10-30", "female", at: home("501 River Street", "Rockford", "IL", "61101")),
    person("p-u2e4g", "1000000055", "Garcia", "Baby Boy B", "2026-10-30", "male", at: home("501 River Street", "Rockford", "IL", "61101")),
    person("p-u3e5g", "1000000056", "Whitfield", "Eleanor", "1921-04-18", "female"),
    person("p-u4e6g", "1000000057", "Haugen", "Oscar", "1932-12-01", "male", deceased: "2025-03-09"),
    person("p-u5e7g", "1000000058", "Petrova", "Irina", "1971-07-07", "female", deceased: "true"),
    person("p-u6e8g", "1000000059", "Leap", "Dana", "2000-02-29", "female"),
  ]

  private static let gaps = [
    person("p-v1g3i", "1000000060", "Doe", "John", "", "male"),
    person("p-v2g4i", "1000000062", "Doe", "Jane", "1985-03-03", ""),
    person("p-v3g5i", "1000000063", "Unknown", "Trauma 17", "", "unknown"),
    person("p-v4g6i", "1000000064", "Sukarno", "", "1959-06-06", "male"),
  ]

  private static let ordinary = [
    person(
      "p-w1j3l", "1000000065", "Patel", "Anita", "1968-10-20", "female", phone: "+16085550165",
      at: home("77 State Street", "Madison", "WI", "53703")),
    person("p-w2j4l", "1000000066", "Rossi", "Marco", "1994-05-29", "male"),
    person("p-w3j5l", "1000000067", "Schmidt", "Heinz", "1936-11-09", "male"),
    person("p-w4j6l", "1000000068", "Tanaka", "Yuki", "2012-03-21", "female"),
    person("p-w5j7l", "1000000069", "Brown", "Alex", "2005-08-08", "other"),
  ]
}
