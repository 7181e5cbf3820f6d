import Foundation
import Testing

@testable import RedoxSandbox

@Suite struct DataModelTests {
  static let events = [
    ("Media", "New"), ("Media", "Replace"), ("Media", "Delete"), ("Notes", "New"), ("Notes", "Replace"), ("Notes", "Delete"),
    ("Results", "New"),
    ("Results", "NewUnsolicited"),
  ]

  private static func valid(_ model: String, _ event: String) -> JSON {
    let message = Samples.message(model, event)
    let body = model == "Notes" ? "Note" : model
    switch event {
    case "Replace": return message.setting("\(body).DocumentID", to: "doc-2").setting("\(body).OriginalDocumentID", to: "doc-1")
    case "Delete": return message.setting("\(body).FileContents", to: nil)
    default: return message
    }
  }

  @Test(arguments: events) func aValidMessageIsAcceptedAndLogged(model: String, event: String) async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      if ["Replace", "Delete"].contains(event) { _ = try await bench.send(Samples.message(model), token: token) }
      let reply = try await bench.send(Self.valid(model, event), token: token)
      #expect(reply.status == 200, "\(reply.text)")
      #expect(reply.json["Meta"]?["Errors"] == nil)
      let log = try #require(reply.json["Meta"]?["Logs"]?.array?.first?["ID"]?.string)
      let record = try #require(try bench.received.last)
      #expect(record.logID == log)
      #expect(record.model == "\(model).\(event)")
      #expect(record.patientIdentifier == "0000000001")
      #expect(record.patientKnown == true)
    }
  }

  @Test(arguments: ["Media", "Notes", "Results"]) func embeddedAndReferencedFilesAreKept(model: String) async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      let embedded = noise(50_000)
      #expect(try await bench.send(Samples.message(model, file: Data(embedded).base64EncodedString()), token: token).status == 200)
      let uploaded = noise(60_000, seed: 2)
      let uri = try #require(try await bench.upload(uploaded, token: token).json["URI"]?.string)
      #expect(try await bench.send(Samples.message(model, file: uri), token: token).status == 200)
      let records = try bench.received
      #expect(records.map(\.how) == [.embedded, .uploaded])
      #expect(records.map(\.sha256) == [sha256(embedded), sha256(uploaded)])
      #expect(records.map(\.byteCount) == [50_000, 60_000])
      #expect(records.last?.uploadURI == uri)
      #expect(records.last?.referenced == true)
      #expect(try leftovers(bench) == [])
    }
  }

  static let requiredFields: [(String, String, [String])] = [
    (
      "Media", "New",
      [
        "Meta.Destinations", "Meta.Destinations.0.ID", "Patient", "Patient.Identifiers", "Patient.Identifiers.0.ID",
        "Patient.Identifiers.0.IDType", "Media", "Media.FileType", "Media.FileName", "Media.FileContents", "Media.DocumentType",
        "Media.DocumentID",
        "Media.Provider", "Media.Provider.ID", "Media.Availability",
      ]
    ),
    ("Media", "Replace", ["Media.OriginalDocumentID"]),
    ("Media", "Delete", ["Media.DocumentID", "Media.Availability"]),
    (
      "Notes", "New",
      [
        "Note", "Note.ContentType", "Note.DocumentType", "Note.DocumentID", "Note.Provider", "Note.Provider.ID", "Note.FileContents",
        "Note.FileName",
      ]
    ),
    ("Notes", "Replace", ["Note.OriginalDocumentID"]),
    ("Notes", "Delete", ["Note.ContentType", "Note.Provider.ID"]),
    (
      "Results", "New",
      [
        "Orders", "Orders.0.ID", "Orders.0.Status", "Orders.0.Results", "Orders.0.Results.0.Code", "Orders.0.Results.0.Value",
        "Orders.0.Results.0.ValueType", "Orders.0.Results.0.FileType",
      ]
    ),
    ("Results", "NewUnsolicited", ["Orders.0.ApplicationOrderID"]),
  ]

  @Test(arguments: requiredFields) func eachRequiredFieldIsMissedByName(model: String, event: String, paths: [String]) async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      for path in paths {
        // Numbers of list elements are written as Redox's texts are: Orders[0].ID.
        let place = path.replacing(/\.(\d+)/) { "[\($0.1)]" }
        for value in [nil, JSON.null, ""] as [JSON?] {
          let reply = try await bench.send(Self.valid(model, event).setting(path, to: value), token: token)
          #expect(reply.status == 400)
          if value != "" || !["Patient", "Media", "Note", "Orders"].contains(where: place.hasSuffix) {
            #expect(
              reply.errors.contains { $0.contains(" - \(place) in \(model):\(event)") },
              "\(path) \(String(describing: value)): \(reply.text)")
          }
        }
      }
      #expect(try bench.received.isEmpty)
    }
  }

  @Test func theTextOfAMissingFieldIsRedoxs() async throws {
    try await Bench.run { bench in
      let reply = try await bench.send(Samples.message("Media").setting("Media.DocumentID", to: nil), token: try await bench.token())
      #expect(reply.errors == ["Required field missing - Media.DocumentID in Media:New"])
      let error = try #require(reply.json["Meta"]?["Errors"]?.array?.first)
      #expect(error["Type"] == "message")
      #expect(error["Module"] == "DataModels")
      #expect(error["ID"]?.double != nil)
      #expect(reply.json["Meta"]?["DataModel"] == "Media")
    }
  }

  static let wrongValues: [(String, String, JSON)] = [
    ("Media", "Media.Availability", "available"), ("Media", "Media.Authenticated", .bool(true)), ("Media", "Media.Authenticated", "true"),
    ("Media", "Media.Authenticated", "True"), ("Media", "Media.DocumentID", 7), ("Media", "Media.FileContents", "not base64!"),
    ("Media", "Media.FileContents", "AAAA="), ("Media", "Media.CreationDateTime", "2026-02-30T10:00:00Z"), ("Media", "Meta.Test", "true"),
    ("Media", "Meta.EventDateTime", "2026-01-05"), ("Media", "Meta.Destinations.0.ID", "redox-emr"), ("Media", "Meta.DataModel", "Medium"),
    ("Media", "Meta.EventType", "Query"), ("Media", "Patient.Identifiers.0.ID", 1), ("Media", "Patient.Demographics.Sex", "male"),
    ("Media", "Patient.Demographics.DOB", "01/06/2008"), ("Media", "Patient.Demographics.IsDeceased", "false"),
    ("Media", "Patient.Identifiers", [:]), ("Notes", "Note.ContentType", "base64"), ("Notes", "Note.Status", "Final"),
    ("Notes", "Note.Availability", "Gone"), ("Results", "Orders.0.Status", "Final"), ("Results", "Orders.0.Results.0.ValueType", "PDF"),
    ("Results", "Orders.0.Results.0.Status", "final"), ("Results", "Orders.0.Results.0.ReferenceRange", ["Low": "1"]),
    ("Results", "Orders.0.Results.0.Value", "no base64"),
  ]

  @Test(arguments: wrongValues) func aWrongValueIsRefused(model: String, path: String, value: JSON) async throws {
    try await Bench.run { bench in
      let parent = Samples.message(model)
      let reply = try await bench.send(parent.setting(path, to: value), token: try await bench.token())
      #expect(reply.status == 400, "\(reply.text)")
      #expect(reply.errors.count == 1, "\(reply.text)")
      #expect(try bench.received.isEmpty)
    }
  }

  @Test func aMessageForAnUnknownDestinationIsRefused() async throws {
    try await Bench.run { bench in
      let message = Samples.message("Media").setting("Meta.Destinations.0.ID", to: "00000000-0000-4000-8000-000000000000")
      let reply = try await bench.send(message, token: try await bench.token())
      #expect(reply.status == 400)
      #expect(reply.json["Meta"]?["Errors"]?.array?.first?["Module"] == "Subscriptions")
    }
  }

  @Test func aFileBelongsToTheSourceThatUploadedIt() async throws {
    try await Bench.run { bench in
      let uri = try #require(try await bench.upload([1], token: try await bench.token(Bench.neighbour)).json["URI"]?.string)
      let foreign = try await bench.send(Samples.message("Media", file: uri), token: try await bench.token())
      #expect(foreign.status == 400)
      #expect(foreign.errors.first?.contains("another source") == true)
      let unknown = try await bench.send(Samples.message("Media", file: uri + "0"), token: try await bench.token())
      #expect(unknown.errors.first?.contains("names no uploaded file") == true)
    }
  }

  @Test func anotherSourcesNameIsRefused() async throws {
    try await Bench.run { bench in
      let reply = try await bench.send(Samples.message("Media"), token: try await bench.token(Bench.neighbour))
      #expect(reply.status == 400)
      #expect(reply.errors.first?.contains("Meta.Source.ID") == true)
    }
  }

  @Test func theEmbeddingLimitIsTheFilesAndExact() async throws {
    try await Bench.run({ $0.limits.embeddedBytes = 60_000 }) { bench in
      let token = try await bench.token()
      let fits = Data(noise(60_000)).base64EncodedString()
      #expect(try await bench.send(Samples.message("Media", file: fits), token: token).status == 200)
      let over = Data(noise(60_001)).base64EncodedString()
      #expect(try await bench.send(Samples.message("Media", file: over), token: token).status == 413)
      let far = Data(noise(90_000)).base64EncodedString()
      #expect(try await bench.send(Samples.message("Media", file: far), token: token).status == 413)
    }
  }

  @Test func theRequestLimitIsExact() async throws {
    let message = Samples.message("Media")
    let size = message.text.utf8.count
    try await Bench.run({ $0.limits.requestBytes = size }) { bench in
      let token = try await bench.token()
      #expect(try await bench.send(message, token: token).status == 200)
      let spaced = Array((message.text + " ").utf8)
      #expect(try await bench.post("/endpoint", type: "application/json", token: token, body: spaced).status == 413)
    }
  }

  @Test func plainTextOfANoteIsKeptAsItStands() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      let message = Samples.message("Notes").setting("Note.ContentType", to: "Plain Text").setting("Note.FileContents", to: "Grüße – fine")
      #expect(try await bench.send(message, token: token).status == 200)
      #expect(try bench.received.first?.sha256 == sha256(Array("Grüße – fine".utf8)))
    }
  }

  @Test func anUnknownPatientIsAcceptedAndMarked() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      let message = Samples.message("Media").setting("Patient.Identifiers.0.ID", to: "9")
      #expect(try await bench.send(message, token: token).status == 200)
      #expect(try bench.received.first?.patientKnown == false)
    }
  }

  @Test func whatIsNotJSONIsRefusedWithAReason() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      for body in ["", "[]", "{", "{\"Meta\":1}", "{\"Meta\":{\"DataModel\":\"Media\",\"DataModel\":\"Media\"}}"] {
        let reply = try await bench.post("/endpoint", type: "application/json", token: token, body: Array(body.utf8))
        #expect(reply.status == 400, "\(body)")
        #expect(reply.errors.count >= 1)
      }
      let wrongType = try await bench.post("/endpoint", type: "text/plain", token: token, body: Array(Samples.message("Media").text.utf8))
      #expect(wrongType.status == 400)
    }
  }

  @Test func aLegacyTokenSendsDataModelButNotFHIR() async throws {
    try await Bench.run { bench in
      let login: JSON = ["apiKey": "legacy-key", "secret": "legacy-secret"]
      let reply = try await bench.post("/auth/authenticate", type: "application/json", body: Array(login.text.utf8))
      let token = try #require(reply.json["accessToken"]?.string)
      let message = Samples.message("Media").setting("Meta.Source", to: nil)
      #expect(try await bench.send(message, token: token).status == 200)
      #expect(try await bench.send(bundle: Samples.bundle(), token: token).status == 403)
    }
  }
}
