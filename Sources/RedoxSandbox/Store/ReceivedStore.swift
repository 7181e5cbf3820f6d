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
  private var uploads: [String: ReceivedRecord]

  init(directory: String) throws {
    self.directory = directory
    incoming = "\(directory)/incoming/\(getpid())-\(UInt32.random(in: .min ... .max))"
    try PrivateFiles.makeDirectory(directory)
    try PrivateFiles.makeDirectory(directory + "/files")
    try PrivateFiles.makeDirectory(directory + "/incoming")
    Self.removeLeftovers(in: directory + "/incoming")
    try PrivateFiles.makeDirectory(incoming)
    let known = try Self.records(in: directory).filter { $0.endpoint == .upload }
    uploads = Dictionary(known.compactMap { record in record.uploadURI.map { ($0, record) } }) { _, last in last }
  }

  nonisolated func scratch() -> Scratch { Scratch(directory: incoming) }

  nonisolated func close() {
    try? FileManager.default.removeItem(atPath: incoming)
  }

  /// The upload that a URI stands for.
  func upload(at uri: String) -> ReceivedRecord? { uploads[uri] }

  nonisolated func path(of record: ReceivedRecord) -> String? {
    record.file.map { directory + "/" + $0 }
  }

  /// Keeps the bytes and gives them a URI under `base`.
  func keep(upload file: SpooledFile, as record: ReceivedRecord, base: String) throws -> String {
    var uri: String
    repeat { uri = "\(base)/\(UInt64.random(in: 10_000_000...99_999_999_999))" } while uploads[uri] != nil
    var record = record
    record.how = .uploaded
    record.uploadURI = uri
    try store(file, in: &record)
    try append([record])
    uploads[uri] = record
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
    var lines = Data()
    for record in records {
      lines.append(try encoder.encode(record))
      lines.append(UInt8(ascii: "\n"))
    }
    let descriptor = open(directory + "/" + Self.indexName, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileFailure.last("open") }
    defer { _ = Self.closeDescriptor(descriptor) }
    try lines.withUnsafeBytes { try writeFully(descriptor, $0) }
  }

  private static func closeDescriptor(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
    Glibc.close(descriptor)
    #else
    Darwin.close(descriptor)
    #endif
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
      guard record.endpoint == .upload else { return record }
      guard let uri = record.uploadURI, !named.contains(uri) else { return nil }
      var record = record
      record.referenced = false
      return record
    }
  }

  /// `received(in:)` as a JSON array, for people and scripts.
  public static func list(_ directory: String) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(received(in: directory)), as: UTF8.self)
  }

  private static func records(in directory: String) throws -> [ReceivedRecord] {
    let path = directory + "/" + indexName
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    let decoder = JSONDecoder()
    return try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: UInt8(ascii: "\n")).compactMap {
      try? decoder.decode(ReceivedRecord.self, from: Data($0))
    }
  }
}
