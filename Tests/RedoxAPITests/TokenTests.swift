import Foundation
import SafeText
import Synchronization
import TestSupport
import Testing

@testable import RedoxAPI

@Suite struct TokenTests {
  static let accepting: ScriptedServer.Script = { connection, head in
    _ = connection.readBody(head.contentLength)
    connection.reply("201 Created", ScriptedServer.created, headers: "Connection: close\r\n")
  }

  private func upload(_ destination: RedoxDestination, _ content: TestContent = TestContent(byteCount: 1_000)) async -> DestinationError? {
    await failure { try await destination.upload(.test(content), progress: noProgress) }
  }

  private func form(_ request: ScriptedServer.Request) -> [String: String] {
    let pairs = request.text.split(separator: "&").map {
      $0.split(separator: "=", maxSplits: 1).map { String($0).removingPercentEncoding ?? "" }
    }
    return Dictionary(pairs.map { ($0[0], $0[1]) }) { first, _ in first }
  }

  @Test func aTokenIsAskedForAsOAuthWantsIt() async throws {
    let server = ScriptedServer(script: Self.accepting)
    let destination = try Fixtures.destination(Fixtures.settings(port: server.port), now: { Fixtures.now })
    let receipt = try await destination.authenticate()
    #expect(receipt.expires == Fixtures.now.addingTimeInterval(300))
    let request = try #require(server.requests.first)
    #expect(request.headers["content-type"] == "application/x-www-form-urlencoded" && request.contentLength == request.body.count)
    let form = form(request)
    #expect(form["grant_type"] == "client_credentials" && form["scope"] == "fhir:development")
    #expect(form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
    #expect(form["client_assertion"]?.split(separator: ".").count == 3)
    #expect(form.count == 4)
  }

