public import ClinicalMessages
#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif
public import RedoxAPI
internal import SafeText
internal import Synchronization

/// A destination in memory: keeps what it was given, and does what a test tells it to.
public final class MemoryDestination: Destination {
  /// What becomes of one call.
  public enum Outcome: Sendable {
    case accept
    /// Reads and reports everything, then fails.
    case fail(DestinationError)
    /// Fails once the peer has acknowledged that many bytes of the file.
    case failAfter(bytes: Int, DestinationError)
    /// Answers nothing until the task is cancelled.
    case hang
  }

  public struct Delivery: Sendable, Hashable {
    public enum Call: Sendable, Hashable {
      case upload(fileName: String, mediaType: String)
      case message(MessageKind)
    }
    public var call: Call
    /// The file's bytes, out of base64 where it was embedded; for a reference those of the upload.
    public var fileBytes: [UInt8]
    /// The upload's URI: given, or referred to.
    public var uri: String?
    /// The request's whole body of a message.
    public var body: [UInt8]
  }

  private struct State {
    var outcomes: [Outcome] = []
    var deliveries: [Delivery] = []
    var uploads: [String: [UInt8]] = [:]
    var authentications = 0
    var answers: [Result<DocumentFinding, DestinationError>] = []
    var questions: [DocumentQuery] = []
  }

  private static let pieceBytes = 65_536
  private let now: @Sendable () -> Date
  private let state = Mutex(State())

  public init(now: @escaping @Sendable () -> Date = { Date(timeIntervalSince1970: 1_767_607_200) }) { self.now = now }

  /// What the next uploads and messages lead to, in turn; after these, everything is accepted.
  public func script(_ outcomes: [Outcome]) { state.withLock { $0.outcomes = outcomes } }

  /// What the next questions after a document are answered with, in turn; after these, with the truth.
  public func answer(_ answers: [Result<DocumentFinding, DestinationError>]) { state.withLock { $0.answers = answers } }

  /// What was asked for, in order.
  public var questions: [DocumentQuery] { state.withLock { $0.questions } }

  /// What was accepted, in order.
  public var deliveries: [Delivery] { state.withLock { $0.deliveries } }
  public var authentications: Int { state.withLock { $0.authentications } }

  public func authenticate() async throws(DestinationError) -> AuthenticationReceipt {
    if Task.isCancelled { throw DestinationError(.cancelled) }
    state.withLock { $0.authentications += 1 }
    return AuthenticationReceipt(expires: now().addingTimeInterval(300), clockSkew: 0)
  }

  public func upload(_ file: UploadRequest, progress: @escaping ProgressHandler) async throws(DestinationError) -> UploadReceipt {
    let bytes = try await transfer(file.content, progress)
    let uri = state.withLock { state in
      let uri = "https://blob.example/\(state.uploads.count + 1)"
      state.uploads[uri] = bytes
      let call = Delivery.Call.upload(fileName: file.fileName.reveal(), mediaType: file.mediaType)
      state.deliveries.append(Delivery(call: call, fileBytes: bytes, uri: uri, body: []))
      return uri
    }
    progress(DeliveryProgress(phase: .finalizing, acknowledgedBytes: bytes.count, totalBytes: bytes.count))
    return UploadReceipt(uri: uri, status: 201)
  }

  public func send(
    _ request: MessageRequest, progress: @escaping ProgressHandler, release: @escaping ReleaseHandler
  ) async throws(DestinationError) -> MessageReceipt {
    let message = request.message
    var delivery = Delivery(call: .message(message.kind), fileBytes: [], uri: nil, body: [])
    switch request.hole {
    case .base64(let content):
      delivery.fileBytes = try await transfer(content, progress)
      delivery.body = message.prefix + [UInt8](Data(delivery.fileBytes).base64EncodedData()) + message.suffix
    case .uploadURI(let uri):
      _ = try await transfer(TestContent(byteCount: 0), progress)
      guard let bytes = state.withLock({ $0.uploads[uri] }) else {
        throw MemoryDestination.refusal("The file \(uri) was not uploaded by this source")
      }
      delivery.uri = uri
      delivery.fileBytes = bytes
      delivery.body = message.body(withUploadURI: uri)
    case .absent:
      _ = try await transfer(TestContent(byteCount: 0), progress)
      delivery.body = message.prefix
    }
    guard message.kind != .media || MemoryDestination.namesDocument(message.json) else {
      throw MemoryDestination.refusal("Required field missing - Media.DocumentID in Media:New")
    }
    guard await release() else { throw DestinationError(.cancelled, handover: .part) }
    let accepted = delivery
    let number = state.withLock { state in
      state.deliveries.append(accepted)
      return state.deliveries.count
    }
    let total = request.fileByteCount
    progress(DeliveryProgress(phase: .finalizing, acknowledgedBytes: total, totalBytes: total))
    return MessageReceipt(status: 200, logIDs: ["log-\(number)"], locations: [], acceptedAt: now())
  }

