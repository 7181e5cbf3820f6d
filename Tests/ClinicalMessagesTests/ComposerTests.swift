import ClinicalMessages
import Foundation
import SafeText
import TestSupport
import Testing

@Suite struct ComposerTests {
  private func json(_ draft: MessageDraft, _ method: DeliveryMethod = .embed) -> JSONValue {
    MessageComposer.compose(draft, method: method).json
  }

  @Test(arguments: MessageKind.allCases, DeliveryMethod.allCases)
  func theFileComesOutAsItWentIn(kind: MessageKind, method: DeliveryMethod) throws {
    var random = Seeded(UInt64(kind.rawValue.count))
    let file = (0..<1000).map { _ in UInt8.random(in: 0...255, using: &random) }
    let message = Samples.message(kind: kind, method: method)
    let hole = method == .embed ? Data(file).base64EncodedString() : "https://blob.redoxengine.com/14652614"
    let body = message.prefix + Array(hole.utf8) + message.suffix
    let object = try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
    let path: [String]
    switch kind {
    case .fhir: path = ["entry", "1", "resource", "content", "0", "attachment", method == .embed ? "data" : "url"]
    case .media: path = ["Media", "FileContents"]
    case .notes: path = ["Note", "FileContents"]
    case .results: path = ["Orders", "0", "Results", "0", "Value"]
    }
    let carried = path.reduce(object as Any?) { value, step in
      Int(step).map { (value as? [Any])?[$0] } ?? (value as? [String: Any])?[step]
    }
    let text = try #require(carried as? String)
    if method == .embed { #expect(Data(base64Encoded: text) == Data(file)) } else { #expect(text == hole) }
  }

  @Test(arguments: MessageKind.allCases, DeliveryMethod.allCases)
  func theSameDraftGivesTheSameBytes(kind: MessageKind, method: DeliveryMethod) {
    #expect(Samples.message(kind: kind, method: method) == Samples.message(kind: kind, method: method))
    #expect(Samples.message(kind: kind, method: method).mediaType == (kind == .fhir ? "application/fhir+json" : "application/json"))
  }

  /// FHIR forbids empty values altogether; a Data Model's list of identifiers is required even when it is empty.
  @Test(arguments: MessageKind.allCases, ["", " ", "\u{A0}\t\n", "\u{FEFF}"])
  func nothingBlankIsSent(kind: MessageKind, blank: String) {
    var draft = Samples.draft(
      kind: kind,
      patient: Patient(
        id: Patient.ID("p"), identifiers: [PatientIdentifier(value: blank, type: blank, system: blank)],
        name: PersonName(family: blank, given: [blank, blank]), phone: blank,
        address: PostalAddress(street: blank, city: blank, state: blank, postalCode: blank, country: blank)))
    draft.fields.title = blank
    draft.fields.provider = Provider(id: blank, idType: blank, family: blank, given: blank, credentials: "\(blank),\(blank)")
    draft.fields.visitNumber = blank
    draft.fields.orderNumber = blank
    draft.fields.documentType = CodedValue(code: "34109-9", display: blank)
    draft.routing.destinationName = blank
    draft.routing.sourceID = blank
    draft.routing.sourceName = blank
    draft.routing.organizationName = blank
    json(draft).visit { path, value in
      if value == .object([]) || value == .array([]) { #expect(path == ".Patient.Identifiers") }
      if case .string(let text) = value { #expect(text.contains { !$0.isWhitespace }, "\(path)") }
    }
  }

  /// HL7's pattern for strings allows spaces, tabs and newlines and no other white space.
  @Test func everyKindOfWhiteSpaceBecomesASpace() {
    var draft = Samples.draft(kind: .fhir)
    draft.fields.title = "\u{FEFF} A\u{202F}B\u{2028}C\td \n"
    #expect(json(draft).resource("DocumentReference")?.at("description") == "A B C d")
  }

  // MARK: FHIR

  @Test func entriesHaveDifferentLowerCaseUUIDsAndReferencesStayInside() throws {
    let bundle = json(Samples.draft(kind: .fhir))
    guard case .array(let entries)? = bundle.at("entry") else { throw Missing.entries }
    let urls = entries.compactMap { $0.at("fullUrl") }
    #expect(
      entries.compactMap { $0.at("resource", "resourceType") } == [
        "MessageHeader", "DocumentReference", "Patient", "Practitioner", "Encounter", "Organization",
      ])
    #expect(Set(urls).count == 6)
    for entry in entries {
      guard case .string(let id)? = entry.at("resource", "id") else { throw Missing.entries }
      #expect(UUID(uuidString: id)?.uuidString.lowercased() == id)
      #expect(entry.at("fullUrl") == .string("urn:uuid:\(id)"))
    }
    var references = 0
    bundle.visit { path, value in
      guard path.hasSuffix(".reference") else { return }
      references += 1
      #expect(urls.contains(value))
    }
    #expect(references == 6)
  }

  @Test func anotherBundleHasOtherEntryIDs() {
    var draft = Samples.draft(kind: .fhir)
    let before = json(draft).at("entry", "0", "fullUrl")
    draft.identity.bundleID = "5c1de0ef-93b9-4a55-a2f3-51b6bcd9a9c4"
    #expect(json(draft).at("entry", "0", "fullUrl") != before)
  }

  @Test func aDocumentOfNormalConfidentialityHasNoLabel() {
    let bundle = json(Samples.draft(kind: .fhir))
    bundle.visit { path, _ in #expect(!path.hasSuffix("security") && !path.hasSuffix("securityLabel")) }
  }

  @Test(arguments: zip([MessageFields.Confidentiality.restricted, .veryRestricted], ["R", "V"] as [JSONValue]))
  func confidentialityIsSaidOfTheDocumentTheResourceAndTheBundle(_ confidentiality: MessageFields.Confidentiality, code: JSONValue) {
    var draft = Samples.draft(kind: .fhir)
    draft.fields.confidentiality = confidentiality
    let bundle = json(draft)
    let document = bundle.resource("DocumentReference")
    #expect(document?.at("securityLabel", "0", "coding", "0", "code") == code)
    #expect(document?.at("meta", "security", "0", "code") == code)
    #expect(bundle.at("meta", "security", "0", "code") == code)
  }

  @Test func aDocumentNumberOfASitesOwnSystemIsNoURI() {
    var draft = Samples.draft(kind: .fhir)
    draft.routing.documentIdentifierSystem = "urn:example:documents"
    #expect(json(draft).resource("DocumentReference")?.at("masterIdentifier", "value") == .string(draft.identity.documentID))
  }

  @Test func theSystemOfAnIdentifierComesFromTheRosterThenTheProfileThenHL7() {
    var draft = Samples.draft(kind: .fhir)
    draft.patient.identifiers = [
      PatientIdentifier(value: "1", type: "MR", system: "1.2.840.1"), PatientIdentifier(value: "2", type: "MR"),
      PatientIdentifier(value: "3", type: "ssn"), PatientIdentifier(value: "4", type: "EHRID"),
    ]
    draft.routing.identifierSystems = ["MR": "urn:x:mr"]
    let patient = json(draft).resource("Patient")
    #expect(patient?.at("identifier", "0", "system") == "urn:oid:1.2.840.1")
    #expect(patient?.at("identifier", "1", "system") == "urn:x:mr")
    #expect(patient?.at("identifier", "2", "system") == "http://hl7.org/fhir/sid/us-ssn")
    #expect(patient?.at("identifier", "2", "type", "coding", "0", "code") == "SS")
    #expect(patient?.at("identifier", "3", "system") == nil)
    #expect(patient?.at("identifier", "3", "type") == .object([.init("text", "EHRID")]))
  }

  // MARK: Data Models

  @Test(arguments: [(MessageFields.Completion.final, true, "True"), (.preliminary, true, "False"), (.final, false, "False")])
  func mediaIsAuthenticatedOnlyBySomebody(completion: MessageFields.Completion, hasProvider: Bool, expected: String) {
    var draft = Samples.draft(kind: .media)
    draft.fields.completion = completion
    if !hasProvider { draft.fields.provider = nil }
    let media = json(draft).at("Media")
    #expect(media?.at("Authenticated") == .string(expected))
    #expect((media?.at("Authenticator") != nil) == (expected == "True"))
  }

  @Test func aNoteSaysHowItsFileTravels() {
    var draft = Samples.draft(kind: .notes)
    #expect(json(draft, .embed).at("Note", "ContentType") == "Base64 Encoded")
    #expect(json(draft, .upload).at("Note", "ContentType") == "Plain Text")
    draft.routing.referencedNoteContentType = "Base64 Encoded"
    #expect(json(draft, .upload).at("Note", "ContentType") == "Base64 Encoded")
    #expect(json(draft).at("Note", "Status") == "Authenticated")
    draft.fields.completion = .preliminary
    #expect(json(draft).at("Note", "Status") == "In progress")
  }

  @Test func aResultWithoutAnOrderIsUnsolicitedAndKeepsItsNumber() {
    var draft = Samples.draft(kind: .results)
    #expect(json(draft).at("Meta", "EventType") == "New")
    #expect(json(draft).at("Orders", "0", "ID") == "157968300")
    draft.fields.orderNumber = " "
    #expect(json(draft).at("Meta", "EventType") == "NewUnsolicited")
    #expect(json(draft).at("Orders", "0", "ID") == nil)
    #expect(json(draft).at("Orders", "0", "ApplicationOrderID") == .string(draft.identity.documentID))
  }

  @Test func theSocialSecurityNumberHasItsOwnPlace() {
    var draft = Samples.draft(kind: .media)
    let patient = json(draft).at("Patient")
    #expect(patient?.at("Demographics", "SSN") == "101-01-0001")
    #expect(patient?.at("Identifiers", "1", "IDType") == "EHRID")
    #expect(patient?.at("Identifiers", "2") == nil)
    draft.patient.identifiers = [PatientIdentifier(value: "101-01-0001", type: "SSN")]
    #expect(json(draft).at("Patient", "Identifiers", "0", "ID") == "101-01-0001")
  }

  @Test(arguments: zip(AdministrativeGender.allCases, ["Male", "Female", "Other", "Unknown"] as [JSONValue]))
  func genderIsWrittenAsRedoxDoes(gender: AdministrativeGender, sex: JSONValue) {
    var draft = Samples.draft(kind: .results)
    draft.patient.gender = gender
    #expect(json(draft).at("Patient", "Demographics", "Sex") == sex)
  }

  // MARK: Moments

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (1_709_251_199.9996, "2024-03-01T00:00:00.000Z"), (1_677_535_743.585, "2023-02-27T22:09:03.585Z"),
    (-0.25, "1969-12-31T23:59:59.750Z"), (-2_208_988_800, "1900-01-01T00:00:00.000Z"), (.infinity, "9999-12-31T23:59:59.000Z"),
    (-1e300, "1583-01-01T00:00:00.000Z"), (.nan, "1970-01-01T00:00:00.000Z"),
  ])
  func momentsAreWrittenInUTCWithMilliseconds(seconds: Double, written: String) {
    var draft = Samples.draft(kind: .media)
    draft.fields.serviceDate = Date(timeIntervalSince1970: seconds)
    #expect(json(draft).at("Media", "ServiceDateTime") == .string(written))
  }

  private enum Missing: Error { case entries }
}
