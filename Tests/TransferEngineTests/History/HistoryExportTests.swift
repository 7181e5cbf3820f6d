import Foundation
import SafeText
import SystemPackage
import TestSupport
import Testing

@testable import TransferEngine

@Suite("What other programs get of the history")
struct HistoryExportTests {
  @Test(
    "A field is text and nothing else to terminals and spreadsheets",
    arguments: [
      ("plain", "plain"), ("a,b", "\"a,b\""), ("a \"b\"", "\"a \"\"b\"\"\""), ("=1+1", "\"'=1+1\""), ("@SUM(A1)", "\"'@SUM(A1)\""),
      ("  +cmd", "\"'  +cmd\""), ("-5", "-5"), ("-x", "\"'-x\""), ("＝1", "\"'＝1\""), ("", ""), ("a;b", "\"a;b\""),
    ])
  func fields(_ raw: String, _ expected: String) {
    #expect(CSVLine.text([raw]) == expected)
  }

  @Test("No control character and no line break survives", arguments: ["a\nb", "\t=1", "\u{1B}[31mred", "a\rb", "\u{202E}gpj"])
  func controls(_ raw: String) {
    let line = CSVLine.text([raw, "next"])
    #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
    #expect(line.hasSuffix(",next"))
  }

  @Test("Patients, files and the server's words are there on request only")
  func patientData() async throws {
    let folder = try TemporaryFolder()
    let outbox = try Outbox(places: folder.places, owner: "this", now: Date(timeIntervalSince1970: 1_800_000_000))
    let failure = TransferFailure(code: "refused", explanation: "Timothy is unknown", remedy: "")
    var stored = Fixtures.stored("t", state: .refused(failure), owner: nil)
    stored.receipt.words = ["Bixby is unknown"]
    stored.receipt.status = 400
    try await outbox.insert(stored)
    let history = History(outbox: outbox)
    let entry = try #require(try await history.page().entries.first)
    let record = try #require(try await history.record(entry.id))
    let (without, with) = (HistoryExport(entry), HistoryExport(entry, withPatientData: record))
    for secret in ["Bixby", "BIXBY", "Timothy", "bixby-consent.pdf", "p-timothy"] {
      #expect(!without.json.contains(secret) && !without.csv.contains(secret))
    }
    #expect(with.json.contains("bixby-consent.pdf") && with.csv.contains("p-timothy") && with.csv.contains("Timothy is unknown"))
    let object = try #require(try JSONSerialization.jsonObject(with: Data(without.json.utf8)) as? [String: Any])
    #expect(object["state"] as? String == "refused")
    #expect(object["code"] as? String == "refused")
    #expect(object["status"] as? Int == 400)
    #expect(object["queued"] as? String == "2027-01-15T08:00:00Z")
    #expect(object["ended"] as? String == "2027-01-15T08:00:00Z")
    #expect(without.csvHeader.split(separator: ",").count == without.fields.count)
  }

  @Test("An attempt's words and odd log ids are there on request only")
  func attempts() {
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    let uuid = "7f0c8a52-0000-4000-8000-000000000001"
    let attempt = TransferAttempt(
      step: .message, startedAt: now, endedAt: now, status: nil, acknowledgedBytes: 1, outcome: "busy", words: ["Bixby"],
      logIDs: [uuid, "Bixby-1"])
    let plain = HistoryExport.json(HistoryExport.attempt(attempt, withWords: false))
    #expect(!plain.contains("Bixby") && plain.contains(uuid))
    #expect(HistoryExport.json(HistoryExport.attempt(attempt, withWords: true)).contains("Bixby-1"))
  }
}
