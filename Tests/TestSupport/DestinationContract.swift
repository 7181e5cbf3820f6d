public import ClinicalMessages
public import RedoxAPI
internal import Crypto
internal import SafeText
internal import Synchronization

/// What every `Destination` keeps, as one suite for Redox's client against a server and for doubles:
/// `@Test(arguments: DestinationContract.allCases) func keeps(_ clause: DestinationContract) async throws { try await clause.check(subject) }`
public enum DestinationContract: String, CaseIterable, Sendable {
  case authenticationGivesAnExpiry
  case uploadDeliversTheBytes
  case embeddedBytesAreDelivered
  case uploadIsReferredTo
  case unknownURIIsRefused
  case refusalCarriesWords
  case progressRisesAndEndsWithTheReply
  case cancelledTaskDeliversNothing
  case cancellationWhileSendingDeliversNothing
  case changedFileDeliversNothing
  case missingFileDeliversNothing
  case whatWasSentIsFound
  case whatWasNotSentIsNotFound
  case correctionsAreTaken

  /// A destination under test with a view on what its other end accepted.
  public struct Subject: Sendable {
    /// A document that the other end accepted: its bytes, and whether it came by a message (embedded or referred to) or as an upload.
    public struct Document: Sendable, Hashable {
      public var bytes: [UInt8]
      public var isMessage: Bool

      public init(bytes: [UInt8], isMessage: Bool) {
        self.bytes = bytes
        self.isMessage = isMessage
      }
    }

    public var destination: any Destination
    /// Everything accepted so far, in order.
    public var accepted: @Sendable () async throws -> [Document]
    /// A message about that file which the other end takes, its hole still open.
    public var message: @Sendable (MessageKind, DeliveryMethod, TestContent) -> ClinicalMessage

    public init(
      destination: any Destination, accepted: @escaping @Sendable () async throws -> [Document],
      message: @escaping @Sendable (MessageKind, DeliveryMethod, TestContent) -> ClinicalMessage = DestinationContract.message
    ) {
      self.destination = destination
      self.accepted = accepted
      self.message = message
    }
  }

  /// `Samples.draft` with that file for its document.
  public static func message(_ kind: MessageKind, _ method: DeliveryMethod, about file: TestContent) -> ClinicalMessage {
    var draft = Samples.draft(kind: kind)
    draft.document.byteCount = file.byteCount
    draft.document.sha1 = Array(Insecure.SHA1.hash(data: file.bytes))
    return MessageComposer.compose(draft, method: method)
  }

  /// How a destination broke the contract.
  public struct Violation: Error, CustomStringConvertible {
    public var description: String
  }

  public func check(_ subject: Subject) async throws {
    switch self {
    case .authenticationGivesAnExpiry:
      let first = try await subject.destination.authenticate()
      let second = try await subject.destination.authenticate()
      try require(second.expires >= first.expires, "a token's end does not come nearer by asking")
    case .uploadDeliversTheBytes: try await uploadDeliversTheBytes(subject)
    case .embeddedBytesAreDelivered: try await embeddedBytesAreDelivered(subject)
    case .uploadIsReferredTo: try await uploadIsReferredTo(subject)
    case .unknownURIIsRefused:
      let request = MessageRequest(
        message: subject.message(.media, .upload, TestContent(byteCount: 10)), hole: .uploadURI("https://blob.example/never-uploaded"))
      let error = try await failure(subject) { try await $0.send(request, progress: ignore) }
      try require(error.cause == .refused && error.handover == .whole, "an unknown URI must be refused, not \(error)")
    case .refusalCarriesWords: try await refusalCarriesWords(subject)
    case .progressRisesAndEndsWithTheReply: try await progressRises(subject)
    case .cancelledTaskDeliversNothing: try await cancelledTask(subject)
    case .cancellationWhileSendingDeliversNothing: try await cancellationWhileSending(subject)
    case .changedFileDeliversNothing: try await changedFile(subject)
    case .missingFileDeliversNothing:
      let file = TestContent(byteCount: 1_000, fault: .missing)
      let error = try await failure(subject) { try await $0.upload(.test(file), progress: ignore) }
      try require(error.cause == .content(.gone) && error.handover != .whole, "a missing file must be named as such, not \(error)")
    case .whatWasSentIsFound: try await whatWasSentIsFound(subject)
    case .whatWasNotSentIsNotFound: try await whatWasNotSentIsNotFound(subject)
    case .correctionsAreTaken: try await correctionsAreTaken(subject)
    }
  }

  // Sizes around base64's groups of three and around the pieces that files are read in.
  private static let sizes = [1, 2, 3, 4, 196_607, 196_608, 196_609, 262_145, 1_000_000]

