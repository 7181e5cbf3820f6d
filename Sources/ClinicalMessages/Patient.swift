public import SafeText

/// A person in the roster: who the document is about.
public struct Patient: Sendable, Hashable, Identifiable {
  /// The roster's own opaque reference; says nothing about the person and may appear on a command line.
  public struct ID: Sendable, Hashable {
    public let rawValue: String
    public init(_ rawValue: String) { self.rawValue = rawValue }
  }

  public let id: ID
  /// At least one; the first is the one that banners show (the medical record number).
  public var identifiers: [PatientIdentifier]
  public var name: Redacted<PersonName>
  public var birthDate: Redacted<CalendarDate>?
  public var gender: AdministrativeGender?
  public var isDeceased: Bool
  public var phone: Redacted<String>?
  public var address: Redacted<PostalAddress>?

  public init(
    id: ID, identifiers: [PatientIdentifier], name: PersonName, birthDate: CalendarDate? = nil, gender: AdministrativeGender? = nil,
    isDeceased: Bool = false, phone: String? = nil, address: PostalAddress? = nil
  ) {
    self.id = id
    self.identifiers = identifiers
    self.name = Redacted(name)
    self.birthDate = birthDate.map { Redacted($0) }
    self.gender = gender
    self.isDeceased = isDeceased
    self.phone = phone.map { Redacted($0) }
    self.address = address.map { Redacted($0) }
  }
}

/// A number that somebody assigned to the patient.
public struct PatientIdentifier: Sendable, Hashable {
  /// The number itself.
  public var value: Redacted<String>
  /// Redox's `IDType`: a site's own word, `MR` for the medical record number.
  public var type: String
  /// FHIR's `system`: a URI of who assigned it. Nil when the roster does not say; then the profile's mapping decides.
  public var system: String?

  public init(value: String, type: String, system: String? = nil) {
    self.value = Redacted(value)
    self.type = type
    self.system = system
  }
}

public struct PersonName: Sendable, Hashable {
  public var family: String
  public var given: [String]

  public init(family: String, given: [String]) {
    self.family = family
    self.given = given
  }
}

public struct PostalAddress: Sendable, Hashable {
  public var street: String?
  public var city: String?
  public var state: String?
  public var postalCode: String?
  /// ISO 3166 alpha-2.
  public var country: String?

  public init(street: String? = nil, city: String? = nil, state: String? = nil, postalCode: String? = nil, country: String? = nil) {
    (self.street, self.city, self.state, self.postalCode, self.country) = (street, city, state, postalCode, country)
  }
}

/// FHIR's administrative-gender; Redox's `Sex` is derived from it.
public enum AdministrativeGender: String, Sendable, Hashable, CaseIterable {
  case male, female, other, unknown
}
