internal import GRDB
internal import SafeText

/// A transfer that replaces or retracts what another has brought, by what is not encrypted.
struct Correction: Sendable, Hashable {
  var id: TransferSnapshot.ID
  var purpose: TransferPurpose
  /// As in `StoredState`.
  var word: String
  /// Nothing of it is under way, and no process has it in hand to try it again.
  var hasEnded: Bool

  /// Why there can be no other one beside it; nil when it has come to nothing. One that was given up stands in nobody's way: a person
  /// has decided so.
  var objectionToAnother: DisplayText? {
    let isRetraction = purpose == .retract
    switch word {
    case "accepted", "arrived", "found":
      return isRetraction ? "It was retracted already." : "It was replaced already; correct the newer document."
    case "uncertain":
      return isRetraction
        ? "Nobody knows whether its retraction arrived; that must be settled first."
        : "Nobody knows whether its replacement arrived; that must be settled first."
    default:
      if hasEnded { return nil }
      return isRetraction ? "Its retraction is under way." : "Its replacement is under way."
    }
  }
}

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
    // A correction is for the same patient, and for those there is an index.
    try Row.fetchAll(
      db,
      sql: """
        SELECT id, purpose, state, ended_ms IS NOT NULL AND owner IS NULL AS over FROM transfer
        WHERE patient = (SELECT patient FROM transfer WHERE id = ?1) AND origin = ?1
        """, arguments: [origin.rawValue]
    ).compactMap { row in
      guard let purpose = TransferPurpose(rawValue: row["purpose"]), purpose != .new else { return nil }
      return Correction(id: TransferSnapshot.ID(row["id"]), purpose: purpose, word: row["state"], hasEnded: row["over"])
    }
  }
}
