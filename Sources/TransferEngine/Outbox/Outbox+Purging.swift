internal import GRDB

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// How what identifies a patient is removed when its time has come. Receipts, times, the document's number and keyed hashes stay.
extension Outbox {
  /// Removes it from a few transfers that ended before `limit`; from uncertain ones only when a person settled them before.
  /// - Returns: how many there were; 0 when nothing is left to do.
  func purge(endedBefore time: Date, now: Date, atMost count: Int) async throws(OutboxError) -> Int {
    let sealer = sealer
    return try await write { db in
      let ids = try String.fetchAll(
        db,
        sql: """
          SELECT id FROM transfer WHERE purged_ms IS NULL AND ended_ms IS NOT NULL AND ended_ms <= ?1
            AND (state <> 'uncertain' OR settled_ms <= ?1) ORDER BY ended_ms LIMIT ?2
          """, arguments: [time.milliseconds, count])
      for id in ids { try Self.purge(id, why: .age, sealer, now: now, db) }
      return ids.count
    }
  }

  static func purge(_ id: String, why: HistoryEntry.Removal, _ sealer: Sealer, now: Date, _ db: Database) throws {
    guard let row = try Row.fetchOne(db, sql: "SELECT detail, receipt FROM transfer WHERE id = ?", arguments: [id]) else { return }
    // What cannot be read any more has nothing to keep, and must go all the more.
    let detail = try? sealer.open(row["detail"], as: StoredState.Detail.self, at: Cell.detail(id))
    let receipt = try? sealer.open(row["receipt"], as: TransferReceipt.self, at: Cell.receipt(id))
    try db.execute(
      sql: "UPDATE transfer SET detail = ?, receipt = ?, ordered = x'', purged_ms = ?, purged_why = ? WHERE id = ?",
      arguments: [
        try sealer.seal(detail?.withoutWords ?? StoredState.Detail(), at: Cell.detail(id)),
        try sealer.seal(receipt?.withoutWords ?? TransferReceipt(), at: Cell.receipt(id)), now.milliseconds, why.rawValue, id,
      ])
    for attempt in try Row.fetchAll(db, sql: "SELECT id, said FROM attempt WHERE transfer = ?", arguments: [id]) {
      let said = try? sealer.open(attempt["said"], as: Said.self, at: Cell.said(id))
      try db.execute(
        sql: "UPDATE attempt SET said = ? WHERE id = ?",
        arguments: [
          try sealer.seal(Said(words: [], logIDs: PlainLogIDs.opaque(said?.logIDs ?? [])), at: Cell.said(id)), attempt["id"] as Int64,
        ])
    }
    try db.execute(sql: "UPDATE decision SET note = NULL WHERE transfer = ?", arguments: [id])
    // Where the file is goes with the rest: whoever has not moved or deleted it by now never will.
    try db.execute(sql: "DELETE FROM disposal WHERE transfer = ?", arguments: [id])
    if db.changesCount > 0 { try insert(TransferDecision(.documentLeft, who: ownName, at: now), of: id, sealer, db) }
  }

  /// Removes the receipts of a few transfers that ended before `limit` and hold nothing of a patient any more.
  func forget(endedBefore time: Date, atMost count: Int) async throws(OutboxError) -> Int {
    try await write { db in
      try db.execute(
        sql: """
          DELETE FROM transfer WHERE id IN
            (SELECT id FROM transfer WHERE purged_ms IS NOT NULL AND ended_ms <= ? ORDER BY ended_ms LIMIT ?)
          """, arguments: [time.milliseconds, count])
      return db.changesCount
    }
  }

  /// Takes what was removed out of the journal too. Another process that reads just now keeps it there until the next time.
  func emptyJournal() async throws(OutboxError) {
    do {
      try await database.writeWithoutTransaction { db in
        do { _ = try db.checkpoint(.truncate) } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {}
      }
    } catch {
      throw Self.outboxError(error)
    }
  }
}

extension StoredState.Detail {
  /// A failure's stable word stays; its sentences may quote a server.
  fileprivate var withoutWords: Self {
    Self(failure: failure.map { TransferFailure(code: $0.code, explanation: "", remedy: "") })
  }
}

extension TransferReceipt {
  fileprivate var withoutWords: Self {
    var bare = self
    bare.words = []
    bare.uploadURI = nil
    bare.doubt = nil
    return bare
  }
}
