import ClinicalMessages
import Documents
import Foundation
import GRDB
import Logging
import SafeText
import SystemPackage
import TestSupport
import Testing

@testable import TransferEngine

/// What identifies a patient goes when its time has come; receipts stay.
@Suite("Purging")
struct PurgingTests {
  let folder: TemporaryFolder
  let outbox: Outbox
  let time = HandTime()
  private let day = 86_400.0
  private static let logID = "5f2d7c1e-8f0a-4a39-9d53-3c5a8e1b7f10"

  init() throws {
    folder = try TemporaryFolder()
    outbox = try Outbox(places: folder.places, owner: "this", now: Date(timeIntervalSince1970: 1_800_000_000))
  }

  private func care(_ settings: HistorySettings = HistorySettings()) -> OutboxCare {
    OutboxCare(
      outbox: outbox, settings: settings, seams: time.seams, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
  }

  /// A transfer in this state since so many days.
  private func add(_ id: String, _ state: TransferState, days: Double) async throws {
    let then = time.now.addingTimeInterval(-days * day)
    try await outbox.insert(Fixtures.stored(id, owner: "this", queued: -days * day))
    var receipt = TransferReceipt()
    receipt.words = ["Bixby is unknown"]
    receipt.locations = ["https://fhir.example/DocumentReference/5a0e"]
    receipt.uploadURI = "https://blob.example/1"
    receipt.status = 200
    let attempt = TransferAttempt(
      step: .message, startedAt: then, endedAt: then, status: 200, acknowledgedBytes: 9, outcome: "done", words: ["Bixby"],
      logIDs: ["log-77", Self.logID])
    try await outbox.record(TransferSnapshot.ID(id), state: state, receipt: receipt, failures: 0, changedAt: then, attempt: attempt)
  }

  private func remaining() async throws -> Set<String> {
    try await outbox.database.read { try String.fetchSet($0, sql: "SELECT id FROM transfer WHERE purged_ms IS NULL") }
  }

  private static let failure = TransferFailure(code: "uncertain", explanation: "Bixby's letter may have arrived", remedy: "Look")

  @Test("After thirty days patient, file, message and words are gone; numbers, times and log ids stay, and duplicates are recognised")
  func content() async throws {
    try await add("old", .accepted, days: 30)
    try await add("young", .accepted, days: 29.9)
    try await outbox.record(
      TransferDecision(.documentMoved, who: "ann", at: time.now, note: "/sent/bixby.pdf"), of: TransferSnapshot.ID("old"))
    #expect(try await care().tidy() == OutboxCare.Tidied(purged: 1))
    #expect(try await remaining() == ["young"])
    #expect(try await outbox.transfer(TransferSnapshot.ID("old")) == nil)
    let left = try await outbox.database.read {
      try Int.fetchOne($0, sql: "SELECT length(ordered) FROM transfer WHERE id = 'old'")
    }
    #expect(left == 0)

    let record = try #require(try await History(outbox: outbox).record(TransferSnapshot.ID("old")))
    #expect(record.details == nil)
    #expect(record.entry.documentID == Samples.identity.documentID)
    #expect(record.entry.removalSentence == "Patient and file were removed after 30 days.")
    #expect(record.receipt.words.isEmpty && record.receipt.uploadURI == nil)
    #expect(record.receipt.locations == ["https://fhir.example/DocumentReference/5a0e"])
    #expect(record.attempts.map(\.words) == [[]])
    #expect(record.attempts.map(\.logIDs) == [[Self.logID]])
    #expect(record.decisions.map(\.note) == [nil])
    #expect(
      try await outbox.earlierSends(sha256: Fixtures.document(1).identity.sha256, patient: "p-timothy", to: Fixtures.binding)
        .count == 2)
  }

  @Test("A failure keeps its word and loses its sentences")
  func failures() async throws {
    try await add("old", .failed(TransferFailure(code: "busy", explanation: "Bixby", remedy: "Bixby")), days: 40)
    _ = try await care().tidy()
    let record = try #require(try await History(outbox: outbox).record(TransferSnapshot.ID("old")))
    #expect(record.failure == TransferFailure(code: "busy", explanation: "", remedy: ""))
  }

  @Test("What has not ended stays; what is uncertain waits for a person and then for its time")
  func waiting() async throws {
    try await outbox.insert(Fixtures.stored("queued", owner: "this", queued: -100 * day))
    try await add("paused", .paused, days: 100)
    try await add("undecided", .uncertain(Self.failure), days: 100)
    try await add("lately", .uncertain(Self.failure), days: 100)
    try await add("long-ago", .uncertain(Self.failure), days: 100)
    try await add("checked", .uncertain(Self.failure), days: 100)
    for (id, what, days) in [("lately", TransferDecision.What.arrived, 29.0), ("long-ago", .giveUp, 31), ("checked", .checked, 60)] {
      let then = time.now.addingTimeInterval(-days * day)
      try await outbox.record(TransferDecision(what, who: "ann", at: then), of: TransferSnapshot.ID(id))
    }
    #expect(try await care().tidy().purged == 1)
    #expect(try await remaining() == ["queued", "paused", "undecided", "lately", "checked"])
  }

  @Test("However many there are, they go in pieces, and once")
  func pieces() async throws {
    for number in 0..<(OutboxCare.piece * 2 + 3) { try await add("t\(number)", .accepted, days: 31) }
    #expect(try await care().tidy().purged == OutboxCare.piece * 2 + 3)
    #expect(try await care().tidy() == OutboxCare.Tidied())
  }

  @Test("Receipts stay for ever unless configured, and never go before what identifies the patient has")
  func receipts() async throws {
    try await add("old", .accepted, days: 400)
    try await add("undecided", .uncertain(Self.failure), days: 400)
    #expect(try await care().tidy() == OutboxCare.Tidied(purged: 1))
    #expect(try await care(HistorySettings(keepReceiptsDays: 365)).tidy() == OutboxCare.Tidied(forgotten: 1))
    let counts = try await outbox.database.read { db in
      (try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM transfer"), try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM attempt"))
    }
    #expect(counts == (1, 1))
  }

  @Test("The journal holds nothing of it afterwards")
  func journal() async throws {
    try await add("old", .accepted, days: 31)
    _ = try await care().tidy()
    let journal = folder.places.state.appending("outbox.sqlite-wal").string
    #expect(try FileManager.default.attributesOfItem(atPath: journal)[.size] as? Int == 0)
  }

  @Test("A purged transfer is in the history alone")
  func purged() async throws {
    try await add("old", .failed(Self.failure), days: 31)
    _ = try await care().tidy()
    #expect(try await outbox.transfer(TransferSnapshot.ID("old")) == nil)
    #expect(try await outbox.marks(profile: "main", binding: Fixtures.binding, limit: 10).isEmpty)
    #expect(try await History(outbox: outbox).page().entries.map(\.state) == ["failed"])
  }
}
