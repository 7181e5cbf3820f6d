import ClinicalMessages
import Documents
import Foundation
import GRDB
import SafeText
import SystemPackage
import TestSupport
import Testing

@testable import TransferEngine

@Suite("The outbox")
struct OutboxTests {
  let folder: TemporaryFolder
  let now = Date(timeIntervalSince1970: 1_800_000_100)

  init() throws { folder = try TemporaryFolder() }

  private func open(_ owner: String) throws(OutboxError) -> Outbox { try Outbox(places: folder.places, owner: owner, now: now) }

  @Test("What goes in comes out, the message byte for byte", arguments: MessageKind.allCases, [1000, 250_000])
  func roundTrip(_ kind: MessageKind, _ byteCount: Int) async throws {
    let plan = Fixtures.planner().plan(Fixtures.draft(byteCount, kind: kind, patient: Samples.awkward))
    let outbox = try open("a")
    let stored = Fixtures.stored("t1", owner: "a", plan: plan)
    try await outbox.insert(stored)
    let read = try #require(try await outbox.transfers(profile: "main", limit: 10).first)
    #expect(read == stored)
    #expect(read.order.clinicalMessage == plan.message)
    #expect(read.order.path == plan.draft.document.path)
    #expect(read.order.identity == plan.draft.document.identity)
  }

  @Test("A path is bytes: what is no UTF-8 survives")
  func pathBytes() async throws {
    let bytes: [CChar] = [0x2F, CChar(bitPattern: 0xFF), 0x0A, 0x78, 0]
    var plan = Fixtures.planner().plan(Fixtures.draft(10))
    plan.draft.document.path = bytes.withUnsafeBufferPointer { $0.baseAddress.map { FilePath(platformString: $0) } ?? "" }
    let outbox = try open("a")
    try await outbox.insert(Fixtures.stored("t1", owner: "a", plan: plan))
    #expect(try await outbox.transfers(profile: "main", limit: 1).first?.order.path == plan.draft.document.path)
  }

