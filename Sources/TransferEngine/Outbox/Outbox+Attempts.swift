internal import GRDB

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Every try at a step, for the history.
extension Outbox {
  /// Every try of a transfer, in order.
  static func attempts(of id: String, _ sealer: Sealer, _ db: Database) throws -> [TransferAttempt] {
    try Row.fetchAll(db, sql: "SELECT * FROM attempt WHERE transfer = ? ORDER BY id", arguments: [id]).map { row in
      let said = try sealer.open(row["said"], as: Said.self, at: Cell.said(id))
      return TransferAttempt(
        step: TransferAttempt.Step(rawValue: row["step"]) ?? .message, startedAt: Date(milliseconds: row["started_ms"]),
        endedAt: Date(milliseconds: row["ended_ms"]), status: row["status"], acknowledgedBytes: row["bytes"], outcome: row["outcome"],
        words: said.words, logIDs: said.logIDs)
    }
  }

  static func insert(_ attempt: TransferAttempt, of id: String, _ sealer: Sealer, _ db: Database) throws {
    try db.execute(
      sql:
        "INSERT INTO attempt (transfer, step, started_ms, ended_ms, status, bytes, outcome, log_ids, said) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        id, attempt.step.rawValue, attempt.startedAt.milliseconds, attempt.endedAt.milliseconds, attempt.status, attempt.acknowledgedBytes,
        attempt.outcome, PlainLogIDs.text(of: attempt.logIDs),
        try sealer.seal(Said(words: attempt.words, logIDs: attempt.logIDs), at: Cell.said(id)),
      ])
  }

  struct Said: Codable {
    var words: [String]
    var logIDs: [String]
  }
}
