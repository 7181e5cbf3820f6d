import Crypto
import Foundation
import Testing

@testable import RedoxSandbox

@Suite struct FHIRTests {
  @Test func aValidBundleIsAcceptedWithALocation() async throws {
    try await Bench.run { bench in
      let reply = try await bench.send(bundle: Samples.bundle(), token: try await bench.token())
      #expect(reply.status == 200, "\(reply.text)")
      #expect(reply.headers["content-type"] == "application/fhir+json; charset=utf-8")
      let response = try #require(reply.json["entry"]?.array?.first?["response"])
      #expect(response["status"] == "201 Created")
      let record = try #require(try bench.received.first)
      #expect(response["location"]?.string?.split(separator: "/").dropLast(2).last.map(String.init) == record.logID)
      #expect(record.sha256 == sha256(Samples.content))
      #expect(record.documentID == "doc-1")
      #expect(record.patientKnown == true)
      #expect(record.how == .embedded)
    }
  }

  @Test func anUploadedFileIsReferencedWithItsSizeAndHash() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      let content = noise(70_000)
      let uri = try #require(try await bench.upload(content, token: token).json["URI"])
      let hash = Data(Insecure.SHA1.hash(data: content)).base64EncodedString()
      let attachment: JSON = ["contentType": "application/pdf", "url": uri, "size": 70_000, "hash": .string(hash)]
      let reply = try await bench.send(bundle: Samples.bundle(attachment: attachment), token: token)
      #expect(reply.status == 200, "\(reply.text)")
      #expect(try bench.received.map(\.sha256) == [sha256(content)])
      #expect(try bench.received.map(\.how) == [.uploaded])
      let wrong = try await bench.send(bundle: Samples.bundle(attachment: attachment.setting("size", to: 70_001)), token: token)
      #expect(wrong.issues == ["Attachment.size is not the number of bytes of the file"])
    }
  }

  private static let document = "entry.1.resource."
  private static let attachment = "entry.1.resource.content.0.attachment."

  static let wrongs: [(String, JSON?, String)] = [
    ("resourceType", "Parameters", "must be a Bundle"),
    ("type", "transaction", "Bundle.type must be one of message"),
    ("type", nil, "Bundle.type is required"),
    ("entry", nil, "Bundle.entry is required"),
    ("entry.0", nil, "first entry must be a MessageHeader"),
    ("entry.0.request", ["method": "POST"], "no entry.request"),
    ("entry.0.resource.eventUri", nil, "MessageHeader.eventUri is required"),
    ("entry.0.resource.eventUri", "https://fhir.redoxengine.com/EventDefinition/PatientUpdate", "not the event"),
    ("entry.0.resource.eventCoding", ["code": "Media-New"], "older $write"),
    ("entry.0.resource.source", nil, "MessageHeader.source is required"),
    ("entry.0.resource.source.endpoint", nil, "MessageHeader.source.endpoint is required"),
    ("entry.0.resource.source.endpoint", "not a uri", "must be a UUID or a URI"),
    ("entry.0.resource.source.endpoint", .string("urn:uuid:" + Bench.neighbour.sourceID), "not the source of the access token"),
    ("entry.0.resource.focus.0.reference", "urn:uuid:00000000-0000-4000-8000-000000000000", "leads to no resource"),
    ("entry.1", nil, "one DocumentReference, not 0"),
    ("entry.1.fullUrl", "urn:uuid:x", "not a UUID"),
    ("entry.1.fullUrl", "urn:uuid:9c2d7b44-1e55-4c7b-8f10-2f6f0a1b3c03", "Each fullUrl may occur once"),
    (document + "id", "other", "fullUrl and the resource's id differ"),
    (document + "status", nil, "DocumentReference.status is required"),
    (document + "status", "Current", "DocumentReference.status must be one of"),
    (document + "type", nil, "DocumentReference.type is required"),
    (document + "type", ["coding": [["system": "http://loinc.org"]]], "DocumentReference.type.coding[0].code is required"),
    (document + "subject", nil, "DocumentReference.subject is required"),
    (document + "subject.reference", "urn:uuid:00000000-0000-4000-8000-000000000000", "leads to no resource"),
    (document + "date", "2026-01-05", "DocumentReference.date must be"),
    (document + "date", "2026-01-05T10:00:00", "DocumentReference.date must be"),
    (document + "description", "", "Empty values"),
    (document + "category", [], "Empty values"),
    (document + "custodian", .null, "Empty values"),
    (document + "content", nil, "DocumentReference.content is required"),
    (attachment + "contentType", nil, "contentType is required"),
    (attachment + "contentType", "PDF", "must be a MIME type"),
    (attachment + "data", nil, "either data or url"),
    (attachment + "url", "https://example.org/1", "either data or url"),
    (attachment + "data", "no base64", "not valid base64"),
    (attachment + "size", 1, "Attachment.size is not"),
    (attachment + "size", "15", "must be a number"),
    (attachment + "hash", "2jmj7l5rSw0yVb/vlWAYkK/YBwk=", "Attachment.hash is not"),
    ("entry.2.resource.identifier", nil, "Patient.identifier is required"),
    ("entry.2.resource.identifier.0.value", nil, "Patient.identifier[0].value is required"),
    ("entry.2.resource.gender", "Male", "Patient.gender must be one of"),
    ("entry.2.resource.birthDate", "2008-13-01", "Patient.birthDate must be"),
  ]

  @Test(arguments: wrongs) func aWrongBundleIsRefusedWithAnIssue(path: String, value: JSON?, says: String) async throws {
    try await Bench.run { bench in
      let reply = try await bench.send(bundle: Samples.bundle().setting(path, to: value), token: try await bench.token())
      #expect(reply.status == 400)
      #expect(reply.json["resourceType"] == "OperationOutcome")
      #expect(reply.issues.contains { $0.contains(says) }, "\(reply.text)")
      #expect(reply.json["issue"]?.array?.allSatisfy { $0["severity"] == "error" && $0["expression"]?.array?.count == 1 } == true)
      #expect(try bench.received.isEmpty)
    }
  }

  @Test func anUnknownUploadIsRefused() async throws {
    try await Bench.run { bench in
      let attachment: JSON = ["contentType": "application/pdf", "url": .string(bench.server.baseURL + "/1")]
      let reply = try await bench.send(bundle: Samples.bundle(attachment: attachment), token: try await bench.token())
      #expect(reply.status == 400)
      #expect(reply.issues == ["Attachment.url names no uploaded file"])
    }
  }

  @Test func theURLMustFitTokenAndDestination() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      #expect(try await bench.send(bundle: Samples.bundle(), token: token, environment: "Production").status == 403)
      #expect(try await bench.send(bundle: Samples.bundle(), token: token, environment: "staging").status == 404)
      #expect(try await bench.send(bundle: Samples.bundle(), token: token, slug: "elsewhere").status == 404)
      #expect(try await bench.send(bundle: Samples.bundle(), token: token, type: "application/json").status == 400)
      let unauthorised = try await bench.send(bundle: Samples.bundle(), token: "wrong")
      #expect(unauthorised.status == 401)
      #expect(unauthorised.json["resourceType"] == "OperationOutcome")
      let development = try await bench.token(Bench.development)
      let bundle = Samples.bundle().setting("entry.0.resource.source.endpoint", to: .string("urn:uuid:" + Bench.development.sourceID))
      #expect(try await bench.send(bundle: bundle, token: development, environment: "Development").status == 200)
    }
  }
}
