import ClinicalMessages
import Documents
import Foundation
import GRDB
import SafeText
import SystemPackage
import TestSupport
import Testing

@testable import TransferEngine

/// What an older version of the program has written is read by this one.
@Suite("Outboxes of older versions")
struct OutboxMigrationTests {
  let folder: TemporaryFolder
  let now = Date(timeIntervalSince1970: 1_800_000_100)
  private let log = "7f0c8a52-0000-4000-8000-000000000001"

  init() throws { folder = try TemporaryFolder() }

  /// An outbox of version 1 with an accepted transfer, its two attempts, and one that is queued.
  private func makeVersion1() throws -> Sealer {
    try folder.places.prepare()
    let sealer = Sealer(master: try OutboxKey.load(folder.places.outboxKey, mayCreate: true))
    #expect(FileManager.default.createFile(atPath: folder.places.outbox.string, contents: nil, attributes: [.posixPermissions: 0o600]))
    var configuration = GRDB.Configuration()
    configuration.journalMode = .wal
    let database = try DatabaseQueue(path: folder.places.outbox.string, configuration: configuration)
    try OutboxSchema.migrator(sealer).migrate(database, upTo: "1")
    try database.write { db in
      try db.execute(sql: "INSERT INTO seal (probe) VALUES (?)", arguments: [try sealer.seal(["chartdrop"], at: "seal.probe")])
      for (id, state) in [("old", TransferState.accepted), ("waiting", .queued)] {
        var stored = Fixtures.stored(id, state: state, owner: nil)
        stored.receipt.logIDs = [log, "patient-0000000001"]
        stored.receipt.status = 200
        let word = StoredState(state)
        try db.execute(
          sql: """
            INSERT INTO transfer (id, profile, bound, state, detail, ordered, receipt, content, failures, queued_ms, changed_ms, ended_ms)
            VALUES (?, 'main', ?, ?, ?, ?, ?, ?, 0, 1800000000000, 1800000000000, ?)
            """,
          arguments: [
            id, try sealer.lookup(Fixtures.binding), word.word, try sealer.seal(word.detail, at: "transfer.detail.\(id)"),
            try sealer.seal(stored.order, at: "transfer.ordered.\(id)"), try sealer.seal(stored.receipt, at: "transfer.receipt.\(id)"),
            sealer.lookup(Array(stored.order.file.sha256), Array(stored.order.patientID.utf8)), state.isEnded ? 1_800_000_000_000 : nil,
          ])
      }
      for step in ["upload", "message"] {
        try db.execute(
          sql: """
            INSERT INTO attempt (transfer, step, started_ms, ended_ms, status, bytes, outcome, said)
            VALUES ('old', ?, 1, 2, 200, 3, 'done', ?)
            """, arguments: [step, try sealer.seal(Outbox.Said(words: [], logIDs: [log]), at: "attempt.said.old")])
      }
    }
    return sealer
  }

