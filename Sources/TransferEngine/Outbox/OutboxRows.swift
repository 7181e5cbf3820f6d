internal import GRDB

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// How transfers stand in the tables.
extension Outbox {
  /// Where an encrypted cell belongs.
  enum Cell {
    static let probe = "seal.probe"
    static func detail(_ id: String) -> String { "transfer.detail.\(id)" }
    static func ordered(_ id: String) -> String { "transfer.ordered.\(id)" }
    static func receipt(_ id: String) -> String { "transfer.receipt.\(id)" }
    static func note(_ id: String) -> String { "decision.note.\(id)" }
    static func said(_ id: String) -> String { "attempt.said.\(id)" }
    static func wanted(_ id: String) -> String { "disposal.wanted.\(id)" }
  }

  /// Nil when there is none, when a newer version has written it, and when what identifies the patient was removed: then history alone
  /// knows it.
  static func transfer(_ id: String, _ sealer: Sealer, _ db: Database) throws -> StoredTransfer? {
    guard let row = try Row.fetchOne(db, sql: "SELECT * FROM transfer WHERE id = ? AND purged_ms IS NULL", arguments: [id]) else {
      return nil
    }
    let detail = try sealer.open(row["detail"], as: StoredState.Detail.self, at: Cell.detail(id))
    guard let state = StoredState.state(word: row["state"], detail: detail) else { return nil }
    return StoredTransfer(
      id: TransferSnapshot.ID(id), profile: row["profile"],
      order: try sealer.open(row["ordered"], as: TransferOrder.self, at: Cell.ordered(id)),
      state: state, receipt: try sealer.open(row["receipt"], as: TransferReceipt.self, at: Cell.receipt(id)), failures: row["failures"],
      owner: row["owner"], queuedAt: Date(milliseconds: row["queued_ms"]), changedAt: Date(milliseconds: row["changed_ms"]),
      isHandedOver: row["handed_over"], origin: (row["origin"] as String?).map { TransferSnapshot.ID($0) }, purpose: row["purpose"],
      requestByteCount: row["request_bytes"])
  }
}

extension Date {
  /// Milliseconds since 1970: what the outbox counts in.
  var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

  init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
