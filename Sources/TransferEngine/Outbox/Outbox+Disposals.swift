internal import Documents
internal import GRDB
internal import SystemPackage

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What is still to be done with the files of accepted documents: recorded together with the acceptance, so that whoever comes after a
/// dead process knows of it.
extension Outbox {
  /// Who has done what nobody was asked about, in the history.
  static let ownName = "chartdrop"

  private struct Wanted: Codable {
    /// The bytes of the folder that the file goes to; nil when it is deleted.
    var folder: Data?

    init?(_ disposal: DocumentDisposal) {
      switch disposal {
      case .keep: return nil
      case .move(let folder): self.folder = Data(folder.utf8Bytes)
      case .delete: folder = nil
      }
    }

    var disposal: DocumentDisposal { folder.map { .move(FilePath(bytes: $0)) } ?? .delete }
  }

  static func insert(_ disposal: DocumentDisposal, of id: String, owner: String, _ sealer: Sealer, _ db: Database) throws {
    guard let wanted = Wanted(disposal) else { return }
    try db.execute(
      sql: "INSERT INTO disposal (transfer, owner, wanted) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      arguments: [id, owner, try sealer.seal(wanted, at: Cell.wanted(id))])
  }

  /// Takes over what dead processes have left to be done with the profile's files.
  /// - Returns: the transfers, in the order in which they were accepted.
  func claimDisposals(profile: String) async throws(OutboxError) -> [TransferSnapshot.ID] {
    let owner = lock.name
    return try await write { db in
      // The join begins with the few that wait.
      let ids = try String.fetchAll(
        db,
        sql: """
          SELECT id FROM disposal CROSS JOIN transfer ON id = transfer WHERE profile = ? AND disposal.owner IS NULL ORDER BY ended_ms, queued_ms
          """, arguments: [profile])
      for id in ids { try db.execute(sql: "UPDATE disposal SET owner = ? WHERE transfer = ?", arguments: [owner, id]) }
      return ids.map { TransferSnapshot.ID($0) }
    }
  }

  /// What this process is to do with a transfer's file, and what is known of the file; nil when there is nothing to do.
  func disposal(of id: TransferSnapshot.ID) async throws(OutboxError) -> (wanted: DocumentDisposal, order: TransferOrder)? {
    let (sealer, owner, key) = (sealer, lock.name, id.rawValue)
    return try await read { db in
      let sealed = try Data.fetchOne(db, sql: "SELECT wanted FROM disposal WHERE transfer = ? AND owner = ?", arguments: [key, owner])
      guard let sealed, let order = try Self.transfer(key, sealer, db)?.order else { return nil }
      return (try sealer.open(sealed, as: Wanted.self, at: Cell.wanted(key)).disposal, order)
    }
  }

  /// Nothing is left to be done with a transfer's file; `decision` says what became of it. Its note is left out when what identifies a
  /// patient was removed meanwhile: it has the file's name.
  func endDisposal(of id: TransferSnapshot.ID, with decision: TransferDecision?) async throws(OutboxError) {
    let (sealer, owner) = (sealer, lock.name)
    try await write { db in
      try db.execute(sql: "DELETE FROM disposal WHERE transfer = ? AND owner = ?", arguments: [id.rawValue, owner])
      guard var decision else { return }
      if db.changesCount == 0 { decision.note = nil }
      try Self.insert(decision, of: id.rawValue, sealer, db)
    }
  }
}
