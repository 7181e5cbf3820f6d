import Dispatch
import Documents
import Foundation
import GRDB
import SafeText
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TransferEngine

@Suite("Opening the outbox")
struct OutboxOpeningTests {
  let folder: TemporaryFolder
  let now = Date(timeIntervalSince1970: 1_800_000_100)

  init() throws { folder = try TemporaryFolder() }

  private func open(_ owner: String) throws(OutboxError) -> Outbox { try Outbox(places: folder.places, owner: owner, now: now) }

  @Test("A journal that others can read is refused, by its own name", arguments: ["-wal", "-shm"])
  func companions(_ suffix: String) throws {
    let first = try open("a")
    let path = folder.places.outbox.string + suffix
    chmod(path, 0o644)
    do throws(OutboxError) {
      _ = try open("b")
      Issue.record("It was opened.")
    } catch {
      #expect(error.sentence.string.contains("outbox.sqlite\(suffix)"))
    }
    chmod(path, 0o600)
    _ = try open("c")
    withExtendedLifetime(first) {}
  }

  @Test("Many processes may begin with a new outbox at once")
  func together() throws {
    let outcomes = Mutex<[Bool]>([])
    let places = folder.places
    DispatchQueue.concurrentPerform(iterations: 12) { number in
      let isOpen = (try? Outbox(places: places, owner: "p\(number)", now: Date(timeIntervalSince1970: 1_800_000_100))) != nil
      outcomes.withLock { $0.append(isOpen) }
    }
    #expect(outcomes.withLock { $0 } == Array(repeating: true, count: 12))
  }

  @Test("A large database is read through while it is in use; once damage is found nothing more is written")
  func largeDamaged() async throws {
    do {
      let outbox = try open("a")
      try await outbox.insert(Fixtures.stored("t", owner: "a"))
      try await outbox.database.write {
        try $0.execute(sql: "INSERT INTO seal (probe) VALUES (zeroblob(?))", arguments: [Outbox.quickCheckLimit + 1])
      }
      _ = try await outbox.database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    }
    let whole = try open("b")
    try await whole.examine()
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.places.outbox.string))
    try handle.seek(toOffset: 4096 * 3000)
    try handle.write(contentsOf: Data(repeating: 0x5A, count: 4096 * 4))
    try handle.close()
    let outbox = try open("c")
    await #expect(throws: OutboxError.self) { try await outbox.examine() }
    do throws(OutboxError) {
      try await outbox.insert(Fixtures.stored("u", owner: "c"))
      Issue.record("It was written to.")
    } catch {
      guard case .damaged = error else { Issue.record("\(error)"); return }
    }
    #expect(try await outbox.transfer(TransferSnapshot.ID("t")) != nil)
  }

  @Test("A full disk is told as one; what could not be recorded is not there, and goes in when there is room again")
  func diskFull() async throws {
    let outbox = try open("a")
    try await outbox.insert(Fixtures.stored("t", owner: "a"))
    let pages = try await outbox.database.read { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
    try await outbox.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(pages)") }
    var written = 0
    do throws(OutboxError) {
      while written < 100 {
        try await outbox.insert(Fixtures.stored("u\(written)", owner: "a"))
        written += 1
      }
    } catch {
      #expect(error == .diskFull)
    }
    #expect(written < 100)
    #expect(try await outbox.transfer(TransferSnapshot.ID("u\(written)")) == nil)
    // A state needs hardly any room, and what is under way can still end.
    try await outbox.record(
      TransferSnapshot.ID("t"), state: .accepted, receipt: TransferReceipt(), failures: 0, changedAt: now, attempt: nil)
    try await outbox.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(pages + 1000)") }
    try await outbox.insert(Fixtures.stored("u\(written)", owner: "a"))
  }

  @Test("A database that became read-only takes nothing, and says so")
  func readOnly() async throws {
    let outbox = try open("a")
    try await outbox.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = ON") }
    await #expect(throws: OutboxError.notWritable("The outbox's folder cannot be written to.")) {
      try await outbox.insert(Fixtures.stored("t", owner: "a"))
    }
  }
}
