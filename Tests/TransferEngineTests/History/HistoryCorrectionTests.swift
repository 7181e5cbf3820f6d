import ClinicalMessages
import Foundation
import GRDB
import SafeText
import TestSupport
import Testing

@testable import TransferEngine

@Suite("History of what was replaced or taken back")
struct HistoryCorrectionTests {
  let folder: TemporaryFolder
  let outbox: Outbox
  let history: History

  init() throws {
    folder = try TemporaryFolder()
    outbox = try Outbox(places: folder.places, owner: "this", now: Date(timeIntervalSince1970: 1_800_000_000))
    history = History(outbox: outbox)
  }

  private static let failure = TransferFailure(code: "busy", explanation: "Bixby", remedy: "")

  private func add(
    _ id: String, _ state: TransferState = .accepted, queued: Double = 0, correcting origin: String? = nil,
    by purpose: TransferPurpose = .new
  ) async throws {
    var stored = Fixtures.stored(id, state: state, owner: nil, queued: queued)
    (stored.origin, stored.purpose) = (origin.map { TransferSnapshot.ID($0) }, purpose.rawValue)
    try await outbox.insert(stored)
  }

  private func entry(_ id: String) async throws -> HistoryEntry? {
    try await history.page().entries.first { $0.id.rawValue == id }
  }

  @Test(
    "The original's own entry says what became of it, as far as anybody knows",
    arguments: [
      (TransferState.accepted, TransferPurpose.replace, "replaced"), (.accepted, .retract, "taken back"),
      (.paused, .replace, "being replaced"),
      (.queued, .retract, "being taken back"), (.uncertain(failure), .replace, "perhaps replaced"),
      (.settled(Settlement(.arrived, by: "ann", at: Date(timeIntervalSince1970: 1))), .retract, "taken back"),
      (.settled(Settlement(.givenUp, by: "ann", at: Date(timeIntervalSince1970: 1))), .retract, "perhaps taken back"),
      (.refused(failure), .replace, nil), (.cancelled, .retract, nil), (.failed(failure), .replace, nil),
    ] as [(TransferState, TransferPurpose, DisplayText?)])
  func fates(_ state: TransferState, _ purpose: TransferPurpose, _ fate: DisplayText?) async throws {
    try await add("original")
    try await add("other", queued: 1)
    try await add("newer", state, queued: 2, correcting: "original", by: purpose)
    #expect(try await entry("original")?.correction?.fate == fate)
    for id in ["other", "newer"] { #expect(try await entry(id)?.correction == nil) }
    let record = try #require(try await history.record(TransferSnapshot.ID("original")))
    #expect(record.corrections.map(\.id.rawValue) == ["newer"], "What came to nothing is part of the record too")
    #expect(record.entry.correction?.fate == fate)
  }

  @Test("Of several tries the one that counts is shown; a repeat that corrects nothing is none")
  func several() async throws {
    try await add("original")
    try await add("first", .refused(Self.failure), queued: 1, correcting: "original", by: .replace)
    try await add("second", .accepted, queued: 2, correcting: "original", by: .replace)
    try await add("third", .cancelled, queued: 3, correcting: "original", by: .retract)
    try await add("again", .accepted, queued: 4, correcting: "original", by: .new)
    let original = try #require(try await entry("original"))
    #expect(original.correction?.id.rawValue == "second")
    #expect(try await history.record(original.id)?.corrections.map(\.id.rawValue) == ["first", "second", "third"])
    let export = HistoryExport(original)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(export.json.utf8)) as? [String: Any])
    #expect(object["correction"] as? String == "replace" && object["correctedBy"] as? String == "second")
    #expect(object["correctionState"] as? String == "accepted" && object["corrected"] as? String == "2027-01-15T08:00:02Z")
    #expect(export.csv.contains("replace,second,accepted,2027-01-15T08:00:02Z"))
    #expect(export.csvHeader.hasSuffix("correction,correctedBy,correctionState,corrected"))
  }

  @Test("It is still said when the key was lost and with it the patients' hashes")
  func withoutKey() async throws {
    try await add("original")
    try await add("newer", queued: 1, correcting: "original", by: .replace)
    try await outbox.database.write { try $0.execute(sql: "UPDATE transfer SET patient = NULL") }
    #expect(try await entry("original")?.correction?.id.rawValue == "newer")
  }
}
