import ClinicalMessages
import Foundation
import SafeText
import TestSupport
import Testing

@Suite struct ValidatorTests {
  /// One thing made wrong in a draft that is right, and what should be said about it.
  struct Fault: Sendable, CustomTestStringConvertible {
    var says: String
    var severity = Problem.Severity.error
    var field: DisplayText
    var kinds: [MessageKind] = MessageKind.allCases
    var methods: [DeliveryMethod] = DeliveryMethod.allCases
    var damage: @Sendable (inout MessageDraft) -> Void
    var testDescription: String { "\(field.string): \(says)" }
  }

  static let dataModels: [MessageKind] = [.media, .notes, .results]
  static let long = String(repeating: "x", count: 251)

  static let patientFaults = [
    Fault(says: "no number", field: "Patient's identifier") { $0.patient.identifiers = [] },
    Fault(says: "no number", field: "Patient's identifier") { $0.patient.identifiers = [PatientIdentifier(value: "\u{A0} ", type: "MR")] },
    Fault(says: "is blank", severity: .warning, field: "Patient's identifier") {
      $0.patient.identifiers.append(PatientIdentifier(value: "", type: "EHRID"))
    },
    Fault(says: "what kind", field: "Type of the patient's identifier", kinds: dataModels) { $0.patient.identifiers[0].type = " " },
    Fault(says: "who issued", severity: .warning, field: "Patient's identifier", kinds: [.fhir]) { $0.patient.identifiers[0].system = nil },
    Fault(says: "not a URI", field: "Patient's identifier", kinds: [.fhir]) { $0.patient.identifiers[0].system = "Health One" },
    Fault(says: "250 at most", field: "Patient's identifier") { $0.patient.identifiers[0].value = Redacted(long) },
    Fault(says: "no name", field: "Patient's name") { $0.patient.name = Redacted(PersonName(family: " ", given: [""])) },
    Fault(says: "control characters", field: "Patient's name") {
      $0.patient.name = Redacted(PersonName(family: "Bix\u{1B}[2Jby", given: []))
    },
    Fault(says: "control characters", field: "Patient's address") { $0.patient.address = Redacted(PostalAddress(city: "\u{202E}Monroe")) },
    Fault(says: "250 at most", field: "Patient's phone") { $0.patient.phone = Redacted(long) },
    Fault(says: "does not say when", severity: .warning, field: "Patient's birth date") { $0.patient.birthDate = nil },
    Fault(says: "future", field: "Patient's birth date") { $0.patient.birthDate = Redacted(Samples.day("2026-01-07")) },
    Fault(says: "Nobody is 131", field: "Patient's birth date") { $0.patient.birthDate = Redacted(Samples.day("1894-06-01")) },
    Fault(says: "has died", severity: .warning, field: "Patient") { $0.patient.isDeceased = true },
  ]

  static let documentFaults = [
    Fault(says: "blank", field: "File name") { $0.document.fileName = Redacted(" ") },
    Fault(says: "255 at most", field: "File name") { $0.document.fileName = Redacted(String(repeating: "x", count: 256)) },
    Fault(says: "control characters", field: "File name") { $0.document.fileName = Redacted("a\u{7}.pdf") },
    Fault(says: "empty", field: "File") { $0.document.byteCount = 0 },
    Fault(says: "last changed in the future", severity: .warning, field: "File's date") { $0.document.lastModified += 4 * 86_400 },
    Fault(says: "not a media type", field: "Media type", kinds: [.fhir]) { $0.document.mediaType = "PDF" },
    Fault(says: "not a media type", field: "Media type", kinds: [.fhir]) { $0.document.mediaType = "" },
    Fault(says: "not a media type", field: "Media type", kinds: [.fhir]) { $0.document.mediaType = "text/plain; charset" },
    Fault(says: "what kind of file", severity: .warning, field: "Media type", kinds: [.fhir]) {
      $0.document.mediaType = "application/octet-stream"
    },
    Fault(says: "character encoding", severity: .warning, field: "Media type", kinds: [.fhir]) { $0.document.mediaType = "text/plain" },
    Fault(says: "missing", field: "File's checksum", kinds: [.fhir]) { $0.document.sha1 = [] },
    Fault(says: "capitals", field: "File type", kinds: dataModels) { $0.document.fileType = ".pdf" },
    Fault(says: "capitals", field: "File type", kinds: dataModels) { $0.document.fileType = "" },
  ]

