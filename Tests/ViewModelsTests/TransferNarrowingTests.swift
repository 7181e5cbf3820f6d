import ClinicalMessages
import SafeText
import TestSupport
import Testing
import TransferEngine

@testable import ViewModels

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@MainActor
@Suite("Narrowing the list of transfers", .timeLimit(.minutes(2)))
struct TransferNarrowingTests {
  private static let failure = TransferFailure(code: "failed", explanation: "It failed.", remedy: "Look.")

  private func transfer(
    _ id: String, _ state: TransferState, patient: String = "BIXBY, Barbara", born: String = "24-Jul-1982", daysAgo: Double = 0
  ) -> TransferSnapshot {
    var snapshot = TransferSnapshot.sample(id: id, state: state)
    (snapshot.patientName, snapshot.patientBorn) = (Redacted(DisplayText(escaping: patient)), Redacted(DisplayText(escaping: born)))
    snapshot.queuedAt = Samples.createdAt.addingTimeInterval(-daysAgo * 86_400)
    return snapshot
  }

  private func show(others: [ServiceDouble] = [], profile: ProfileSummary = .sample()) async throws -> RobotUser {
    let user = try await RobotUser(profile: profile, others: others)
    user.service.publish([
      transfer("a", .accepted), transfer("b", .failed(Self.failure), patient: "CARTHWRIGHT, Walter"),
      transfer("c", .failed(Self.failure), daysAgo: 1), transfer("d", .cancelled, daysAgo: 1),
      transfer("e", .accepted, born: "02-Nov-1951", daysAgo: 1),
    ])
    await user.press(.character("w"))
    await user.wait { user.transfers?.rows.count == 5 }
    return user
  }

  private func pick(_ label: DisplayText, _ user: RobotUser) async throws {
    await user.press(.character("F"))
    guard case .pick(let list) = user.app.state.dialog else { Issue.record("No list"); return }
    let row = try #require(list.rows.firstIndex { $0.label == label })
    for _ in 0..<row { await user.press(.down) }
    await user.press(.enter)
  }

  @Test("F offers the patient, the day and the state of the row under the cursor, and nothing that would do nothing")
  func offers() async throws {
    let user = try await show()
    await user.press(.down, .character("F"))
    guard case .pick(let list) = user.app.state.dialog else { Issue.record("No list"); return }
    #expect(list.rows.map(\.label) == ["This patient", "This day", "This state"])
    #expect(list.rows.map(\.detail) == ["CARTHWRIGHT, Walter · 24-Jul-1982", "05-Jan-2026", "failed"])
  }

  @Test("By patient: a namesake with another birth date is another patient")
  func patient() async throws {
    let user = try await show()
    try await pick("This patient", user)
    #expect(user.transfers?.rows.map(\.state) == ["accepted by Redox", "failed", "cancelled"])
    #expect(user.transfers?.narrowing == "BIXBY, Barbara · 24-Jul-1982")
    #expect(user.transfers?.place == "3 of 5")
  }

  @Test("Several conditions hold together with the filter and the words looked for; choosing one again takes it away; q shows all first")
  func several() async throws {
    let user = try await show()
    await user.press(.character("G"), .up)
    try await pick("This day", user)
    #expect(user.transfers?.rows.count == 3)
    try await pick("This state", user)
    #expect(user.transfers?.rows.map(\.state) == ["cancelled"])
    try await pick("This state", user)
    await user.press(.character("f"), .character("f"))
    #expect(user.transfers?.rows.map(\.state) == ["failed"])
    await user.press(.character("/"))
    await user.type("consent")
    await user.press(.enter)
    #expect(user.transfers?.narrowing == "To look at · 04-Jan-2026 · “consent”")
    await user.press(.character("q"))
    #expect(user.transfers?.narrowing == nil && user.transfers?.rows.map(\.state) == ["failed", "failed"])
    try await pick("This day", user)
    try await pick("All again", user)
    #expect(user.transfers?.rows.count == 2)
  }

  @Test("The next failure is one of those shown; where none is shown that is said")
  func failures() async throws {
    let user = try await show()
    try await pick("This patient", user)
    await user.press(.character("e"))
    #expect(user.notice == "This is the only one to look at.")
    #expect(user.transfers?.window.cursor == 1, "Not the other patient's, which comes first in the whole list")
    await user.press(.character("q"), .character("g"))
    try await pick("This state", user)
    await user.press(.character("e"))
    #expect(user.notice == "None of those shown failed or is uncertain. Esc shows all.")
    #expect(user.transfers?.rows.allSatisfy { $0.state == "accepted by Redox" } == true)
    await user.press(.character("f"), .character("f"), .character("f"), .character("e"))
    #expect(user.notice == "None of those shown failed or is uncertain. Esc shows all.")
    #expect(user.transfers?.narrowing == "Accepted · accepted by Redox", "What finds nothing changes nothing")
  }

  @Test("New transfers come into the narrowed list only when they fit")
  func live() async throws {
    let user = try await show()
    try await pick("This patient", user)
    user.service.publish([transfer("x", .queued, patient: "CARTHWRIGHT, Walter"), transfer("y", .queued), transfer("a", .accepted)])
    await user.wait { user.transfers?.place == "2 of 3" }
    #expect(user.transfers?.rows.map(\.state) == ["queued", "accepted by Redox"])
  }

  @Test("Another profile's transfers are one choice away, with that profile in view")
  func profile() async throws {
    let other = ServiceDouble(profile: .sample("live", environment: .production, isProduction: true))
    other.publish([transfer("z", .uploading)])
    let user = try await show(others: [other])
    try await pick("Another profile", user)
    await user.press(.down, .enter)
    await user.wait { user.transfers?.rows.count == 1 }
    #expect(user.app.state.profile.name == "live")
    await user.press(.character("q"))
    #expect(user.browse != nil)
  }

  @Test("Where rows are masked the line that says what is shown is too")
  func masked() async throws {
    let user = try await show(profile: .sample(environment: .production, isProduction: true))
    try await pick("This patient", user)
    #expect(user.transfers?.narrowing == "B.B. · 1982")
  }
}
