import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import RedoxSandbox

/// Every fault over real sockets: what a client sees, what the destination has, what the log says.
@Suite struct FaultWireTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var fault: Fault
    var endpoint: FaultEndpoint
    var testDescription: String { "\(endpoint.rawValue):\(fault.text)" }
  }

  static let cases = Fault.Kind.allCases.filter { !$0.strikesConnections }.flatMap { kind in
    FaultEndpoint.allCases.filter(kind.endpoints.contains).map { endpoint in
      let number: Int? = kind == .trickleRead ? 1_000_000 : kind == .trickleAnswer ? 20_000 : kind.number == nil ? nil : 3
      return Case(fault: Fault(kind, number), endpoint: endpoint)
    }
  }

  @Test(arguments: cases) func aFaultStrikesOnceAndAsItSays(_ one: Case) async throws {
    let effect = FaultEffect(one.fault)
    let door = SandboxEndpoint.door(of: one.endpoint)
    let right = one.endpoint == .upload ? 201 : 200
    // The first token is for the test's own use.
    let rule = FaultRule(one.fault, at: one.endpoint, .at(one.endpoint == .token ? 2 : 1))
    try await Bench.run({ $0.faults = FaultPlan([rule]) }) { bench in
      let token = try await bench.token()
      let attempt = Task { try await bench.request(one.endpoint, token: token) }
      if effect.sending == .silence {
        try await eventually("the log names the fault") { try bench.requests.last?.fault == one.fault.text }
        attempt.cancel()
      }
      let seen = await attempt.result
      let isBroken = [.nothing, .half, .silence].contains(effect.sending)
      switch seen {
      case .failure: #expect(isBroken)
      case .success(let answer):
        #expect(!isBroken)
        check(answer, effect, one.endpoint, right: right)
      }

      let isToken = one.endpoint == .token
      let keeps = effect.keeps && [.upload, .message].contains(one.endpoint)
      let record = try bench.last(door)
      #expect(record.fault == one.fault.text)
      #expect(record.bodyWhole == (effect.reading == .whole))
      #expect((record.bodyEnded != nil) == record.bodyWhole)
      #expect(record.kept == keeps)
      #expect((record.status == nil) == [.nothing, .silence].contains(effect.sending))
      #expect(try bench.received.count == (keeps ? 1 : 0))
      if isBroken {
        #expect(record.answered == false)
      } else {
        try await eventually("the answer was handed over") { try bench.last(door).answered == true }
      }
      #expect(try bench.requests.filter { $0.fault != nil }.count == 1)

      // A client gives up a connection on which an answer came twice, and may have begun the next request there by then.
      if effect.sending == .twice { _ = try? await bench.request(one.endpoint, token: token) }
      let next = try await bench.request(one.endpoint, token: effect.revokesToken && !isToken ? try await bench.token() : token)
      #expect(next.status == right, "\(next.text)")
    }
  }

  private func check(_ answer: Answer, _ effect: FaultEffect, _ endpoint: FaultEndpoint, right: Int) {
    let isHTML = answer.headers["content-type"]?.hasPrefix("text/html") == true
    switch effect.answering {
    case .asIs:
      #expect(answer.status == (effect.revokesToken && endpoint != .token ? 401 : right))
      #expect(answer.json != .null)
    case .status(let status):
      #expect(answer.status == status)
      #expect(answer.headers["retry-after"] == effect.retryAfter.map(String.init))
    case .page(let status):
      #expect(answer.status == status)
      #expect(isHTML && answer.text.contains("<html>") && answer.json == .null)
    case .wrongType:
      #expect(answer.status == right)
      #expect(isHTML && answer.json != .null)
    case .errorsInside:
      #expect(answer.status == 200)
      #expect(!answer.errors.isEmpty || !answer.issues.isEmpty || answer.json["error"] != nil)
    }
  }

  @Test func withoutANumberThereIsNoRetryAfter() async throws {
    try await Bench.run({ $0.faults = FaultPlan([FaultRule(Fault(.tooMany), at: .message)]) }) { bench in
      let answer = try await bench.send(Samples.message("Media"), token: try await bench.token())
      #expect(answer.status == 429)
      #expect(answer.headers["retry-after"] == nil)
      #expect(answer.headers["x-ratelimit-limit"] == "7500")
    }
  }

  @Test func aDuplicateReplyIsTheSameReplyTwice() async throws {
    try await Bench.run({ $0.faults = FaultPlan([FaultRule(Fault(.duplicateReply), at: .message)]) }) { bench in
      let text = try await bench.sendRaw(Samples.message("Media"), token: try await bench.token())
      let replies = text.components(separatedBy: "HTTP/1.1 200 OK").dropFirst()
      #expect(replies.count == 2)
      #expect(replies.first == replies.last)
      #expect(!text.lowercased().contains("connection: close"))
      #expect(try bench.received.count == 1)
    }
  }

  @Test func aCutOffAnswerPromisesMoreThanItBrings() async throws {
    try await Bench.run({ $0.faults = FaultPlan([FaultRule(Fault(.cutOff), at: .message)]) }) { bench in
      let text = try await bench.sendRaw(Samples.message("Media"), token: try await bench.token())
      let promised = try #require(text.firstMatch(of: /content-length: (\d+)/).flatMap { Int($0.1) })
      let body = text.components(separatedBy: "\r\n\r\n").dropFirst().joined()
      #expect(body.hasPrefix("{\"Meta\"") && body.utf8.count == promised / 2)
    }
  }

  @Test func aLargeBodyIsReadHalfway() async throws {
    try await Bench.run({ $0.faults = FaultPlan([FaultRule(Fault(.closeInBody), at: .upload)]) }) { bench in
      let token = try await bench.token()
      await #expect(throws: (any Error).self) { try await bench.upload(noise(4_000_000), token: token) }
      let record = try bench.last(.upload)
      #expect((1_990_000...2_100_000).contains(record.bodyBytes))
      #expect(record.bodyWhole == false)
    }
  }

  @Test func aTokenThatExpiresOnTheWayIsGone() async throws {
    try await Bench.run({ $0.faults = FaultPlan([FaultRule(Fault(.expireToken), at: .upload)]) }) { bench in
      let token = try await bench.token()
      let other = try await bench.token()
      #expect(try await bench.upload([1], token: token).status == 401)
      #expect(try await bench.send(Samples.message("Media"), token: token).status == 401)
      #expect(try await bench.send(Samples.message("Media"), token: other).status == 200)
    }
  }

  @Test func aTokenCanBeStaleFromTheStart() async throws {
    try await Bench.run({ $0.faults = FaultPlan([FaultRule(Fault(.expireToken), at: .token, .at(1))]) }) { bench in
      let (stale, fresh) = (try await bench.token(), try await bench.token())
      #expect(try await bench.send(Samples.message("Media"), token: stale).status == 401)
      #expect(try await bench.send(Samples.message("Media"), token: fresh).status == 200)
    }
  }

  @Test(arguments: [FaultEndpoint.upload, .message])
  func aForgottenUploadIsRefusedAndAnotherOneTaken(at endpoint: FaultEndpoint) async throws {
    try await Bench.run({ $0.faults = FaultPlan([FaultRule(Fault(.forgetUpload), at: endpoint, .at(1))]) }) { bench in
      let token = try await bench.token()
      func send() async throws -> Answer {
        let uri = try #require(try await bench.upload([1, 2], token: token).json["URI"]?.string)
        return try await bench.send(Samples.message("Media", file: uri), token: token)
      }
      let refused = try await send()
      #expect(refused.status == 400)
      #expect(refused.errors.first?.contains("names no uploaded file") == true)
      #expect(try await send().status == 200)
    }
  }

  @Test func anEmbeddedFileHasNothingToForget() async throws {
    try await Bench.run({ $0.faults = FaultPlan([FaultRule(Fault(.forgetUpload), at: .message)]) }) { bench in
      let token = try await bench.token()
      #expect(try await bench.send(Samples.message("Media"), token: token).status == 200)
    }
  }

  @Test func aScriptIsFollowed() async throws {
    let script = try FaultScript(parsing: "upload:503=2\nupload:ok\nupload:403-html\n")
    try await Bench.run({ $0.faults = FaultPlan(script: script) }) { bench in
      let token = try await bench.token()
      var statuses: [Int] = []
      for _ in 0..<4 { statuses.append(try await bench.upload([1], token: token).status) }
      #expect(statuses == [503, 201, 403, 201])
    }
  }

  @Test func unknownDoorsAreNotStruck() async throws {
    try await Bench.run({ $0.faults = FaultPlan([FaultRule(Fault(.failed))]) }) { bench in
      #expect(try await bench.post("/elsewhere", body: []).status == 404)
      let record = try #require(try bench.requests.first)
      #expect(record.endpoint == nil && record.fault == nil && record.number == 1)
    }
  }
}

