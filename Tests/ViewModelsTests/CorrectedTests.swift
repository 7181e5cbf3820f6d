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
@Suite("What has become of an original", .timeLimit(.minutes(2)))
struct CorrectedTests {
  nonisolated private static let failure = TransferFailure(code: "x", explanation: "It was not taken.", remedy: "Look.")
  nonisolated private static let now = Samples.createdAt

  private func correction(_ state: TransferState, _ purpose: TransferPurpose, id: String = "new") -> TransferSnapshot {
    var snapshot = TransferSnapshot.sample(id: id, kind: .media, state: state, purpose: purpose, origin: "old")
    snapshot.fileName = Redacted("corrected.pdf")
    snapshot.queuedAt = Self.now.addingTimeInterval(60)
    snapshot.changedAt = Self.now.addingTimeInterval(120)
    return snapshot
  }

  private func show(_ corrections: [TransferSnapshot]) async throws -> RobotUser {
    let user = try await RobotUser()
    user.service.publish(corrections + [.sample(id: "old", kind: .media, state: .accepted)])
    await user.press(.character("w"))
    await user.wait { user.transfers?.rows.count == corrections.count + 1 }
    return user
  }

  private func openDetails(_ user: RobotUser) -> TransferDetails? {
    if case .transferDetails(let details) = user.app.state.dialog { details } else { nil }
  }

  @Test(
    "Its row says so with a word and a sign of its own, its details with a sentence",
    arguments: [
      (TransferState.accepted, TransferPurpose.replace, "replaced", "Replaced by corrected.pdf, 05-Jan-2026 11:02: accepted by Redox."),
      (.uploading, .replace, "being replaced", "Being replaced by corrected.pdf, recorded 05-Jan-2026 11:01: uploading."),
      (
        .uncertain(failure), .replace, "perhaps replaced",
        "Perhaps replaced by corrected.pdf, 05-Jan-2026 11:02: nobody knows whether that arrived. Go to it in the list and press D."
      ),
      (
        .settled(Settlement(.givenUp, by: "ann", at: now)), .replace, "perhaps replaced",
        "Perhaps replaced by corrected.pdf, 05-Jan-2026 11:02: that was given up; whether it arrived is not known."
      ),
      (
        .accepted, .retract, "taken back",
        "Taken back, 05-Jan-2026 11:02: accepted by Redox. Whether the destination heeds it is its own affair."
      ),
      (.queued, .retract, "being taken back", "Being taken back, recorded 05-Jan-2026 11:01: queued."),
      (
        .refused(failure), .replace, "accepted by Redox",
        "corrected.pdf was to take its place, 05-Jan-2026 11:02: refused. This document stands."
      ),
      (.cancelled, .retract, "accepted by Redox", "It was to be taken back, 05-Jan-2026 11:02: cancelled. This document stands."),
    ] as [(TransferState, TransferPurpose, DisplayText, DisplayText)])
  func row(_ state: TransferState, _ purpose: TransferPurpose, _ word: DisplayText, _ sentence: DisplayText) async throws {
    let user = try await show([correction(state, purpose)])
    let row = try #require(user.transfers?.rows.last)
    #expect(row.state == word)
    let glyph: TransferGlyph = word == "accepted by Redox" ? .accepted : purpose == .replace ? .replaced : .takenBack
    #expect(row.glyph == glyph)
    await user.press(.character("G"), .enter)
    let details = try #require(openDetails(user))
    #expect(details.explanation.first == sentence)
    #expect(details.state.string.hasPrefix("accepted by Redox"), "What Redox said of it stays true")
  }

  @Test("Of two tries both are told, the latest first, and the row says what counts")
  func several() async throws {
    var first = correction(.accepted, .replace, id: "first")
    first.queuedAt = Self.now.addingTimeInterval(10)
    let user = try await show([correction(.refused(Self.failure), .retract), first])
    #expect(user.transfers?.rows.last?.state == "replaced")
    await user.press(.character("G"), .enter)
    let sentences = try #require(openDetails(user)).explanation.prefix(2)
    #expect(sentences.first?.string.hasPrefix("It was to be taken back") == true)
    #expect(sentences.last?.string.hasPrefix("Replaced by corrected.pdf") == true)
  }

  @Test("It changes in view when the correction does, and is found by its word")
  func live() async throws {
    let user = try await show([correction(.queued, .replace)])
    #expect(user.transfers?.rows.last?.state == "being replaced")
    user.service.publish([correction(.accepted, .replace), .sample(id: "old", kind: .media, state: .accepted)])
    await user.wait { user.transfers?.rows.last?.state == "replaced" }
    await user.press(.character("/"))
    await user.type("replaced")
    #expect(user.transfers?.rows.count == 1)
  }

  @Test("Where something is to be said of a correction, its row says too what it is")
  func correctionRow() async throws {
    let user = try await show([correction(.uncertain(Self.failure), .retract)])
    #expect(user.transfers?.rows.first?.remark == "Takes back: It was not taken.")
    user.service.publish([correction(.refused(Self.failure), .replace), .sample(id: "old", kind: .media, state: .accepted)])
    await user.wait { user.transfers?.rows.first?.remark == "Replaces: It was not taken." }
  }

  @Test("An uncertain wish to take back is not spoken of as a document that may be in the chart")
  func uncertainTakingBack() async throws {
    let user = try await show([correction(.uncertain(Self.failure), .retract)])
    await user.press(.enter)
    #expect(openDetails(user)?.explanation.first?.string.contains("may be taken back or not") == true)
    await user.press(.character("D"))
    guard case .pick(let list) = user.app.state.dialog else { Issue.record("Should offer the ways out"); return }
    #expect(list.title == "Taking back corrected.pdf for BIXBY, Barbara: done, or not?")
    #expect(list.rows.contains { $0.detail == "I have seen that it is gone from the chart" })
    await user.press(.down, .enter)
    guard case .confirm(let question) = user.app.state.dialog else { Issue.record("Should ask"); return }
    #expect(question.lines.last == "Do this when you have seen that it is gone from the chart. Your name is kept with it.")
    #expect(question.choices.last?.label == "It is gone")
    user.service.publish([
      correction(.settled(Settlement(.arrived, by: "ann", at: Self.now)), .retract), .sample(id: "old", kind: .media, state: .accepted),
    ])
    await user.wait { user.transfers?.rows.first?.remark == "Takes back: ann has seen that it is gone from the chart." }
  }

  @Test("The correction names its original by the document and the time")
  func correctionNames() async throws {
    let user = try await show([correction(.accepted, .retract)])
    await user.press(.enter)
    let value = try #require(openDetails(user)).values.first { $0.label == "Takes back" }
    #expect(value?.value.reveal() == "consent.pdf, recorded 05-Jan-2026 11:00 (old)")
  }
}
