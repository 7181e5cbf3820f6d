public import ClinicalMessages
#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Made-up people, documents and drafts that every suite uses. Deterministic; nobody here is real.
public enum Samples {
  // MARK: Patients

  /// The three that Redox publishes in its own samples.
  public static let timothy = Patient(
    id: Patient.ID("p-timothy"),
    identifiers: [
      PatientIdentifier(value: "0000000001", type: "MR", system: "urn:redox:health-one:MR"),
      PatientIdentifier(value: "e167267c-16c9-4fe3-96ae-9cff5703e90a", type: "EHRID"),
      PatientIdentifier(value: "101-01-0001", type: "SSN"),
    ],
    name: PersonName(family: "Bixby", given: ["Timothy", "Paul"]), birthDate: CalendarDate(iso: "2008-01-06"), gender: .male,
    phone: "+18088675301",
    address: PostalAddress(street: "4762 Hickory Street", city: "Monroe", state: "WI", postalCode: "53566", country: "US"))

  public static let barbara = Patient(
    id: Patient.ID("p-barbara"), identifiers: [PatientIdentifier(value: "0000000002", type: "MR", system: "urn:redox:health-one:MR")],
    name: PersonName(family: "Bixby", given: ["Barbara"]), birthDate: CalendarDate(iso: "1982-07-24"), gender: .female)

  public static let walter = Patient(
    id: Patient.ID("p-walter"), identifiers: [PatientIdentifier(value: "0000000003", type: "MR", system: "urn:redox:health-one:MR")],
    name: PersonName(family: "Carthwright", given: ["Walter"]), birthDate: CalendarDate(iso: "1945-03-04"), gender: .male)

  /// A name that needs more than ASCII: an apostrophe, a combining accent, an emoji joined from two, and a no-break space.
  public static let awkward = Patient(
    id: Patient.ID("p-awkward"),
    identifiers: [PatientIdentifier(value: "9000000042", type: "MR", system: "2.16.840.1.113883.19.5")],
    name: PersonName(family: "O’Brien-Nuñ\u{303}ez", given: ["Zoe\u{308} 👩\u{200D}🔬", "D'Arcy\u{A0}\"Dot\""]),
    birthDate: CalendarDate(iso: "1999-12-31"), gender: .other,
    address: PostalAddress(street: "1 Straße der \\Einheit/2", city: "Łódź", country: "PL"))

  /// As little as a message may carry.
  public static let minimal = Patient(
    id: Patient.ID("p-minimal"), identifiers: [PatientIdentifier(value: "77", type: "MR")], name: PersonName(family: "Suharto", given: []))

  public static let deceased = Patient(
    id: Patient.ID("p-deceased"), identifiers: [PatientIdentifier(value: "9000000001", type: "MR", system: "urn:redox:health-one:MR")],
    name: PersonName(family: "Alcántar", given: ["Lourdes"]), birthDate: CalendarDate(iso: "1940-05-08"), gender: .female, isDeceased: true)

  /// Five days old when the sample messages are made.
  public static let infant = Patient(
    id: Patient.ID("p-infant"), identifiers: [PatientIdentifier(value: "9000000007", type: "MR", system: "urn:redox:health-one:MR")],
    name: PersonName(family: "Bixby", given: ["Baby Girl"]), birthDate: CalendarDate(iso: "2025-12-31"), gender: .unknown)

  /// Has Barbara's name and is somebody else.
  public static let namesake = Patient(
    id: Patient.ID("p-namesake"), identifiers: [PatientIdentifier(value: "9000000008", type: "MR", system: "urn:redox:health-one:MR")],
    name: PersonName(family: "Bixby", given: ["Barbara"]), birthDate: CalendarDate(iso: "1951-11-02"), gender: .female)

  public static let patient = timothy
  public static let patients = [timothy, barbara, walter, awkward, minimal, deceased, infant, namesake]

  // MARK: What surrounds a document

  /// With a number whose check digit is right; the numbers in Redox's own samples have wrong ones.
  public static let provider = Provider(id: "1234567893", family: "Granite", given: "Pat", credentials: "MD, PhD")

  /// Known to the site and not the one who sends.
  public static let otherProvider = Provider(id: "1000000004", family: "Chalk", given: "Sharon")

