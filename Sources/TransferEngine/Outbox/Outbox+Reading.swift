internal import GRDB

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What is asked of the outbox.
extension Outbox {
  /// One transfer as it stands now.
  func transfer(_ id: TransferSnapshot.ID) async throws(OutboxError) -> StoredTransfer? {
    let sealer = sealer
    return try await read { db in try Self.transfer(id.rawValue, sealer, db) }
  }

  /// Where the transfers stand that `listed` gives, without decrypting anything.
  func marks(profile: String, binding: TransferBinding, limit: Int) async throws(OutboxError) -> [TransferMark] {
    let sealer = sealer
    return try await read { db in
      try Self.listing("id, state, owner, changed_ms", profile, binding, limit, sealer, db).map { row in
        TransferMark(
          id: TransferSnapshot.ID(row["id"]), word: row["state"], owner: row["owner"], changedAt: Date(milliseconds: row["changed_ms"]))
      }
    }
  }

  /// Newest first: whatever has not ended, the newest `limit` besides, and all that a person still has to settle, by whatever connection
  /// it was sent.
  static func listing(
    _ columns: String, _ profile: String, _ binding: TransferBinding?, _ limit: Int, _ sealer: Sealer, _ db: Database
  ) throws -> [Row] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT \(columns) FROM transfer WHERE profile = ?1 AND purged_ms IS NULL
          AND (state = 'uncertain' OR (?2 IS NULL OR bound = ?2) AND (ended_ms IS NULL OR id IN
            (SELECT id FROM transfer WHERE profile = ?1 AND purged_ms IS NULL AND (?2 IS NULL OR bound = ?2)
              ORDER BY queued_ms DESC, rowid DESC LIMIT ?3)))
        ORDER BY queued_ms DESC, rowid DESC
        """, arguments: [profile, try binding.map { try sealer.lookup($0) }, limit])
  }

  /// When a file of this content was queued for this patient before, newest first; whatever became of it but a refusal, failure or cancellation.
  /// - Parameter binding: only what went to the same environment, host and destination counts, through whichever profile.
  func earlierSends(sha256: [UInt8], patient: String, to binding: TransferBinding) async throws(OutboxError) -> [EarlierSend] {
    let content = Self.content(sealer, sha256: sha256, patient: patient)
    return try await read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT queued_ms, state FROM transfer WHERE content = ? AND environment = ? AND host = ? AND destination = ?
            AND state NOT IN ('refused', 'failed', 'cancelled') ORDER BY queued_ms DESC
          """,
        arguments: [content, binding.environment, binding.host, binding.destinationID]
      ).map { EarlierSend(queuedAt: Date(milliseconds: $0["queued_ms"]), word: $0["state"]) }
    }
  }

  /// Whether a transfer that has not ended, or that nobody knows the end of, through any profile, is of this very file: that one may have
  /// to be sent again.
  func isFileAwaited(_ file: TransferOrder.File) async throws(OutboxError) -> Bool {
    let sealer = sealer
    return try await read { db in
      // Few are of the same size; only those are decrypted.
      let ids = try String.fetchAll(
        db,
        sql: "SELECT id FROM transfer WHERE (ended_ms IS NULL OR state = 'uncertain') AND purpose <> 'retract' AND bytes = ?",
        arguments: [file.byteCount])
      return try ids.contains { id in
        guard let other = try Self.transfer(id, sealer, db)?.order.file else { return false }
        return other.device == file.device && other.inode == file.inode
      }
    }
  }

  static func content(_ sealer: Sealer, sha256: [UInt8], patient: String) -> Data { sealer.lookup(sha256, Array(patient.utf8)) }

  static func patientHash(_ sealer: Sealer, _ patient: String) -> Data { sealer.lookup(Array("patient".utf8), Array(patient.utf8)) }
}
