import AsyncHTTPClient
import Foundation
import NIOCore
import Testing

@testable import RedoxSandbox

extension Bench {
  /// The log of requests, as a reader of the folder sees it.
  var requests: [RequestRecord] {
    get throws { try RequestLog.requests(in: directory) }
  }

  /// What the log says of the last request at a door.
  func last(_ endpoint: SandboxEndpoint) throws -> RequestRecord {
    try #require(try requests.last { $0.endpoint == endpoint })
  }

  /// Asks the destination for documents.
  func search(
    _ form: String, token: String, environment: String = "Staging", type: String = "application/x-www-form-urlencoded"
  ) async throws -> Answer {
    try await post("/fhir/R4/redox-emr/\(environment)/DocumentReference/_search", type: type, token: token, body: Array(form.utf8))
  }

  /// A request of each endpoint, right in every way.
  func request(_ endpoint: FaultEndpoint, token: String) async throws -> Answer {
    switch endpoint {
    case .token: try await requestToken(Assertion(client: Self.staging, bench: self).signed())
    case .upload: try await upload(Samples.content, token: token)
    case .message: try await send(Samples.message("Media"), token: token)
    case .search: try await search("identifier=doc-1", token: token)
    }
  }

  /// The bytes of a right message over a connection of its own, its body cut after `count` bytes, and what came back until the server closed.
  func sendRaw(_ message: JSON, token: String, upTo count: Int? = nil) async throws -> String {
    let body = Array(message.text.utf8)
    let head =
      "POST /endpoint HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\nContent-Type: application/json\r\n"
      + "Content-Length: \(body.count)\r\n\r\n"
    var reply = ""
    try await RawConnection.open(server) { connection in
      try await connection.send(Array(head.utf8) + body.prefix(count ?? body.count))
      // A connection that is reset has been closed too.
      reply = (try? await connection.readToEnd()) ?? ""
    }
    return reply
  }
}

extension SandboxEndpoint {
  /// The door that `Bench.request` knocks at.
  static func door(of endpoint: FaultEndpoint) -> SandboxEndpoint {
    switch endpoint {
    case .token: .token
    case .upload: .upload
    case .message: .dataModel
    case .search: .search
    }
  }
}

/// Waits until something that another task brings about is so; fails when it is not within a time that only a broken server needs.
func eventually(_ what: Comment, _ condition: () throws -> Bool) async throws {
  let deadline = ContinuousClock.now + .seconds(60)
  while try !condition() {
    guard ContinuousClock.now < deadline else {
      Issue.record(what)
      return
    }
    try await Task.sleep(for: .milliseconds(5))
  }
}
