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
  enum Request: String, Sendable, CaseIterable { case cancel, pause, resume }

  /// Where a transfer is at rest and may be taken over.
  enum Rest: String, Sendable {
    /// Ended without acceptance or doubt; or this process's own, whatever the disk has.
    case unsent = "owner = ?1 OR (owner IS NULL AND state IN ('failed', 'refused', 'cancelled'))"
    case paused = "owner IS NULL AND state = 'paused'"
    case uncertain = "owner IS NULL AND state = 'uncertain'"
  }

  /// Asks whoever works on transfers, and does it itself where nobody does any more. A cancellation is not taken back by a later wish.
  func request(_ request: Request, of ids: [TransferSnapshot.ID], now: Date) async throws(OutboxError) {
    let (sealer, locks) = (sealer, places.locks)
    try await write { db in
      let ask = try db.cachedStatement(
        sql: """
          UPDATE transfer SET request = ? WHERE id = ? AND ended_ms IS NULL AND owner IS NOT NULL
          AND (request IS NULL OR request <> 'cancel')
          """)
      for id in ids { try ask.execute(arguments: [request.rawValue, id.rawValue]) }
      try Self.settle(db, sealer, locks: locks, now: now)
      for id in ids {
        let word = try String.fetchOne(
          db, sql: "SELECT state FROM transfer WHERE id = ? AND owner IS NULL AND ended_ms IS NULL", arguments: [id.rawValue])
        if let word { try Self.grant(request, id.rawValue, word, sealer, now: now, db) }
      }
    }
  }

  /// Does what was asked for with a transfer that is nobody's and has not ended.
  static func grant(_ request: Request, _ id: String, _ word: String, _ sealer: Sealer, now: Date, _ db: Database) throws {
    switch request {
    case .cancel: try end(id, .cancelled, sealer, now: now, db)
    case .pause where word != "paused": try move(id, to: .paused, sealer, now: now, db)
    // Whoever looks next goes on with it; a person has asked for that.
    case .resume where word == "held" || word == "paused": try move(id, to: .queued, isHandedOver: true, sealer, now: now, db)
    case .pause, .resume: break
    }
  }

  private static func move(
    _ id: String, to state: TransferState, isHandedOver: Bool = false, _ sealer: Sealer, now: Date, _ db: Database
  ) throws {
    let stored = StoredState(state)
    try db.execute(
      sql: "UPDATE transfer SET state = ?, detail = ?, request = NULL, handed_over = ?, changed_ms = ? WHERE id = ?",
      arguments: [stored.word, try sealer.seal(stored.detail, at: Cell.detail(id)), isHandedOver, now.milliseconds, id])
  }

  /// Takes over the profile's transfers that nobody works on and that are to go on.
  /// - Parameters:
  ///   - binding: what the profile means now; transfers that end here are listed under it, where a person sees them.
  ///   - objection: why a transfer may not go on, by what it was reviewed for and whether it was handed over on purpose; it ends as
  ///     failed then.
  /// - Returns: those that go on, the oldest first, and those that have ended.
  func adopt(
    profile: String, binding: TransferBinding, now: Date,
    objection: @escaping @Sendable (_ reviewed: TransferBinding, _ isHandedOver: Bool) -> TransferFailure?
  ) async throws(OutboxError) -> (goingOn: [TransferSnapshot.ID], ended: [TransferSnapshot.ID]) {
    let (sealer, owner) = (sealer, lock.name)
    return try await write { db in
      let present = try sealer.lookup(binding)
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT id, bound, handed_over FROM transfer
          WHERE profile = ? AND owner IS NULL AND ended_ms IS NULL AND state IN ('queued', 'held', 'waiting') ORDER BY queued_ms, rowid
          """, arguments: [profile])
      let take = try db.cachedStatement(sql: "UPDATE transfer SET owner = ?, handed_over = 0 WHERE id = ?")
      var goingOn: [TransferSnapshot.ID] = []
      var ended: [TransferSnapshot.ID] = []
      for row in rows {
        let id: String = row["id"]
        // Only what means something else by now is worth decrypting.
        let reviewed = row["bound"] as Data == present ? binding : try Self.listed(id, sealer, db)?.summary.binding
        guard let reviewed else { continue }
        if let failure = objection(reviewed, row["handed_over"]) {
          try Self.end(id, .failed(failure), sealer, now: now, db)
          try db.execute(sql: "UPDATE transfer SET bound = ? WHERE id = ?", arguments: [present, id])
          ended.append(TransferSnapshot.ID(id))
        } else {
          try take.execute(arguments: [owner, id])
          goingOn.append(TransferSnapshot.ID(id))
        }
      }
      return (goingOn, ended)
    }
  }

  /// A transfer that was taken over, and whatever else was ever to correct the same document.
  struct Claim: Sendable {
    var transfer: ListedTransfer
    var rivals: [Correction]
  }

  /// Takes transfers over that are at rest, for a person who wants more of them. From then on they count as under way for others.
  /// - Returns: those that are this process's now; another may have been quicker.
  func claim(_ ids: [TransferSnapshot.ID], from rest: Rest) async throws(OutboxError) -> [Claim] {
    let (sealer, owner) = (sealer, lock.name)
    return try await write { db in
      let claim = try db.cachedStatement(sql: "UPDATE transfer SET owner = ?1 WHERE id = ?2 AND purged_ms IS NULL AND (\(rest.rawValue))")
      return try ids.compactMap { id in
        try claim.execute(arguments: [owner, id.rawValue])
        guard db.changesCount == 1, let transfer = try Self.listed(id.rawValue, sealer, db) else { return nil }
        let corrections = try transfer.summary.origin.map { try Self.corrections(of: TransferSnapshot.ID($0), db) }
        return Claim(transfer: transfer, rivals: (corrections ?? []).filter { $0.id != id })
      }
    }
  }

  /// One element whenever somebody has written to the outbox.
  func writes() -> AsyncStream<Void> {
    // SQLite writes there first; the file stays for as long as the database is open.
    OutboxWatch.writes(to: FilePath(places.outbox.string + "-wal"))
  }

  /// What other processes have done since `version`, and what they want of this process's transfers. Each wish is told once.
  func news(
    profile: String, since version: Int?
  ) async throws(OutboxError) -> (version: Int, requests: [Request: [TransferSnapshot.ID]]) {
    let owner = lock.name
    return try await write { db in
      // The write lock: whoever is in the middle of a commit has finished by now, so that no change is missed.
      let present = try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0
      guard present != version else { return (present, [:]) }
      var requests: [Request: [TransferSnapshot.ID]] = [:]
      let condition = "profile = ? AND owner = ? AND request IS NOT NULL"
      for row in try Row.fetchAll(db, sql: "SELECT id, request FROM transfer WHERE \(condition)", arguments: [profile, owner]) {
        if let request = Request(rawValue: row["request"]) { requests[request, default: []].append(TransferSnapshot.ID(row["id"])) }
      }
      if !requests.isEmpty { try db.execute(sql: "UPDATE transfer SET request = NULL WHERE \(condition)", arguments: [profile, owner]) }
      return (present, requests)
    }
  }
}
