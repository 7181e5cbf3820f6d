import ClinicalMessages
import Foundation
import SafeText
import TestSupport
import Testing

/// Messages that replace a document, and messages that take one back.
@Suite struct CorrectionTests {
  /// Every value by its path.
  private func values(_ json: JSONValue) -> [String: JSONValue] {
    var values: [String: JSONValue] = [:]
    json.visit { path, value in
      switch value {
      case .object, .array: break
      default: values[path] = value
      }
    }
    return values
  }

  /// The paths at which two messages differ.
  private func differences(_ one: ClinicalMessage, _ other: ClinicalMessage) -> Set<String> {
    let (one, other) = (values(one.json), values(other.json))
    return Set(one.keys).union(other.keys).filter { one[$0] != other[$0] }
  }

  private func retraction(of original: ClinicalMessage, uploadURI: String? = nil) -> ClinicalMessage? {
    Retraction.message(of: original, uploadURI: uploadURI, identity: Samples.laterIdentity)
  }

  // MARK: Replace

  @Test(arguments: [(MessageKind.media, ".Media"), (.notes, ".Note")], DeliveryMethod.allCases)
  func aDataModelReplacesByEventAndNumberAlone(_ model: (kind: MessageKind, body: String), _ method: DeliveryMethod) {
    let new = MessageComposer.compose(Samples.draft(kind: model.kind), method: method)
    let replacement = MessageComposer.compose(Samples.replacement(kind: model.kind), method: method)
    #expect(differences(new, replacement) == [".Meta.EventType", "\(model.body).OriginalDocumentID"])
    #expect(replacement.json.at("Meta", "EventType") == "Replace")
    let body = String(model.body.dropFirst())
    #expect(replacement.json.at(body, "OriginalDocumentID") == .string(Samples.originalDocumentID))
    #expect(replacement.json.at(body, "DocumentID") == .string(Samples.identity.documentID))
  }

  @Test(arguments: ["urn:ietf:rfc:3986", "urn:example:documents", "\u{FEFF}https://example.org/documents "])
  func fhirNamesTheOriginalAsItNamedItself(_ system: String) throws {
    var original = Samples.draft()
    original.routing.documentIdentifierSystem = system
    original.identity.documentID = Samples.originalDocumentID
    var draft = Samples.replacement()
    draft.routing.documentIdentifierSystem = system
    let sent = try #require(MessageComposer.compose(original, method: .embed).json.resource("DocumentReference"))
    let replacement = try #require(MessageComposer.compose(draft, method: .embed).json.resource("DocumentReference"))
    #expect(replacement.at("relatesTo", "0", "code") == "replaces")
    #expect(replacement.at("relatesTo", "0", "target", "type") == "DocumentReference")
    #expect(replacement.at("relatesTo", "0", "target", "identifier") == sent.at("masterIdentifier"))
    #expect(replacement.at("masterIdentifier") != sent.at("masterIdentifier"))
    #expect(sent.at("relatesTo") == nil && replacement.at("status") == "current")
  }

  @Test func fhirReplacesByTheRelationAlone() {
    let new = MessageComposer.compose(Samples.draft(), method: .upload)
    let replacement = MessageComposer.compose(Samples.replacement(), method: .upload)
    let changed = differences(new, replacement)
    #expect(!changed.isEmpty && changed.allSatisfy { $0.contains(".relatesTo[0].") })
  }

  @Test(arguments: [MessageKind.fhir, .media, .notes]) func aGoodReplacementHasNoProblem(_ kind: MessageKind) {
    #expect(MessageValidator.problems(in: Samples.replacement(kind: kind), method: .embed).isEmpty)
  }

  // MARK: Retract

