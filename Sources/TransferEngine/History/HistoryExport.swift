internal import SafeText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A transfer for other programs: one list of names and values, for JSON and CSV alike.
///
/// Without a record it says nothing about a patient. With one it holds names, references and the server's words.
public struct HistoryExport: Sendable {
  public enum Value: Sendable, Hashable {
    case text(String)
    case number(Int)
    case list([String])
    case none
  }

  public let fields: [(name: String, value: Value)]

  /// - Parameter record: adds what may identify a patient; nil leaves it out.
  public init(_ entry: HistoryEntry, withPatientData record: HistoryRecord? = nil) {
    var fields: [(String, Value)] = [
      ("transfer", .text(entry.id.rawValue)), ("document", .text(entry.documentID)), ("purpose", .text(entry.purpose)),
      ("kind", .text(entry.kind)),
      ("method", .text(entry.method)), ("state", .text(entry.state)), ("code", Self.text(entry.code)), ("profile", .text(entry.profile)),
      ("environment", .text(entry.environment)), ("host", .text(entry.host)), ("destination", .text(entry.destination)),
      ("queued", Self.time(entry.queuedAt)), ("ended", Self.time(entry.endedAt)), ("bytes", .number(entry.byteCount)),
      ("requestBytes", entry.requestByteCount.map { .number($0) } ?? .none), ("status", entry.status.map { .number($0) } ?? .none),
      ("logIDs", .list(entry.logIDs)), ("attempts", .number(entry.attemptCount)), ("lastAttempt", Self.text(entry.lastOutcome)),
      ("decision", Self.text(entry.decision?.rawValue)),
      ("origin", Self.text(entry.origin?.rawValue)), ("removed", Self.time(entry.removedAt)),
      ("correction", Self.text(entry.correction?.purpose.rawValue)), ("correctedBy", Self.text(entry.correction?.id.rawValue)),
      ("correctionState", Self.text(entry.correction?.state)), ("corrected", Self.time(entry.correction?.changedAt)),
    ]
    if let record {
      fields += [
        ("patient", Self.text(record.details?.patientName.reveal().string)),
        ("patientReference", Self.text(record.details?.patientID.reveal())),
        ("file", Self.text(record.details?.fileName.reveal().string)), ("locations", .list(record.receipt.locations)),
        ("words", .list(record.receipt.words)), ("explanation", Self.text(record.failure?.explanation)),
      ]
    }
    self.fields = fields
  }

  public var csv: String {
    CSVLine.text(
      fields.map { field in
        switch field.value {
        case .text(let text): text
        case .number(let number): String(number)
        case .list(let list): list.joined(separator: " ")
        case .none: ""
        }
      })
  }

  public var csvHeader: String { CSVLine.text(fields.map(\.name)) }

  /// One object on one line, its members in the order of `fields`.
  public var json: String { Self.json(fields) }

  /// A try at a step. The server's words may name a patient, so they are part of it on request only.
  public static func attempt(_ attempt: TransferAttempt, withWords: Bool) -> [(name: String, value: Value)] {
    [
      ("step", .text(attempt.step.rawValue)), ("started", time(attempt.startedAt)), ("ended", time(attempt.endedAt)),
      ("status", attempt.status.map { .number($0) } ?? .none), ("bytes", .number(attempt.acknowledgedBytes)),
      ("outcome", .text(attempt.outcome)),
      ("logIDs", .list(withWords ? attempt.logIDs : attempt.plainLogIDs)),
    ] + (withWords ? [("words", .list(attempt.words))] : [])
  }

  /// A decision. Its note may name a patient or a path.
  public static func decision(_ decision: TransferDecision, withNote: Bool) -> [(name: String, value: Value)] {
    [("decision", .text(decision.what.rawValue)), ("who", .text(decision.who)), ("at", time(decision.at))]
      + (withNote ? [("note", text(decision.note))] : [])
  }

  public static func json(_ fields: [(name: String, value: Value)]) -> String {
    "{" + fields.map { json($0.name) + ":" + json($0.value) }.joined(separator: ",") + "}"
  }

  private static func json(_ value: Value) -> String {
    switch value {
    case .text(let text): json(text)
    case .number(let number): String(number)
    case .list(let list): "[" + list.map { json($0) }.joined(separator: ",") + "]"
    case .none: "null"
    }
  }

  private static func json(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    // A string alone always encodes.
    return (try? encoder.encode(DisplayText(escaping: text).string)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }

  private static func text(_ text: String?) -> Value { text.map { .text($0) } ?? .none }

  /// ISO 8601, universal time.
  private static func time(_ date: Date?) -> Value { date.map { .text($0.formatted(.iso8601)) } ?? .none }
}
