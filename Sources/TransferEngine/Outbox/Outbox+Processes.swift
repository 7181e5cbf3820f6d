internal import Documents
internal import GRDB
internal import SystemPackage

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Who works on a transfer, and what several processes want of each other.
extension Outbox {
  /// What another process wants of the owner.
  enum Request: String, Sendable { case cancel }

  /// Asks whoever works on a transfer to cancel it, and does so itself when nobody works on it any more.
  func request(_ request: Request, of id: TransferSnapshot.ID, now: Date) async throws(OutboxError) {
    let (sealer, locks) = (sealer, places.locks)
    try await write { db in
      try db.execute(sql: "UPDATE transfer SET request = ? WHERE id = ? AND ended_ms IS NULL", arguments: [request.rawValue, id.rawValue])
      try Self.settle(db, sealer, locks: locks, now: now)
      let isNobodys = try Bool.fetchOne(
        db, sql: "SELECT owner IS NULL AND ended_ms IS NULL FROM transfer WHERE id = ?", arguments: [id.rawValue])
      if isNobodys == true { try Self.end(id.rawValue, .cancelled, sealer, now: now, db) }
    }
  }

  /// Takes over the profile's transfers that nobody works on.
  /// - Parameters:
  ///   - binding: what the profile means now; transfers that end here are listed under it, where a person sees them.
  ///   - objection: why a transfer may not go on; it ends as failed then.
  /// - Returns: those that go on, the oldest first, and those that have ended.
  func adopt(
    profile: String, binding: TransferBinding, now: Date, objection: @escaping @Sendable (TransferOrder) -> TransferFailure?
  ) async throws(OutboxError) -> (goingOn: [StoredTransfer], ended: [TransferSnapshot.ID]) {
    let (sealer, owner) = (sealer, lock.name)
    return try await write { db in
      let ids = try String.fetchAll(
        db, sql: "SELECT id FROM transfer WHERE profile = ? AND owner IS NULL AND state = 'queued' ORDER BY queued_ms, rowid",
        arguments: [profile])
      var goingOn: [StoredTransfer] = []
      var ended: [TransferSnapshot.ID] = []
      for id in ids {
        guard var transfer = try Self.transfer(id, sealer, db) else { continue }
        if let failure = objection(transfer.order) {
          try Self.end(id, .failed(failure), sealer, now: now, db)
          try db.execute(sql: "UPDATE transfer SET bound = ? WHERE id = ?", arguments: [try sealer.lookup(binding), id])
          ended.append(transfer.id)
        } else {
          try db.execute(sql: "UPDATE transfer SET owner = ? WHERE id = ?", arguments: [owner, id])
          transfer.owner = owner
          goingOn.append(transfer)
        }
      }
      return (goingOn, ended)
    }
  }

  /// Takes a transfer over, to try it again: one that this process owns, or one that has ended without acceptance or doubt.
  /// - Returns: nil when it is neither, such as when another process was quicker.
  func claim(_ id: TransferSnapshot.ID) async throws(OutboxError) -> StoredTransfer? {
    let (sealer, owner) = (sealer, lock.name)
    return try await write { db in
      try db.execute(
        sql: """
          UPDATE transfer SET owner = ?1
          WHERE id = ?2 AND (owner = ?1 OR (owner IS NULL AND state IN ('failed', 'refused', 'cancelled')))
          """, arguments: [owner, id.rawValue])
      return db.changesCount == 1 ? try Self.transfer(id.rawValue, sealer, db) : nil
    }
  }

  /// One element whenever somebody has written to the outbox.
  func writes() -> AsyncStream<Void> {
    // SQLite writes there first; the file stays for as long as the database is open.
    OutboxWatch.writes(to: FilePath(places.outbox.string + "-wal"))
  }

  /// What other processes have done since `version`, and which of this process's transfers they want cancelled. Each wish is told once.
  func news(profile: String, since version: Int?) async throws(OutboxError) -> (version: Int, cancelled: [TransferSnapshot.ID]) {
    let owner = lock.name
    return try await write { db in
      // The write lock: whoever is in the middle of a commit has finished by now, so that no change is missed.
      let present = try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0
      guard present != version else { return (present, []) }
      let condition = "profile = ? AND owner = ? AND request = 'cancel'"
      let ids = try String.fetchAll(db, sql: "SELECT id FROM transfer WHERE \(condition)", arguments: [profile, owner])
      if !ids.isEmpty { try db.execute(sql: "UPDATE transfer SET request = NULL WHERE \(condition)", arguments: [profile, owner]) }
      return (present, ids.map { TransferSnapshot.ID($0) })
    }
  }
}
