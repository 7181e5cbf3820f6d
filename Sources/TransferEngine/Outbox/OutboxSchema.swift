internal import GRDB

/// The outbox's tables, version by version. A migration that has been released is never changed.
enum OutboxSchema {
  /// Those that this program knows.
  static let versions: Set<String> = ["1", "2", "3", "4"]

  /// - Parameter sealer: version 2 writes beside the encrypted cells what of them may be read without the key.
  static func migrator(_ sealer: Sealer) -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(
        sql: """
          CREATE TABLE seal (
            -- Something known, encrypted: tells a wrong key from damage before anything is read or written.
            probe BLOB NOT NULL
          ) STRICT;

          CREATE TABLE transfer (
            id TEXT PRIMARY KEY NOT NULL,
            profile TEXT NOT NULL,
            -- Keyed hash of what the profile's name meant: a name alone may mean something else tomorrow.
            bound BLOB NOT NULL,
            state TEXT NOT NULL,
            -- Encrypted: the failure's or the wait's words.
            detail BLOB NOT NULL,
            -- Encrypted: message, path, file, patient.
            ordered BLOB NOT NULL,
            -- Encrypted: the server's words, log ids, the upload's URI.
            receipt BLOB NOT NULL,
            -- Keyed hash of content and patient: "already sent to this patient".
            content BLOB NOT NULL,
            failures INTEGER NOT NULL DEFAULT 0,
            -- The lock file of the process that works on it.
            owner TEXT,
            -- What another process asks the owner to do.
            request TEXT,
            queued_ms INTEGER NOT NULL,
            changed_ms INTEGER NOT NULL,
            ended_ms INTEGER
          ) STRICT;
          CREATE INDEX transfer_by_profile ON transfer (profile, bound, queued_ms);
          CREATE INDEX transfer_by_content ON transfer (content);
          CREATE INDEX transfer_unended ON transfer (owner) WHERE ended_ms IS NULL;

          CREATE TABLE attempt (
            id INTEGER PRIMARY KEY,
            transfer TEXT NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
            step TEXT NOT NULL,
            started_ms INTEGER NOT NULL,
            ended_ms INTEGER NOT NULL,
            status INTEGER,
            bytes INTEGER NOT NULL,
            outcome TEXT NOT NULL,
            -- Encrypted: the server's words and log ids.
            said BLOB NOT NULL
          ) STRICT;
          CREATE INDEX attempt_by_transfer ON attempt (transfer, id);
          """)
    }
    // References are checked at the end, so that attempts survive the exchange of the table that they refer to.
    migrator.registerMigration("2", foreignKeyChecks: .deferred) { db in
      try OutboxSchema2.exchangeTables(db)
      try OutboxSchema2.fillReceipts(db, sealer)
    }
    migrator.registerMigration("3") { db in
      try db.execute(
        sql: """
          -- What is still to be done with the files of accepted documents; a row goes when that is done, or cannot be done.
          CREATE TABLE disposal (
            transfer TEXT PRIMARY KEY NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
            -- The lock file of the process that works on it.
            owner TEXT,
            -- Encrypted: to delete it, or the folder that it goes to.
            wanted BLOB NOT NULL
          ) STRICT;
          """)
    }
    // Since then `sending` means that the message's last part is held back. Before, it could have left.
    migrator.registerMigration("4") { db in
      try db.execute(
        sql: """
          UPDATE transfer SET state = 'finalizing', owner = COALESCE(owner, 'unknown') WHERE state = 'sending';
          -- A process of an older version that has the outbox open still, and means something else by it, can record no transfer, no state
          -- and no taking over any more: it does not know the function. What it cannot record it does not send.
          CREATE TRIGGER transfer_state BEFORE UPDATE OF state, owner ON transfer BEGIN SELECT \(writersMark.name)(); END;
          CREATE TRIGGER transfer_new BEFORE INSERT ON transfer BEGIN SELECT \(writersMark.name)(); END;
          """)
    }
    return migrator
  }

  /// What a connection must know that records states.
  static let writersMark = DatabaseFunction("chartdrop_holds_last_part", argumentCount: 0, pure: true) { _ in nil }
}