  @Test func noNonceIsUsedTwice() async throws {
    let server = ScriptedServer(
      tokens: { connection, _ in connection.reply("200 OK", #"{"access_token":"t","expires_in":300}"#) }, script: Self.accepting)
    let hours = Mutex(0.0)
    let destination = try Fixtures.destination(Fixtures.settings(port: server.port)) {
      hours.withLock { hours in
        hours += 1
        return Fixtures.now.addingTimeInterval(hours * 3600)
      }
    }
    for _ in 0..<5 { _ = try await destination.authenticate() }
    let nonces = try server.requests.map { request in
      let claims = try #require(form(request)["client_assertion"]?.split(separator: ".")[1])
      let json = try #require(Base64URL.decode(String(claims)))
      return try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])["jti"] as? String
    }
    #expect(Set(nonces).count == 5 && nonces.allSatisfy { $0?.utf8.count == 32 })
  }

  @Test func aRefusedTokenIsRenewedAndTheFileReadFromItsStart() async throws {
    let bodies = Recorder<(token: String, bytes: Int)>()
    let server = ScriptedServer(tokens: { connection, count in
      connection.reply("200 OK", #"{"access_token":"token-\#(count)","expires_in":300}"#)
    }) {
      connection, head in
      let body = connection.readBody(head.contentLength) ?? []
      bodies.add((head.headers["authorization"] ?? "", body.count))
      if bodies.all.count == 1 {
        connection.reply("401 Unauthorized", "expired", type: "text/plain")
      } else {
        connection.reply("201 Created", ScriptedServer.created, headers: "Connection: close\r\n")
      }
    }
    let destination = try Fixtures.destination(server)
    let starts = Counter()
    let seen = Recorder<DeliveryProgress>()
    let file = TestContent(byteCount: 2_000_000) { if $0 == 0 { _ = starts.next() } }
    _ = try await destination.upload(.test(file)) { seen.add($0) }
    #expect(bodies.all.map(\.token) == ["Bearer token-1", "Bearer token-2"])
    #expect(bodies.all[0].bytes == bodies.all[1].bytes && starts.count == 2)
    #expect(zip(seen.all, seen.all.dropFirst()).allSatisfy { $0.acknowledgedBytes <= $1.acknowledgedBytes })
  }

  @Test func aTokenRefusedTwiceEndsTheRequest() async throws {
    let server = ScriptedServer { connection, head in
      _ = connection.readBody(head.contentLength)
      connection.reply("401 Unauthorized", #"{"message":"source not authorized"}"#)
    }
    let error = await upload(try Fixtures.destination(server))
    #expect(error?.cause == .unauthorized && error?.handover == .whole && error?.reply?.words == ["source not authorized"])
    #expect(server.requests.filter { $0.path == "/upload" }.count == 2)
    #expect(server.requests.filter { $0.path == "/token" }.count == 2)
  }

  @Test(arguments: [
    (
      "400 Bad Request", #"{"error":"invalid_request","error_description":"JWT header kid property is required"}"#,
      DestinationError.Cause.unauthorized
    ),
    ("401 Unauthorized", "Invalid request", .unauthorized), ("403 Forbidden", "no", .unauthorized), ("500 Oops", "", .serverFailure),
    ("503 Busy", "", .busy(retryAfter: nil)), ("200 OK", "{}", .unreadableReply), ("200 OK", "hello", .unreadableReply),
    ("200 OK", #"{"access_token":"a b"}"#, .unreadableReply),
  ])
  func whenNoTokenIsHadNothingIsHandedOver(_ status: String, _ body: String, _ cause: DestinationError.Cause) async throws {
    let server = ScriptedServer(tokens: { connection, _ in connection.reply(status, body) }, script: Self.accepting)
    let error = await upload(try Fixtures.destination(server))
    #expect(error?.cause == cause && error?.handover == .nothing && error?.reply != nil)
    #expect(!server.requests.contains { $0.path == "/upload" })
    if status.hasPrefix("400") { #expect(error?.reply?.words == ["JWT header kid property is required (invalid_request)"]) }
  }

  @Test func aBrokenTokenConnectionHandsNothingOver() async throws {
    let server = ScriptedServer(tokens: { connection, _ in connection.reset() }, script: Self.accepting)
    let error = await upload(try Fixtures.destination(server))
    #expect(error?.handover == .nothing)
  }

  @Test func aWrongClockIsNamedWhenTheKeyIsRefused() async throws {
    let server = ScriptedServer(
      tokens: { connection, _ in
        connection.reply("401 Unauthorized", #"{"error":"invalid_client"}"#, headers: "Date: Mon, 05 Jan 2026 10:10:00 GMT\r\n")
      },
      script: Self.accepting)
    let destination = try Fixtures.destination(Fixtures.settings(port: server.port), now: { Fixtures.now })
    let error = await failure { try await destination.authenticate() }
    #expect(error?.reply?.words.count == 2)
    #expect(error?.reply?.words.last?.string.contains("10 min behind") == true)
  }

  @Test func legacyKeysAreExchangedRefreshedAndExchangedAgain() async throws {
    let clock = Mutex(Fixtures.now)
    let server = ScriptedServer(
      tokens: { connection, count in
        if count == 3 { return connection.reply("401 Unauthorized", "Invalid request", type: "text/html") }
        // The server's clock is an hour ahead; its absolute time must be read by it.
        connection.reply(
          "200 OK", #"{"accessToken":"legacy-\#(count)","expires":"2026-01-06T11:00:00.000Z","refreshToken":"refresh-\#(count)"}"#,
          headers: "Date: Mon, 05 Jan 2026 11:00:00 GMT\r\n")
      }, script: Self.accepting)
    let destination = try Fixtures.destination(Fixtures.settings(port: server.port, legacy: true), now: { clock.withLock { $0 } })
    let receipt = try await destination.authenticate()
    #expect(receipt.expires == Fixtures.now.addingTimeInterval(86_400) && receipt.clockSkew == 3_600)
    #expect(await upload(destination) == nil)
    #expect(server.requests.last?.headers["authorization"] == "Bearer legacy-1")
    // A minute before its end the token is refreshed; by then the refresh token may be refused, and the secret counts again.
    clock.withLock { $0 = Fixtures.now.addingTimeInterval(86_341) }
    _ = try await destination.authenticate()
    clock.withLock { $0 = Fixtures.now.addingTimeInterval(-1) }
    _ = try await destination.authenticate()
    let asked = server.requests.filter { $0.path.hasPrefix("/auth") }
    #expect(asked.map(\.path) == ["/auth/authenticate", "/auth/refreshToken", "/auth/refreshToken", "/auth/authenticate"])
    #expect(asked[0].text == #"{"apiKey":"key-1","secret":"secret-1"}"#)
    #expect(asked[1].text == #"{"apiKey":"key-1","refreshToken":"refresh-1"}"#)
    #expect(asked[3].text == asked[0].text)
  }

  // MARK: The store

  static func token(_ name: String, life: Double = 300, at start: Date = Fixtures.now) -> AccessToken {
    AccessToken(value: name, obtained: start, expires: start.addingTimeInterval(life))
  }

  @Test(arguments: [(300.0, 240.0), (100, 80), (10, 8), (86_400, 86_340), (0, 0)])
  func tokensAreRenewedBeforeTheirEnd(_ life: Double, _ usable: Double) {
    let token = Self.token("t", life: life)
    #expect(token.renewAt == Fixtures.now.addingTimeInterval(usable))
    #expect(token.isFresh(at: Fixtures.now.addingTimeInterval(usable - 0.001)) == (usable > 0))
    #expect(!token.isFresh(at: Fixtures.now.addingTimeInterval(usable)))
    #expect(!token.isFresh(at: Fixtures.now.addingTimeInterval(-1)), "a clock set back says nothing about a token's age")
  }

  @Test func manyWaitersShareOneRenewal() async throws {
    let gate = Gate()
    let renewals = Counter()
    let store = TokenStore(now: { Fixtures.now }) { _ in
      let count = renewals.next()
      await gate.wait()
      return Self.token("t\(count)")
    }
    let waiters = (0..<20).map { _ in Task { try await store.token().value } }
    await gate.arrived()
    gate.open()
    for waiter in waiters { #expect(try await waiter.value == "t1") }
    #expect(renewals.count == 1)
  }

  @Test func aCancelledWaiterLeavesTheRenewalToTheOthers() async throws {
    let gate = Gate()
    let store = TokenStore(now: { Fixtures.now }) { _ in
      await gate.wait()
      return Self.token(Task.isCancelled ? "cancelled" : "t")
    }
    let first = Task { try await store.token().value }
    await gate.arrived()
    let (joined, join) = AsyncStream<Void>.makeStream()
    let second = Task {
      join.yield()
      return try await store.token().value
    }
    for await _ in joined { break }
    // Once the store has answered another question, the second has joined the queue before it.
    while await store.waiterCount < 2 { await Task.yield() }
    first.cancel()
    let error = await #expect(throws: DestinationError.self) { try await first.value }
    #expect(error?.cause == .cancelled)
    gate.open()
    #expect(try await second.value == "t")
  }

  @Test func aRenewalThatNobodyWaitsForIsGivenUp() async throws {
    let gate = Gate()
    let renewals = Counter()
    let store = TokenStore(now: { Fixtures.now }) { _ in
      let count = renewals.next()
      if count == 1 { await gate.wait() }
      return Self.token("t\(count)")
    }
    let only = Task { try await store.token().value }
    await gate.arrived()
    only.cancel()
    await #expect(throws: DestinationError.self) { try await only.value }
    #expect(try await store.token().value == "t2")
    gate.open()
    #expect(try await store.token().value == "t2", "a renewal that was given up must not bring back an older token")
  }

  @Test func aFailedRenewalFailsAllAndIsNotRemembered() async throws {
    let renewals = Counter()
    let store = TokenStore(now: { Fixtures.now }) { _ throws(DestinationError) in
      if renewals.next() == 1 { throw DestinationError(.serverFailure) }
      return Self.token("good")
    }
    await #expect(throws: DestinationError(.serverFailure)) { try await store.token() }
    #expect(try await store.token().value == "good")
  }

  @Test func aRefusedTokenIsNotHandedOutAgain() async throws {
    let renewals = Counter()
    let store = TokenStore(now: { Fixtures.now }) { _ in Self.token("t\(renewals.next())") }
    #expect(try await store.token().value == "t1")
    #expect(try await store.token(insteadOf: "t1").value == "t2")
    #expect(try await store.token(insteadOf: "t1").value == "t2", "a second refusal of the old token renews nothing")
    #expect(renewals.count == 2)
  }
}
