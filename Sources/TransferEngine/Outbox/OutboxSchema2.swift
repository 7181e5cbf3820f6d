internal import GRDB

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Version 2: receipts that can be read without the key, what persons decided, and what history is looked up by.
///
/// What is plain says nothing about a patient or a document's content: words of the program's own, numbers that the program made, sizes,
/// times, and log ids where they are UUIDs (a server could put anything into another form, so others stay encrypted). Locations stay
/// encrypted: their last part is a number that the destination chose.
enum OutboxSchema2 {
  static func exchangeTables(_ db: Database) throws {
    // A new table instead of more columns: the plain ones come first, so that reading them does not wade through encrypted cells.
    try db.execute(
      sql: """
        CREATE TABLE newer (
          id TEXT PRIMARY KEY NOT NULL,
          profile TEXT NOT NULL,
          -- Keyed hash of what the profile's name meant: a name alone may mean something else tomorrow. Empty when the key is lost.
          bound BLOB NOT NULL,
          state TEXT NOT NULL,
          -- Of a failure; nil otherwise.
          code TEXT,
          failures INTEGER NOT NULL DEFAULT 0,
          -- The lock file of the process that works on it.
          owner TEXT,
          -- What another process asks the owner to do.
          request TEXT,
          -- A process let go of it on purpose, so that another one goes on, without asking a person again.
          handed_over INTEGER NOT NULL DEFAULT 0,
          queued_ms INTEGER NOT NULL,
          changed_ms INTEGER NOT NULL,
          ended_ms INTEGER,
          -- A person has seen its end.
          seen INTEGER NOT NULL DEFAULT 0,
          -- When a person's decision settled what was uncertain.
          settled_ms INTEGER,
          -- When what identifies a patient was removed, and why: `age`, or `key` when the key was lost.
          purged_ms INTEGER,
          purged_why TEXT,
          -- The transfer that this one corrects or repeats.
          origin TEXT,
          purpose TEXT NOT NULL DEFAULT 'create',
          kind TEXT NOT NULL DEFAULT '',
          method TEXT NOT NULL DEFAULT '',
          -- The document's number: random, made here.
          document TEXT NOT NULL DEFAULT '',
          bytes INTEGER NOT NULL DEFAULT 0,
          request_bytes INTEGER,
          environment TEXT NOT NULL DEFAULT '',
          host TEXT NOT NULL DEFAULT '',
          destination TEXT NOT NULL DEFAULT '',
          http_status INTEGER,
          -- UUIDs, separated by spaces.
          log_ids TEXT NOT NULL DEFAULT '',
          -- Keyed hash of content and patient: "already sent to this patient". Empty when the key is lost.
          content BLOB NOT NULL,
          -- Keyed hash of the patient alone.
          patient BLOB,
          -- Encrypted: the failure's or the wait's words.
          detail BLOB NOT NULL,
          -- Encrypted: the server's words, log ids, locations, the upload's URI.
          receipt BLOB NOT NULL,
          -- Encrypted: message, path, file, patient. Empty once removed.
          ordered BLOB NOT NULL
        ) STRICT;
        INSERT INTO newer
          (rowid, id, profile, bound, state, failures, owner, request, queued_ms, changed_ms, ended_ms, seen, content, detail, receipt, ordered)
          SELECT rowid, id, profile, bound, state, failures, owner, request, queued_ms, changed_ms, ended_ms, ended_ms IS NOT NULL, content,
            detail, receipt, ordered
          FROM transfer;
        DROP TABLE transfer;
        ALTER TABLE newer RENAME TO transfer;

        CREATE INDEX transfer_by_profile ON transfer (profile, bound, queued_ms);
        CREATE INDEX transfer_by_content ON transfer (content);
        CREATE INDEX transfer_unended ON transfer (owner) WHERE ended_ms IS NULL;
        CREATE INDEX transfer_by_time ON transfer (queued_ms, state, profile);
        CREATE INDEX transfer_by_patient ON transfer (patient, queued_ms);
        CREATE INDEX transfer_by_document ON transfer (document, queued_ms);
        CREATE INDEX transfer_unsuccessful ON transfer (queued_ms) WHERE state IN ('refused', 'failed', 'uncertain');
        CREATE INDEX transfer_unseen ON transfer (profile, ended_ms) WHERE seen = 0 AND ended_ms IS NOT NULL;
        CREATE INDEX transfer_unpurged ON transfer (ended_ms) WHERE purged_ms IS NULL AND ended_ms IS NOT NULL;

        CREATE TABLE decision (
          id INTEGER PRIMARY KEY,
          transfer TEXT NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
          what TEXT NOT NULL,
          -- The account's name.
          who TEXT NOT NULL,
          at_ms INTEGER NOT NULL,
          -- Encrypted: more about it, such as where a document was moved to.
          note BLOB
        ) STRICT;
        CREATE INDEX decision_by_transfer ON decision (transfer, id);

        ALTER TABLE attempt ADD COLUMN log_ids TEXT NOT NULL DEFAULT '';
        """)
  }

  /// Stands by itself, so that it stays what it is when the rest of the program goes on.
  static func fillReceipts(_ db: Database, _ sealer: Sealer) throws {
    // One row at a time: thousands of messages need not be in memory together.
    for id in try String.fetchAll(db, sql: "SELECT id FROM transfer") {
      guard let row = try Row.fetchOne(db, sql: "SELECT detail, receipt, ordered FROM transfer WHERE id = ?", arguments: [id]) else {
        continue
      }
      let order = try sealer.open(row["ordered"], as: TransferOrder.self, at: "transfer.ordered.\(id)")
      let receipt = try sealer.open(row["receipt"], as: TransferReceipt.self, at: "transfer.receipt.\(id)")
      let detail = try sealer.open(row["detail"], as: StoredState.Detail.self, at: "transfer.detail.\(id)")
      try db.execute(
        sql: """
          UPDATE transfer SET kind = ?, method = ?, document = ?, bytes = ?, environment = ?, host = ?, destination = ?, patient = ?, code = ?,
            http_status = ?, log_ids = ? WHERE id = ?
          """,
        arguments: [
          order.kind, order.method, order.documentID, order.file.byteCount, order.binding.environment, order.binding.host,
          order.binding.destinationID, sealer.lookup(Array("patient".utf8), Array(order.patientID.utf8)), detail.failure?.code,
          receipt.status,
          PlainLogIDs.text(of: receipt.logIDs), id,
        ])
    }
    for row in try Row.fetchAll(db, sql: "SELECT id, transfer, said FROM attempt") {
      let transfer: String = row["transfer"]
      let said = try sealer.open(row["said"], as: Said.self, at: "attempt.said.\(transfer)")
      try db.execute(
        sql: "UPDATE attempt SET log_ids = ? WHERE id = ?", arguments: [PlainLogIDs.text(of: said.logIDs), row["id"] as Int64])
    }
  }

  private struct Said: Codable {
    var logIDs: [String]
  }
}
