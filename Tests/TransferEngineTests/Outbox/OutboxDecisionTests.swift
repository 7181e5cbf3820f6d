import Foundation
import GRDB
import SafeText
import TestSupport
import Testing

@testable import TransferEngine

@Suite("What persons decide and see")
struct OutboxDecisionTests {
  let folder: TemporaryFolder
  let outbox: Outbox
  let now = Date(timeIntervalSince1970: 1_800_000_100)
  let id = TransferSnapshot.ID("t")

  init() throws {
    folder = try TemporaryFolder()
    outbox = try Outbox(places: folder.places, owner: "this", now: now)
  }

  private func record(_ state: TransferState, of id: TransferSnapshot.ID? = nil) async throws {
    try await outbox.record(
      id ?? self.id, state: state, receipt: TransferReceipt(), failures: 0, changedAt: now, attempt: nil)
  }

  private func handOver(_ id: TransferSnapshot.ID, _ state: TransferState) async throws {
    _ = try await outbox.record([
      TransferRecord(id: id, state: state, receipt: TransferReceipt(), failures: 0, changedAt: now, ownership: .handedOver)
    ])
  }

  @Test("Decisions are kept in order, with who and when; notes are encrypted")
  func decisions() async throws {
    try await outbox.insert(Fixtures.stored("t", owner: "this"))
    let asked = TransferDecision(.checked, who: "ann", at: now, note: "Bixby: not found")
    let later = TransferDecision(.arrived, who: "bob", at: now.addingTimeInterval(60))
    try await outbox.record(asked, of: id)
    try await outbox.record(later, of: id)
    #expect(try await History(outbox: outbox).record(id)?.decisions == [asked, later])
    let notes = try await outbox.database.read { try Data.fetchAll($0, sql: "SELECT note FROM decision WHERE note IS NOT NULL") }
    #expect(notes.count == 1)
    #expect(notes[0].range(of: Data("Bixby".utf8)) == nil)
  }

  @Test("A decision about a transfer that is not there is not taken for recorded")
  func unknown() async throws {
    await #expect(throws: OutboxError.self) { try await outbox.record(TransferDecision(.giveUp, who: "ann", at: now), of: id) }
  }

  @Test("An end is news until a person has seen it; one that is tried again ends anew")
  func unseen() async throws {
    try await outbox.insert(Fixtures.stored("t", owner: "this"))
    #expect(try await outbox.unseenEnds(profile: "main").isEmpty)
    try await record(.failed(TransferFailure(code: "busy", explanation: "", remedy: "")))
    #expect(try await outbox.unseenEnds(profile: "main") == [UnseenEnd(id: id, word: "failed", endedAt: now)])
    try await outbox.markSeen(profile: "main")
    #expect(try await outbox.unseenEnds(profile: "main").isEmpty)
    #expect(try await outbox.claim([id], from: .unsent).count == 1)
    try await record(.queued)
    #expect(try await outbox.unseenEnds(profile: "main").isEmpty)
    try await record(.accepted)
    #expect(try await outbox.unseenEnds(profile: "main").map(\.word) == ["accepted"])
  }

  @Test("What is on the wire is not let go; the rest is nobody's, and says that it was handed over")
  func release() async throws {
    let states: [(String, TransferState)] = [
      ("q", .queued), ("u", .uploading), ("w", .waiting(until: now, reason: "busy")), ("p", .paused), ("s", .sending), ("f", .finalizing),
    ]
    for (key, state) in states {
      try await outbox.insert(Fixtures.stored(key, owner: "this"))
      try await record(state, of: TransferSnapshot.ID(key))
    }
    for (key, state) in states where ["q", "w"].contains(key) { try await handOver(TransferSnapshot.ID(key), state) }
    let other = try Outbox(places: folder.places, owner: "other", now: now)
    let failure = Fixtures.failure("orphaned")
    let adopted = try await other.adopt(profile: "main", binding: Fixtures.binding, now: now) { _, isHandedOver in
      isHandedOver ? nil : failure
    }
    #expect(adopted.goingOn.map(\.rawValue) == ["q", "w"] && adopted.ended.isEmpty)
    #expect(try await other.listed(adopted.goingOn).map { StoredState($0.state).word } == ["queued", "waiting"])
    #expect(try await other.listed(adopted.goingOn).allSatisfy { $0.owner == "other" })
    #expect(try await other.transfer(TransferSnapshot.ID("s"))?.owner == "this")
    #expect(try await other.transfer(TransferSnapshot.ID("p"))?.state == .paused)
  }

  @Test("The wish of another process to pause or resume is told once, and fulfilled where nobody works")
  func wishes() async throws {
    try await outbox.insert(Fixtures.stored("t", owner: "this"))
    let other = try Outbox(places: folder.places, owner: "other", now: now)
    try await other.request(.pause, of: id, now: now)
    #expect(try await outbox.news(profile: "main", since: nil).requests == [.pause: [id]])
    #expect(try await outbox.news(profile: "main", since: nil).requests.isEmpty)
    try await handOver(id, .queued)
    try await other.request(.pause, of: id, now: now)
    #expect(try await other.transfer(id)?.state == .paused)
    try await other.request(.resume, of: id, now: now)
    #expect(try await other.transfer(id)?.state == .queued)
  }
}
