import AsyncHTTPClient
import Foundation
import NIOHTTP1
import NIOSSL
import Testing

@testable import RedoxSandbox

@Suite struct WireTests {
  private func head(_ path: String, token: String, type: String, length: Int, more: String = "") -> String {
    "POST \(path) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\nContent-Type: \(type)\r\nContent-Length: \(length)\r\n\(more)\r\n"
  }

  @Test func aClientThatWaitsIsToldToGoOn() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      let form = Bench.form([1, 2, 3])
      try await RawConnection.open(bench.server) { connection in
        try await connection.send(
          head("/upload", token: token, type: "multipart/form-data; boundary=XyZ", length: form.count, more: "Expect: 100-continue\r\n"))
        #expect(try await connection.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
        try await connection.send(form)
        #expect(try await connection.read(until: "URI").contains("HTTP/1.1 201 Created"))
      }
    }
  }

  @Test func aClientThatWaitsInVainIsRefusedAtOnce() async throws {
    try await Bench.run { bench in
      try await RawConnection.open(bench.server) { connection in
        try await connection.send(
          head("/upload", token: "wrong", type: "multipart/form-data; boundary=XyZ", length: 1000, more: "Expect: 100-continue\r\n"))
        #expect(try await connection.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 401 "))
      }
    }
  }

  /// Every length short of the whole, at either endpoint: nothing is kept, and the server goes on.
  @Test func aBodyCutShortIsNeverAccepted() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      let message = Array(Samples.message("Media").text.utf8)
      let cases = [
        ("/upload", "multipart/form-data; boundary=XyZ", Bench.form(noise(1000))), ("/endpoint", "application/json", message),
        (
          "/fhir/R4/redox-emr/Staging/DocumentReference/$documentreference-create", "application/fhir+json",
          Array(Samples.bundle().text.utf8)
        ),
      ]
      for (path, type, body) in cases {
        for missing in [1, 2, body.count / 2, body.count] {
          try await RawConnection.open(bench.server) { connection in
            try await connection.send(head(path, token: token, type: type, length: body.count))
            try await connection.send(Array(body.dropLast(missing)))
          }
        }
      }
      #expect(try await bench.upload([1], token: token).status == 201)
      #expect(try bench.received.count == 1)
    }
  }

  @Test func aChunkedBodyCutShortIsNeverAccepted() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      let body = Samples.message("Media").text
      let start =
        "POST /endpoint HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\nContent-Type: application/json\r\n"
        + "Transfer-Encoding: chunked\r\n\r\n\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n"
      try await RawConnection.open(bench.server) { try await $0.send(start) }
      try await RawConnection.open(bench.server) { connection in
        try await connection.send(start + "0\r\n\r\n")
        #expect(try await connection.read(until: "Logs").hasPrefix("HTTP/1.1 200 "))
      }
      #expect(try bench.received.count == 1)
    }
  }

  @Test func requestsMayFollowEachOtherWithoutWaiting() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      let form = Bench.form([7])
      let request = Array(head("/upload", token: token, type: "multipart/form-data; boundary=XyZ", length: form.count).utf8) + form
      try await RawConnection.open(bench.server) { connection in
        let get = Array("GET /upload HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
        try await connection.send(request + get + request + Array("GET /upload HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8))
        let replies = try await connection.readToEnd()
        #expect(replies.matches(of: /HTTP\/1.1 (\d+)/).map(\.1) == ["201", "403", "201", "403"])
      }
      #expect(try bench.received.count == 2)
    }
  }

  @Test func nonsenseEndsItsOwnConnectionOnly() async throws {
    try await Bench.run { bench in
      for nonsense in ["\u{16}\u{3}\u{1}\u{2}\u{0}", "GET\r\n\r\n", "POST /upload HTTP/1.1\r\nContent-Length: x\r\n\r\n", "\r\n\r\n\r\n"] {
        try await RawConnection.open(bench.server) { try await $0.send(nonsense) }
      }
      #expect(try await bench.upload([1], token: try await bench.token()).status == 201)
    }
  }

  @Test(arguments: [
    ("GET", "/endpoint", 403), ("PUT", "/upload", 403), ("POST", "/", 404), ("POST", "/v2/auth/tokens", 404), ("POST", "/14652614", 404),
    ("POST", "/fhir/R4/redox-emr/Staging/DocumentReference", 403), ("POST", "/fhir/R4/redox-emr/Staging/DocumentReference/$write", 403),
    ("POST", "/fhir/R4/redox-emr/Test/DocumentReference/$documentreference-create", 404),
  ]) func unknownDoorsAreShut(method: String, path: String, status: Int) async throws {
    try await Bench.run { bench in
      try await RawConnection.open(bench.server) { connection in
        try await connection.send("\(method) \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")
        #expect(try await connection.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 \(status) "))
      }
    }
  }

  @Test func thePathMayBePercentEncoded() {
    #expect(
      Route(method: .POST, uri: "/fhir/R4/redox-emr/Staging/DocumentReference/%24documentreference-create?x=1")
        == .fhir(slug: "redox-emr", environment: .staging))
  }

  @Test func tooManyRequestsAreRefusedUntilTheWindowHasSlid() async throws {
    try await Bench.run({ $0.limits.requestsPerFiveMinutes = 2 }) { bench in
      #expect(try await bench.post("/x", body: []).status == 404)
      bench.clock.advance(by: 200)
      #expect(try await bench.post("/x", body: []).status == 404)
      let refused = try await bench.post("/x", body: [])
      #expect(refused.status == 429)
      #expect(refused.headers["x-ratelimit-limit"] == "7500")
      bench.clock.advance(by: 101)
      #expect(try await bench.post("/x", body: []).status == 404)
      #expect(try await bench.post("/x", body: []).status == 429)
    }
  }

  @Test func certificatesAreVerifiable() async throws {
    try await Bench.run({ $0.usesTLS = true }) { bench in
      let authority = try #require(bench.server.certificateAuthorityPEM)
      var trusting = HTTPClient.Configuration()
      var tls = TLSConfiguration.makeClientConfiguration()
      tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8)))
      trusting.tlsConfiguration = tls
      let client = HTTPClient(configuration: trusting)
      let reply = try await bench.post("/auth/authenticate", type: "application/json", body: Array("{}".utf8), by: client)
      #expect(reply.status == 401)
      try await client.shutdown()

      var fast = HTTPClient.Configuration()
      fast.connectionPool.retryConnectionEstablishment = false
      let distrusting = HTTPClient(configuration: fast)
      await #expect(throws: (any Error).self) { try await bench.post("/x", body: [], by: distrusting) }
      try await distrusting.shutdown()
    }
  }

  @Test func aTakenPortIsSaidSo() async throws {
    try await Bench.run { bench in
      var options = bench.server.options
      options.port = bench.server.port
      let error = await #expect(throws: SandboxStartError.self) { try await SandboxServer.start(options) }
      #expect(error?.description.contains("\(bench.server.port)") == true)
    }
  }

  @Test func stoppingTwiceIsHarmless() async throws {
    try await Bench.run { bench in
      await bench.server.stop()
      await bench.server.stop()
      await #expect(throws: (any Error).self) { try await RawConnection.open(bench.server) { try await $0.send("x") } }
    }
  }

  @Test func aSlowReaderIsSteady() {
    var pace = Pace(bytesPerSecond: 1_000_000)
    #expect(pace.pause(after: 500) == nil)
    #expect(pace.pause(after: 500) == .milliseconds(1))
    #expect(pace.pause(after: 64_000) == .milliseconds(64))
  }
}
