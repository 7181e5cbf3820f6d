internal import GRDB
internal import SafeText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What the process that works on a transfer records.
extension Outbox {
  /// Records what persons have confirmed, owned by this process: all of them, or none.
  ///
  /// What stands against a correction is asked in the very transaction that records it: of two processes that correct the same document,
  /// the second one knows of the first.
  /// - Parameter objection: why a correction must not be sent; it is recorded as refused then, and nobody's.
  /// - Returns: the transfers as they were recorded.
  func submit(
    _ transfers: [StoredTransfer], unless objection: @escaping @Sendable (Corrected) -> TransferFailure?
  ) async throws(OutboxError) -> [StoredTransfer] {
    let sealer = sealer
    return try await write { db in
      try transfers.map { transfer in
        var transfer = transfer
        if !transfer.state.isEnded, let origin = transfer.origin, let failure = objection(try Self.corrected(origin, sealer, db)) {
          transfer.refuse(failure)
        }
        try Self.insert(transfer, sealer, db)
        return transfer
      }
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

  /// Records where transfers of this process stand: all of them or none.
  /// - Returns: what other processes have asked for meanwhile.
  func record(_ records: [TransferRecord]) async throws(OutboxError) -> [TransferSnapshot.ID: Request] {
    let (sealer, owner) = (sealer, lock.name)
    return try await write { db in
      var requests: [TransferSnapshot.ID: Request] = [:]
      for record in records { requests[record.id] = try Self.record(record, owner: owner, sealer, db) }
      return requests
    }
  }

  private static func record(_ record: TransferRecord, owner: String, _ sealer: Sealer, _ db: Database) throws -> Request? {
    let key = record.id.rawValue
    let stored = StoredState(record.state)
    let request = try String.fetchOne(db, sql: "SELECT request FROM transfer WHERE id = ?", arguments: [key])
    try db.cachedStatement(
      sql: """
        UPDATE transfer SET state = ?, detail = ?, code = ?, receipt = ?, http_status = ?, log_ids = ?, failures = ?, owner = ?,
          request = NULL, handed_over = ?, changed_ms = ?, ended_ms = ?, seen = 0 WHERE id = ? AND owner = ?
        """
    ).execute(arguments: [
      stored.word, try sealer.seal(stored.detail, at: Cell.detail(key)), stored.detail.failure?.code,
      try sealer.seal(record.receipt, at: Cell.receipt(key)), record.receipt.status, PlainLogIDs.text(of: record.receipt.logIDs),
      record.failures, record.ownership == .mine ? owner : nil, record.ownership == .handedOver, record.changedAt.milliseconds,
      record.state.isEnded ? record.changedAt.milliseconds : nil, key, owner,
    ])
    // Nothing may be sent on the strength of a state that stands nowhere, or of one that another process has in hand.
    guard db.changesCount == 1 else { throw OutboxError.damaged("The outbox has lost a transfer that is under way.") }
    if let attempt = record.attempt { try insert(attempt, of: key, sealer, db) }
    if let decision = record.decision { try insert(decision, of: key, sealer, db) }
    if let disposal = record.disposal { try insert(disposal, of: key, owner: owner, sealer, db) }
    return request.flatMap { Request(rawValue: $0) }
  }
}

/// Where a transfer stands, to be recorded.
struct TransferRecord: Sendable {
  var id: TransferSnapshot.ID
  var state: TransferState
  var receipt: TransferReceipt
  var failures: Int
  var changedAt: Date
  /// What has just ended.
  var attempt: TransferAttempt?
  /// What a person has made of it.
  var decision: TransferDecision?
  /// What is to be done with the file of a document that was accepted just now.
  var disposal: DocumentDisposal?
  /// Whose it is from now on.
  var ownership: TransferMachine.Ownership
}

extension TransferRecord {
  init(_ entry: TransferEntry, disposal: DocumentDisposal?) {
    let machine = entry.machine
    self.init(
      id: entry.id, state: machine.state, receipt: machine.receipt, failures: machine.failures, changedAt: machine.changedAt,
      attempt: entry.attempt, decision: entry.decision, disposal: disposal, ownership: machine.ownership)
  }
}