  @Test(arguments: [(MessageKind.media, ".Media"), (.notes, ".Note")], DeliveryMethod.allCases)
  func aRetractionIsTheOriginalWithoutItsFile(_ model: (kind: MessageKind, body: String), _ method: DeliveryMethod) throws {
    let original = MessageComposer.compose(Samples.draft(kind: model.kind), method: method)
    let retraction = try #require(self.retraction(of: original))
    #expect(differences(original, retraction) == [".Meta.EventType", ".Meta.EventDateTime", "\(model.body).FileContents"])
    #expect(retraction.json.at("Meta", "EventType") == "Delete")
    #expect(retraction.json.at("Meta", "EventDateTime") == "2026-01-05T11:00:00.585Z")
    #expect(!retraction.hasHole && retraction.suffix.isEmpty && retraction.method == .embed && retraction.kind == model.kind)
    #expect(try JSONSerialization.jsonObject(with: Data(retraction.prefix)) is [String: Any])
    #expect(retraction.embeddedLength(fileByteCount: 9_999) == retraction.prefix.count)
    #expect(retraction.elidedBody(Samples.document) == retraction.prefix)
    #expect(retraction.body(withUploadURI: "https://blob.example/1") == retraction.prefix)
  }

  @Test(arguments: [MessageKind.media, .notes])
  func retractingAReplacementSaysNothingOfWhatItReplaced(_ kind: MessageKind) throws {
    let replacement = MessageComposer.compose(Samples.replacement(kind: kind), method: .embed)
    let plain = MessageComposer.compose(Samples.draft(kind: kind), method: .embed)
    #expect(retraction(of: replacement) == retraction(of: plain))
  }

  @Test func whatCannotBeRetractedIsNot() throws {
    for kind in [MessageKind.fhir, .results] {
      #expect(self.retraction(of: Samples.message(kind: kind)) == nil)
    }
    let retraction = try #require(self.retraction(of: Samples.message(kind: .media)))
    #expect(self.retraction(of: retraction) == nil)
    let foreign = ClinicalMessage(kind: .notes, method: .embed, json: .object([.init("Media", .object([.init("DocumentID", .hole)]))]))
    #expect(self.retraction(of: foreign) == nil)
  }

  @Test func aFHIRDocumentIsRetractedByItsUploadAsEnteredInError() throws {
    let original = MessageComposer.compose(Samples.replacement(), method: .upload)
    let uri = "https://blob.redoxengine.com/14652614"
    let retraction = try #require(self.retraction(of: original, uploadURI: uri))
    let sent = try #require(original.json.resource("DocumentReference"))
    let document = try #require(retraction.json.resource("DocumentReference"))
    #expect(document.at("status") == "entered-in-error" && document.at("docStatus") == "entered-in-error")
    #expect(document.at("content", "0", "attachment", "url") == .string(uri) && !retraction.hasHole)
    #expect(document.at("masterIdentifier") == sent.at("masterIdentifier") && document.at("identifier") == sent.at("identifier"))
    #expect(document.at("date") == sent.at("date") && document.at("relatesTo") == nil)
    #expect(retraction.json.at("timestamp") == "2026-01-05T11:00:00.585Z")
    // Nothing of the original's Bundle is referred to, and every reference has its entry.
    let (old, new) = (values(original.json), values(retraction.json))
    func ids(_ values: [String: JSONValue]) -> Set<JSONValue> {
      Set(values.filter { $0.key.hasSuffix(".id") || $0.key.hasSuffix(".fullUrl") }.map(\.value))
    }
    #expect(ids(old).isDisjoint(with: ids(new)) && ids(old).count == ids(new).count)
    #expect(new.filter { $0.key.hasSuffix(".reference") }.allSatisfy { ids(new).contains($0.value) })
    #expect(self.retraction(of: original) == nil)
    #expect(self.retraction(of: MessageComposer.compose(Samples.draft(), method: .embed), uploadURI: uri) == nil)
    #expect(self.retraction(of: retraction, uploadURI: uri) == nil)
  }

  /// Whoever confirms a retraction types the initials and the year of the person whose chart the document is in.
  @Test(arguments: Samples.patients, MessageKind.allCases)
  func thePatientIsTheOneOfTheMessage(_ patient: Patient, _ kind: MessageKind) throws {
    let message = MessageComposer.compose(Samples.draft(kind: kind, patient: patient), method: .embed)
    let read = try #require(SentPatient.read(from: message, id: patient.id))
    #expect(read.id == patient.id && read.birthDate == patient.birthDate && read.gender == patient.gender)
    #expect(read.isDeceased == patient.isDeceased && read.name.reveal().family == patient.name.reveal().family)
    #expect(read.identifiers.first?.value == patient.identifiers.first?.value)
    #expect(PatientConfirmation(read).isPossible == PatientConfirmation(patient).isPossible)
  }
}
