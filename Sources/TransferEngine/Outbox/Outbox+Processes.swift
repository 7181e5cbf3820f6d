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
  enum Request: String, Sendable { case cancel, pause, resume }

  /// Asks whoever works on a transfer, and does so itself when nobody works on it any more.
  func request(_ request: Request, of id: TransferSnapshot.ID, now: Date) async throws(OutboxError) {
    let (sealer, locks) = (sealer, places.locks)
    try await write { db in
      let key = id.rawValue
      try db.execute(sql: "UPDATE transfer SET request = ? WHERE id = ? AND ended_ms IS NULL", arguments: [request.rawValue, key])
      try Self.settle(db, sealer, locks: locks, now: now)
      guard try Bool.fetchOne(db, sql: "SELECT owner IS NULL AND ended_ms IS NULL FROM transfer WHERE id = ?", arguments: [key]) == true
      else {
        return
      }
      if request == .cancel { return try Self.end(key, .cancelled, sealer, now: now, db) }
      let (after, before) = request == .pause ? ("paused", "'queued', 'waiting'") : ("queued", "'paused'")
      try db.execute(
        sql: "UPDATE transfer SET state = ?, request = NULL, changed_ms = ? WHERE id = ? AND state IN (\(before))",
        arguments: [after, now.milliseconds, key])
    }
  }

  /// Takes over the profile's transfers that nobody works on.
  /// - Parameters:
  ///   - binding: what the profile means now; transfers that end here are listed under it, where a person sees them.
  ///   - objection: why a transfer may not go on; it ends as failed then. One that was handed over on purpose says so.
  /// - Returns: those that go on, the oldest first, and those that have ended.
  func adopt(
    profile: String, binding: TransferBinding, now: Date, objection: @escaping @Sendable (StoredTransfer) -> TransferFailure?
  ) async throws(OutboxError) -> (goingOn: [StoredTransfer], ended: [TransferSnapshot.ID]) {
    let (sealer, owner) = (sealer, lock.name)
    return try await write { db in
      let ids = try String.fetchAll(
        db, sql: "SELECT id FROM transfer WHERE profile = ? AND owner IS NULL AND state IN ('queued', 'waiting') ORDER BY queued_ms, rowid",
        arguments: [profile])
      var goingOn: [StoredTransfer] = []
      var ended: [TransferSnapshot.ID] = []
      for id in ids {
        guard var transfer = try Self.transfer(id, sealer, db) else { continue }
        if let failure = objection(transfer) {
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

  /// Takes a transfer over: one that this process owns, or one that nobody works on and that is in one of these states.
  /// - Parameter states: words of `StoredState`; ends without acceptance or doubt, unless a person has decided more.
  /// - Returns: nil when it is neither, such as when another process was quicker.
  func claim(_ id: TransferSnapshot.ID, in states: Set<String> = ["failed", "refused", "cancelled"]) async throws(OutboxError)
    -> StoredTransfer?
  {
    let (sealer, owner) = (sealer, lock.name)
    return try await write { db in
      let place = try Row.fetchOne(
        db, sql: "SELECT owner, state FROM transfer WHERE id = ? AND purged_ms IS NULL", arguments: [id.rawValue])
      guard let place else { return nil }
      let present: String? = place["owner"]
      guard present == owner || (present == nil && states.contains(place["state"])) else { return nil }
      try db.execute(sql: "UPDATE transfer SET owner = ? WHERE id = ?", arguments: [owner, id.rawValue])
      return try Self.transfer(id.rawValue, sealer, db)
    }
  }

  /// Lets go of transfers of this process that are not on the wire; those that are stay as they are.
  /// - Parameter handedOver: another process is to go on with them, without asking a person again.
  /// - Returns: those that are nobody's now. What had begun to prepare or upload is queued again; what waits or is paused stays so.
  func release(_ ids: some Collection<TransferSnapshot.ID>, handedOver: Bool) async throws(OutboxError) -> Set<TransferSnapshot.ID> {
    let (owner, keys) = (lock.name, ids.map(\.rawValue))
    return try await write { db in
      let statement = try db.makeStatement(
        sql: """
          UPDATE transfer SET owner = NULL, handed_over = ?, state = CASE WHEN state IN ('waiting', 'paused') THEN state ELSE 'queued' END
          WHERE id = ? AND owner = ? AND ended_ms IS NULL AND state NOT IN ('sending', 'finalizing')
          """)
      var released: Set<TransferSnapshot.ID> = []
      for key in keys {
        try statement.execute(arguments: [handedOver, key, owner])
        if db.changesCount == 1 { released.insert(TransferSnapshot.ID(key)) }
      }
      return released
    }
  }

  /// One element whenever somebody has written to the outbox.
  func writes() -> AsyncStream<Void> {
    // SQLite writes there first; the file stays for as long as the database is open.
    OutboxWatch.writes(to: FilePath(places.outbox.string + "-wal"))
  }

  /// What other processes have done since `version`, and what they want of this process's transfers. Each wish is told once.
  func news(profile: String, since version: Int?) async throws(OutboxError) -> (
    version: Int, requests: [(id: TransferSnapshot.ID, request: Request)]
  ) {
    let owner = lock.name
    return try await write { db in
      // The write lock: whoever is in the middle of a commit has finished by now, so that no change is missed.
      let present = try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0
      guard present != version else { return (present, []) }
      let condition = "profile = ? AND owner = ? AND request IS NOT NULL"
      let rows = try Row.fetchAll(db, sql: "SELECT id, request FROM transfer WHERE \(condition)", arguments: [profile, owner])
      if !rows.isEmpty { try db.execute(sql: "UPDATE transfer SET request = NULL WHERE \(condition)", arguments: [profile, owner]) }
      return (
        present,
        rows.compactMap { row in
          // A wish of a newer version that this one cannot fulfil.
          guard let request = Request(rawValue: row["request"]) else { return nil }
          return (TransferSnapshot.ID(row["id"]), request)
        }
      )
    }
  }
}
