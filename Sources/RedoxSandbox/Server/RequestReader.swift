import Foundation
import NIOCore
import NIOHTTP1

/// The connection ended, or the client broke the protocol, before the request was whole. Nothing of such a request is kept.
struct RequestCutOff: Error {}

/// What is known of a request beside its bytes.
struct RequestNotes {
  var effect = FaultEffect(nil)
  var documentID: String?
  /// `New`, `Replace`, `Delete`, … of the Data Model, `create` of FHIR.
  var event: String?
  /// This request, as what it brings is kept under.
  var number: Int?
  var run: String?
  /// Whether something of it was kept.
  var isKept = false
  /// Whether its line in the log is written.
  var isLogged = false
}

/// Reads the requests of one connection, one after the other. Used by one task only.
final class RequestReader {
  typealias Inbound = NIOAsyncChannelInboundStream<HTTPServerRequestPart>.AsyncIterator
  typealias Outbound = NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>

  private var parts: Inbound
  private let outbound: Outbound
  private var awaitsContinue = false
  private var pace: Pace?
  private(set) var isAtEnd = true
  /// Bytes of the body that have not come yet; nil when the request's head did not say how many there are.
  private(set) var announced: Int?
  /// Bytes of the body that have come.
  private(set) var received = 0
  /// When the body's last byte was read.
  private(set) var ended: Date?
  /// What the desk finds out about the request that is being answered, and what it shall do with it.
  var notes = RequestNotes()
  private let now: () -> Date

  init(parts: Inbound, outbound: Outbound, now: @escaping () -> Date) {
    self.parts = parts
    self.outbound = outbound
    self.now = now
  }

  /// The next request's head; nil when the client is done.
  func head() async throws -> HTTPRequestHead? {
    guard let part = try await parts.next() else { return nil }
    guard case .head(let head) = part else { throw RequestCutOff() }
    isAtEnd = false
    let isChunked = head.headers.contains(name: "transfer-encoding")
    announced = head.headers.first(name: "content-length").flatMap { Int($0) } ?? (isChunked ? nil : 0)
    awaitsContinue = head.version == .http1_1 && head.headers[canonicalForm: "expect"].contains { $0.lowercased() == "100-continue" }
    pace = nil
    received = 0
    ended = nil
    notes = RequestNotes()
    return head
  }

  /// - Parameter bytesPerSecond: the slower of this and the fault's own pace holds.
  func slow(to bytesPerSecond: Int?) {
    pace = [bytesPerSecond, notes.effect.bytesPerSecond].compactMap(\.self).min().map(Pace.init)
  }

  /// The next piece of the body; nil at its end. A client that waits to be told so is told to go on by the first call.
  func next() async throws -> ByteBuffer? {
    if isAtEnd { return nil }
    if awaitsContinue {
      awaitsContinue = false
      try await outbound.write(.head(HTTPResponseHead(version: .http1_1, status: .continue)))
    }
    switch try await parts.next() {
    case .body(let bytes):
      announced = announced.map { $0 - bytes.readableBytes }
      received += bytes.readableBytes
      if let pause = pace?.pause(after: bytes.readableBytes) { try await Task.sleep(for: pause) }
      return bytes
    case .end:
      isAtEnd = true
      ended = now()
      return nil
    case .head, nil:
      throw RequestCutOff()
    }
  }

  /// The whole body.
  func all(upTo limit: Int, else refusal: Refusal) async throws -> [UInt8] {
    if let announced, announced > limit { throw refusal }
    var bytes: [UInt8] = []
    while let piece = try await next() {
      bytes.append(contentsOf: piece.readableBytesView)
      if bytes.count > limit { throw refusal }
    }
    return bytes
  }

  /// Whether the body, if any is left, is so short and sure to come that reading it is cheaper than a new connection.
  var isWorthFinishing: Bool {
    isAtEnd || !awaitsContinue && (announced.map { $0 <= 262_144 } ?? false)
  }

  /// Reads about half of the body, and throws it away.
  func skipHalf() async throws {
    let half = (announced ?? 2) / 2
    while received < half, try await next() != nil {}
  }

  /// Waits until the client closes the connection.
  func awaitClose() async throws {
    while try await parts.next() != nil {}
  }

  /// Throws away what is left of the body, so that the reply is not lost in a reset while the client still sends.
  func drain(upTo limit: Int = .max, for duration: Duration = .seconds(5)) async throws {
    awaitsContinue = false
    let deadline = ContinuousClock.now + duration
    var count = 0
    while !isAtEnd, count < limit, ContinuousClock.now < deadline, let piece = try await next() { count += piece.readableBytes }
  }
}

/// How long to wait so that bytes are taken at a steady rate. Waits are gathered to a millisecond at least, which a timer can keep.
struct Pace {
  private let bytesPerSecond: Int
  private var owed = Duration.zero

  init(bytesPerSecond: Int) {
    self.bytesPerSecond = max(1, bytesPerSecond)
  }

  mutating func pause(after bytes: Int) -> Duration? {
    owed += .nanoseconds(Int64(bytes) * 1_000_000_000 / Int64(bytesPerSecond))
    guard owed >= .milliseconds(1) else { return nil }
    defer { owed = .zero }
    return owed
  }
}
