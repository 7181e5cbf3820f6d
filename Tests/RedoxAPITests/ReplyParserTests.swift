import SafeText
import Foundation
import Testing

@testable import RedoxAPI

@Suite struct ReplyParserTests {
  private func parse(_ status: Int, _ body: String, headers: [(String, String)] = []) -> ParsedReply {
    ReplyParser.parse(
      RawReply(status: status, headers: headers.map { (name: $0.0, value: $0.1) }, body: Array(body.utf8)), now: Fixtures.now)
  }

  private func words(_ status: Int, _ body: String, headers: [(String, String)] = []) -> [String] {
    parse(status, body, headers: headers).words.map(\.string)
  }

  @Test func takesTheReceiptOfAnAcceptedMessage() {
    let reply = parse(200, #"{"Meta":{"Logs":[{"ID":"l-1","AttemptID":"a-1"},{"ID":"l-2","AttemptID":null}],"Message":{"ID":4242}}}"#)
    #expect(reply.isReadable && !reply.reportsError)
    #expect(reply.logIDs == ["l-1", "a-1", "l-2", "4242"])
    #expect(StatusVerdict(reply) == .accepted)
  }

  @Test func takesLocationsOfFHIRRepliesAndTheHeader() {
    let body =
      #"{"resourceType":"Bundle","entry":[{"response":{"status":"201 Created","location":"https://f.example/DocumentReference/5a0e/_history/1"}}]}"#
    let reply = parse(200, body, headers: [("location", "https://f.example/x")])
    #expect(reply.locations == ["https://f.example/x", "https://f.example/DocumentReference/5a0e/_history/1"])
    #expect(StatusVerdict(reply) == .accepted)
  }

  @Test(arguments: [
    #"{"URI":"https://b.example/1"}"#, #"{"uri":"https://b.example/1","x":[]}"#, #"{"Location":"https://b.example/1"}"#,
    #"{"entry":[{"response":{"location":"https://b.example/1"}}]}"#,
  ])
  func findsTheUploadsURI(_ body: String) { #expect(parse(201, body).uploadURI == "https://b.example/1") }

  @Test func takesTheUploadsURIFromTheHeaderOnly() {
    #expect(parse(201, "", headers: [("LOCATION", "https://b.example/2")]).uploadURI == "https://b.example/2")
    #expect(parse(201, #"{"URI":""}"#).uploadURI == nil)
    #expect(parse(201, #"{"URI":"https://b.example/a b"}"#).uploadURI == nil)
    #expect(parse(201, #"{"URI":"https://b.example/\u001b[2J"}"#).uploadURI == nil)
    #expect(parse(201, "{}").uploadURI == nil)
  }

  @Test(arguments: [
    (
      400, #"{"Meta":{"Errors":[{"ID":1,"Text":"Required field missing","Type":"message","Module":"DataModels"}]}}"#,
      ["Required field missing (message, DataModels)"]
    ),
    (
      400, #"{"Meta":{"Errors":[{"Text":"No","Details":"because","DestinationStatusCode":502}]}}"#,
      ["No", "because", "The destination answered 502"]
    ),
    (400, #"{"Meta":{"Errors":"plain"},"message":"second"}"#, ["plain", "second"]),
    (
      400,
      #"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"required","details":{"text":"status is required"}},{"diagnostics":"at line 3"}]}"#,
      ["status is required", "at line 3"]
    ),
    (400, #"{"issue":{"severity":"error","code":"invalid","details":{"coding":[{"display":"Bad value"}]}}}"#, ["Bad value"]),
    (
      401, #"{"error":"invalid_request","error_description":"kid is required","error_uri":"https://d.example"}"#,
      ["kid is required (invalid_request)"]
    ),
    (401, #"{"error":"invalid_client"}"#, ["invalid_client"]),
    (403, #"{"errorDetail":"not for you","message":"Forbidden"}"#, ["not for you", "Forbidden"]),
    (500, #"{"error":{"message":"inside"}}"#, ["inside"]),
    (401, "Invalid request", ["Invalid request"]), (500, #""a string""#, ["a string"]), (500, "line 1\nline 2\n\n", ["line 1", "line 2"]),
    (413, "", []), (500, "{}", []), (502, #"{"message":"   "}"#, []),
  ])
  func collectsTheServersWords(_ status: Int, _ body: String, _ expected: [String]) { #expect(words(status, body) == expected) }

  @Test func readsWhatAFirewallsPageShows() {
    let page = """
      <!DOCTYPE html><html><head><title>Request blocked</title><style>p { color: red }</style><script>var a = "<p>no</p>";</script></head>
      <body><!-- hidden --><h1>Request   blocked</h1><p>Your support ID is: &lt;12&nbsp;34&gt; &amp; more</p><p>Go back</p></body></html>
      """
    #expect(words(403, page) == ["Request blocked", "Your support ID is: <12 34> & more", "Go back"])
    #expect(words(403, "<p>no head</p>", headers: [("content-type", "text/html")]) == ["no head"])
    #expect(words(403, "<html><script>endless") == [])
    #expect(words(302, "", headers: [("Location", "https://login.example/x?secret=1")]) == ["Redirected to https://login.example/x"])
  }

  @Test func aSuccessWithErrorsInsideIsARefusal() {
    #expect(StatusVerdict(parse(200, #"{"Meta":{"Errors":[{"Text":"destination said no"}]}}"#)) == .refused)
    #expect(StatusVerdict(parse(200, #"{"resourceType":"OperationOutcome","issue":[{"severity":"fatal","diagnostics":"x"}]}"#)) == .refused)
    #expect(
      StatusVerdict(parse(200, #"{"entry":[{"resource":{"resourceType":"OperationOutcome","issue":[{"severity":"error"}]}}]}"#)) == .refused
    )
    #expect(StatusVerdict(parse(200, #"{"entry":[{"response":{"status":"422 Unprocessable"}}]}"#)) == .refused)
    #expect(StatusVerdict(parse(200, #"{"Meta":{"Errors":[]}}"#)) == .accepted)
    #expect(StatusVerdict(parse(200, #"{"Meta":{"Errors":null}}"#)) == .accepted)
    #expect(
      StatusVerdict(parse(200, #"{"resourceType":"OperationOutcome","issue":[{"severity":"warning","diagnostics":"x"}]}"#)) == .accepted)
    #expect(StatusVerdict(parse(200, #"{"resourceType":"OperationOutcome","issue":[{"severity":"information"}]}"#)) == .accepted)
  }

  @Test(arguments: [
    (401, StatusVerdict.unauthorized), (403, .forbidden), (404, .refused), (408, .timedOut), (413, .tooLarge),
    (429, .busy(retryAfter: nil)), (500, .serverFailure),
    (503, .busy(retryAfter: nil)), (504, .serverFailure), (302, .refused), (400, .refused), (599, .serverFailure), (204, .accepted),
  ])
  func statusesMean(_ status: Int, _ verdict: StatusVerdict) { #expect(StatusVerdict(parse(status, "")) == verdict) }

  @Test func unreadableBodiesAreNotReadable() {
    for body in ["", "{", "[]", "null", "\"x\"", "<html>", "{\"a\":1}}", "{\"a\":\u{0}}"] {
      #expect(!parse(200, body).isReadable, "\(body)")
    }
    #expect(parse(200, "\u{FEFF} {\"a\":1}").isReadable)
    var broken = RawReply(status: 200, body: Array("{}".utf8))
    broken.isComplete = false
    #expect(!ReplyParser.parse(broken, now: Fixtures.now).isReadable)
  }

  @Test func deepAndHostileJSONIsRefusedNotFollowed() {
    #expect(ReplyJSON(Array((String(repeating: "[", count: 500_000)).utf8)) == nil)
    #expect(ReplyJSON(Array((String(repeating: "{\"a\":", count: 300) + "1" + String(repeating: "}", count: 300)).utf8)) == nil)
    #expect(ReplyJSON(Array((String(repeating: "[", count: 60) + String(repeating: "]", count: 60)).utf8)) != nil)
    #expect(ReplyJSON(Array(#"{"a":"[[[[[[\"{{{"}"#.utf8)) == .object(["a": .string(#"[[[[[["{{{"#)]))
    #expect(ReplyJSON([0xFF, 0xFE, 0x7B]) == nil)
    #expect(ReplyJSON(Array(#"{"a":1e999}"#.utf8))?["a"]?.text == nil)
  }

  @Test func wordsAreEscapedAndBounded() {
    let hostile = #"{"message":"\u001b[2Jgone\u202e\n"}"#
    #expect(words(400, hostile) == [#"\x1B[2Jgone\u{202E}\n"#])
    let long = parse(400, String(repeating: "long ", count: 50_000)).words
    #expect(long.count == 1 && long[0].width <= 500)
    let many = #"{"Meta":{"Errors":[\#((0..<500).map { #"{"Text":"e\#($0)"}"# }.joined(separator: ","))]}}"#
    #expect(words(400, many).count == 12)
    #expect(
      parse(200, #"{"Meta":{"Logs":[{"ID":"a\nb"},{"ID":"\#(String(repeating: "x", count: 5_000))"},{"ID":"ok"}]}}"#).logIDs == ["ok"])
  }

  @Test(
    arguments: [
      ("120", 120.0), (" 0 ", 0), ("1.5", 1.5), ("99999999", 86_400), ("Mon, 05 Jan 2026 10:02:00 GMT", 120),
      ("Monday, 05-Jan-26 10:02:00 GMT", 120),
      ("Mon Jan  5 10:02:00 2026", 120), ("Mon, 05 Jan 2026 09:00:00 GMT", 0), ("-5", nil), ("soon", nil), ("", nil), ("nan", nil),
      ("inf", nil),
    ] as [(String, Double?)])
  func readsRetryAfter(_ header: String, _ seconds: Double?) {
    #expect(parse(429, "", headers: [("retry-after", header)]).retryAfter == seconds)
  }

  @Test func measuresARetryDateByTheServersOwnClock() {
    let headers = [("Date", "Tue, 06 Jan 2026 10:00:00 GMT"), ("Retry-After", "Tue, 06 Jan 2026 10:00:30 GMT")]
    #expect(parse(503, "", headers: headers).retryAfter == 30)
  }

  @Test(arguments: [
    ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777.0), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
    ("Sun Nov  6 08:49:37 1994", 784_111_777),
    ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199), ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Fri, 31 Dec 1999 23:59:60 GMT", 946_684_800),
  ])
  func readsHTTPDates(_ text: String, _ seconds: Double) { #expect(HTTPDate.parse(text)?.timeIntervalSince1970 == seconds) }

  @Test(arguments: [
    "", "Sun, 06 Xyz 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 99 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
    "a b c d e f g",
  ])
  func refusesWhatIsNoDate(_ text: String) { #expect(HTTPDate.parse(text) == nil) }
}
