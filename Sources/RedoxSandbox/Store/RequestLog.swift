import Foundation
import Synchronization
#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What became of one request, as the stand-in saw it.
public struct RequestRecord: Codable, Sendable, Equatable {
  /// Tells the servers apart that wrote to one log.
  public var run: String
  /// Counted from 1 by each server, in the order in which heads came; all endpoints together.
  public var number: Int
  /// nil for a path that leads nowhere.
  public var endpoint: SandboxEndpoint?
  public var documentID: String?
  /// `New`, `Replace`, `Delete`, … of the Data Model, `create` of FHIR.
  public var event: String?
  /// Bytes of the body that the head promised; nil when it did not say.
  public var bodyLength: Int?
  /// Bytes of the body that were read.
  public var bodyBytes = 0
  /// Whether the body's last byte was read.
  public var bodyWhole = false
  /// The fault that struck, as `--fault` names it.
  public var fault: String?
  /// Whether something of it was kept, so that the destination has it.
  public var kept = false
  /// Of the answer; nil when none was to leave.
  public var status: Int?
  /// Whether the whole answer was handed to the socket. nil when the server ended before that was known.
  public var answered: Bool?
  /// When that was known, in milliseconds since 1970.
  public var answeredAt: Int64?
  /// Milliseconds since 1970 at which the head had come, at which the body's last byte had, and at which this was written.
  public var began: Int64
  public var bodyEnded: Int64?
  public var time: Int64

  init(run: String, number: Int, began: Date) {
    self.run = run
    self.number = number
    self.began = Self.milliseconds(began)
    time = self.began
  }

  static func milliseconds(_ date: Date) -> Int64 { Int64((date.timeIntervalSince1970 * 1000).rounded()) }
}

/// `requests.ndjson` beside what was received: a line for each request, written before its answer leaves, and a short one that says whether
/// the answer was handed to the socket. It only ever grows; lines are appended whole, so several servers may share it.
public final class RequestLog: Sendable {
  private static let name = "requests.ndjson"

  /// The second line of a request.
  private struct Ending: Codable {
    var run: String
    var number: Int
    var answered: Bool
    var time: Int64
  }

  private let path: String
  /// Opened by the first line, so that a server that is asked nothing costs nothing.
  private let file = Mutex<AppendedFile?>(nil)

  init(directory: String) {
    path = directory + "/" + Self.name
  }

  func write(_ record: RequestRecord) throws(FileFailure) { try append(record) }

  func answered(_ isAnswered: Bool, _ record: RequestRecord, at now: Date) throws(FileFailure) {
    try append(Ending(run: record.run, number: record.number, answered: isAnswered, time: RequestRecord.milliseconds(now)))
  }

  private func append(_ line: some Encodable) throws(FileFailure) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(line) else { return }
    let bytes = Array(json) + [UInt8(ascii: "\n")]
    try file.withLock { (file: inout AppendedFile?) throws(FileFailure) in
      if file == nil { file = try AppendedFile(path: path) }
      try file?.append(bytes)
    }
  }

  /// Every request that the log of a folder knows, in the order of their first lines. Safe while a server writes.
  public static func requests(in directory: String) throws -> [RequestRecord] {
    let decoder = JSONDecoder()
    var records: [RequestRecord] = []
    var places: [String: Int] = [:]
    for line in try Lines.read(directory + "/" + name) {
      if let record = try? decoder.decode(RequestRecord.self, from: line) {
        places["\(record.run)/\(record.number)"] = records.count
        records.append(record)
      } else if let ending = try? decoder.decode(Ending.self, from: line), let place = places["\(ending.run)/\(ending.number)"] {
        (records[place].answered, records[place].answeredAt) = (ending.answered, ending.time)
      }
    }
    return records
  }
}

/// A file of lines that are appended whole.
final class AppendedFile: Sendable {
  private let descriptor: Int32

  init(path: String) throws(FileFailure) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .last("open") }
  }

  func append(_ bytes: [UInt8]) throws(FileFailure) {
    try bytes.withUnsafeBufferPointer { buffer throws(FileFailure) in try writeFully(descriptor, UnsafeRawBufferPointer(buffer)) }
  }

  deinit {
    if descriptor >= 0 { _ = close(descriptor) }
  }
}

/// Files of lines that a server may still be writing to.
enum Lines {
  /// The lines of a file; none when there is no file. The last may be cut off.
  static func read(_ path: String) throws -> [Data] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    return try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: UInt8(ascii: "\n")).map { Data($0) }
  }
}