  private func uploadDeliversTheBytes(_ subject: Subject) async throws {
    for size in DestinationContract.sizes {
      let file = TestContent(byteCount: size)
      let receipt = try await subject.destination.upload(.test(file), progress: ignore)
      try require(!receipt.uri.isEmpty && (200..<300).contains(receipt.status), "an upload must give a URI and a status of 2xx")
      let last = try await subject.accepted().last
      try require(last == Subject.Document(bytes: file.bytes, isMessage: false), "an upload of \(size) bytes must arrive as they are")
    }
  }

  private func embeddedBytesAreDelivered(_ subject: Subject) async throws {
    for (index, size) in DestinationContract.sizes.enumerated() {
      let file = TestContent(byteCount: size)
      let kind = MessageKind.allCases[index % MessageKind.allCases.count]
      let request = MessageRequest(message: subject.message(kind, .embed, file), hole: .base64(file))
      let receipt = try await subject.destination.send(request, progress: ignore)
      try require((200..<300).contains(receipt.status), "an accepted message has a status of 2xx")
      let last = try await subject.accepted().last
      try require(last == Subject.Document(bytes: file.bytes, isMessage: true), "\(size) bytes embedded in \(kind) must arrive as they are")
    }
  }

  private func uploadIsReferredTo(_ subject: Subject) async throws {
    for kind in MessageKind.allCases {
      let file = TestContent(byteCount: 5_000)
      let uri = try await subject.destination.upload(.test(file), progress: ignore).uri
      let request = MessageRequest(message: subject.message(kind, .upload, file), hole: .uploadURI(uri))
      _ = try await subject.destination.send(request, progress: ignore)
      let last = try await subject.accepted().last
      try require(last == Subject.Document(bytes: file.bytes, isMessage: true), "\(kind) must refer to the upload")
    }
  }

  private func refusalCarriesWords(_ subject: Subject) async throws {
    let json = JSONValue.object([
      JSONValue.Member("Meta", .object([JSONValue.Member("DataModel", .string("Media")), JSONValue.Member("EventType", .string("New"))])),
      JSONValue.Member("Media", .object([JSONValue.Member("FileContents", .hole)])),
    ])
    let request = MessageRequest(
      message: ClinicalMessage(kind: .media, method: .embed, json: json), hole: .base64(TestContent(byteCount: 10)))
    let before = try await subject.accepted().count
    let error = try await failure(subject) { try await $0.send(request, progress: ignore) }
    try require(error.cause == .refused && error.handover == .whole, "an incomplete message must be refused, not \(error)")
    try require(error.reply.map { $0.status >= 200 && !$0.words.isEmpty } ?? false, "a refusal must carry the server's words")
    try require(try await subject.accepted().count == before, "a refused message must not count as accepted")
  }

  private func progressRises(_ subject: Subject) async throws {
    let file = TestContent(byteCount: 3_000_000)
    try await expectProgress(total: file.byteCount) { _ = try await subject.destination.upload(.test(file), progress: $0) }
    let request = MessageRequest(message: subject.message(.media, .embed, TestContent(byteCount: 10)), hole: .base64(file))
    try await expectProgress(total: file.byteCount) { _ = try await subject.destination.send(request, progress: $0) }
  }

  private func expectProgress(total: Int, _ call: (@escaping ProgressHandler) async throws -> Void) async throws {
    let reports = Mutex<[DeliveryProgress]>([])
    try await call { progress in reports.withLock { $0.append(progress) } }
    let seen = reports.withLock { $0 }
    try require(seen.first?.phase == .connecting, "progress begins with connecting")
    try require(zip(seen, seen.dropFirst()).allSatisfy { $0.acknowledgedBytes <= $1.acknowledgedBytes }, "progress never goes backwards")
    try require(seen.allSatisfy { $0.totalBytes == total && (0...total).contains($0.acknowledgedBytes) }, "progress stays within the file")
    try require(seen.dropLast().allSatisfy { $0.acknowledgedBytes < total }, "the end is not reached before the reply")
    try require(seen.last?.acknowledgedBytes == total && seen.last?.phase == .finalizing, "the reply is the end")
    await Task.yield()
    try require(reports.withLock { $0.count } == seen.count, "nothing is reported after the call has returned")
  }

