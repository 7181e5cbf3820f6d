internal import GRDB

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A transfer as lists show it: without its message, of which thousands would fill the memory.
struct ListedTransfer: Sendable, Hashable {
  var id: TransferSnapshot.ID
  var profile: String
  var summary: TransferOrder.Summary
  var state: TransferState
  var receipt: TransferReceipt
  var failures: Int
  /// The process that works on it; nil when none does.
  var owner: String?
  var queuedAt: Date
  var changedAt: Date
}

extension ListedTransfer {
  init(_ stored: StoredTransfer) {
    self.init(
      id: stored.id, profile: stored.profile, summary: TransferOrder.Summary(stored.order), state: stored.state, receipt: stored.receipt,
      failures: stored.failures, owner: stored.owner, queuedAt: stored.queuedAt, changedAt: stored.changedAt)
  }
}

extension TransferOrder {
  /// What of an order is shown, or decides whether it may go on.
  struct Summary: Sendable, Hashable, Decodable {
    struct File: Sendable, Hashable, Decodable {
      var byteCount: Int
    }

    var binding: TransferBinding
    var kind: String
    var method: String
    var file: File
    var fileName: String
    var patientName: String
    var documentID: String
    var purpose: String?
    var origin: String?
    var patientBorn: String?
    var patientNumber: String?

    init(_ order: TransferOrder) {
      binding = order.binding
      kind = order.kind
      method = order.method
      file = File(byteCount: order.file.byteCount)
      fileName = order.fileName
      patientName = order.patientName
      documentID = order.documentID
      purpose = order.purpose
      origin = order.origin
      patientBorn = order.patientBorn
      patientNumber = order.patientNumber
    }
  }
}

extension Outbox {
  /// The profile's transfers, newest first: all that have not ended, and the newest `limit` altogether.
  /// - Parameter binding: what the name means; nil for whatever it meant.
  func listed(profile: String, binding: TransferBinding? = nil, limit: Int) async throws(OutboxError) -> [ListedTransfer] {
    let sealer = sealer
    return try await read { db in
      try Self.listing("id", profile, binding, limit, sealer, db).compactMap { try Self.listed($0["id"], sealer, db) }
    }
  }

  /// These transfers as they stand now.
  func listed(_ ids: [TransferSnapshot.ID]) async throws(OutboxError) -> [ListedTransfer] {
    let sealer = sealer
    return try await read { db in try ids.compactMap { try Self.listed($0.rawValue, sealer, db) } }
  }

  static func listed(_ id: String, _ sealer: Sealer, _ db: Database) throws -> ListedTransfer? {
    let statement = try db.cachedStatement(sql: "SELECT * FROM transfer WHERE id = ? AND purged_ms IS NULL")
    guard let row = try Row.fetchOne(statement, arguments: [id]) else { return nil }
    let detail = try sealer.open(row["detail"], as: StoredState.Detail.self, at: Cell.detail(id))
    guard let state = StoredState.state(word: row["state"], detail: detail) else { return nil }
    return ListedTransfer(
      id: TransferSnapshot.ID(id), profile: row["profile"],
      summary: try sealer.open(row["ordered"], as: TransferOrder.Summary.self, at: Cell.ordered(id)),
      state: state, receipt: try sealer.open(row["receipt"], as: TransferReceipt.self, at: Cell.receipt(id)), failures: row["failures"],
      owner: row["owner"], queuedAt: Date(milliseconds: row["queued_ms"]), changedAt: Date(milliseconds: row["changed_ms"]))
  }
}
