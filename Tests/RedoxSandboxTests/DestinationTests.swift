import Foundation
import Testing

@testable import RedoxSandbox

/// The stand-in as the destination: what replaces, deletes and finds what came before, and what is counted.
@Suite struct DestinationTests {
  private func replacement(_ model: String, of original: String, as number: String) -> JSON {
    let body = model == "Notes" ? "Note" : model
    return Samples.message(model, "Replace").setting("\(body).DocumentID", to: .string(number))
      .setting("\(body).OriginalDocumentID", to: .string(original))
  }

  private func deletion(_ model: String, of number: String) -> JSON {
    let body = model == "Notes" ? "Note" : model
    return Samples.message(model, "Delete").setting("\(body).DocumentID", to: .string(number)).setting("\(body).FileContents", to: nil)
  }

  private func replacing(_ target: JSON) -> JSON {
    Samples.bundle().setting("entry.1.resource.masterIdentifier.value", to: "doc-2")
      .setting("entry.1.resource.relatesTo", to: [["code": "replaces", "target": target]])
  }

  @Test(arguments: ["Media", "Notes"]) func whatWasNeverAcceptedCannotBeReplacedOrDeleted(model: String) async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      let foreign = Samples.message(model).setting("Meta.Source.ID", to: .string(Bench.neighbour.sourceID))
      #expect(try await bench.send(foreign, token: try await bench.token(Bench.neighbour)).status == 200)
      let other = model == "Media" ? "Notes" : "Media"
      #expect(try await bench.send(Samples.message(other), token: token).status == 200)
      for message in [replacement(model, of: "doc-1", as: "doc-2"), deletion(model, of: "doc-1")] {
        let reply = try await bench.send(message, token: token)
        #expect(reply.status == 400)
        #expect(reply.errors.first?.hasPrefix("No document with this number was accepted from this source") == true, "\(reply.text)")
      }
      #expect(try bench.received.map(\.event) == ["New", "New"])
    }
  }

  @Test(arguments: ["Media", "Notes"]) func whatWasAcceptedCanBeReplacedAndDeleted(model: String) async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      for message in [
        Samples.message(model), replacement(model, of: "doc-1", as: "doc-2"), replacement(model, of: "doc-2", as: "doc-3"),
        deletion(model, of: "doc-3"),
      ] { #expect(try await bench.send(message, token: token).status == 200) }
      let records = try bench.received
      #expect(records.map(\.event) == ["New", "Replace", "Replace", "Delete"])
      #expect(records.map(\.documentID) == ["doc-1", "doc-2", "doc-3", "doc-3"])
      #expect(records.map(\.originalDocumentID) == [nil, "doc-1", "doc-2", nil])
      #expect(records.map(\.accepted) == [true, true, true, true])
      #expect(records.last?.sha256 == nil)
    }
  }

  @Test func aDeleteCarriesNoFile() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      #expect(try await bench.send(Samples.message("Media"), token: token).status == 200)
      let reply = try await bench.send(Samples.message("Media", "Delete"), token: token)
      #expect(reply.errors == ["Field not allowed - Media.FileContents in Media:Delete"])
    }
  }

  @Test func whatWasAcceptedIsRememberedByTheNextServer() async throws {
    let folder = Bench.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await Bench.run(in: folder) { bench in
      let token = try await bench.token()
      #expect(try await bench.send(Samples.message("Media"), token: token).status == 200)
    }
    try await Bench.run(in: folder) { bench in
      let token = try await bench.token()
      #expect(try await bench.send(replacement("Media", of: "doc-1", as: "doc-2"), token: token).status == 200)
      #expect(try await bench.search("identifier=doc-2", token: token).json["total"] == 1)
      let requests = try bench.requests
      #expect(Set(requests.map(\.run)).count == 2)
      #expect(requests.map(\.number) == [1, 2, 1, 2, 3])
    }
  }

  @Test func aFHIRDocumentIsReplacedByIdentifierOrByReference() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      let first = try await bench.send(bundle: Samples.bundle(), token: token)
      let location = try #require(first.json["entry"]?.array?.first?["response"]?["location"]?.string)
      let id = try #require(location.split(separator: "/").dropLast(2).last.map(String.init))
      let rightTargets: [JSON] = [
        ["identifier": ["value": "doc-1"]], ["identifier": ["system": "urn:example:documents", "value": "doc-1"]],
        ["reference": .string("DocumentReference/\(id)")], ["reference": .string(location)],
      ]
      for target in rightTargets {
        let reply = try await bench.send(bundle: replacing(target), token: token)
        #expect(reply.status == 200, "\(reply.text)")
        #expect(try bench.received.last?.originalDocumentID == "doc-1")
        #expect(try bench.received.last?.event == "create")
      }
      let wrongTargets: [(JSON, String)] = [
        (["identifier": ["value": "doc-9"]], "was never accepted"),
        (["identifier": ["system": "urn:example:other", "value": "doc-1"]], "was never accepted"),
        (["reference": "DocumentReference/unknown"], "was never accepted"), (["reference": "Patient/1"], "must name a DocumentReference"),
        (["display": "the old one"], "must name a DocumentReference"),
      ]
      for (target, says) in wrongTargets {
        let reply = try await bench.send(bundle: replacing(target), token: token)
        #expect(reply.status == 400)
        #expect(reply.issues.contains { $0.contains(says) }, "\(reply.text)")
      }
      let unknown = replacing(["identifier": ["value": "doc-1"]]).setting("entry.1.resource.relatesTo.0.code", to: "supersedes")
      #expect(try await bench.send(bundle: unknown, token: token).status == 400)
    }
  }

  @Test func aSearchFindsWhatWasAcceptedAndNothingElse() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      #expect(try await bench.send(bundle: Samples.bundle(), token: token).status == 200)
      let system = "urn:example:documents"
      let patient = "patient=0000000001"
      for form in ["identifier=doc-1", "identifier=urn%3Aexample%3Adocuments%7Cdoc-1", patient, "patient=Patient/0000000001&x=1"] {
        let reply = try await bench.search(form, token: token)
        #expect(reply.status == 200, "\(reply.text)")
        #expect(reply.headers["content-type"] == "application/fhir+json; charset=utf-8")
        #expect(reply.json["type"] == "searchset" && reply.json["total"] == 1)
        let entry = try #require(reply.json["entry"]?.array?.first)
        #expect(entry["search"]?["mode"] == "match")
        #expect(entry["resource"]?["masterIdentifier"] == ["system": .string(system), "value": "doc-1"])
        #expect(entry["resource"]?["status"] == "current")
        let attachment = try #require(entry["resource"]?["content"]?.array?.first?["attachment"])
        #expect(attachment["data"] == nil && attachment["url"] == nil)
        #expect(attachment["size"] == .integer(Samples.content.count))
        let id = try #require(entry["resource"]?["id"]?.string)
        #expect(try await bench.search("_id=\(id)", token: token).json["total"] == 1)
        #expect(try await bench.search("_id=\(id)&identifier=doc-2", token: token).json["total"] == 0)
      }
      for form in ["identifier=doc-2", "identifier=urn%3Aother%7Cdoc-1", "identifier=%7Cdoc-1", "_id=x", "patient=2"] {
        let reply = try await bench.search(form, token: token)
        #expect(reply.status == 200)
        #expect(reply.json == ["resourceType": "Bundle", "type": "searchset", "total": 0], "\(form)")
      }
      #expect(try await bench.search("identifier=doc-1", token: try await bench.token(Bench.neighbour)).json["total"] == 0)
    }
  }

  @Test func aSearchShowsDuplicatesAndWhatBecameOfADocument() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      _ = try await bench.send(Samples.message("Media"), token: token)
      _ = try await bench.send(Samples.message("Media"), token: token)
      // A number of the Data Model has no system: any finds it.
      let twice = try await bench.search("identifier=urn%3Ax%7Cdoc-1", token: token)
      #expect(twice.json["total"] == 2)
      _ = try await bench.send(replacement("Media", of: "doc-1", as: "doc-2"), token: token)
      let old = try await bench.search("identifier=doc-1", token: token)
      #expect(old.json["entry"]?.array?.allSatisfy { $0["resource"]?["status"] == "superseded" } == true)
      let new = try await bench.search("identifier=doc-2", token: token)
      #expect(new.json["entry"]?.array?.first?["resource"]?["relatesTo"]?.array?.first?["code"] == "replaces")
      _ = try await bench.send(deletion("Media", of: "doc-2"), token: token)
      #expect(try await bench.search("identifier=doc-2", token: token).json["total"] == 0)
    }
  }

  @Test func aSearchIsCheckedStrictly() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      for form in ["", "_elements=id", "identifier=", "identifier=a%7C", "identifier=%zz", "identifier=1&identifier=2"] {
        let reply = try await bench.search(form, token: token)
        #expect(reply.status == 400, "\(form)")
        #expect(reply.json["resourceType"] == "OperationOutcome" && reply.issues.count == 1)
      }
      #expect(try await bench.search("identifier=1", token: token, type: "application/json").status == 400)
      #expect(try await bench.search("identifier=1", token: "wrong").status == 401)
      #expect(try await bench.search("identifier=1", token: token, environment: "Production").status == 403)
    }
  }

  @Test func documentsAreCountedByNumber() async throws {
    try await Bench.run({ $0.faults = FaultPlan([FaultRule(Fault(.lostAnswer), at: .message, .at(1))]) }) { bench in
      let token = try await bench.token()
      await #expect(throws: (any Error).self) { try await bench.send(Samples.message("Media"), token: token) }
      _ = try await bench.send(Samples.message("Media", file: Data([9]).base64EncodedString()), token: token)
      _ = try await bench.send(Samples.message("Notes").setting("Note.DocumentID", to: "doc-7"), token: token)
      _ = try await bench.send(deletion("Media", of: "doc-1"), token: token)
      // Two files of one message are one message.
      let two: JSON = ["contentType": "text/plain", "data": "AA=="]
      let bundle = Samples.bundle().setting("entry.1.resource.content", to: [["attachment": two], ["attachment": two]])
      _ = try await bench.send(bundle: bundle.setting("entry.1.resource.masterIdentifier.value", to: "doc-8"), token: token)
      _ = try await bench.upload([1], token: token)

      let run = try #require(try bench.requests.first?.run)
      let source = Bench.staging.sourceID
      #expect(
        ReceivedDocument.summary(of: try bench.received) == [
          ReceivedDocument(
            sourceID: source, documentID: "doc-1", count: 3, events: ["New": 2, "Delete": 1],
            sha256: [sha256(Samples.content), sha256([9])], requests: ["\(run)/2", "\(run)/3", "\(run)/5"]),
          ReceivedDocument(
            sourceID: source, documentID: "doc-7", count: 1, events: ["New": 1], sha256: [sha256(Samples.content)], requests: ["\(run)/4"]),
          ReceivedDocument(
            sourceID: source, documentID: "doc-8", count: 1, events: ["create": 1], sha256: [sha256([0])], requests: ["\(run)/6"]),
        ])
      #expect(try bench.received.last?.accepted == false, "an upload that no message names is not accepted")
      #expect(try ReceivedStore.listByDocument(bench.directory).contains("\"count\" : 3"))
    }
  }

  @Test func tenThousandRecordsAreListed() throws {
    let folder = Bench.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try PrivateFiles.makeDirectory(folder)
    let lines = (0..<10_000).map { number in
      #"{"time":"2026-01-05T10:00:00.000Z","endpoint":"dataModel","sourceID":"s","environment":"Staging","model":"Media.New","event":"New","#
        + #""documentID":"d-\#(number)","logID":"l-\#(number)","sha256":"00","request":\#(number),"run":"r"}"#
    }
    try PrivateFiles.write(lines.joined(separator: "\n") + "\n", to: folder + "/index.ndjson")
    let documents = ReceivedDocument.summary(of: try ReceivedStore.received(in: folder))
    #expect(documents.count == 10_000)
    #expect(documents.allSatisfy { $0.count == 1 })
  }
}