  @Test("Transfers and attempts survive; receipts stand beside the cells, without what could name a patient")
  func version1() async throws {
    _ = try makeVersion1()
    let outbox = try Outbox(places: folder.places, owner: "a", now: now)
    let old = try #require(try await outbox.transfer(TransferSnapshot.ID("old")))
    #expect(old.state == .accepted)
    #expect(old.receipt.logIDs == [log, "patient-0000000001"])
    #expect(try await History(outbox: outbox).record(old.id)?.attempts.map(\.step) == [.upload, .message])
    let found = try outbox.database.read { try Row.fetchOne($0, sql: "SELECT * FROM transfer WHERE id = 'old'") }
    let row = try #require(found)
    #expect(row["document"] == Samples.identity.documentID)
    #expect(row["kind"] == "media")
    #expect(row["bytes"] == 1000)
    #expect(row["http_status"] == 200)
    #expect(row["log_ids"] == log)
    #expect(row["environment"] == "Staging")
    #expect(row["purpose"] == "create")
    #expect(
      try await outbox.earlierSends(sha256: Fixtures.document(1).identity.sha256, patient: "p-timothy", to: Fixtures.binding)
        .count == 2)
  }

  @Test("What had ended before is not told as news; what was queued goes on")
  func news() async throws {
    _ = try makeVersion1()
    let outbox = try Outbox(places: folder.places, owner: "a", now: now)
    #expect(try await outbox.unseenEnds(profile: "main").isEmpty)
    let adopted = try await outbox.adopt(profile: "main", binding: Fixtures.binding, now: now) { _, _ in nil }
    #expect(adopted.goingOn.map(\.rawValue) == ["waiting"])
  }

  @Test("With another key nothing is changed")
  func wrongKey() async throws {
    _ = try makeVersion1()
    let key = folder.places.outboxKey.string
    try FileManager.default.removeItem(atPath: key)
    #expect(
      FileManager.default.createFile(
        atPath: key, contents: Data(String(repeating: "cd", count: 32).utf8), attributes: [.posixPermissions: 0o600]))
    #expect(throws: OutboxError.self) { try Outbox(places: folder.places, owner: "a", now: now) }
    let applied = try await DatabaseQueue(path: folder.places.outbox.string).read { db in
      try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations")
    }
    #expect(applied == ["1"])
  }

  // MARK: When `sending` meant that the message could have left whole

  /// An outbox of version 2, whose processes did not hold the last part of a message back.
  private func makeVersion2(_ rows: [(id: String, state: TransferState, owner: String?)]) throws -> DatabaseQueue {
    try folder.places.prepare()
    let sealer = Sealer(master: try OutboxKey.load(folder.places.outboxKey, mayCreate: true))
    #expect(FileManager.default.createFile(atPath: folder.places.outbox.string, contents: nil, attributes: [.posixPermissions: 0o600]))
    var configuration = GRDB.Configuration()
    configuration.journalMode = .wal
    let database = try DatabaseQueue(path: folder.places.outbox.string, configuration: configuration)
    try OutboxSchema.migrator(sealer).migrate(database, upTo: "2")
    try database.write { db in
      try db.execute(sql: "INSERT INTO seal (probe) VALUES (?)", arguments: [try sealer.seal(["chartdrop"], at: "seal.probe")])
      for row in rows { try Outbox.insert(Fixtures.stored(row.id, state: row.state, owner: row.owner), sealer, db) }
    }
    return database
  }

  @Test("What an older process died over while it was sending is uncertain and not sent again; what had not come so far goes on")
  func sending() async throws {
    _ = try makeVersion2([
      ("sending", .sending, "dead"), ("nobodys", .sending, nil), ("finalizing", .finalizing, "dead"), ("uploading", .uploading, "dead"),
      ("queued", .queued, nil),
    ])
    let outbox = try Outbox(places: folder.places, owner: "a", now: now)
    for id in ["sending", "nobodys", "finalizing"] {
      let transfer = try #require(try await outbox.transfer(TransferSnapshot.ID(id)))
      guard case .uncertain(let failure) = transfer.state else { Issue.record("\(id): \(transfer.state)"); continue }
      #expect(failure.remedy.contains(transfer.order.documentID) && transfer.owner == nil)
    }
    #expect(Set(outbox.settled.map(\.id.rawValue)) == ["sending", "nobodys", "finalizing"])
    let adopted = try await outbox.adopt(profile: "main", binding: Fixtures.binding, now: now) { _, _ in nil }
    #expect(Set(adopted.goingOn.map(\.rawValue)) == ["uploading", "queued"])
    // Of this version's own processes it is known that nothing can have left whole.
    let later = TransferSnapshot.ID("later")
    do {
      let dead = try Outbox(places: folder.places, owner: "dead too", now: now)
      try await dead.insert(Fixtures.stored(later.rawValue, state: .sending, owner: "dead too"))
    }
    #expect(try await Outbox(places: folder.places, owner: "b", now: now).transfer(later)?.state == .queued)
  }

  @Test("An older process that lives on can still say what it wants, but record no transfer and no state, so that it sends nothing")
  func olderProcess() async throws {
    let older = try makeVersion2([("t", .sending, "older"), ("u", .queued, "older")])
    let lock = try OwnerLock(folder: folder.places.locks, name: "older")
    let outbox = try Outbox(places: folder.places, owner: "a", now: now)
    // It may have everything on its way this moment.
    #expect(try await outbox.transfer(TransferSnapshot.ID("t"))?.state == .finalizing)
    for (id, state) in [("t", "accepted"), ("u", "preparing")] {
      await #expect(throws: DatabaseError.self) {
        try await older.write { try $0.execute(sql: "UPDATE transfer SET state = ? WHERE id = ?", arguments: [state, id]) }
      }
    }
    await #expect(throws: DatabaseError.self) {
      try await older.write { try $0.execute(sql: "UPDATE transfer SET owner = 'older' WHERE id = 'u'") }
    }
    let sealer = outbox.sealer
    await #expect(throws: DatabaseError.self) {
      try await older.write { try Outbox.insert(Fixtures.stored("v", state: .queued, owner: "older"), sealer, $0) }
    }
    try await older.write { try $0.execute(sql: "UPDATE transfer SET request = 'pause' WHERE id = 'u'") }
    withExtendedLifetime(lock) {}
  }
}
