import ClinicalMessages
import Documents
import Foundation
import GRDB
import SafeText
import SystemPackage
import TestSupport
import Testing

@testable import TransferEngine

@Suite("An outbox that cannot be used")
struct OutboxKeeperTests {
  let folder: TemporaryFolder
  let now = Date(timeIntervalSince1970: 1_800_000_100)
  private var keeper: OutboxKeeper { OutboxKeeper(places: folder.places) }

  init() throws { folder = try TemporaryFolder() }

  /// One accepted, one queued, one on its way, left by a process that is gone.
  private func fill() async throws {
    let outbox = try Outbox(places: folder.places, owner: "gone", now: now)
    var accepted = Fixtures.stored("accepted", state: .accepted, owner: nil)
    accepted.receipt.status = 201
    accepted.receipt.logIDs = ["7f0c8a52-0000-4000-8000-000000000001", "odd"]
    try await outbox.insert(accepted)
    try await outbox.insert(Fixtures.stored("queued", owner: nil))
    try await outbox.insert(Fixtures.stored("sending", state: .finalizing, owner: "gone"))
    try await outbox.record(TransferDecision(.documentLeft, who: "ann", at: now, note: "/docs/bixby.pdf"), of: accepted.id)
    let attempt = TransferAttempt(
      step: .message, startedAt: now, endedAt: now, status: 201, acknowledgedBytes: 5, outcome: "done", words: ["Bixby"], logIDs: [])
    try await outbox.write { [sealer = outbox.sealer] db in try Outbox.insert(attempt, of: "accepted", sealer, db) }
  }

  private func loseKey() throws { try FileManager.default.removeItem(atPath: folder.places.outboxKey.string) }

  private func writeKey(_ digit: String) {
    #expect(
      FileManager.default.createFile(
        atPath: folder.places.outboxKey.string, contents: Data(String(repeating: digit, count: 64).utf8),
        attributes: [.posixPermissions: 0o600]))
  }

  private func spoil() async throws {
    try await DatabaseQueue(path: folder.places.outbox.string).writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.places.outbox.string))
    try handle.seek(toOffset: 4096 * 3)
    try handle.write(contentsOf: Data(repeating: 0x5A, count: 4096 * 6))
    try handle.close()
  }

  // MARK: Looking

  @Test("What is in order is told with its numbers, and nothing is changed by looking")
  func healthy() async throws {
    #expect(keeper.status().health == .missing)
    try await fill()
    let status = keeper.status()
    #expect(status.health == .ok)
    #expect(status.reason == nil && status.remedy == nil)
    #expect(status.counts == ["accepted": 1, "queued": 1, "finalizing": 1])
    #expect(status.unsentCount == 1)
    #expect(status.versions == ["1", "2", "3", "4"])
    #expect(status.oldest == Date(timeIntervalSince1970: 1_800_000_000))
    #expect(keeper.status() == status)
  }

  @Test("Each thing that can be wrong is told apart")
  func diagnoses() async throws {
    try await fill()
    try loseKey()
    #expect(keeper.status().health == .keyMissing)
    writeKey("a")
    #expect(keeper.status().health == .keyWrong)
    try await DatabaseQueue(path: folder.places.outbox.string).write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')") }
    #expect(keeper.status().health == .fromTheFuture)
    try await spoil()
    #expect(keeper.status().health == .damaged)
    chmod(folder.places.outbox.string, 0o644)
    #expect(keeper.status().health == .unusable)
    #expect(keeper.status().remedy != nil)
  }

  // MARK: Setting aside

  @Test("Without the key: receipts go on, what was on its way is uncertain, what was not sent is counted, nothing is deleted")
  func withoutKey() async throws {
    try await fill()
    try loseKey()
    #expect(throws: OutboxError.self) { try Outbox(places: folder.places, owner: "b", now: now) }
    let result = try keeper.setAside(now: now, owner: "keeper")
    #expect(result.receipts == 2)
    #expect(result.unsent == 1)
    #expect(result.problem == nil)

    let outbox = try Outbox(places: folder.places, owner: "b", now: now)
    let history = History(outbox: outbox)
    #expect(try await history.page().entries.map(\.state).sorted() == ["accepted", "uncertain"])
    let record = try #require(try await history.record(TransferSnapshot.ID("accepted")))
    #expect(record.entry.documentID == Samples.identity.documentID)
    #expect(record.entry.status == 201)
    #expect(record.receipt.logIDs == ["7f0c8a52-0000-4000-8000-000000000001"])
    #expect(record.attempts.map(\.status) == [201])
    #expect(record.decisions.map(\.what) == [.documentLeft])
    #expect(record.entry.removal == .key)
    #expect(record.entry.removalSentence?.string.contains("key") == true)
    #expect(try await outbox.unseenEnds(profile: "main").map(\.id.rawValue) == ["sending"])
    #expect(try await outbox.database.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM transfer WHERE ended_ms IS NULL") } == 0)
    #expect(FileManager.default.fileExists(atPath: folder.places.aside.string + "/20270115T080140Z/outbox.sqlite"))
  }

  @Test("A damaged one is moved byte for byte, with its key")
  func damaged() async throws {
    try await fill()
    try await spoil()
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.places.outbox.string))
    let key = try Data(contentsOf: URL(fileURLWithPath: folder.places.outboxKey.string))
    #expect(throws: OutboxError.self) { try Outbox(places: folder.places, owner: "b", now: now) }
    _ = try keeper.setAside(now: now, owner: "keeper")
    let aside = folder.places.aside.appending("20270115T080140Z")
    #expect(try Data(contentsOf: URL(fileURLWithPath: aside.appending("outbox.sqlite").string)) == before)
    #expect(try Data(contentsOf: URL(fileURLWithPath: aside.appending("outbox.key").string)) == key)
    #expect(try FileManager.default.attributesOfItem(atPath: aside.string)[.posixPermissions] as? Int == 0o700)
    #expect(keeper.status().health == .ok)
  }

  @Test("One of the future is moved too, and the same second does not overwrite it")
  func future() async throws {
    try await fill()
    try await DatabaseQueue(path: folder.places.outbox.string).write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')") }
    #expect(try keeper.setAside(now: now, owner: "keeper").receipts == 2)
    #expect(throws: OutboxError.self) { try keeper.setAside(now: now, owner: "keeper") }
    #expect(keeper.status().counts == ["accepted": 1, "uncertain": 1])
  }

  @Test("Not while another process works with it; and no process begins while it is moved")
  func inUse() async throws {
    let living = try Outbox(places: folder.places, owner: "living", now: now)
    let error = OutboxError.notWritable("Another chartdrop is running and works with the outbox. Nothing was changed. Leave it first.")
    #expect(throws: error) { try keeper.setAside(now: now, owner: "keeper") }
    #expect(!FileManager.default.fileExists(atPath: folder.places.aside.string))
    let lock = try OwnerLock(folder: folder.places.locks, name: OutboxKeeper.lockName)
    #expect(throws: OutboxError.notWritable("The outbox is just being set aside.")) {
      try Outbox(places: folder.places, owner: "late", now: now)
    }
    withExtendedLifetime((living, lock)) {}
  }
}
