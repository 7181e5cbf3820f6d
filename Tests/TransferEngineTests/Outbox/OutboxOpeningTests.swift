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

  @Test("Whoever has the turn is waited for, and no longer than until they let go")
  func turn() throws {
    let wait = BlockingWait()
    let turn = Mutex(try FileDescriptor.open(folder.path, .readOnly, options: .directory))
    #expect(turn.withLock { flock($0.rawValue, LOCK_EX | LOCK_NB) } == 0)
    wait.onWait { if $0 == 3 { turn.withLock { try? $0.close() } } }
    #expect(try OpeningTurn.take(folder.path, wait.seams) { wait.count } == 3)
    // Nobody is there any more.
    #expect(try OpeningTurn.take(folder.path, wait.seams) { wait.count } == 3)
  }

  @Test("One who was stopped in their turn keeps nobody out for longer than ten seconds")
  func stoppedInTurn() throws {
    let wait = BlockingWait()
    let turn = try FileDescriptor.open(folder.path, .readOnly, options: .directory)
    defer { try? turn.close() }
    #expect(flock(turn.rawValue, LOCK_EX | LOCK_NB) == 0)
    try OpeningTurn.take(folder.path, wait.seams) {}
    #expect(wait.total > 9.9 && wait.total < 10.1)
  }

  @Test("A database that is busy for a moment is opened then; for too long, it is said; anything else is not tried again")
  func busy() throws {
    let wait = BlockingWait()
    var tries = 0
    let opened = try Outbox.patiently(wait.seams) {
      tries += 1
      if tries < 4 { throw DatabaseError(resultCode: .SQLITE_BUSY) }
      return tries
    }
    #expect(opened == 4 && wait.count == 3)
    #expect(throws: DatabaseError.self) { try Outbox.patiently(wait.seams) { throw DatabaseError(resultCode: .SQLITE_BUSY) } }
    #expect(wait.total > 4.9 && wait.total < 5.2)
    let before = wait.count
    #expect(throws: DatabaseError.self) { try Outbox.patiently(wait.seams) { throw DatabaseError(resultCode: .SQLITE_CORRUPT) } }
    #expect(wait.count == before)
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

/// A clock that moves on only while the thread is held.
private final class BlockingWait: Sendable {
  private let time = HandTime()
  private let state = Mutex((count: 0, total: 0.0))
  private let watcher = Mutex<(@Sendable (Int) -> Void)?>(nil)

  var count: Int { state.withLock { $0.count } }
  /// Seconds.
  var total: Double { state.withLock { $0.total } }

  /// Is called after each wait with how many there were.
  func onWait(_ body: @escaping @Sendable (Int) -> Void) { watcher.withLock { $0 = body } }

  var seams: EngineSeams {
    var seams = time.seams
    seams.block = { seconds in
      self.time.advance(seconds)
      let count = self.state.withLock { state in
        state.count += 1
        state.total += seconds
        return state.count
      }
      self.watcher.withLock { $0 }?(count)
    }
    return seams
  }
}