  /// 2026-01-05T10:00:00.585Z
  public static let createdAt = Date(timeIntervalSince1970: 1_767_607_200.585)
  /// The day of `createdAt`, for ages.
  public static let today = day("2026-01-05")

  public static let identity = MessageIdentity(
    documentID: "b169267c-10c9-4fe3-91ae-9c0f5703e90a", bundleID: "0b6a3c1e-4b0e-4f0f-9a3e-0d7a4b6c1f00", createdAt: createdAt)

  /// The number of a document that was accepted before, for those that replace it.
  public static let originalDocumentID = "5d1c3a9e-7b42-4c11-8f0a-2e6d9b7a4c53"

  /// An hour after `identity`, and of another message.
  public static let laterIdentity = MessageIdentity(
    documentID: "0c5be2a4-3f1d-4e0a-9b57-61f2a7d9c8e4", bundleID: "7e4d1b90-52a6-4f38-8c1e-d03b9a6f2e10", createdAt: createdAt + 3_600)

  public static let routing = Routing(
    destinationID: "af394f14-b34a-464f-8d24-895f370af4c9", destinationName: "Redox EMR",
    sourceID: "7ce6f387-c33c-417d-8682-81e83628cbd9", sourceName: "chartdrop", isTest: true, organizationName: "Health One",
    identifierSystems: ["EHRID": "urn:redox:health-one:EHRID", "VN": "urn:redox:health-one:VN", "PLAC": "urn:redox:health-one:orders"])

  /// The bytes that `document` describes.
  public static let documentBytes = Array("%PDF-1.4\n".utf8)

  public static let document = DocumentDescription(
    fileName: "consent.pdf", mediaType: "application/pdf", fileType: "PDF", byteCount: 9,
    sha1: [0x95, 0x60, 0x7b, 0x02, 0xd4, 0x8a, 0x78, 0x6c, 0xb7, 0x86, 0x89, 0x7d, 0x72, 0x71, 0x14, 0xfc, 0x79, 0x81, 0x4b, 0x1e],
    lastModified: Date(timeIntervalSince1970: 1_767_520_800))

  /// Named as macOS names screenshots, with a narrow no-break space before `PM`.
  public static let screenshot = DocumentDescription(
    fileName: "Screen Shot at 1.07.33\u{202F}PM.png", mediaType: "image/png", fileType: "PNG", byteCount: 9, sha1: document.sha1,
    lastModified: document.lastModified)

  // MARK: Drafts

  /// Every field filled in.
  public static func draft(
    kind: MessageKind = .fhir, patient: Patient = Samples.patient, document: DocumentDescription = Samples.document
  ) -> MessageDraft {
    MessageDraft(
      kind: kind, patient: patient, document: document,
      fields: MessageFields(
        documentType: CodedValue(code: "59284-0", display: "Patient Consent"), title: "Consent to the operation", provider: provider,
        visitNumber: "1234", orderNumber: "157968300", serviceDate: Date(timeIntervalSince1970: 1_767_517_200)),
      routing: routing, identity: identity)
  }

  /// `draft(kind:)` in the place of an earlier document.
  public static func replacement(kind: MessageKind = .fhir, of documentID: String = originalDocumentID) -> MessageDraft {
    var draft = draft(kind: kind)
    draft.purpose = .replace(documentID: documentID)
    return draft
  }

  /// No field filled in that may be left out.
  public static func minimalDraft(kind: MessageKind = .fhir) -> MessageDraft {
    MessageDraft(
      kind: kind, patient: minimal, document: document,
      fields: MessageFields(
        documentType: CodedValue(code: "34109-9", display: "Note"),
        provider: kind == .media || kind == .notes ? Provider(id: "77", idType: "PRN") : nil, completion: .preliminary),
      routing: Routing(destinationID: routing.destinationID, sourceName: "chartdrop", isTest: false), identity: identity)
  }

  /// `draft(kind:)` as a message.
  public static func message(kind: MessageKind = .fhir, method: DeliveryMethod = .embed) -> ClinicalMessage {
    MessageComposer.compose(draft(kind: kind), method: method)
  }

  /// - Precondition: `iso` is a day that exists.
  public static func day(_ iso: String) -> CalendarDate {
    guard let day = CalendarDate(iso: iso) else { fatalError("There is no day \(iso).") }
    return day
  }
}
