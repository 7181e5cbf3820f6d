internal import ClinicalMessages
internal import GRDB
public import SafeText

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A transfer as a list of the past shows it: nothing here says anything about a patient, and nothing was decrypted for it.
public struct HistoryEntry: Sendable, Hashable, Identifiable {
  /// Why nothing identifies the patient any more.
  public enum Removal: String, Sendable, Hashable {
    /// Its time had come.
    case age
    /// The outbox's key was lost.
    case key
  }

  public var id: TransferSnapshot.ID
  public var cursor: HistoryCursor
  public var profile: String
  public var environment: String
  public var host: String
  /// The destination's number.
  public var destination: String
  /// What the message did at the destination: `create`, `replace` …
  public var purpose: String
  public var kind: String
  public var method: String
  /// A word of a state, as in `HistoryFilter.states`.
  public var state: String
  /// A failure's stable word.
  public var code: String?
  public var documentID: String
  /// Bytes of the file, and of the message request; nil when unknown.
  public var byteCount: Int
  public var requestByteCount: Int?
  public var queuedAt: Date
  public var changedAt: Date
  public var endedAt: Date?
  /// The last HTTP status.
  public var status: Int?
  /// Redox's, where they are UUIDs.
  public var logIDs: [String]
  /// The transfer that this one corrects or repeats.
  public var origin: TransferSnapshot.ID?
  /// What has replaced this transfer's document or taken it back, or may, or is about to; nil when the document stands.
  public var correction: Correction?
  public var attemptCount: Int
  /// How the last of them ended, as in `TransferAttempt.outcome`; nil before the first.
  public var lastOutcome: String?
  /// The last thing that a person decided.
  public var decision: TransferDecision.What?
  public var isSeen: Bool
  public var removedAt: Date?
  public var removal: Removal?

  /// For tests and front ends' previews.
  public init(_ snapshot: TransferSnapshot, environment: String, host: String, destination: String, attemptCount: Int = 0) {
    id = snapshot.id
    cursor = HistoryCursor(queuedMilliseconds: snapshot.queuedAt.milliseconds, row: 0)
    (profile, self.environment, self.host, self.destination) = (snapshot.profile, environment, host, destination)
    (purpose, kind, method) = (snapshot.purpose.rawValue, snapshot.kind.rawValue, snapshot.method.rawValue)
    let stored = StoredState(snapshot.state)
    (state, code) = (stored.word, stored.detail.failure?.code)
    (documentID, byteCount) = (snapshot.documentID, snapshot.totalBytes)
    (queuedAt, changedAt) = (snapshot.queuedAt, snapshot.changedAt)
    endedAt = snapshot.state.isEnded ? snapshot.changedAt : nil
    (status, logIDs, origin) = (snapshot.receipt.status, snapshot.receipt.logIDs, snapshot.origin)
    self.attemptCount = attemptCount
    isSeen = false
  }

  init(_ row: Row) {
    let (queued, number): (Int64, Int64) = (row["queued_ms"], row["row"])
    func date(_ column: String) -> Date? { (row[column] as Int64?).map { Date(milliseconds: $0) } }
    id = TransferSnapshot.ID(row["id"])
    cursor = HistoryCursor(queuedMilliseconds: queued, row: number)
    profile = row["profile"]
    environment = row["environment"]
    host = row["host"]
    destination = row["destination"]
    purpose = row["purpose"]
    kind = row["kind"]
    method = row["method"]
    state = row["state"]
    code = row["code"]
    documentID = row["document"]
    byteCount = row["bytes"]
    requestByteCount = row["request_bytes"]
    queuedAt = Date(milliseconds: queued)
    changedAt = Date(milliseconds: row["changed_ms"])
    endedAt = date("ended_ms")
    status = row["http_status"]
    logIDs = PlainLogIDs.ids(in: row["log_ids"])
    origin = (row["origin"] as String?).map { TransferSnapshot.ID($0) }
    attemptCount = row["attempts"]
    lastOutcome = row["outcome"]
    decision = (row["decision"] as String?).map { TransferDecision.What(rawValue: $0) }
    isSeen = row["seen"]
    removedAt = date("purged_ms")
    removal = (row["purged_why"] as String?).flatMap { Removal(rawValue: $0) }
  }

  static let columns = """
    rowid AS row, id, profile, environment, host, destination, purpose, kind, method, state, code, document, bytes, request_bytes, queued_ms,
    changed_ms, ended_ms, http_status, log_ids, origin, seen, purged_ms, purged_why,
    (SELECT COUNT(*) FROM attempt WHERE transfer = transfer.id) AS attempts,
    (SELECT outcome FROM attempt WHERE transfer = transfer.id ORDER BY id DESC LIMIT 1) AS outcome,
    (SELECT what FROM decision WHERE transfer = transfer.id ORDER BY id DESC LIMIT 1) AS decision
    """

  /// Why patient and file are not shown; nil while they are there.
  public var removalSentence: DisplayText? {
    guard let removedAt else { return nil }
    switch removal {
    case .key: return "Patient and file cannot be read any more: the key of the outbox was lost."
    case .age, nil:
      let days = Int(removedAt.timeIntervalSince(endedAt ?? changedAt) / 86_400)
      if days < 1 { return "Patient and file were removed." }
      return days == 1 ? "Patient and file were removed after a day." : "Patient and file were removed after \(days) days."
    }
  }
}
