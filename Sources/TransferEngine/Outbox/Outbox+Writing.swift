internal import GRDB
internal import SafeText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What the process that works on a transfer records.
extension Outbox {
  /// Records a new transfer, owned by this process.
  func insert(_ transfer: StoredTransfer) async throws(OutboxError) { try await insert([transfer]) }

  /// Records new transfers, owned by this process: all of them, or none.
  func insert(_ transfers: [StoredTransfer]) async throws(OutboxError) {
    let sealer = sealer
    try await write { db in
      for transfer in transfers { try Self.insert(transfer, sealer, db) }
    }
  }

  private static func insert(_ transfer: StoredTransfer, _ sealer: Sealer, _ db: Database) throws {
    let id = transfer.id.rawValue
    let state = StoredState(transfer.state)
    try db.execute(
      sql: """
        INSERT INTO transfer (id, profile, bound, state, detail, ordered, receipt, content, failures, owner, queued_ms, changed_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        id, transfer.profile, try sealer.lookup(transfer.order.binding), state.word, try sealer.seal(state.detail, at: Cell.detail(id)),
        try sealer.seal(transfer.order, at: Cell.ordered(id)),
        try sealer.seal(transfer.receipt, at: Cell.receipt(id)),
        Self.content(sealer, sha256: Array(transfer.order.file.sha256), patient: transfer.order.patientID), transfer.failures,
        transfer.owner,
        transfer.queuedAt.milliseconds, transfer.changedAt.milliseconds,
      ])
  }

  /// Records where a transfer of this process stands, and the attempt that has just ended.
  /// - Returns: what another process has asked for meanwhile.
  @discardableResult
  func record(
    _ id: TransferSnapshot.ID, state: TransferState, receipt: TransferReceipt, failures: Int, changedAt: Date, attempt: TransferAttempt?
  ) async throws(OutboxError) -> Request? {
    let (sealer, owner) = (sealer, lock.name)
    return try await write { db in
      let key = id.rawValue
      let stored = StoredState(state)
      try db.execute(
        sql: "UPDATE transfer SET state = ?, detail = ?, receipt = ?, failures = ?, owner = ?, changed_ms = ?, ended_ms = ? WHERE id = ?",
        arguments: [
          stored.word, try sealer.seal(stored.detail, at: Cell.detail(key)), try sealer.seal(receipt, at: Cell.receipt(key)), failures,
          state.isEnded ? nil : owner, changedAt.milliseconds, state.isEnded ? changedAt.milliseconds : nil, key,
        ])
      // Nothing may be sent on the strength of a state that stands nowhere.
      guard db.changesCount == 1 else { throw OutboxError.damaged("The outbox has lost a transfer that is under way.") }
      if let attempt { try Self.insert(attempt, of: key, sealer, db) }
      guard let request = try String.fetchOne(db, sql: "SELECT request FROM transfer WHERE id = ?", arguments: [key]) else { return nil }
      try db.execute(sql: "UPDATE transfer SET request = NULL WHERE id = ?", arguments: [key])
      return Request(rawValue: request)
    }
  }
}
