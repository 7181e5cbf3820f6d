import NIOCore
import NIOHTTP1

/// What a file in a message turned out to be.
enum FileContent {
  case embedded(SpooledFile)
  case uploaded(ReceivedRecord)
}

/// Why a file in a message cannot be taken.
enum FileProblem: Error, Equatable {
  case notBase64
  case unknownURI
  case otherSource
  case tooLarge
}

extension Desk {
  /// The body as JSON with its long strings in files. Throws 413 as soon as it is known to be too large.
  func json(
    _ body: RequestReader, scratch: Scratch, tooLarge: Reply, malformed: (String) -> Reply
  ) async throws -> JSON {
    let limit = options.limits.requestBytes
    if let announced = body.announced, announced > limit { throw Refusal(tooLarge) }
    // Base64 of the largest file, and some room for line breaks that a sender may have put at its end.
    var sieve = JSONSieve(longestString: (options.limits.embeddedBytes + 2) / 3 * 4 + 1024)
    var count = 0
    do {
      while let chunk = try await body.next() {
        count += chunk.readableBytes
        if count > limit { throw Refusal(tooLarge) }
        try chunk.withUnsafeReadableBytes { try sieve.feed($0, scratch: scratch) }
      }
      return try JSON(parsing: sieve.remainder, long: sieve.spooled)
    } catch let failure as JSONSieve.Failure {
      throw Refusal(failure == .stringTooLong ? tooLarge : malformed("a wrong character or escape in a string"))
    } catch let error as JSONError {
      throw Refusal(malformed("\(error.reason), at byte \(error.offset)"))
    }
  }

  /// Takes a file field: a URI of the same source's upload, or base64 (or, where a note allows it, text).
  func content(_ value: JSON, isText: Bool, client: SandboxClient, scratch: Scratch, notes: RequestNotes) async throws
    -> FileContent
  {
    if case .string(let text) = value, text.hasPrefix("http://") || text.hasPrefix("https://") {
      if notes.effect.forgetsUpload { try await store.forget(text) }
      guard let upload = try await store.upload(at: text) else { throw FileProblem.unknownURI }
      guard upload.sourceID == client.sourceID else { throw FileProblem.otherSource }
      return .uploaded(upload)
    }
    let file = isText ? try Base64File.plain(value, scratch: scratch) : try Base64File.decode(value, scratch: scratch)
    guard let file else { throw FileProblem.notBase64 }
    guard file.byteCount <= options.limits.embeddedBytes else { throw FileProblem.tooLarge }
    return .embedded(file)
  }

  /// Keeps an accepted message, a record for each of its files, or one record when it has none; unless a fault has it thrown away.
  func keep(_ common: ReceivedRecord, files: [(content: FileContent, name: String?, type: String?)], _ body: RequestReader)
    async throws
  {
    guard body.notes.effect.keeps else { return }
    var common = common
    (common.run, common.request) = (body.notes.run, body.notes.number)
    try await keep(common, files: files)
    body.notes.isKept = true
  }

  private func keep(_ common: ReceivedRecord, files: [(content: FileContent, name: String?, type: String?)]) async throws {
    guard !files.isEmpty else { return try await store.keep(message: [(common, nil)]) }
    try await store.keep(
      message: files.map { file in
        var record = common
        record.fileName = file.name
        record.contentType = file.type
        switch file.content {
        case .embedded(let spooled):
          record.how = .embedded
          return (record, spooled)
        case .uploaded(let upload):
          record.how = .uploaded
          record.uploadURI = upload.uploadURI
          record.byteCount = upload.byteCount
          record.sha256 = upload.sha256
          record.file = upload.file
          record.referenced = true
          return (record, nil)
        }
      })
  }
}
