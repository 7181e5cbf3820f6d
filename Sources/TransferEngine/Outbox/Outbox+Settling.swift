internal import GRDB
internal import SystemPackage

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What is made of the transfers of processes that have died.
extension Outbox {
  /// What has come to an end because the process that worked on it has died.
  struct Settled: Sendable, Hashable {
    var id: TransferSnapshot.ID
    var profile: String
  }

  /// Makes of processes that have died since what is made of them on opening.
  func settleDead(now: Date) async throws(OutboxError) -> [Settled] {
    let (sealer, locks) = (sealer, places.locks)
    return try await write { db in try Self.settle(db, sealer, locks: locks, now: now) }
  }

  @discardableResult
  static func settle(_ db: Database, _ sealer: Sealer, locks: FilePath, now: Date) throws -> [Settled] {
    var settled: [Settled] = []
    for owner in try owners(db) where !OwnerLock.isAlive(owner, folder: locks) {
      for id in try String.fetchAll(
        db, sql: "SELECT id FROM transfer WHERE owner = ? AND state = 'finalizing'", arguments: [owner])
      {
        guard let transfer = try transfer(id, sealer, db) else { continue }
        let failure = FailureWords.uncertainAfterCrash(documentID: transfer.order.documentID, purpose: transfer.order.transferPurpose)
        try end(id, .uncertain(failure), sealer, now: now, db)
        settled.append(Settled(id: transfer.id, profile: transfer.profile))
      }
      // A wish that it died over is granted: the message's last part had not left.
      for row in try Row.fetchAll(
        db,
        sql: """
          SELECT id, profile, state, request FROM transfer
          WHERE owner = ? AND ended_ms IS NULL AND state <> 'finalizing' AND request IS NOT NULL
          """, arguments: [owner])
      {
        guard let request = Request(rawValue: row["request"]) else { continue }
        try grant(request, row["id"], row["state"], sealer, now: now, db)
        if request == .cancel { settled.append(Settled(id: TransferSnapshot.ID(row["id"]), profile: row["profile"])) }
      }
      // What waits for a time of day waits for it still.
      try db.execute(
        sql: "UPDATE transfer SET state = 'queued' WHERE owner = ? AND state IN ('preparing', 'uploading', 'sending')", arguments: [owner])
      for table in ["transfer", "disposal"] {
        try db.execute(sql: "UPDATE \(table) SET owner = NULL WHERE owner = ?", arguments: [owner])
      }
    }
    return settled
  }

  /// The processes that have something in hand.
  static func owners(_ db: Database) throws -> Set<String> {
    try String.fetchSet(
      db, sql: "SELECT owner FROM transfer WHERE owner IS NOT NULL UNION SELECT owner FROM disposal WHERE owner IS NOT NULL")
  }

  static func end(_ id: String, _ state: TransferState, _ sealer: Sealer, now: Date, _ db: Database) throws {
    // What was sent before may have arrived, whatever becomes of the repeat.
    let sealed = try Data.fetchOne(db, sql: "SELECT receipt FROM transfer WHERE id = ?", arguments: [id])
    let doubt = try sealed.flatMap { try sealer.open($0, as: TransferReceipt.self, at: Cell.receipt(id)).doubt }
    let stored = StoredState(state.despite(doubt))
    try db.execute(
      sql: """
        UPDATE transfer SET state = ?, detail = ?, code = ?, owner = NULL, request = NULL, handed_over = 0, changed_ms = ?, ended_ms = ?,
          seen = 0 WHERE id = ?
        """,
      arguments: [
        stored.word, try sealer.seal(stored.detail, at: Cell.detail(id)), stored.detail.failure?.code, now.milliseconds, now.milliseconds,
        id,
      ])
  }
}
