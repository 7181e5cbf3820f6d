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

  static func insert(_ transfer: StoredTransfer, _ sealer: Sealer, _ db: Database) throws {
    let id = transfer.id.rawValue
    let state = StoredState(transfer.state)
    try db.execute(
      sql: """
        INSERT INTO transfer
          (id, profile, bound, state, detail, ordered, receipt, content, failures, owner, handed_over, origin, queued_ms, changed_ms, ended_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        id, transfer.profile, try sealer.lookup(transfer.order.binding), state.word, try sealer.seal(state.detail, at: Cell.detail(id)),
        try sealer.seal(transfer.order, at: Cell.ordered(id)), try sealer.seal(transfer.receipt, at: Cell.receipt(id)),
        content(sealer, sha256: Array(transfer.order.file.sha256), patient: transfer.order.patientID), transfer.failures, transfer.owner,
        transfer.isHandedOver, transfer.origin?.rawValue, transfer.queuedAt.milliseconds, transfer.changedAt.milliseconds,
        transfer.state.isEnded ? transfer.changedAt.milliseconds : nil,
      ])
    try writeReceipt(of: transfer, sealer, db)
  }

  /// Writes what can be read without the key.
  static func writeReceipt(of transfer: StoredTransfer, _ sealer: Sealer, _ db: Database) throws {
    let order = transfer.order
    try db.execute(
      sql: """
        UPDATE transfer SET kind = ?, method = ?, document = ?, bytes = ?, request_bytes = ?, environment = ?, host = ?, destination = ?,
          purpose = ?, patient = ?, code = ?, http_status = ?, log_ids = ? WHERE id = ?
        """,
      arguments: [
        order.kind, order.method, order.documentID, order.file.byteCount, transfer.requestByteCount, order.binding.environment,
        order.binding.host, order.binding.destinationID, transfer.purpose, patientHash(sealer, order.patientID),
        StoredState(transfer.state).detail.failure?.code, transfer.receipt.status, PlainLogIDs.text(of: transfer.receipt.logIDs),
        transfer.id.rawValue,
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
        sql: """
          UPDATE transfer SET state = ?, detail = ?, code = ?, receipt = ?, http_status = ?, log_ids = ?, failures = ?, owner = ?,
            handed_over = 0, changed_ms = ?, ended_ms = ?, seen = 0 WHERE id = ?
          """,
        arguments: [
          stored.word, try sealer.seal(stored.detail, at: Cell.detail(key)), stored.detail.failure?.code,
          try sealer.seal(receipt, at: Cell.receipt(key)), receipt.status, PlainLogIDs.text(of: receipt.logIDs), failures,
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
