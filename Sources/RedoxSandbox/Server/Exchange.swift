import Crypto
import NIOCore
import NIOHTTP1

/// One request after the other on a connection: read, answered, or what a fault makes of that, and written to the log before it is seen.
struct Exchange {
  let desk: Desk
  let reader: RequestReader
  let outbound: RequestReader.Outbound
  var handovers: AsyncStream<Bool>.AsyncIterator

  /// Returns whether the connection is kept for another request.
  mutating func serve(_ head: HTTPRequestHead) async throws -> Bool {
    let route = Route(method: head.method, uri: head.uri)
    let (number, fault) = desk.faults.admit(route.door)
    var record = RequestRecord(run: desk.faults.run, number: number, began: desk.options.now())
    record.endpoint = route.door
    record.fault = fault?.text
    reader.notes.effect = FaultEffect(fault)
    (reader.notes.run, reader.notes.number) = (record.run, number)
    do {
      switch reader.notes.effect.reading {
      case .whole: break
      case .nothing: return try leaveUnanswered(record)
      case .half:
        try await reader.skipHalf()
        return try leaveUnanswered(record)
      }
      let reply = try await answer(head, route)
      return try await send(reply, to: head, record)
    } catch {
      // A line of a request that was answered is in the log by now; one that broke off has none yet.
      if !reader.notes.isLogged { _ = try? log(record, status: nil, answered: false) }
      throw error
    }
  }

  private func answer(_ head: HTTPRequestHead, _ route: Route) async throws -> Reply {
    let effect = reader.notes.effect
    let reply = try await desk.answer(head, for: route, reader)
    if effect != FaultEffect(nil) {
      // What a fault does, it does to a request that has come whole.
      try await reader.drain()
      if effect.revokesToken, let token = desk.bearerToken(of: head) { await desk.tokens.revoke(token) }
    } else if reader.isWorthFinishing {
      try await reader.drain()
    }
    return reply.altered(by: effect, at: route.door)
  }

  /// Writes that no answer was given. The connection is not kept.
  private func leaveUnanswered(_ record: RequestRecord) throws -> Bool {
    try log(record, status: nil, answered: false)
    return false
  }

  private mutating func send(_ reply: Reply, to head: HTTPRequestHead, _ record: RequestRecord) async throws -> Bool {
    let sending = reader.notes.effect.sending
    var isKept = head.isKeepAlive && reader.isAtEnd
    switch sending {
    case .nothing: return try leaveUnanswered(record)
    case .silence:
      _ = try leaveUnanswered(record)
      try await reader.awaitClose()
      return false
    case .half:
      // The connection ends in the middle of what was promised, so it must look as if it went on.
      try log(record, status: reply.status, answered: false)
      let answer = WireReply(reply, to: head, isKept: isKept)
      try await outbound.write(contentsOf: [.head(answer.head), .body(.byteBuffer(answer.firstHalf))])
      return false
    case .whole, .twice, .slowly: break
    }
    let answer = WireReply(reply, to: head, isKept: isKept)
    // A client that read no more than one of two replies would take the other for the answer to its next request.
    if sending == .twice { isKept = false }
    let written = try log(record, status: reply.status, answered: nil)
    do {
      switch sending {
      case .slowly(let bytesPerSecond): try await outbound.trickle(answer, bytesPerSecond: bytesPerSecond)
      case .twice: try await outbound.write(contentsOf: answer.parts + answer.parts)
      default: try await outbound.write(contentsOf: answer.parts)
      }
    } catch {
      try desk.log.answered(false, written, at: desk.options.now())
      throw error
    }
    // The server is being stopped: whether the socket took the answer is not known, and the log says nothing.
    guard let isHandedOver = await handovers.next() else { throw CancellationError() }
    try desk.log.answered(isHandedOver, written, at: desk.options.now())
    guard isKept else {
      try await reader.drain(upTo: desk.options.limits.requestBytes)
      return false
    }
    return true
  }

  @discardableResult
  private func log(_ record: RequestRecord, status: Int?, answered: Bool?) throws(FileFailure) -> RequestRecord {
    var record = record
    record.documentID = reader.notes.documentID
    record.event = reader.notes.event
    record.kept = reader.notes.isKept
    record.bodyBytes = reader.received
    record.bodyLength = reader.announced.map { $0 + reader.received }
    record.bodyWhole = reader.isAtEnd
    record.bodyEnded = reader.ended.map(RequestRecord.milliseconds)
    record.status = status
    record.answered = answered
    record.time = RequestRecord.milliseconds(desk.options.now())
    reader.notes.isLogged = true
    try desk.log.write(record)
    return record
  }
}

/// A reply as it goes over the wire.
struct WireReply {
  var head: HTTPResponseHead
  /// nil for a request that wants none.
  var body: ByteBuffer?

  init(_ reply: Reply, to request: HTTPRequestHead, isKept: Bool) {
    let body = ByteBuffer(string: reply.body)
    var headers = HTTPHeaders(Self.recorded)
    for (name, value) in reply.headers { headers.add(name: name, value: value) }
    headers.add(name: "content-type", value: reply.contentType)
    headers.add(name: "content-length", value: String(body.readableBytes))
    headers.add(name: "etag", value: "W/\"\(Insecure.SHA1.hash(data: Array(reply.body.utf8)).hexadecimal.prefix(20))\"")
    if !isKept {
      headers.add(name: "connection", value: "close")
    } else if request.version != .http1_1 {
      headers.add(name: "connection", value: "keep-alive")
    }
    head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: reply.status), headers: headers)
    self.body = request.method == .HEAD ? nil : body
  }

  var parts: [HTTPServerResponsePart] {
    [.head(head)] + (body.map { [.body(.byteBuffer($0))] } ?? []) + [.end(nil)]
  }

  var firstHalf: ByteBuffer {
    body.flatMap { $0.getSlice(at: $0.readerIndex, length: $0.readableBytes / 2) } ?? ByteBuffer()
  }

  /// Headers that Redox's recorded replies carry.
  private static let recorded: [(String, String)] = [
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("content-security-policy", "default-src 'none'"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "deny"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "private, no-cache, no-store, must-revalidate"),
    ("expires", "-1"),
    ("pragma", "no-cache"),
    ("vary", "Accept-Encoding"),
  ]
}

extension NIOAsyncChannelOutboundWriter<HTTPServerResponsePart> {
  /// The head at once, the body by the byte.
  fileprivate func trickle(_ answer: WireReply, bytesPerSecond: Int) async throws {
    try await write(.head(answer.head))
    var pace = Pace(bytesPerSecond: bytesPerSecond)
    var rest = answer.body ?? ByteBuffer()
    while let byte = rest.readSlice(length: 1) {
      try await write(.body(.byteBuffer(byte)))
      if let pause = pace.pause(after: 1) { try await Task.sleep(for: pause) }
    }
    try await write(.end(nil))
  }
}
