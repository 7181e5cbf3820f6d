import Foundation
import GRDB

@testable import TransferEngine

/// What tests do with an outbox without an engine.
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

  /// Records where a transfer of this process stands, and the attempt that has just ended.
  /// - Returns: what another process has asked for meanwhile.
  @discardableResult
  func record(
    _ id: TransferSnapshot.ID, state: TransferState, receipt: TransferReceipt, failures: Int, changedAt: Date, attempt: TransferAttempt?
  ) async throws(OutboxError) -> Request? {
    let record = TransferRecord(
      id: id, state: state, receipt: receipt, failures: failures, changedAt: changedAt, attempt: attempt,
      ownership: state.isAtRest ? .nobodys : .mine)
    return try await self.record([record])[id]
  }

  func request(_ request: Request, of id: TransferSnapshot.ID, now: Date) async throws(OutboxError) {
    try await self.request(request, of: [id], now: now)
  }

  /// The profile's transfers, newest first: all that have not ended, and the newest `limit` altogether. What was purged is not among them.
  /// - Parameter binding: what the name means; nil for whatever it meant.
  func transfers(profile: String, binding: TransferBinding? = nil, limit: Int) async throws(OutboxError) -> [StoredTransfer] {
    let sealer = sealer
    return try await read { db in
      try Self.listing("id", profile, binding, limit, sealer, db).compactMap { try Self.transfer($0["id"], sealer, db) }
    }
  }
}
