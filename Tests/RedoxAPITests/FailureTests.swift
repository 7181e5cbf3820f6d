import Logging
import ClinicalMessages
import Foundation
import RedoxAPI
import SafeText
import TestSupport
import Testing

/// What each way of failing is called, and how much the peer may hold by then: what may be repeated rests on it.
@Suite struct FailureTests {
  struct Case: Sendable, CustomStringConvertible {
    var description: String
    var fileBytes = 1_000
    /// Begins when the server has fallen silent for good.
    var silence: Silence?
    var cause: DestinationError.Cause
    var handover: DestinationError.Handover
    var status: Int?
    var words: [DisplayText] = []
    var script: ScriptedServer.Script
  }

  /// Larger than what the two kernels hold for a connection that nobody reads from.
  static let large = 60_000_000

  static func silent(
    _ description: String, fileBytes: Int = 1_000, handover: DestinationError.Handover,
    script: @escaping @Sendable (ScriptedServer.Connection, ScriptedServer.Request, Silence) -> Void
  ) -> Case {
    let silence = Silence()
    return Case(description: description, fileBytes: fileBytes, silence: silence, cause: .timedOut, handover: handover) {
      connection, head in
      script(connection, head, silence)
    }
  }

  static func answering(_ status: String, _ body: String, type: String = "application/json", headers: String = "") -> ScriptedServer.Script
  {
    { connection, head in
      _ = connection.readBody(head.contentLength)
      connection.reply(status, body, type: type, headers: headers)
    }
  }

