import Foundation
#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Everything that the stand-in accepted: the files by their SHA-256 under `files/`, and `index.ndjson`, which only ever grows.
///
/// Uploads are remembered across restarts through the index. Several servers may share a folder: lines are appended whole.
public actor ReceivedStore {
  private static let indexName = "index.ndjson"

  nonisolated let directory: String
  /// This server's files in the making.
  private nonisolated let incoming: String
  /// What the index says; read when it is first asked for, so that a server starts at once however much it has received.
  private var known: Known?

  private struct Known {
    var uploads: [String: ReceivedRecord] = [:]
    var shelf = DocumentShelf()

    mutating func add(_ record: ReceivedRecord) {
      if record.endpoint == .upload, let uri = record.uploadURI { uploads[uri] = record }
      shelf.add(record)
    }
  }

  init(directory: String) throws {
    self.directory = directory
    incoming = "\(directory)/incoming/\(getpid())-\(UInt32.random(in: .min ... .max))"
    try PrivateFiles.makeDirectory(directory)
    try PrivateFiles.makeDirectory(directory + "/files")
    try PrivateFiles.makeDirectory(directory + "/incoming")
    Self.removeLeftovers(in: directory + "/incoming")
    try PrivateFiles.makeDirectory(incoming)
  }

  nonisolated func scratch() -> Scratch { Scratch(directory: incoming) }

  nonisolated func close() {
    try? FileManager.default.removeItem(atPath: incoming)
  }

  /// The upload that a URI stands for.
  func upload(at uri: String) throws -> ReceivedRecord? { try index().uploads[uri] }

  /// Forgets what a URI stands for, until the server is started again. The bytes stay.
  func forget(_ uri: String) throws {
    _ = try index()
    known?.uploads[uri] = nil
  }

  /// Whether a document of that number was ever accepted from the source, in the same family of messages.
  func holds(_ number: String, system: String?, family: String, source: String) throws -> Bool {
    try index().shelf.holds(number, system: system, family: family, source: source)
  }

  /// The number of the document that was accepted with this log id.
  func number(ofLog id: String, source: String) throws -> String? { try index().shelf.number(ofLog: id, source: source) }

  func documents(source: String, matching query: SearchQuery) throws -> [(records: [ReceivedRecord], status: DocumentShelf.Status)] {
    try index().shelf.documents(source: source, matching: query)
  }

  private func index() throws -> Known {
    if let known { return known }
    var known = Known()
    do {
      for record in try Self.records(in: directory) { known.add(record) }
    } catch {
      throw FileFailure(operation: "read", code: EIO)
    }
    self.known = known
    return known
  }

  nonisolated func path(of record: ReceivedRecord) -> String? {
    record.file.map { directory + "/" + $0 }
  }

  /// Keeps the bytes and gives them a URI under `base`.
  func keep(upload file: SpooledFile, as record: ReceivedRecord, base: String) throws -> String {
    var uri: String
    repeat { uri = "\(base)/\(UInt64.random(in: 10_000_000...99_999_999_999))" } while try index().uploads[uri] != nil
    var record = record
    record.how = .uploaded
    record.uploadURI = uri
    try store(file, in: &record)
    try append([record])
    return uri
  }

  /// Keeps an accepted message: a record for each file, the bytes of embedded ones with it.
  func keep(message parts: [(record: ReceivedRecord, embedded: SpooledFile?)]) throws {
    var records: [ReceivedRecord] = []
    for (record, embedded) in parts {
      var record = record
      if let embedded { try store(embedded, in: &record) }
      records.append(record)
    }
    try append(records)
  }

  private func store(_ file: SpooledFile, in record: inout ReceivedRecord) throws(FileFailure) {
    let name = "files/" + file.sha256
    guard rename(file.path, directory + "/" + name) == 0 else { throw .last("rename") }
    record.byteCount = file.byteCount
    record.sha256 = file.sha256
    record.file = name
  }

  /// All lines in one write, so that a reader or another server never sees half of one.
  private func append(_ records: [ReceivedRecord]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let lines = try records.flatMap { try Array(encoder.encode($0)) + [UInt8(ascii: "\n")] }
    try AppendedFile(path: directory + "/" + Self.indexName).append(lines)
    // What has not been read yet is found in the file.
    for record in records { known?.add(record) }
  }

  /// Removes what servers that died left half-received; folders of living processes stay.
  private static func removeLeftovers(in incoming: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: incoming)) ?? [] {
      guard let process = name.split(separator: "-").first.flatMap({ Int32($0) }) else { continue }
      if kill(process, 0) != 0, errno == ESRCH { try? FileManager.default.removeItem(atPath: incoming + "/" + name) }
    }
  }
}

extension ReceivedStore {
  /// What a folder holds, oldest first: every accepted message, and the uploads that no message has named (`referenced` false).
  ///
  /// Safe while a server writes. A folder without an index is empty, not an error; a line that was cut off is left out.
  public static func received(in directory: String) throws -> [ReceivedRecord] {
    let records = try records(in: directory)
    let named = Set(records.filter { $0.endpoint != .upload }.compactMap(\.uploadURI))
    return records.compactMap { record in
      var record = record
      record.accepted = record.endpoint != .upload
      guard record.endpoint == .upload else { return record }
      guard let uri = record.uploadURI, !named.contains(uri) else { return nil }
      record.referenced = false
      return record
    }
  }

  /// `received(in:)` as a JSON array, for people and scripts.
  public static func list(_ directory: String) throws -> String { try Self.text(received(in: directory)) }

  /// What arrived under each document number, as a JSON array.
  public static func listByDocument(_ directory: String) throws -> String {
    try Self.text(ReceivedDocument.summary(of: received(in: directory)))
  }

  /// What became of each request, as a JSON array.
  public static func listRequests(_ directory: String) throws -> String { try Self.text(RequestLog.requests(in: directory)) }

  private static func text(_ values: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(values), as: UTF8.self)
  }

  private static func records(in directory: String) throws -> [ReceivedRecord] {
    let decoder = JSONDecoder()
    return try Lines.read(directory + "/" + indexName).compactMap { try? decoder.decode(ReceivedRecord.self, from: $0) }
  }
}
