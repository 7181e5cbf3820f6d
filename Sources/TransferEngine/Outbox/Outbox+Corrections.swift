internal import GRDB

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What a correction is to correct, and what was to correct it before, as the outbox has them.
struct Corrected: Sendable {
  /// Nil when the outbox does not have it any more.
  var original: StoredTransfer?
  /// Everything that was ever to correct its document, through whichever profile.
  var known: [Correction]
}

extension Outbox {
  func corrected(_ origin: TransferSnapshot.ID) async throws(OutboxError) -> Corrected {
    let sealer = sealer
    return try await read { db in try Self.corrected(origin, sealer, db) }
  }

  static func corrected(_ origin: TransferSnapshot.ID, _ sealer: Sealer, _ db: Database) throws -> Corrected {
    Corrected(original: try transfer(origin.rawValue, sealer, db), known: try corrections(of: origin, db))
  }

  static func corrections(of origin: TransferSnapshot.ID, _ db: Database) throws -> [Correction] {
    try corrections(of: [origin.rawValue], db)[origin] ?? []
  }

  /// Everything that was ever to correct these transfers' documents, by what it was to correct, the oldest first.
  static func corrections(of origins: [String], _ db: Database) throws -> [TransferSnapshot.ID: [Correction]] {
    guard !origins.isEmpty else { return [:] }
    let places = origins.map { _ in "?" }.joined(separator: ", ")
    // A correction is for the same patient, and for those there is an index. With the outbox's key the patients' hashes are lost too.
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT id, origin, purpose, state, queued_ms, changed_ms, ended_ms IS NOT NULL AND owner IS NULL AS over FROM transfer
        WHERE (patient IN (SELECT patient FROM transfer WHERE id IN (\(places))) OR patient IS NULL) AND origin IN (\(places))
        ORDER BY queued_ms, rowid
        """, arguments: StatementArguments(origins + origins))
    return rows.reduce(into: [:]) { found, row in
      guard let purpose = TransferPurpose(rawValue: row["purpose"]), purpose != .new else { return }
      let correction = Correction(
        id: TransferSnapshot.ID(row["id"]), purpose: purpose, state: row["state"], hasEnded: row["over"],
        queuedAt: Date(milliseconds: row["queued_ms"]), changedAt: Date(milliseconds: row["changed_ms"]))
      found[TransferSnapshot.ID(row["origin"]), default: []].append(correction)
    }
  }
}