  private func cancelledTask(_ subject: Subject) async throws {
    let before = try await subject.accepted().count
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      _ = try await subject.destination.upload(.test(TestContent(byteCount: 1_000)), progress: ignore)
    }
    try requireCancelled(await task.result)
    try require(try await subject.accepted().count == before, "a cancelled task must deliver nothing")
  }

  private func cancellationWhileSending(_ subject: Subject) async throws {
    let before = try await subject.accepted().count
    for embeds in [false, true] {
      let running = Mutex<Task<Void, any Error>?>(nil)
      let (started, start) = AsyncStream<Void>.makeStream()
      let file = TestContent(byteCount: 20_000_000) { position in
        if position > 300_000 { running.withLock { $0?.cancel() } }
      }
      let task = Task {
        for await _ in started { break }
        if embeds {
          _ = try await subject.destination.send(
            MessageRequest(message: subject.message(.media, .embed, TestContent(byteCount: 10)), hole: .base64(file)), progress: ignore)
        } else {
          _ = try await subject.destination.upload(.test(file), progress: ignore)
        }
      }
      running.withLock { $0 = task }
      start.yield()
      try requireCancelled(await task.result)
    }
    try require(try await subject.accepted().count == before, "a transfer cancelled half-way must deliver nothing")
  }

  private func changedFile(_ subject: Subject) async throws {
    let before = try await subject.accepted().count
    for size in [1_000, 1_000_000] {
      for fault in [TestContent.Fault.changedAtEnd, .endsAfter(size - 1), .goesOn] {
        let file = TestContent(byteCount: size, fault: fault)
        let message = MessageRequest(message: subject.message(.media, .embed, TestContent(byteCount: 10)), hole: .base64(file))
        let errors = [
          try await failure(subject) { try await $0.upload(.test(file), progress: ignore) },
          try await failure(subject) { try await $0.send(message, progress: ignore) },
        ]
        for error in errors {
          try require(error.cause == .content(.changed), "\(fault) of \(size) bytes must be reported as a changed file, not \(error)")
          try require(error.handover != .whole, "a changed file must not be handed over whole")
        }
      }
    }
    try require(try await subject.accepted().count == before, "a changed file must not be accepted")
  }

  private func whatWasSentIsFound(_ subject: Subject) async throws {
    let file = TestContent(byteCount: 100)
    _ = try await subject.destination.send(
      MessageRequest(message: subject.message(.fhir, .embed, file), hole: .base64(file)), progress: ignore)
    let query = DocumentQuery(documentID: Samples.identity.documentID, kind: .fhir, routing: Samples.routing)
    let finding = try await subject.destination.find(query)
    guard case .found(let locations) = finding, !locations.isEmpty else {
      throw Violation(description: "\(rawValue): a document that was accepted must be found, not \(finding)")
    }
    try require(try await subject.destination.find(query) == finding, "asking again must give the same answer")
  }

  private func whatWasNotSentIsNotFound(_ subject: Subject) async throws {
    let file = TestContent(byteCount: 100)
    _ = try await subject.destination.send(
      MessageRequest(message: subject.message(.fhir, .embed, file), hole: .base64(file)), progress: ignore)
    let before = try await subject.accepted().count
    let query = DocumentQuery(documentID: Samples.identity.bundleID, kind: .fhir, routing: Samples.routing)
    let finding = try await subject.destination.find(query)
    try require(finding == .notFound, "a document that was never sent must not be found, not \(finding)")
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      _ = try await subject.destination.find(query)
    }
    try requireCancelled(await task.result)
    try require(try await subject.accepted().count == before, "asking must deliver nothing")
  }

  private func correctionsAreTaken(_ subject: Subject) async throws {
    let file = TestContent(byteCount: 9)
    for kind in [MessageKind.fhir, .media, .notes] {
      var first = Samples.draft(kind: kind)
      first.document.sha1 = Array(Insecure.SHA1.hash(data: file.bytes))
      first.identity.documentID = Samples.originalDocumentID
      var second = Samples.replacement(kind: kind)
      second.document.sha1 = first.document.sha1
      let replacement = MessageComposer.compose(second, method: .embed)
      for message in [MessageComposer.compose(first, method: .embed), replacement] {
        _ = try await subject.destination.send(MessageRequest(message: message, hole: .base64(file)), progress: ignore)
        let last = try await subject.accepted().last
        try require(last == Subject.Document(bytes: file.bytes, isMessage: true), "a replacement of \(kind) must bring its document")
      }
      guard let retraction = Retraction.message(of: replacement, uploadURI: nil, identity: Samples.laterIdentity) else { continue }
      let receipt = try await subject.destination.send(MessageRequest(message: retraction, hole: .absent), progress: ignore)
      try require((200..<300).contains(receipt.status), "a retraction of \(kind) must be taken without a document")
    }
  }

  private func failure<T>(_ subject: Subject, _ call: (any Destination) async throws -> T) async throws -> DestinationError {
    do {
      _ = try await call(subject.destination)
    } catch let error as DestinationError {
      return error
    }
    throw Violation(description: "\(rawValue): the call should have failed")
  }

  private func requireCancelled(_ result: Result<Void, any Error>) throws {
    guard case .failure(let error) = result, let error = error as? DestinationError, error.cause == .cancelled else {
      throw Violation(description: "\(rawValue): a cancelled call must end with .cancelled, not \(result)")
    }
  }

  private func require(_ condition: Bool, _ rule: String) throws {
    if !condition { throw Violation(description: "\(rawValue): \(rule)") }
  }
}

private let ignore: ProgressHandler = { _ in }

extension UploadRequest {
  /// A PDF by its name.
  public static func test(_ content: any ContentSource, fileName: String = "consent.pdf") -> UploadRequest {
    UploadRequest(content: content, fileName: Redacted(fileName), mediaType: "application/pdf")
  }
}
