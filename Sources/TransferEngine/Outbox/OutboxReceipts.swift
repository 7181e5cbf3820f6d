internal import GRDB

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Copies what can be read without a key from an outbox that was set aside.
struct OutboxReceipts {
  /// Of the new outbox.
  let sealer: Sealer
  let now: Date

  /// - Returns: how many receipts the new outbox has of it, and how many transfers were never sent.
  func copy(from old: Database, to new: Database) throws -> (receipts: Int, unsent: Int) {
    guard try old.tableExists("transfer") else { return (0, 0) }
    let columns = Set(try old.columns(in: "transfer").map(\.name))
    let hasDecisions = try old.tableExists("decision")
    var (receipts, unsent) = (0, 0)
    // Neither cells nor hashes: without the old key they say nothing.
    let plain = columns.subtracting(["bound", "detail", "receipt", "ordered", "content", "patient"]).sorted().joined(separator: ", ")
    let rows = try Row.fetchCursor(old, sql: "SELECT \(plain) FROM transfer ORDER BY rowid")
    while let row = try rows.next() {
      if OutboxStatus.unsent.contains(row["state"]) {
        unsent += 1
        continue
      }
      try insert(row, columns, into: new)
      try copyAttempts(of: row["id"], from: old, to: new)
      if hasDecisions { try copyDecisions(of: row["id"], from: old, to: new) }
      receipts += 1
    }
    return (receipts, unsent)
  }

  private func insert(_ row: Row, _ columns: Set<String>, into new: Database) throws {
    func value(_ column: String) -> DatabaseValue { columns.contains(column) ? row[column] : .null }
    func text(_ column: String) -> String { String.fromDatabaseValue(value(column)) ?? "" }
    let id: String = row["id"]
    var state: String = row["state"]
    var code = String.fromDatabaseValue(value("code"))
    let isOpen = Int64.fromDatabaseValue(value("ended_ms")) == nil
    // On its way when the outbox was set aside: it may have arrived.
    if isOpen { (state, code) = ("uncertain", "uncertain") }
    var receipt = TransferReceipt()
    receipt.status = Int.fromDatabaseValue(value("http_status"))
    receipt.logIDs = PlainLogIDs.ids(in: text("log_ids"))
    let detail = StoredState.Detail(failure: code.map { TransferFailure(code: $0, explanation: "", remedy: "") })
    let purpose = text("purpose")
    try new.execute(
      sql: """
        INSERT INTO transfer
          (id, profile, bound, state, code, failures, queued_ms, changed_ms, ended_ms, seen, settled_ms, purged_ms, purged_why, origin, purpose,
           kind, method, document, bytes, request_bytes, environment, host, destination, http_status, log_ids, content, detail, receipt, ordered)
        VALUES (?, ?, x'', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, x'', ?, ?, x'')
        """,
      arguments: [
        id, row["profile"] as String, state, code, row["failures"] as Int, row["queued_ms"] as Int64, row["changed_ms"] as Int64,
        isOpen ? value("changed_ms") : value("ended_ms"), isOpen ? 0 : 1, value("settled_ms"),
        value("purged_ms").isNull ? now.milliseconds.databaseValue : value("purged_ms"),
        value("purged_why").isNull ? HistoryEntry.Removal.key.rawValue.databaseValue : value("purged_why"), value("origin"),
        purpose.isEmpty ? "create" : purpose, text("kind"), text("method"), text("document"), Int.fromDatabaseValue(value("bytes")) ?? 0,
        value("request_bytes"), text("environment"), text("host"), text("destination"), value("http_status"), text("log_ids"),
        try sealer.seal(detail, at: Outbox.Cell.detail(id)), try sealer.seal(receipt, at: Outbox.Cell.receipt(id)),
      ])
  }

  private func copyAttempts(of id: String, from old: Database, to new: Database) throws {
    for row in try Row.fetchAll(old, sql: "SELECT * FROM attempt WHERE transfer = ? ORDER BY id", arguments: [id]) {
      let logIDs = row.hasColumn("log_ids") ? row["log_ids"] as String : ""
      try new.execute(
        sql:
          "INSERT INTO attempt (transfer, step, started_ms, ended_ms, status, bytes, outcome, log_ids, said) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          id, row["step"] as String, row["started_ms"] as Int64, row["ended_ms"] as Int64, row["status"] as Int?, row["bytes"] as Int,
          row["outcome"] as String, logIDs,
          try sealer.seal(Outbox.Said(words: [], logIDs: PlainLogIDs.ids(in: logIDs)), at: Outbox.Cell.said(id)),
        ])
    }
  }

  private func copyDecisions(of id: String, from old: Database, to new: Database) throws {
    for row in try Row.fetchAll(old, sql: "SELECT what, who, at_ms FROM decision WHERE transfer = ? ORDER BY id", arguments: [id]) {
      try new.execute(
        sql: "INSERT INTO decision (transfer, what, who, at_ms) VALUES (?, ?, ?, ?)",
        arguments: [id, row["what"] as String, row["who"] as String, row["at_ms"] as Int64])
    }
  }
}