  public func find(_ query: DocumentQuery) async throws(DestinationError) -> DocumentFinding {
    if Task.isCancelled { throw DestinationError(.cancelled) }
    let scripted = state.withLock { state in
      state.questions.append(query)
      return state.answers.isEmpty ? nil : state.answers.removeFirst()
    }
    if let scripted { return try scripted.get() }
    let numbers = [#""DocumentID": ""#, #""value": ""#, #""value": "urn:uuid:"#].map { Array("\($0)\(query.documentID)\"".utf8) }
    let messages = state.withLock { $0.deliveries.filter { delivery in numbers.contains { delivery.body.contains($0) } } }
    return messages.isEmpty ? .notFound : .found(locations: ["DocumentReference/\(query.documentID)"])
  }

  private func transfer(_ content: any ContentSource, _ progress: ProgressHandler) async throws(DestinationError) -> [UInt8] {
    let total = content.byteCount
    let outcome = state.withLock { $0.outcomes.isEmpty ? .accept : $0.outcomes.removeFirst() }
    progress(DeliveryProgress(phase: .connecting, acknowledgedBytes: 0, totalBytes: total))
    if Task.isCancelled { throw DestinationError(.cancelled) }
    var bytes: [UInt8] = []
    do throws(ContentError) {
      let reader = try content.makeReader()
      var piece = [UInt8](repeating: 0, count: MemoryDestination.pieceBytes)
      while true {
        let count = try MemoryDestination.read(reader, into: &piece)
        if count == 0 { break }
        bytes += piece[..<count]
        if Task.isCancelled || bytes.count > total { break }
        progress(DeliveryProgress(phase: .transmitting, acknowledgedBytes: max(0, min(bytes.count, total - 1)), totalBytes: total))
        if case .failAfter(let limit, _) = outcome, bytes.count >= limit { break }
        await Task.yield()
      }
    } catch {
      throw DestinationError(.content(error), handover: bytes.isEmpty ? .nothing : .part)
    }
    if Task.isCancelled { throw DestinationError(.cancelled, handover: .part) }
    if case .failAfter(_, let error) = outcome { throw error }
    guard bytes.count == total else { throw DestinationError(.content(.changed), handover: .part) }
    progress(DeliveryProgress(phase: .finalizing, acknowledgedBytes: max(0, total - 1), totalBytes: total))
    switch outcome {
    case .accept, .failAfter: break
    case .fail(let error): throw error
    case .hang:
      await MemoryDestination.untilCancelled()
      throw DestinationError(.cancelled, handover: .whole)
    }
    return bytes
  }

  private static func untilCancelled() async {
    let (stream, continuation) = AsyncStream<Never>.makeStream()
    await withTaskCancellationHandler {
      for await _ in stream {}
    } onCancel: {
      continuation.finish()
    }
  }

  private static func read(_ reader: any ContentReader, into piece: inout [UInt8]) throws(ContentError) -> Int {
    var result: Result<Int, ContentError> = .success(0)
    piece.withUnsafeMutableBytes { space in
      do throws(ContentError) {
        result = .success(try reader.read(into: space))
      } catch {
        result = .failure(error)
      }
    }
    return try result.get()
  }

  private static func refusal(_ words: String) -> DestinationError {
    DestinationError(.refused, handover: .whole, reply: ServerReply(status: 400, words: [DisplayText(escaping: words)]))
  }

  /// Whether a Data Model message carries the document's own number.
  private static func namesDocument(_ json: JSONValue) -> Bool {
    switch json {
    case .object(let members):
      members.contains { $0.key == "DocumentID" || namesDocument($0.value) }
    case .array(let elements): elements.contains(where: namesDocument)
    default: false
    }
  }
}

extension MessageRequest {
  /// Bytes of the file that this request itself carries.
  fileprivate var fileByteCount: Int {
    if case .base64(let content) = hole { content.byteCount } else { 0 }
  }
}
