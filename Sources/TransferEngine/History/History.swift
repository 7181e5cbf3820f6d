internal import GRDB
internal import SafeText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What was sent, by whom it was decided, and what came of it: over all profiles, newest first.
///
/// Lists are read from what is not encrypted; only the records that are asked for are decrypted.
public struct History: Sendable {
  let outbox: Outbox

  /// One page of the list.
  /// - Parameters:
  ///   - limit: how many entries at most.
  ///   - cursor: as an earlier page gave it; nil for the newest.
  public func page(_ filter: HistoryFilter = HistoryFilter(), limit: Int = 100, before cursor: HistoryCursor? = nil)
    async throws(OutboxError)
    -> HistoryPage
  {
    let query = HistoryQuery(filter, sealer: outbox.sealer, from: cursor, limit: limit + 1)
    var entries = try await entries(query)
    let isLast = entries.count <= limit
    entries = Array(entries.prefix(limit))
    return HistoryPage(entries: entries, next: isLast ? nil : entries.last?.cursor)
  }

  /// Everything about one transfer; nil when there is none.
  public func record(_ id: TransferSnapshot.ID) async throws(OutboxError) -> HistoryRecord? {
    let sealer = outbox.sealer
    return try await outbox.read { db in
      let found = try Row.fetchOne(
        db, sql: "SELECT \(HistoryEntry.columns), detail, receipt, ordered FROM transfer WHERE id = ?", arguments: [id.rawValue])
      guard let row = found else { return nil }
      var entry = HistoryEntry(row)
      let detail = try sealer.open(row["detail"], as: StoredState.Detail.self, at: Outbox.Cell.detail(id.rawValue))
      let corrections = try Outbox.corrections(of: id, db)
      entry.correction = Correction.decisive(corrections)
      return HistoryRecord(
        entry: entry, details: entry.removedAt == nil ? try Self.details(row, id, sealer) : nil, failure: detail.failure,
        receipt: try sealer.open(row["receipt"], as: TransferReceipt.self, at: Outbox.Cell.receipt(id.rawValue)),
        attempts: try Outbox.attempts(of: id.rawValue, sealer, db), decisions: try Outbox.decisions(of: id.rawValue, sealer, db),
        corrections: corrections)
    }
  }

  private static func details(_ row: Row, _ id: TransferSnapshot.ID, _ sealer: Sealer) throws -> HistoryRecord.Details {
    let order = try sealer.open(row["ordered"], as: TransferOrder.self, at: Outbox.Cell.ordered(id.rawValue))
    return HistoryRecord.Details(
      fileName: Redacted(DisplayText(escaping: order.fileName)), patientName: Redacted(DisplayText(escaping: order.patientName)),
      patientID: Redacted(order.patientID), sha256: Array(order.file.sha256))
  }

  private func entries(_ query: HistoryQuery) async throws(OutboxError) -> [HistoryEntry] {
    try await outbox.read { db in
      var entries = try Row.fetchAll(db, sql: query.listing, arguments: query.arguments).map { HistoryEntry($0) }
      let corrections = try Outbox.corrections(of: entries.map(\.id.rawValue), db)
      for index in entries.indices { entries[index].correction = Correction.decisive(corrections[entries[index].id] ?? []) }
      return entries
    }
  }
}
