import ClinicalMessages
import Foundation
import RedoxAPI
import SafeText
import TestSupport
import Testing

/// Asking whether a destination has a document: the question as FHIR wants it, and what the answers are worth.
@Suite struct FindTests {
  private static let number = Samples.identity.documentID
  private static let query = DocumentQuery(documentID: number, kind: .fhir, routing: Samples.routing)

  private static func bundle(_ entries: String, more: String = "") -> String {
    #"{"resourceType":"Bundle","type":"searchset"\#(more),"entry":[\#(entries)]}"#
  }

  private static func document(
    _ value: String, system: String = "urn:ietf:rfc:3986", id: String = "5a0e", element: String = #""identifier":[%]"#
  ) -> String {
    let identifier = element.replacing("%", with: #"{"system":"\#(system)","value":"\#(value)"}"#)
    return
      #"{"fullUrl":"https://fhir.example/DocumentReference/\#(id)","resource":{"resourceType":"DocumentReference","id":"\#(id)",\#(identifier)}}"#
  }

  private func answering(_ status: String, _ body: String) -> ScriptedServer {
    ScriptedServer { connection, head in
      _ = connection.readBody(head.contentLength)
      connection.reply(status, body, type: "application/fhir+json")
    }
  }

  private func find(_ body: String, _ query: DocumentQuery = query) async throws -> DocumentFinding {
    let server = answering("200 OK", body)
    return try await Fixtures.destination(server).find(query)
  }

  @Test(arguments: [
    (query, "urn:ietf:rfc:3986|urn:uuid:\(number)"),
    (DocumentQuery(documentID: number, kind: .media, routing: Samples.routing), number),
    (DocumentQuery(documentID: "a,b|c$d\\e", identifierSystem: "urn:example:documents"), #"urn:example:documents|a\,b\|c\$d\\e"#),
  ])
  func theQuestionIsAFormOfItsOwn(_ query: DocumentQuery, _ token: String) async throws {
    let bodies = Recorder<String>()
    let server = ScriptedServer { connection, head in
      bodies.add(String(decoding: connection.readBody(head.contentLength) ?? [], as: UTF8.self))
      connection.reply("200 OK", Self.bundle(""))
    }
    _ = try await Fixtures.destination(server).find(query)
    let request = try #require(server.requests.last)
    #expect(request.method == "POST" && request.path == "/fhir/R4/redox-emr/Development/DocumentReference/_search")
    #expect(request.headers["content-type"] == "application/x-www-form-urlencoded" && request.headers["accept"] == "application/fhir+json")
    #expect(request.headers["authorization"] == "Bearer token-1")
    #expect(request.headers["redox-source-id"] == "11111111-2222-4333-8444-555555555555")
    let form = try #require(bodies.all.first).split(separator: "&")
    let pairs = form.map { $0.split(separator: "=").map { $0.removingPercentEncoding ?? "" } }
    #expect(pairs == [["identifier", token], ["_elements", "id,identifier,masterIdentifier"]])
  }

  @Test func aDocumentThatShowsTheNumberIsFound() async throws {
    let urn = "urn:uuid:" + Self.number
    let here = ["https://fhir.example/DocumentReference/5a0e"]
    #expect(try await find(Self.bundle(Self.document(urn), more: #","total":1"#)) == .found(locations: here))
    #expect(try await find(Self.bundle(Self.document(urn, element: #""masterIdentifier":%"#))) == .found(locations: here))
    let twice = Self.document(urn) + "," + Self.document("other") + "," + Self.document(urn, id: "7")
    #expect(try await find(Self.bundle(twice)) == .found(locations: here + ["https://fhir.example/DocumentReference/7"]))
    let relative = Self.document(urn).replacing("https://fhir.example/DocumentReference/5a0e", with: "urn:uuid:1")
    #expect(try await find(Self.bundle(relative)) == .found(locations: ["DocumentReference/5a0e"]))
  }

  @Test func aBareNumberIsFoundUnderAnySystem() async throws {
    let query = DocumentQuery(documentID: Self.number, kind: .notes, routing: Samples.routing)
    for value in [Self.number, "urn:uuid:" + Self.number] {
      let finding = try await find(Self.bundle(Self.document(value, system: "urn:example:site")), query)
      #expect(finding == .found(locations: ["https://fhir.example/DocumentReference/5a0e"]))
    }
  }

  @Test(arguments: [
    bundle(""), #"{"resourceType":"Bundle","type":"searchset","total":0}"#,
    bundle(#"{"search":{"mode":"outcome"},"resource":{"resourceType":"OperationOutcome","issue":[{"severity":"information"}]}}"#),
  ])
  func anEmptyAnswerIsOne(_ body: String) async throws { #expect(try await find(body) == .notFound) }

  /// A server that ignores the parameter, or shows a part of what it has, has not said that the document is absent, nor that it is there.
  @Test(arguments: [
    bundle(document("urn:uuid:someone-else")), bundle(document("urn:uuid:" + number, system: "urn:example:other")),
    bundle(#"{"resource":{"resourceType":"DocumentReference","id":"1"}}"#), bundle("", more: #","total":3"#),
    bundle("", more: #","link":[{"relation":"self","url":"https://a"},{"relation":"next","url":"https://b"}]"#),
  ])
  func anAnswerThatProvesNothingIsNone(_ body: String) async throws {
    guard case .cannotAsk(let reason) = try await find(body) else {
      Issue.record("\(body) proves nothing")
      return
    }
    #expect(reason.string == "The destination answered with other documents than the one that was asked for.")
  }

  @Test(arguments: [
    ("200 OK", #"{"resourceType":"OperationOutcome","issue":[{"severity":"error","details":{"text":"no search here"}}]}"#),
    (
      "200 OK",
      bundle(#"{"resource":{"resourceType":"OperationOutcome","issue":[{"severity":"fatal","details":{"text":"no search here"}}]}}"#)
    ), ("404 Not Found", #"{"message":"no search here"}"#), ("400 Bad Request", "no search here"),
  ])
  func aRefusedQuestionCarriesTheServersWords(_ status: String, _ body: String) async throws {
    let server = answering(status, body)
    let error = await failure { try await Fixtures.destination(server).find(Self.query) }
    #expect(error?.cause == .refused && error?.reply?.words.map(\.string) == ["no search here"])
  }

  @Test(arguments: [
    "", "{}", #"{"resourceType":"Bundle","type":"transaction-response"}"#,
    #"{"resourceType":"OperationOutcome","issue":[{"severity":"information"}]}"#,
  ])
  func anAnswerToAnotherQuestionIsUnreadable(_ body: String) async throws {
    let server = answering("200 OK", body)
    #expect(await failure { try await Fixtures.destination(server).find(Self.query) }?.cause == .unreadableReply)
  }

  @Test func aRefusedTokenIsRenewedOnce() async throws {
    let asked = Counter()
    let server = ScriptedServer { connection, head in
      _ = connection.readBody(head.contentLength)
      asked.next() == 1 ? connection.reply("401 Unauthorized", "{}") : connection.reply("200 OK", Self.bundle(""))
    }
    #expect(try await Fixtures.destination(server).find(Self.query) == .notFound)
    #expect(server.requests.map(\.path).filter { $0.hasPrefix("/token") }.count == 2)
  }

  @Test func withoutAnAddressOrWithALegacyKeyNobodyIsAsked() async throws {
    let server = answering("200 OK", Self.bundle(""))
    var settings = Fixtures.settings(port: server.port)
    settings.fhirURL = ""
    guard case .cannotAsk = try await Fixtures.destination(settings).find(Self.query),
      case .cannotAsk = try await Fixtures.destination(server, legacy: true).find(Self.query)
    else {
      Issue.record("nobody can be asked")
      return
    }
    #expect(server.requests.isEmpty)
  }

  @Test func theSearchStandsBesideTheOperation() {
    func search(_ fhir: String, _ search: String? = nil) -> String? {
      RedoxSettings(
        tokenURL: "", legacyAuthenticateURL: "", uploadURL: "", endpointURL: "", fhirURL: fhir, fhirSearchURL: search,
        credentials: .legacy(apiKey: "", secret: Redacted(""))
      ).searchURL
    }
    #expect(search("https://a/x/DocumentReference/$documentreference-create") == "https://a/x/DocumentReference/_search")
    #expect(search("https://a/DocumentReference/$write") == "https://a/DocumentReference/_search")
    #expect(search("https://a/gateway") == nil && search("") == nil)
    #expect(search("https://a/gateway", "https://a/find") == "https://a/find")
  }
}