  @Test("Nothing that identifies a patient stands in the files: names, numbers, paths, words, the message")
  func encryption() async throws {
    let outbox = try open("a")
    try await outbox.insert(Fixtures.stored("t1", owner: "a"))
    var receipt = TransferReceipt()
    receipt.words = ["Bixby is unknown"]
    receipt.uploadURI = "https://blob.example/secret-upload"
    let failure = TransferFailure(code: "refused", explanation: "Timothy was refused", remedy: "")
    let attempt = TransferAttempt(
      step: .message, startedAt: now, endedAt: now, status: 400, acknowledgedBytes: 9, outcome: "refused", words: ["Bixby is unknown"],
      logIDs: ["log-77"])
    try await outbox.record(
      TransferSnapshot.ID("t1"), state: .refused(failure), receipt: receipt, failures: 1, changedAt: now, attempt: attempt)

    for name in try FileManager.default.contentsOfDirectory(atPath: folder.places.state.string) where name.hasPrefix("outbox") {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.places.state.appending(name).string))
      for secret in ["Bixby", "BIXBY", "Timothy", "0000000001", "consent", "/docs", "secret-upload", "log-77", "DataModel", "p-timothy"] {
        #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret) in \(name)")
      }
    }
    let read = try #require(try await outbox.transfers(profile: "main", limit: 1).first)
    #expect(read.state == .refused(failure))
    #expect(read.receipt == receipt)
    #expect(try await History(outbox: outbox).record(TransferSnapshot.ID("t1"))?.attempts == [attempt])
  }

  @Test("A state of a transfer that the outbox has lost is not taken for recorded")
  func lostRow() async throws {
    let outbox = try open("a")
    await #expect(throws: OutboxError.self) {
      try await outbox.record(
        TransferSnapshot.ID("gone"), state: .sending, receipt: TransferReceipt(), failures: 0, changedAt: now, attempt: nil)
    }
  }

  @Test("Folders 0700, files 0600")
  func modes() async throws {
    let outbox = try open("a")
    try await outbox.insert(Fixtures.stored("t1", owner: "a"))
    let state = folder.places.state
    for path in [state, folder.places.keys, folder.places.locks] { #expect(try mode(path) == 0o700) }
    for name in ["outbox.sqlite", "outbox.sqlite-wal", "outbox.sqlite-shm", "keys/outbox.key", "locks/a.lock"] {
      #expect(try mode(state.appending(name)) == 0o600, "\(name)")
    }
  }

  @Test("A state folder or a key that others can read is refused", arguments: ["", "keys", "keys/outbox.key", "outbox.sqlite"])
  func wrongModes(_ name: String) throws {
    _ = try open("a")
    let path = name.isEmpty ? folder.places.state : folder.places.state.appending(name)
    chmod(path.string, 0o755)
    #expect(throws: OutboxError.self) { try open("b") }
    chmod(path.string, name.hasSuffix("key") || name.hasSuffix("sqlite") ? 0o600 : 0o700)
    _ = try open("c")
  }

  @Test("Every write is on the disk when it returns")
  func durability() async throws {
    let outbox = try open("a")
    try await outbox.insert(Fixtures.stored("t1", owner: "a"))
    let (journal, synchronous) = try await outbox.database.read { db in
      (try String.fetchOne(db, sql: "PRAGMA journal_mode"), try Int.fetchOne(db, sql: "PRAGMA synchronous"))
    }
    #expect(journal == "wal")
    #expect(synchronous == 2)
  }

  @Test(
    "What SQLite complains about, in the outbox's own words",
    arguments: [
      (.SQLITE_FULL, .diskFull), (.SQLITE_NOTADB, .damaged("The outbox is not a database, or damaged.")),
      (.SQLITE_READONLY, .notWritable("The outbox's folder cannot be written to.")),
    ] as [(ResultCode, OutboxError)])
  func complaints(_ code: ResultCode, _ expected: OutboxError) {
    #expect(Outbox.outboxError(DatabaseError(resultCode: code)) == expected)
  }

  // MARK: Files that cannot be used

  @Test("A database of a newer version is left as it is")
  func future() async throws {
    _ = try open("a")
    try await DatabaseQueue(path: folder.places.outbox.string).write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')") }
    #expect(throws: OutboxError.fromTheFuture) { try open("b") }
  }

  @Test("What is no database is left as it is")
  func damaged() throws {
    try folder.places.prepare()
    let garbage = Data("This is a letter, not a database. It is longer than a header would be, so that nobody is in doubt about it.".utf8)
    #expect(FileManager.default.createFile(atPath: folder.places.outbox.string, contents: garbage, attributes: [.posixPermissions: 0o600]))
    // Without its key it is refused even before it is looked into.
    #expect(throws: OutboxError.self) { try open("a") }
    #expect(
      FileManager.default.createFile(
        atPath: folder.places.outboxKey.string, contents: Data(String(repeating: "ab", count: 32).utf8),
        attributes: [.posixPermissions: 0o600]))
    #expect(throws: OutboxError.damaged("The outbox is not a database, or damaged.")) { try open("a") }
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.places.outbox.string)) == garbage)
  }

  @Test("A page that was overwritten is noticed on opening")
  func corruptPage() async throws {
    do {
      let outbox = try open("a")
      for number in 0..<50 { try await outbox.insert(Fixtures.stored("t\(number)", owner: "a")) }
    }
    try await DatabaseQueue(path: folder.places.outbox.string).writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.places.outbox.string))
    try handle.seek(toOffset: 4096 * 3)
    try handle.write(contentsOf: Data(repeating: 0x5A, count: 4096 * 6))
    try handle.close()
    #expect(throws: OutboxError.self) { try open("b") }
  }

  @Test("A lost key is not replaced by a new one, and a wrong one is recognised")
  func keys() throws {
    _ = try open("a")
    let key = folder.places.outboxKey
    try FileManager.default.moveItem(atPath: key.string, toPath: key.string + ".old")
    #expect(throws: OutboxError.self) { try open("b") }
    #expect(!FileManager.default.fileExists(atPath: key.string))
    #expect(
      FileManager.default.createFile(
        atPath: key.string, contents: Data(String(repeating: "cd", count: 32).utf8), attributes: [.posixPermissions: 0o600]))
    #expect(
      throws: OutboxError.damaged(
        "The outbox was written with another key than the one in its keys folder. Put the right key back from a backup.")
    ) { try open("c") }
  }

  // MARK: Processes

  @Test("A dead process's transfers: what may have left whole is uncertain, the rest is queued for whoever comes")
  func recovery() async throws {
    let states: [(String, TransferState)] = [
      ("q", .queued), ("p", .preparing), ("u", .uploading), ("w", .waiting(until: now, reason: "busy")), ("s", .sending),
      ("f", .finalizing),
    ]
    do {
      let dead = try open("dead")
      for (id, state) in states {
        try await dead.insert(Fixtures.stored(id, owner: "dead"))
        try await dead.record(
          TransferSnapshot.ID(id), state: state, receipt: TransferReceipt(), failures: 0, changedAt: now, attempt: nil)
      }
      try await dead.insert(Fixtures.stored("other", owner: "dead", profile: "other"))
    }
    let heir = try open("heir")
    let settled = try await heir.transfers(profile: "main", limit: 10)
    for transfer in settled {
      #expect(transfer.owner == nil)
      switch transfer.id.rawValue {
      case "f":
        guard case .uncertain(let failure) = transfer.state else { Issue.record("\(transfer.state)"); continue }
        #expect(failure.remedy.contains(Samples.identity.documentID))
      // A time of day stays what it was.
      case "w": #expect(transfer.state == .waiting(until: now, reason: "busy"))
      default: #expect(transfer.state == .queued)
      }
    }
    let adopted = try await heir.adopt(profile: "main", binding: Fixtures.binding, now: now) { _, _ in nil }
    #expect(Set(adopted.goingOn.map(\.rawValue)) == ["q", "p", "u", "w", "s"])
    #expect(adopted.ended.isEmpty)
    #expect(try await heir.adopt(profile: "main", binding: Fixtures.binding, now: now) { _, _ in nil }.goingOn.isEmpty)
  }

  @Test("A living process's transfers are left alone, and a second process cannot take them")
  func living() async throws {
    let first = try open("first")
    try await first.insert(Fixtures.stored("t", state: .sending, owner: "first"))
    let second = try open("second")
    #expect(try await second.transfers(profile: "main", limit: 1).first?.state == .sending)
    #expect(try await second.adopt(profile: "main", binding: Fixtures.binding, now: now) { _, _ in nil }.goingOn.isEmpty)
    #expect(try await second.claim([TransferSnapshot.ID("t")], from: .unsent).isEmpty)
    _ = first
  }

  @Test("Lock files of the dead go, those of the living stay")
  func sweep() async throws {
    let living = try open("living")
    let locks = folder.places.locks
    for name in ["dead-1.lock", "dead-2.lock", "note.txt"] {
      #expect(FileManager.default.createFile(atPath: locks.appending(name).string, contents: nil))
    }
    let heir = try open("heir")
    #expect(try FileManager.default.contentsOfDirectory(atPath: locks.string).sorted() == ["heir.lock", "living.lock", "note.txt"])
    _ = (living, heir)
  }

  @Test("One process tries a failed transfer again; what was accepted meanwhile is nobody's to repeat")
  func claims() async throws {
    let first = try open("first")
    let second = try open("second")
    let id = TransferSnapshot.ID("t")
    let failure = TransferFailure(code: "busy", explanation: "", remedy: "")
    try await first.insert(Fixtures.stored("t", owner: "first"))
    try await first.record(id, state: .failed(failure), receipt: TransferReceipt(), failures: 1, changedAt: now, attempt: nil)
    #expect(try await second.claim([id], from: .unsent).first?.transfer.owner == "second")
    #expect(try await first.claim([id], from: .unsent).isEmpty)
    try await second.record(id, state: .accepted, receipt: TransferReceipt(), failures: 0, changedAt: now, attempt: nil)
    #expect(try await first.claim([id], from: .unsent).isEmpty)
    #expect(try await first.transfer(id)?.state == .accepted)
  }

  @Test("A wish to cancel outlives the owner, and what nobody works on is cancelled at once")
  func unheardRequests() async throws {
    let id = TransferSnapshot.ID("t")
    var owner: Outbox? = try open("owner")
    try await owner?.insert(Fixtures.stored("t", state: .uploading, owner: "owner"))
    try await owner?.insert(Fixtures.stored("u", state: .uploading, owner: "owner"))
    let other = try open("other")
    try await other.request(.cancel, of: id, now: now)
    #expect(try await other.transfer(id)?.state == .uploading)
    owner = nil
    try await other.request(.cancel, of: TransferSnapshot.ID("u"), now: now)
    #expect(try await other.transfer(id)?.state == .cancelled)
    #expect(try await other.transfer(TransferSnapshot.ID("u"))?.state == .cancelled)
    #expect(try await other.adopt(profile: "main", binding: Fixtures.binding, now: now) { _, _ in nil }.goingOn.isEmpty)
  }

  @Test("Another process's wish to cancel reaches the owner with its next commit, once")
  func requests() async throws {
    let owner = try open("owner")
    let other = try open("other")
    let id = TransferSnapshot.ID("t")
    try await owner.insert(Fixtures.stored("t", owner: "owner"))
    try await other.request(.cancel, of: id, now: now)
    let first = try await owner.record(id, state: .preparing, receipt: TransferReceipt(), failures: 0, changedAt: now, attempt: nil)
    let second = try await owner.record(id, state: .uploading, receipt: TransferReceipt(), failures: 0, changedAt: now, attempt: nil)
    #expect(first == .cancel)
    #expect(second == nil)
  }

  // MARK: Looking up

  @Test("The same content for the same patient is recognised; refusals and other patients do not count")
  func earlierSends() async throws {
    let outbox = try open("a")
    try await outbox.insert(Fixtures.stored("t1", owner: "a", queued: 1))
    try await outbox.insert(Fixtures.stored("t2", owner: "a", queued: 2))
    let sha256 = Fixtures.document(1).identity.sha256
    #expect(
      try await outbox.earlierSends(sha256: sha256, patient: "p-timothy", to: Fixtures.binding).map(\.queuedAt.timeIntervalSince1970)
        == [1_800_000_002, 1_800_000_001])
    #expect(try await outbox.earlierSends(sha256: sha256, patient: "p-barbara", to: Fixtures.binding).isEmpty)
    #expect(try await outbox.earlierSends(sha256: Array(repeating: 8, count: 32), patient: "p-timothy", to: Fixtures.binding).isEmpty)
    let failure = TransferFailure(code: "refused", explanation: "", remedy: "")
    try await outbox.record(
      TransferSnapshot.ID("t2"), state: .refused(failure), receipt: TransferReceipt(), failures: 0, changedAt: now, attempt: nil)
    #expect(try await outbox.earlierSends(sha256: sha256, patient: "p-timothy", to: Fixtures.binding).count == 1)
  }

  @Test("What went to another environment, host or destination was not sent to this one; another profile's to the same place was")
  func earlierSendsElsewhere() async throws {
    let outbox = try open("a")
    try await outbox.insert(Fixtures.stored("t1", owner: "a", profile: "other", queued: 1))
    let sha256 = Fixtures.document(1).identity.sha256
    #expect(try await outbox.earlierSends(sha256: sha256, patient: "p-timothy", to: Fixtures.binding).count == 1)
    let changes: [WritableKeyPath<TransferBinding, String>] = [\.environment, \.host, \.destinationID]
    for change in changes {
      var elsewhere = Fixtures.binding
      elsewhere[keyPath: change] = "another"
      #expect(try await outbox.earlierSends(sha256: sha256, patient: "p-timothy", to: elsewhere).isEmpty)
    }
  }

  @Test("Of an earlier send it is known whether it arrived, may have arrived, or is under way")
  func earlierStandings() async throws {
    let outbox = try open("a")
    let doubt = TransferState.uncertain(TransferFailure(code: "died", explanation: "Nobody knows.", remedy: "Look."))
    for (number, state) in [.queued, doubt, .accepted].enumerated() {
      try await outbox.insert(Fixtures.stored("t\(number)", state: state, owner: nil, queued: Double(number)))
    }
    let sha256 = Fixtures.document(1).identity.sha256
    let earlier = try await outbox.earlierSends(sha256: sha256, patient: "p-timothy", to: Fixtures.binding)
    #expect(earlier.map(\.standing) == [.arrived, .uncertain, .underWay])
  }

  @Test("Newest first; the limit spares what has ended, never what has not")
  func listing() async throws {
    let outbox = try open("a")
    for number in 1...5 {
      let id = "t\(number)"
      try await outbox.insert(Fixtures.stored(id, owner: "a", queued: Double(number)))
      if number != 1 {
        try await outbox.record(
          TransferSnapshot.ID(id), state: .accepted, receipt: TransferReceipt(), failures: 0, changedAt: now, attempt: nil)
      }
    }
    #expect(try await outbox.transfers(profile: "main", limit: 2).map(\.id.rawValue) == ["t5", "t4", "t1"])
    // Nor what a person still has to settle, even if the profile means another connection by now.
    let doubt = TransferState.uncertain(TransferFailure(code: "died", explanation: "Nobody knows.", remedy: "Look."))
    var elsewhere = Fixtures.binding
    elsewhere.client = "another"
    try await outbox.insert(Fixtures.stored("t0", state: doubt, owner: nil, binding: elsewhere, queued: 0))
    let listed = try await outbox.listed(profile: "main", binding: Fixtures.binding, limit: 2)
    #expect(listed.map(\.id.rawValue) == ["t5", "t4", "t1", "t0"])
  }

  private func mode(_ path: FilePath) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path.string)
    return try #require(attributes[.posixPermissions] as? Int) & 0o777
  }
}