  static let cases: [Case] = [
    Case(description: "reset before the body is whole", fileBytes: large, cause: .connectionLost, handover: .part) { connection, _ in
      _ = connection.readBody(100_000)
      connection.reset()
    },
    Case(description: "closed before the body is whole", fileBytes: large, cause: .connectionLost, handover: .part) { connection, _ in
      _ = connection.readBody(100_000)
    },
    Case(description: "reset after the body was whole", cause: .connectionLost, handover: .whole) { connection, head in
      _ = connection.readBody(head.contentLength)
      connection.reset()
    },
    Case(description: "closed without an answer", cause: .connectionLost, handover: .whole) { connection, head in
      _ = connection.readBody(head.contentLength)
    },
    Case(description: "garbage for an answer", cause: .unreadableReply, handover: .whole) { connection, head in
      _ = connection.readBody(head.contentLength)
      connection.write("\u{1}\u{2}SSH-2.0-hello\r\n\r\n")
    },
    Case(description: "answer cut off in its head", cause: .unreadableReply, handover: .whole) { connection, head in
      _ = connection.readBody(head.contentLength)
      connection.write("HTTP/1.1 200 OK\r\nContent-Le")
    },
    Case(description: "answer cut off in its body", cause: .unreadableReply, handover: .whole, status: 200) { connection, head in
      _ = connection.readBody(head.contentLength)
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"Meta\":{")
    },
    Case(
      description: "a page instead of JSON", cause: .unreadableReply, handover: .whole, status: 200,
      words: ["Sign in to the hospital network"],
      script: answering("200 OK", "<html><body>Sign in to the hospital network</body></html>", type: "text/html")),
    Case(description: "an empty answer", cause: .unreadableReply, handover: .whole, status: 200, script: answering("200 OK", "")),
    Case(
      description: "an answer without end", cause: .unreadableReply, handover: .whole, status: 200,
      script: answering("200 OK", "{\"a\":\"" + String(repeating: "x", count: 2_000_000) + "\"}")),
    Case(
      description: "accepted with errors inside", cause: .refused, handover: .whole, status: 200,
      words: ["not subscribed (message, Subscriptions)"],
      script: answering("200 OK", #"{"Meta":{"Errors":[{"Text":"not subscribed","Type":"message","Module":"Subscriptions"}]}}"#)),
    Case(
      description: "400", cause: .refused, handover: .whole, status: 400, words: ["DocumentReference.status is required"],
      script: answering(
        "400 Bad Request",
        #"{"resourceType":"OperationOutcome","issue":[{"severity":"error","details":{"text":"DocumentReference.status is required"}}]}"#)),
    Case(
      description: "a firewall's 403", cause: .forbidden, handover: .whole, status: 403, words: ["Blocked", "Support ID 77"],
      script: answering("403 Forbidden", "<html><title>Blocked</title><p>Support ID 77</p></html>", type: "text/html")),
    Case(description: "413", cause: .tooLarge, handover: .whole, status: 413, script: answering("413 Payload Too Large", "")),
    Case(
      description: "429 with a time", cause: .busy(retryAfter: 7), handover: .whole, status: 429,
      script: answering("429 Too Many Requests", "", headers: "Retry-After: 7\r\n")),
    Case(
      description: "503", cause: .busy(retryAfter: nil), handover: .whole, status: 503, script: answering("503 Service Unavailable", "")),
    Case(
      description: "500", cause: .serverFailure, handover: .whole, status: 500, words: ["oops"],
      script: answering("500 Oops", "oops", type: "text/plain")),
    Case(description: "502", cause: .serverFailure, handover: .whole, status: 502, script: answering("502 Bad Gateway", "{}")),
    Case(description: "504", cause: .serverFailure, handover: .whole, status: 504, script: answering("504 Gateway Timeout", "{}")),
    Case(
      description: "redirected", cause: .refused, handover: .whole, status: 307, words: ["Redirected to https://elsewhere.example/"],
      script: answering("307 Temporary Redirect", "", headers: "Location: https://elsewhere.example/\r\n")),
    Case(
      description: "413 before the body was read, then a reset", fileBytes: large, cause: .tooLarge, handover: .part, status: 413,
      words: ["File too large"]
    ) { connection, _ in
      connection.reply("413 Payload Too Large", #"{"errorDetail":"File too large"}"#, headers: "Connection: close\r\n")
      _ = connection.readBody(10_000)
      connection.reset()
    },
    Case(
      description: "403 before the body was read, without a length", fileBytes: large, cause: .forbidden, handover: .part, status: 403,
      words: ["no"]
    ) { connection, _ in
      connection.write("HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\n\r\nno")
    },
    Case(description: "accepted before the body was read", fileBytes: large, cause: .unreadableReply, handover: .part, status: 200) {
      connection, _ in
      connection.reply("200 OK", ScriptedServer.accepted, headers: "Connection: close\r\n")
      connection.waitForClose()
    },
    silent("silence after the body", handover: .whole) { connection, head, silence in
      _ = connection.readBody(head.contentLength)
      silence.begin()
      connection.waitForClose()
    },
    silent("silence in the middle of the body", fileBytes: large, handover: .part) { connection, _, silence in
      silence.begin()
      connection.waitForReset()
    },
    silent("silence in the middle of the answer", handover: .whole) { connection, head, silence in
      _ = connection.readBody(head.contentLength)
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")
      silence.begin()
      connection.waitForClose()
    },
  ]

  @Test(arguments: cases) func sending(_ example: Case) async throws {
    let server = ScriptedServer(script: example.script)
    let destination = try Fixtures.destination(server, silence: example.silence)
    let request = Fixtures.request(TestContent(byteCount: example.fileBytes))
    let error = try #require(await failure { try await destination.send(request, progress: noProgress) })
    #expect(error.cause == example.cause)
    #expect(error.handover == example.handover)
    #expect(error.reply?.status == example.status)
    if !example.words.isEmpty { #expect(error.reply?.words == example.words) }
    #expect(server.requests.filter { $0.path == "/endpoint" }.count == 1, "nothing is repeated")
  }

  @Test func anUploadWithoutAURIIsUnreadable() async throws {
    let server = ScriptedServer(script: Self.answering("201 Created", "{}"))
    let destination = try Fixtures.destination(server)
    let error = await failure { try await destination.upload(.test(TestContent(byteCount: 5)), progress: noProgress) }
    #expect(error?.cause == .unreadableReply && error?.handover == .whole && error?.reply?.status == 201)
  }

  @Test(arguments: [1_000, 3_000_000], [TestContent.Fault.changedAtEnd, .goesOn, .endsAfter(999), .unreadable(5, after: 500), .missing])
  func aFileThatFailsNeverArrivesWhole(_ size: Int, _ fault: TestContent.Fault) async throws {
    let whole = Recorder<Bool>()
    let ended = DispatchSemaphore(value: 0)
    let server = ScriptedServer { connection, head in
      whole.add(connection.readBody(head.contentLength) != nil)
      ended.signal()
    }
    let destination = try Fixtures.destination(server)
    let error = await failure {
      try await destination.upload(.test(TestContent(byteCount: size, fault: fault)), progress: noProgress)
    }
    let expected: ContentError =
      switch fault {
      case .missing: .gone
      case .unreadable: .unreadable(5)
      default: .changed
      }
    #expect(error?.cause == .content(expected) && error?.handover == .part)
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        ended.wait()
        continuation.resume()
      }
    }
    #expect(whole.all == [false], "the server must see the request break off")
  }

  // MARK: Connecting

  private func connecting(_ settings: RedoxSettings) async throws -> DestinationError? {
    let destination = try Fixtures.destination(settings)
    return await failure { try await destination.authenticate() }
  }

  private func sentence(_ error: DestinationError?) -> String {
    switch error?.cause {
    case .cannotConnect(let text), .tls(let text), .configuration(let text): text.string
    default: "\(String(describing: error))"
    }
  }

  @Test func aRefusedConnectionSaysSo() async throws {
    let port = UnusedPort()
    let error = try await connecting(Fixtures.settings(port: port.number))
    #expect(error?.handover == .nothing && error?.reply == nil)
    #expect(sentence(error) == "Nothing answers at 127.0.0.1, port \(port.number): the connection was refused.")
  }

  @Test func anUnknownHostIsNamed() async throws {
    let error = try await connecting(Fixtures.settings(port: 443, host: "no-such-host.invalid", scheme: "https"))
    #expect(sentence(error).contains("no-such-host.invalid") && sentence(error).contains("DNS"))
    #expect(error?.handover == .nothing)
  }

  @Test func aHostThatDoesNotAnswerEndsWithTheConnectTimeout() async throws {
    let deaf = DeafPort()
    let error = try await connecting(Fixtures.settings(port: deaf.number, connectTimeout: 0.2))
    guard case .cannotConnect? = error?.cause else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(sentence(error).contains("did not answer within"))
  }

  @Test func aServerWithoutTLSIsNamed() async throws {
    let port = answeringAnyConnection { connection in
      connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
      connection.waitForClose()
    }
    let error = try await connecting(Fixtures.settings(port: port, scheme: "https"))
    #expect(error?.handover == .nothing)
    #expect(sentence(error) == "127.0.0.1, port \(port) does not speak TLS. Check the port and https:// in the URL.")
  }

  @Test func aHandshakeWithoutAnAnswerEndsWithTheConnectTimeout() async throws {
    let port = answeringAnyConnection { $0.waitForClose() }
    let error = try await connecting(Fixtures.settings(port: port, scheme: "https", connectTimeout: 0.3))
    #expect(error?.handover == .nothing && sentence(error).contains("did not answer within 1 s"))
  }

  @Test func aConnectionClosedInTheHandshakeIsNamed() async throws {
    let port = answeringAnyConnection { _ in }
    let error = try await connecting(Fixtures.settings(port: port, scheme: "https"))
    #expect(error?.handover == .nothing && sentence(error).contains("127.0.0.1"))
  }

  /// A port whose first connection gets `answer` after its first byte, and is closed.
  private func answeringAnyConnection(_ answer: @escaping @Sendable (ScriptedServer.Connection) -> Void) -> UInt16 {
    let (listener, port) = boundSocket()
    listen(listener, 8)
    Thread.detachNewThread {
      let connection = ScriptedServer.Connection(accept(listener, nil, nil))
      _ = connection.read(upTo: 1)
      answer(connection)
      close(connection.descriptor)
      close(listener)
    }
    return port
  }

  @Test func aProxyIsAskedForRemoteHostsAndNeverForThisMachine() async throws {
    let asked = Recorder<ScriptedServer.Request>()
    let proxy = ScriptedServer { connection, head in
      asked.add(head)
      connection.reply("407 Proxy Authentication Required")
    }
    let server = ScriptedServer { _, _ in }
    let local = try Fixtures.destination(Fixtures.settings(port: server.port, proxy: "http://127.0.0.1:\(proxy.port)"))
    _ = try await local.authenticate()
    #expect(asked.all.isEmpty)

    var remote = Fixtures.settings(port: 443, host: "api.example", scheme: "https", proxy: "http://us%65r:p%40ss@127.0.0.1:\(proxy.port)")
    let error = try await connecting(remote)
    #expect(sentence(error).contains("proxy"))
    #expect(asked.all.first?.method == "CONNECT" && asked.all.first?.path == "api.example:443")
    #expect(asked.all.first?.headers["proxy-authorization"] == "Basic " + Data("user:p@ss".utf8).base64EncodedString())

    remote.proxy = nil
    let byEnvironment = try Fixtures.destination(remote, proxies: ProxyEnvironment(["https_proxy": "http://127.0.0.1:\(proxy.port)"]))
    _ = await failure { try await byEnvironment.authenticate() }
    #expect(asked.all.count == 2)
  }

  // MARK: Configuration

  @Test func whatCannotWorkIsRefusedBeforeAnythingIsSent() async throws {
    func problem(_ change: (inout RedoxSettings) -> Void) -> String {
      var settings = Fixtures.settings(port: 9)
      change(&settings)
      do throws(DestinationError) {
        _ = try RedoxDestination(settings: settings, logger: .init(label: "test"))
        return "none"
      } catch {
        return sentence(error)
      }
    }
    #expect(problem { $0.tokenURL = "http://api.example/token" }.contains("https://"))
    #expect(
      problem { $0.credentials = .clientAssertion(clientID: "", keyID: "k", key: Redacted(Fixtures.pkcs8), scope: nil) }.contains(
        "client id"))
    #expect(
      problem { $0.credentials = .clientAssertion(clientID: "c", keyID: "", key: Redacted(Fixtures.pkcs8), scope: nil) }.contains("key id"))
    #expect(
      problem { $0.credentials = .clientAssertion(clientID: "c", keyID: "k", key: Redacted(Fixtures.encrypted), scope: nil) }.contains(
        "pass phrase"))
    #expect(problem { $0.credentials = .legacy(apiKey: "a", secret: Redacted("")) }.contains("secret"))
    #expect(problem { $0.extraCertificates = "nothing" }.contains("ca_file"))
    #expect(problem { _ in } == "none")

    var plain = Fixtures.settings(port: 9)
    plain.endpointURL = "http://api.example/endpoint"
    plain.uploadURL = ""
    let destination = try Fixtures.destination(plain)
    let send = await failure { try await destination.send(Fixtures.request(TestContent(byteCount: 1)), progress: noProgress) }
    let upload = await failure { try await destination.upload(.test(TestContent(byteCount: 1)), progress: noProgress) }
    #expect(sentence(send).contains("https://") && sentence(upload).contains("No URL"))
    let legacy = try Fixtures.destination(Fixtures.settings(port: 9, legacy: true))
    let fhir = await failure { try await legacy.send(Fixtures.request(TestContent(byteCount: 1), kind: .fhir), progress: noProgress) }
    #expect(sentence(fhir).contains("OAuth"))
  }

  @Test func aHeaderThatHTTPForbidsIsAConfigurationError() async throws {
    let server = ScriptedServer { connection, head in
      _ = connection.readBody(head.contentLength)
      connection.reply("200 OK", ScriptedServer.accepted, headers: "Connection: close\r\n")
    }
    var settings = Fixtures.settings(port: server.port)
    settings.sourceID = "a\r\nX-Evil: 1"
    let destination = try Fixtures.destination(settings)
    let error = await failure {
      try await destination.send(Fixtures.request(TestContent(byteCount: 1), kind: .fhir), progress: noProgress)
    }
    guard case .configuration? = error?.cause else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(server.requests.allSatisfy { $0.path == "/token" })
  }
}
