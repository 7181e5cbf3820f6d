internal import ClinicalMessages
internal import SafeText

/// Patients out of comma-, semicolon- or tab-separated values with a header line.
struct CSVRoster {
  private typealias Field = RosterColumns.Field

  static func patients(in bytes: ArraySlice<UInt8>, columns: RosterColumns) throws(RosterError) -> [Patient] {
    var parser = CSVParser(bytes, separator: separator(of: bytes))
    guard let header = try next(&parser) else { throw .unknownFormat }
    let names = try header.fields.map { field throws(RosterError) in try text(field, line: header.line, field: "header") }
    let positions = try columns.positions(in: names)

    var patients: [Patient] = []
    var seen: Set<Patient.ID> = []
    while let record = try next(&parser) {
      let row = Row(record: record, positions: positions)
      let patient = try row.patient()
      guard seen.insert(patient.id).inserted else { throw .duplicate(record: record.line) }
      patients.append(patient)
    }
    return patients
  }

  /// Spreadsheets in many countries write semicolons; the header tells.
  private static func separator(of bytes: ArraySlice<UInt8>) -> UInt8 {
    let header = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    return candidates.first(where: header.contains) ?? candidates[0]
  }

  private static func next(_ parser: inout CSVParser) throws(RosterError) -> CSVParser.Record? {
    do throws(CSVParser.Failure) {
      return try parser.next()
    } catch {
      switch error {
      case .unterminatedQuote(let line):
        throw .malformed(record: line, field: "quotation mark", reason: "A quoted value begins here and never ends.")
      case .textAfterQuote(let line):
        throw .malformed(record: line, field: "quotation mark", reason: "A quoted value is followed by something other than a separator.")
      }
    }
  }

  fileprivate static func text(_ bytes: [UInt8], line: Int, field: DisplayText) throws(RosterError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .malformed(record: line, field: field, reason: "This is not UTF-8 text. Save the file as CSV in UTF-8.")
    }
    return trim(text)
  }

  private struct Row {
    let record: CSVParser.Record
    let positions: [Field: Int]

    func patient() throws(RosterError) -> Patient {
      let number = try required(.mrn)
      let system = try value(.mrnSystem)
      let given = [try value(.given), try value(.middle)].compactMap(\.self)
      return Patient(
        id: try value(.id).map { Patient.ID($0) } ?? DerivedReference.id(system: system, number: number),
        identifiers: [PatientIdentifier(value: number, type: try value(.mrnType) ?? "MR", system: system)],
        name: PersonName(family: try required(.family), given: given),
        birthDate: try read(.birthDate, RosterValues.date, "This is not a day written as YYYY-MM-DD."),
        gender: try read(.gender, RosterValues.gender, "This is none of male, female, other, unknown."),
        isDeceased: try read(.deceased, RosterValues.isDeceased, "This is none of true, false or a date.") ?? false,
        phone: try value(.phone), address: try address())
    }

    private func address() throws(RosterError) -> PostalAddress? {
      let address = PostalAddress(
        street: try value(.street), city: try value(.city), state: try value(.state), postalCode: try value(.postalCode),
        country: try value(.country))
      return address == PostalAddress() ? nil : address
    }

    /// Nil when the column is absent or empty.
    private func value(_ field: Field) throws(RosterError) -> String? {
      guard let position = positions[field], position < record.fields.count else { return nil }
      let text = try CSVRoster.text(record.fields[position], line: record.line, field: name(field))
      return text.isEmpty ? nil : text
    }

    private func required(_ field: Field) throws(RosterError) -> String {
      guard let value = try value(field) else { throw .malformed(record: record.line, field: name(field), reason: "This is empty.") }
      return value
    }

    private func read<Value>(_ field: Field, _ parse: (String) -> Value?, _ reason: DisplayText) throws(RosterError) -> Value? {
      guard let text = try value(field) else { return nil }
      guard let value = parse(text) else { throw .malformed(record: record.line, field: name(field), reason: reason) }
      return value
    }

    private func name(_ field: Field) -> DisplayText { DisplayText(escaping: field.rawValue) }
  }
}
