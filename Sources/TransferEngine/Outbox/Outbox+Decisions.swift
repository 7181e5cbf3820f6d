internal import GRDB

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What persons decide about transfers, and what they have seen.
extension Outbox {
  /// Records a decision; whoever acts on it does so after this has returned.
  /// - Throws: also when there is no such transfer.
  func record(_ decision: TransferDecision, of id: TransferSnapshot.ID) async throws(OutboxError) {
    let sealer = sealer
    try await write { db in try Self.insert(decision, of: id.rawValue, sealer, db) }
  }

  static func insert(_ decision: TransferDecision, of id: String, _ sealer: Sealer, _ db: Database) throws {
    if decision.what.settles {
      try db.execute(sql: "UPDATE transfer SET settled_ms = ? WHERE id = ?", arguments: [decision.at.milliseconds, id])
    }
    try db.execute(
      sql: "INSERT INTO decision (transfer, what, who, at_ms, note) VALUES (?, ?, ?, ?, ?)",
      arguments: [
        id, decision.what.rawValue, decision.who, decision.at.milliseconds,
        try decision.note.map { try sealer.seal([$0], at: Cell.note(id)) },
      ])
  }

  /// Everything that was decided about a transfer, in order.
  static func decisions(of id: String, _ sealer: Sealer, _ db: Database) throws -> [TransferDecision] {
    try Row.fetchAll(db, sql: "SELECT * FROM decision WHERE transfer = ? ORDER BY id", arguments: [id]).map { row in
      TransferDecision(
        TransferDecision.What(rawValue: row["what"]), who: row["who"], at: Date(milliseconds: row["at_ms"]),
        note: try (row["note"] as Data?).flatMap { try sealer.open($0, as: [String].self, at: Cell.note(id)).first })
    }
  }

  /// A person has seen how all of the profile's transfers ended.
  func markSeen(profile: String) async throws(OutboxError) {
    try await write { db in
      try db.execute(sql: "UPDATE transfer SET seen = 1 WHERE profile = ? AND seen = 0 AND ended_ms IS NOT NULL", arguments: [profile])
    }
  }

  /// The profile's transfers whose end no person has seen, the latest first.
  func unseenEnds(profile: String) async throws(OutboxError) -> [UnseenEnd] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: "SELECT id, state, ended_ms FROM transfer WHERE profile = ? AND seen = 0 AND ended_ms IS NOT NULL ORDER BY ended_ms DESC",
        arguments: [profile]
      ).map { UnseenEnd(id: TransferSnapshot.ID($0["id"]), word: $0["state"], endedAt: Date(milliseconds: $0["ended_ms"])) }
    }
  }
}
