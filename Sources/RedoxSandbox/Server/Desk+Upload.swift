import NIOCore
import NIOHTTP1

extension Desk {
  /// Room for boundaries and part headers beside the file when a `Content-Length` is judged.
  private static let multipartOverhead = 65_536

  /// `POST /upload`: keeps a file and answers with its URI. The file goes to disk as it comes.
  func upload(_ head: HTTPRequestHead, _ body: RequestReader) async throws -> Reply {
    let grant = try await grant(of: head) { .errorDetail(401, $0) }
    guard options.limits.uploadEnvironments.contains(grant.client.environment) else {
      throw Refusal(.errorDetail(403, "Uploads are not available in \(grant.client.environment.rawValue) environments"))
    }
    guard let boundary = MultipartReader.boundary(ofContentType: head.headers.first(name: "content-type")) else {
      throw Refusal(.errorDetail(400, "Content-Type must be multipart/form-data with a boundary"))
    }
    if let announced = body.announced, announced > options.limits.uploadBytes + Self.multipartOverhead { throw tooLarge }
    let scratch = store.scratch()
    defer { scratch.clear() }
    let (file, record) = try await receive(boundary: boundary, body, scratch: scratch, client: grant.client)
    guard body.notes.effect.keeps else { return .json(201, ["URI": .string(baseURL + "/0")]) }
    var named = record
    (named.run, named.request) = (body.notes.run, body.notes.number)
    let uri = try await store.keep(upload: file, as: named, base: baseURL)
    body.notes.isKept = true
    if body.notes.effect.forgetsUpload { try await store.forget(uri) }
    return .json(201, ["URI": .string(uri)])
  }

  private func receive(
    boundary: String, _ body: RequestReader, scratch: Scratch, client: SandboxClient
  ) async throws -> (SpooledFile, ReceivedRecord) {
    var reader = MultipartReader(boundary: boundary)
    var spool: Spool?
    var file: SpooledFile?
    var record = ReceivedRecord(time: timestamp(options.now()), endpoint: .upload, client: client)
    do {
      while let chunk = try await body.next() {
        try reader.feed(chunk) { event in
          switch event {
          case .partBegins(let name, let fileName, let contentType):
            guard name == "file", file == nil else { throw Refusal(.errorDetail(400, "The form must have one part, named file")) }
            guard let fileName, !fileName.isEmpty else { throw Refusal(.errorDetail(400, "The part named file needs a filename")) }
            record.fileName = fileName
            record.contentType = contentType
            spool = try scratch.spool()
          case .content(let bytes):
            try spool?.write(bytes)
            if let spool, spool.byteCount > options.limits.uploadBytes { throw tooLarge }
          case .partEnds:
            file = try spool?.finish()
            spool = nil
          }
        }
      }
    } catch let malformed as MultipartReader.Malformed {
      throw Refusal(.errorDetail(400, "The form is malformed: \(malformed.reason)"))
    }
    guard reader.isComplete, let file else { throw Refusal(.errorDetail(400, "The form ends before its closing boundary")) }
    return (file, record)
  }

  private var tooLarge: Refusal { Refusal(.errorDetail(413, "The file is larger than \(options.limits.uploadBytes) bytes")) }
}
