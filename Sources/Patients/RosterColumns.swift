internal import SafeText

/// Which column of a CSV roster holds what. Without a mapping the usual names are recognised, whatever their case and punctuation.
public struct RosterColumns: Sendable, Hashable {
  public enum Field: String, Sendable, Hashable, CaseIterable {
    /// An opaque reference of the site's own; made up from the number when there is none.
    case id
    case mrn
    /// FHIR's `system` of the number: a URI of who assigned it.
    case mrnSystem = "mrn_system"
    /// Redox's `IDType` of the number; `MR` when absent.
    case mrnType = "mrn_type"
    case family, given, middle
    case birthDate = "birth_date"
    case gender, deceased, phone, street, city, state
    case postalCode = "postal_code"
    case country

    var isRequired: Bool { self == .mrn || self == .family }

    /// Header names that mean this field, in lower case, letters and digits only.
    var usualNames: Set<String> {
      switch self {
      case .id: ["id", "patientid", "ref", "reference"]
      case .mrn: ["mrn", "mr", "medicalrecordnumber", "patientnumber", "recordnumber"]
      case .mrnSystem: ["mrnsystem", "assigningauthority", "system"]
      case .mrnType: ["mrntype", "idtype"]
      case .family: ["family", "familyname", "lastname", "last", "surname"]
      case .given: ["given", "givenname", "givennames", "firstname", "first", "forename"]
      case .middle: ["middle", "middlename"]
      case .birthDate: ["birthdate", "dob", "dateofbirth", "born"]
      case .gender: ["gender", "sex", "administrativegender"]
      case .deceased: ["deceased", "isdeceased", "deceaseddate", "deceaseddatetime", "dateofdeath"]
      case .phone: ["phone", "phonenumber", "telephone", "mobile"]
      case .street: ["street", "streetaddress", "line", "address", "address1", "addressline1"]
      case .city: ["city", "town"]
      case .state: ["state", "province"]
      case .postalCode: ["postalcode", "zip", "zipcode", "postcode"]
      case .country: ["country", "countrycode"]
      }
    }
  }

  /// Header names that the configuration gives; they are compared exactly.
  public var names: [Field: String]

  public init(_ names: [Field: String] = [:]) { self.names = names }

  /// From the configuration's `roster_columns`.
  public init(configured: [String: String]) throws(RosterError) {
    names = [:]
    for (key, column) in configured.sorted(by: { $0.key < $1.key }) {
      guard let field = Field(rawValue: key) else { throw .unknownField(DisplayText(escaping: key)) }
      names[field] = column
    }
  }

  /// Where each field is in a file with this header.
  func positions(in header: [String]) throws(RosterError) -> [Field: Int] {
    let trimmed = header.map(trim)
    let usual = trimmed.map { name in String(name.lowercased().filter { $0.isLetter || $0.isNumber }) }
    var positions: [Field: Int] = [:]
    for field in Field.allCases {
      if let wanted = names[field] {
        guard let position = trimmed.firstIndex(of: wanted) else { throw .missingColumn(DisplayText(escaping: wanted)) }
        positions[field] = position
      } else if let position = usual.firstIndex(where: field.usualNames.contains) {
        positions[field] = position
      } else if field.isRequired {
        throw .missingColumn(DisplayText(escaping: field.rawValue))
      }
    }
    return positions
  }
}

/// Without white space at either end.
func trim(_ text: some StringProtocol) -> String {
  let scalars = text.unicodeScalars
  guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
    let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
  else { return "" }
  return String(String.UnicodeScalarView(scalars[first...last]))
}