  static let fieldFaults = [
    Fault(says: "No document type", field: "Document type") { $0.fields.documentType.code = " " },
    Fault(says: "no LOINC code “53243-8”", field: "Document type") { $0.fields.documentType.code = "53243-8" },
    Fault(says: "not in this program's list", severity: .warning, field: "Document type", kinds: [.fhir]) {
      $0.fields.documentType.code = "718-7"
    },
    Fault(says: "no name", field: "Document type") { $0.fields.documentType.display = "" },
    Fault(says: "nothing but blanks", field: "Title") { $0.fields.title = " \t" },
    Fault(says: "251 characters long", field: "Title") { $0.fields.title = long },
    Fault(says: "control characters", field: "Title") { $0.fields.title = "a\u{9B}b" },
    Fault(says: "who answers", field: "Provider", kinds: [.media, .notes]) { $0.fields.provider = nil },
    Fault(says: "no number", field: "Provider") { $0.fields.provider?.id = "" },
    Fault(says: "ten digits", field: "Provider") { $0.fields.provider?.id = "12345678" },
    Fault(says: "not a valid NPI", severity: .warning, field: "Provider") { $0.fields.provider?.id = "1234567890" },
    Fault(says: "control characters", field: "Provider") { $0.fields.provider?.family = "\0" },
    Fault(says: "nothing but blanks", field: "Visit number") { $0.fields.visitNumber = " " },
    Fault(says: "250 at most", field: "Order number") { $0.fields.orderNumber = long },
    Fault(says: "belongs to no order", severity: .warning, field: "Order number", kinds: [.results]) { $0.fields.orderNumber = nil },
    Fault(says: "future", field: "Service date") { $0.fields.serviceDate = Samples.createdAt + 86_401 },
    Fault(says: "before the patient was born", severity: .warning, field: "Service date") {
      $0.fields.serviceDate = Date(timeIntervalSince1970: 0)
    },
    Fault(says: "confidential", severity: .warning, field: "Confidentiality", kinds: dataModels) {
      $0.fields.confidentiality = .veryRestricted
    },
  ]

  static let routingFaults = [
    Fault(says: "where to send", field: "Destination", kinds: dataModels) { $0.routing.destinationID = "" },
    Fault(says: "“redox-emr” is not an id", field: "Destination", kinds: dataModels) { $0.routing.destinationID = "redox-emr" },
    Fault(says: "not an id", field: "Source") { $0.routing.sourceID = "7ce6f387" },
    Fault(says: "which of your", severity: .warning, field: "Source", kinds: [.fhir]) { $0.routing.sourceID = nil },
    Fault(says: "not a URI", field: "Event", kinds: [.fhir]) { $0.routing.fhirEventURI = "DocumentReferenceCreate" },
    Fault(says: "not a URI", field: "Document number", kinds: [.fhir]) { $0.routing.documentIdentifierSystem = "our documents" },
    Fault(says: "does not know", field: "Note's content type", kinds: [.notes], methods: [.upload]) {
      $0.routing.referencedNoteContentType = "PDF"
    },
    Fault(says: "control characters", field: "Organization") { $0.routing.organizationName = "Health\u{1}One" },
    Fault(says: "damaged", field: "Document number") { $0.identity.documentID = "1" },
    Fault(says: "damaged", field: "Document number") { $0.identity.bundleID = $0.identity.bundleID.uppercased() },
  ]

  static let purposeFaults = [
    Fault(says: "cannot replace a document", field: "Message", kinds: [.results]) {
      $0.purpose = .replace(documentID: Samples.originalDocumentID)
    },
    Fault(says: "damaged", field: "Replaces", kinds: [.fhir, .media, .notes]) { $0.purpose = .replace(documentID: "17") },
    Fault(says: "damaged", field: "Replaces", kinds: [.fhir, .media, .notes]) {
      $0.purpose = .replace(documentID: Samples.originalDocumentID.uppercased())
    },
    Fault(says: "itself", field: "Replaces", kinds: [.fhir, .media, .notes]) {
      $0.purpose = .replace(documentID: $0.identity.documentID)
    },
  ]

