/// URIs of the code systems and naming systems that messages refer to, as HL7 publishes them.
enum CodeSystem {
  static let loinc = "http://loinc.org"
  /// HL7 v2 table 0203, types of identifiers.
  static let identifierType = "http://terminology.hl7.org/CodeSystem/v2-0203"
  static let confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
  static let nullFlavor = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"
  static let documentCategory = "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category"
  static let npi = "http://hl7.org/fhir/sid/us-npi"
  static let socialSecurityNumber = "http://hl7.org/fhir/sid/us-ssn"
  /// URIs as identifiers.
  static let uri = "urn:ietf:rfc:3986"
}

/// Types of identifiers in HL7 v2 table 0203 that rosters and profiles name.
enum IdentifierType {
  /// Code and display of table 0203 for a site's word; nil for words that the table does not know, such as `EHRID`.
  static func coded(_ word: String) -> (code: String, display: String)? {
    let code = word.uppercased() == "SSN" ? "SS" : word.uppercased()
    return displays[code].map { (code, $0) }
  }

  private static let displays = [
    "MR": "Medical record number", "SS": "Social Security number", "DL": "Driver's license number", "PPN": "Passport number",
    "PI": "Patient internal identifier", "PT": "Patient external identifier", "AN": "Account number", "VN": "Visit number",
    "MC": "Patient's Medicare number", "MA": "Patient Medicaid number", "MB": "Member Number", "NPI": "National provider identifier",
    "PRN": "Provider number", "U": "Unspecified identifier", "PLAC": "Placer Identifier",
  ]
}
