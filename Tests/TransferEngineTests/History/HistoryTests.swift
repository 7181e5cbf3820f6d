import ClinicalMessages
import Foundation
import GRDB
import SafeText
import TestSupport
import Testing

@testable import TransferEngine

@Suite("History")
struct HistoryTests {
  let folder: TemporaryFolder
  let outbox: Outbox
  let history: History

  init() throws {
    folder = try TemporaryFolder()
    outbox = try Outbox(places: folder.places, owner: "this", now: Date(timeIntervalSince1970: 1_800_000_000))
    history = History(outbox: outbox)
  }

  private func add(
    _ id: String, _ state: TransferState = .accepted, queued: Double = 0, profile: String = "main", patient: String = "p-timothy",
    documentID: String = "doc", origin: String? = nil
  ) async throws {
    var stored = Fixtures.stored(id, state: state, owner: nil, profile: profile, queued: queued)
    stored.order.patientID = patient
    stored.order.documentID = documentID
    stored.origin = origin.map { TransferSnapshot.ID($0) }
    try await outbox.insert(stored)
  }

  private func ids(_ filter: HistoryFilter) async throws -> [String] { try await history.page(filter).entries.map(\.id.rawValue) }

  private static let failure = TransferFailure(code: "busy", explanation: "Bixby", remedy: "")

  @Test("By state, day, patient, profile, destination and document, and by several at once")
  func filters() async throws {
    try await add("a", .accepted, queued: 0)
    try await add("b", .failed(Self.failure), queued: 100, patient: "p-barbara", documentID: "doc-b")
    try await add("c", .refused(Self.failure), queued: 200, profile: "other")
    try await add("d", .cancelled, queued: 300)
    let begin = Date(timeIntervalSince1970: 1_800_000_000)
    #expect(try await ids(HistoryFilter()) == ["d", "c", "b", "a"])
    #expect(try await ids(HistoryFilter(states: ["cancelled", "accepted"])) == ["d", "a"])
    #expect(try await ids(HistoryFilter(states: HistoryFilter.failures)) == ["c", "b"])
    #expect(try await ids(HistoryFilter(since: begin.addingTimeInterval(100), until: begin.addingTimeInterval(300))) == ["c", "b"])
    #expect(try await ids(HistoryFilter(patient: "p-barbara")) == ["b"])
    #expect(try await ids(HistoryFilter(profile: "other")) == ["c"])
    #expect(try await ids(HistoryFilter(destination: "api.redoxengine.com")).count == 4)
    #expect(try await ids(HistoryFilter(destination: Samples.routing.destinationID)).count == 4)
    #expect(try await ids(HistoryFilter(document: "doc-b")) == ["b"])
    #expect(try await ids(HistoryFilter(states: HistoryFilter.failures, patient: "p-timothy", profile: "other")) == ["c"])
    #expect(try await ids(HistoryFilter(document: "' OR 1 = 1 --")).isEmpty)
  }

  @Test("Pages follow on each other without gap or repetition, also among equal times", arguments: [1, 3, 7, 20])
  func pages(_ size: Int) async throws {
    for number in 0..<20 { try await add("t\(number)", queued: Double(number / 6)) }
    var seen: [String] = []
    var cursor: HistoryCursor?
    repeat {
      let page = try await history.page(limit: size, before: cursor)
      #expect(page.entries.count <= size)
      seen += page.entries.map(\.id.rawValue)
      cursor = page.next
    } while cursor != nil
    #expect(seen == (0..<20).reversed().map { "t\($0)" })
  }

  @Test("Nothing is decrypted for a list: it is whole even where every cell is spoilt")
  func nothingIsDecrypted() async throws {
    try await add("a", .failed(Self.failure), origin: "first")
    try await outbox.database.write { db in
      try db.execute(sql: "UPDATE transfer SET detail = x'00', receipt = x'00', ordered = x'00'")
    }
    let entry = try #require(try await history.page().entries.first)
    #expect(entry.code == "busy")
    #expect(entry.origin == TransferSnapshot.ID("first"))
    await #expect(throws: OutboxError.self) { try await history.record(entry.id) }
  }

  @Test("The words that a filter takes are those of all states, each once")
  func allStates() {
    let date = Date(timeIntervalSince1970: 1)
    let states: [TransferState] =
      [
        .held(until: date), .queued, .preparing, .uploading, .sending, .finalizing, .waiting(until: date, reason: ""), .paused, .accepted,
        .refused(Self.failure), .failed(Self.failure), .cancelled, .uncertain(Self.failure),
      ] + Settlement.Outcome.allCases.map { .settled(Settlement($0, by: "ann", at: date)) }
    #expect(Set(states.map(\.name)) == Set(HistoryFilter.allStates) && states.count == HistoryFilter.allStates.count)
    #expect(HistoryFilter.failures.isSubset(of: HistoryFilter.allStates))
  }

  @Test("A record has every attempt and every decision, and whom it was for")
  func record() async throws {
    try await add("a", .uncertain(Self.failure))
    let id = TransferSnapshot.ID("a")
    let now = Date(timeIntervalSince1970: 1_800_000_050)
    try await outbox.database.write { [sealer = outbox.sealer] db in
      for status in [503, 200] {
        let attempt = TransferAttempt(
          step: .message, startedAt: now, endedAt: now, status: status, acknowledgedBytes: 5, outcome: "done", words: ["w"], logIDs: [])
        try Outbox.insert(attempt, of: "a", sealer, db)
      }
    }
    try await outbox.record(TransferDecision(.arrived, who: "ann", at: now), of: id)
    let record = try #require(try await history.record(id))
    #expect(record.attempts.map(\.status) == [503, 200])
    #expect(record.entry.attemptCount == 2)
    #expect(record.entry.decision == .arrived)
    #expect(record.details?.patientID.reveal() == "p-timothy")
    #expect(record.details?.fileName.reveal() == "bixby-consent.pdf")
    #expect(record.failure == Self.failure)
    #expect(try await history.record(TransferSnapshot.ID("nobody")) == nil)
  }

  @Test(
    "Each question has an index; none sorts and none reads the whole table",
    arguments: [
      (HistoryFilter(), "transfer_by_time"), (HistoryFilter(states: HistoryFilter.failures), "transfer_unsuccessful"),
      (HistoryFilter(patient: "p"), "transfer_by_patient"), (HistoryFilter(document: "d"), "transfer_by_document"),
      (HistoryFilter(states: ["uncertain"]), "transfer_by_time"), (HistoryFilter(since: Date(), until: Date()), "transfer_by_time"),
      (HistoryFilter(states: ["accepted", "cancelled"], profile: "main"), "transfer_by_time"),
    ])
  func plans(_ filter: HistoryFilter, _ index: String) async throws {
    let cursor = HistoryCursor(queuedMilliseconds: 1, row: 1)
    let query = HistoryQuery(filter, sealer: outbox.sealer, from: cursor, limit: 50)
    let plan = try await outbox.database.read { db in
      try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + query.listing, arguments: query.arguments).map { $0["detail"] as String }
    }
    #expect(plan.first?.contains(index) == true, "\(plan)")
    #expect(!plan.contains { $0.contains("TEMP B-TREE FOR ORDER BY") }, "\(plan)")
  }
}