  @Test(arguments: patientFaults + documentFaults + fieldFaults + routingFaults + purposeFaults)
  func eachFaultIsNamedWhereItMattersAndOnlyThere(_ fault: Fault) {
    for kind in MessageKind.allCases {
      for method in DeliveryMethod.allCases {
        var draft = Samples.draft(kind: kind)
        fault.damage(&draft)
        let found = MessageValidator.problems(in: draft, method: method).filter {
          $0.field == fault.field && $0.severity == fault.severity && $0.reason.string.contains(fault.says)
        }
        let matters = fault.kinds.contains(kind) && fault.methods.contains(method)
        #expect(found.count == (matters ? 1 : 0), "\(kind), \(method)")
        #expect(found.allSatisfy { !$0.remedy.isEmpty && $0.remedy.string.hasSuffix(".") && $0.reason.string.hasSuffix(".") })
      }
    }
  }

  @Test(arguments: MessageKind.allCases, DeliveryMethod.allCases) func aGoodDraftHasNoProblem(kind: MessageKind, method: DeliveryMethod) {
    for patient in [Samples.timothy, Samples.barbara, Samples.walter, Samples.awkward, Samples.infant] {
      #expect(MessageValidator.problems(in: Samples.draft(kind: kind, patient: patient), method: method).isEmpty)
    }
  }

  @Test(arguments: MessageKind.allCases) func aMinimalDraftCanBeSent(kind: MessageKind) {
    let problems = MessageValidator.problems(in: Samples.minimalDraft(kind: kind), method: .embed)
    #expect(problems.allSatisfy { $0.severity == .warning })
    #expect(problems.contains { $0.field == "Patient's birth date" })
  }

  @Test func errorsComeFirst() {
    var draft = Samples.draft(kind: .media, patient: Samples.deceased)
    draft.document.byteCount = 0
    draft.fields.confidentiality = .restricted
    draft.routing.destinationID = ""
    #expect(
      MessageValidator.problems(in: draft, method: .embed).map(\.severity) == [.error, .error, .warning, .warning])
  }

  /// Somebody may be born today where today has begun already, and a form may take a day as its last hour.
  @Test func aDayOfDifferenceBetweenTimeZonesIsNoFault() {
    var draft = Samples.draft(kind: .media)
    draft.patient.birthDate = Redacted(Samples.day("2026-01-06"))
    draft.fields.serviceDate = Samples.createdAt + 86_399
    #expect(MessageValidator.problems(in: draft, method: .embed).isEmpty)
  }

  /// What a form leaves empty is not given; joined emoji, other scripts and long-lived people are no faults.
  @Test func whatIsUnusualAndRightPasses() {
    var draft = Samples.draft(kind: .fhir)
    draft.fields.title = ""
    draft.fields.visitNumber = ""
    draft.patient.name = Redacted(PersonName(family: "בן־דוד\u{200F}", given: ["می\u{200C}خواهم", "👩\u{200D}👩\u{200D}👧"]))
    draft.patient.birthDate = Redacted(Samples.day("1903-01-02"))
    draft.document.mediaType = "text/plain;charset=UTF-8"
    #expect(MessageValidator.problems(in: draft, method: .embed).isEmpty)
  }

  /// A name that a dump of problems would carry into a log.
  @Test func noProblemRepeatsThePatient() {
    var draft = Samples.draft(kind: .media, patient: Samples.awkward)
    draft.patient.name = Redacted(PersonName(family: "Secret\u{1}", given: ["Secret\u{2}"]))
    draft.patient.identifiers[0].value = Redacted("Secret\u{3}")
    draft.patient.phone = Redacted("Secret\u{4}")
    let problems = MessageValidator.problems(in: draft, method: .embed)
    #expect(problems.count == 4)
    #expect(!"\(problems)".contains("Secret"))
  }
}