@Suite struct ConnectionFaultTests {
  /// Whether a new connection gets any answer at all.
  private func isServed(_ bench: Bench) async -> Bool {
    var reply: String?
    try? await RawConnection.open(bench.server) { connection in
      try await connection.send("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
      reply = try await connection.readToEnd()
    }
    return reply?.hasPrefix("HTTP/1.1 404") == true
  }

  private func isRefused(_ bench: Bench) async -> Bool {
    do {
      try await RawConnection.open(bench.server) { _ in }
      return false
    } catch let error as NIOConnectionError {
      return error.connectionErrors.contains { ($0.error as? IOError)?.errnoCode == ECONNREFUSED }
    } catch {
      return (error as? IOError)?.errnoCode == ECONNREFUSED
    }
  }

  private func eventually(_ what: Comment, _ condition: () async -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while await !condition() {
      guard ContinuousClock.now < deadline else {
        Issue.record(what)
        return
      }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  @Test func aListenerThatIsGoneForAWhileComesBack() async throws {
    try await Bench.run({ $0.faults = FaultPlan([FaultRule(Fault(.refuse, 2_000), .at(2))]) }) { bench in
      try await RawConnection.open(bench.server) { connection in
        try await connection.send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try await connection.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 404"))
        try await eventually("connections are refused") { await isRefused(bench) }
        // What is open is served on.
        try await connection.send("GET /y HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(try await connection.readToEnd().matches(of: /HTTP\/1.1 404/).count == 2)
      }
      try await eventually("connections are taken again") { await isServed(bench) }
      #expect(await isServed(bench), "and stay so")
    }
  }

  @Test func aServerCanBeAbsentFromTheStartAndStillBeStopped() async throws {
    try await Bench.run({ $0.faults = FaultPlan([FaultRule(Fault(.refuse, 3_600_000))]) }) { bench in
      try await eventually("connections are refused") { await isRefused(bench) }
    }
  }

  /// The second connection is still being kept waiting when the listener closes before the third.
  @Test func aConnectionThatWaitsWhileTheListenerClosesIsClosedToo() async throws {
    let plan = FaultPlan([FaultRule(Fault(.slowTLS, 300), .at(1)), FaultRule(Fault(.refuse, 200), .at(3))])
    try await Bench.run({ $0.faults = plan }) { bench in
      try await RawConnection.open(bench.server) { waiting in
        try await waiting.send("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(await isServed(bench))
        // It ends either way: turned away, or served where this machine was slower than its wait.
        _ = try? await waiting.readToEnd()
      }
      try await eventually("connections are taken again") { await isServed(bench) }
    }
  }

  @Test func aSlowHandshakeHoldsUpItsOwnConnectionOnly() async throws {
    let plan = FaultPlan([FaultRule(Fault(.slowTLS, 3_600_000), .at(1)), FaultRule(Fault(.slowTLS, 1), .at(2))])
    try await Bench.run({
      $0.usesTLS = true
      $0.faults = plan
    }) { bench in
      try await RawConnection.open(bench.server) { connection in
        try await connection.send("\u{16}\u{3}\u{1}")
        var insecure = HTTPClient.Configuration(certificateVerification: .none)
        insecure.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(configuration: insecure)
        #expect(try await bench.post("/x", body: [], by: client).status == 404)
        #expect(try await bench.post("/x", body: [], by: client).status == 404)
        try await client.shutdown()
      }
    }
  }
}
