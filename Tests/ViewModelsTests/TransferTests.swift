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
@Suite("Transfers", .timeLimit(.minutes(2)))
struct TransferTests {
  private static let failure = TransferFailure(code: "refused", explanation: "Redox did not take it.", remedy: "Look at its words.")
  private let clock = WallClock(now: { Samples.createdAt }, offset: { _ in 0 })

  private func show(_ snapshots: [TransferSnapshot], profile: ProfileSummary = .sample()) async throws -> RobotUser {
    let user = try await RobotUser(profile: profile)
    user.service.publish(snapshots)
    await user.press(.character("w"))
    await user.wait { user.transfers?.rows.count == snapshots.count }
    return user
  }

  @Test("The bar is full only when Redox has accepted")
  func fullOnlyWhenAccepted() {
    for state in [TransferState.queued, .preparing, .uploading, .sending, .finalizing, .paused] {
      let row = TransferRow(.sample(state: state, acknowledged: 150_000), clock: clock, isUnderCursor: false)
      #expect(row.percent == "99%")
      #expect((row.fraction ?? 0) < 1)
    }
    let accepted = TransferRow(.sample(state: .accepted, acknowledged: 0), clock: clock, isUnderCursor: false)
    #expect(accepted.percent == "100%")
    #expect(accepted.state == "accepted by Redox")
    #expect(accepted.bytes == "150 KB")
    let failed = TransferRow(.sample(state: .failed(Self.failure), acknowledged: 150_000), clock: clock, isUnderCursor: false)
    #expect(failed.fraction == nil)
    #expect(failed.percent == "")
  }

  @Test("Rate and time left are shown while bytes move, and not invented")
  func rates() {
    let moving = TransferRow(
      .sample(state: .uploading, acknowledged: 4_100_000, total: 12_000_000, rate: 1_234_000, timeLeft: 6.4), clock: clock,
      isUnderCursor: false)
    #expect(moving.bytes == "4.1 MB of 12 MB")
    #expect(moving.rate == "1.2 MB/s")
    #expect(moving.timeLeft == "7 s left")
    let stalled = TransferRow(.sample(state: .uploading), clock: clock, isUnderCursor: false)
    #expect(stalled.timeLeft == "-")
    #expect(stalled.rate == "")
    let waiting = TransferRow(.sample(state: .finalizing, rate: 5, timeLeft: 5), clock: clock, isUnderCursor: false)
    #expect(waiting.rate == "" && waiting.timeLeft == "")
  }

  @Test("A queue in which one failed does not read as success")
  func summary() {
    let summary = TransfersSummary([
      .sample(id: "1", state: .uploading, acknowledged: 6_000_000, total: 12_000_000, rate: 1_000_000), .sample(id: "2", state: .accepted),
      .sample(id: "3", state: .failed(Self.failure)), .sample(id: "4", state: .uncertain(Self.failure)),
      .sample(id: "5", state: .cancelled),
    ])
    #expect(summary.text == "1 running, 50%, 1 MB/s, 6 s left · 1 accepted by Redox · 2 need attention")
    let paused = TransfersSummary([.sample(id: "1", state: .paused), .sample(id: "2", state: .uploading, acknowledged: 75_000)])
    #expect(paused.running == 1 && paused.text == "1 running, 50% · 1 paused", "What is paused does not run")
    #expect(TransfersSummary([.sample(state: .paused)]).text == "1 paused")
    #expect(TransfersSummary([]).text == "")
    #expect(TransfersSummary([.sample(state: .queued, total: 0)]).fraction == 0)
  }

  @Test("The cursor stays on its transfer when a new one comes in above, and acts on that one")
  func cursorById() async throws {
    let old = [TransferSnapshot.sample(id: "b", state: .uploading), .sample(id: "a", state: .uploading)]
    let user = try await show(old)
    await user.press(.down)
    user.service.publish([.sample(id: "c", state: .uploading)] + old)
    await user.wait { user.transfers?.rows.count == 3 }
    #expect(user.transfers?.window.cursor == 2)
    await user.press(.character("x"), .character("y"))
    #expect(user.service.cancelled == [TransferSnapshot.ID("a")])
  }

  @Test("A question is about the transfer it was asked for, even when the list changes under it")
  func questionById() async throws {
    let user = try await show([.sample(id: "a", state: .uploading)])
    await user.press(.character("x"))
    user.service.publish([.sample(id: "b", state: .queued), .sample(id: "a", state: .uploading)])
    await user.wait { user.transfers?.rows.count == 2 }
    await user.press(.character("y"))
    #expect(user.service.cancelled == [TransferSnapshot.ID("a")])
  }

  @Test("Cancelling says what Redox may already hold, and Enter goes on sending")
  func cancelling() async throws {
    let sample = TransferSnapshot.sample(state: .sending)
    let user = try await show([sample])
    await user.press(.character("x"))
    guard case .confirm(let question) = user.app.state.dialog else {
      Issue.record("No question")
      return
    }
    #expect(question.lines.first == "\(sample.fileName.reveal()) for \(sample.patientName.reveal()).")
    #expect(question.lines.last?.string.contains("may be in the chart") == true)
    let hints = user.app.state.hints.map { $0.key.string + " " + $0.label.string }
    #expect(hints == ["Enter Go on sending", "y Cancel it"], "The keys in the question's words")
    await user.press(.enter)
    #expect(user.service.cancelled.isEmpty)
    #expect(user.app.state.dialog == nil)
  }

  @Test("What cannot be cancelled or tried again says why")
  func reasons() async throws {
    let cases: [(TransferState, Key, String)] = [
      (.finalizing, .character("x"), "cannot be stopped"), (.accepted, .character("x"), "has ended already"),
      (.accepted, .character("r"), "file it twice"), (.uncertain(Self.failure), .character("r"), "may already have it"),
      (.uploading, .character("r"), "has not ended"),
    ]
    for (state, key, words) in cases {
      let user = try await show([.sample(state: state)])
      await user.press(key)
      #expect(user.notice?.contains(words) == true)
      #expect(user.service.cancelled.isEmpty && user.service.retried.isEmpty)
      #expect(user.app.state.dialog == nil)
    }
  }

  @Test("Failed, refused and cancelled transfers can be tried again")
  func retrying() async throws {
    for state in [TransferState.failed(Self.failure), .refused(Self.failure), .cancelled] {
      let user = try await show([.sample(id: "z", state: state)])
      await user.press(.character("r"))
      #expect(user.service.retried.isEmpty, "One key sends nothing")
      await user.press(.character("y"))
      #expect(user.service.retried == [TransferSnapshot.ID("z")])
    }
  }

  @Test("In production a retry is refused: it would be a send that nobody confirmed")
  func productionRetry() async throws {
    let user = try await show([.sample(id: "z", state: .cancelled)], profile: .sample(environment: .production, isProduction: true))
    await user.press(.character("r"))
    #expect(user.notice?.contains("Send it anew from Files") == true)
    #expect(user.app.state.dialog == nil)
    await user.press(.character("y"))
    #expect(user.service.retried.isEmpty)
  }

  @Test("What an earlier run left behind is said once, in one sentence for each")
  func leftovers() {
    let ids = [TransferSnapshot.ID("a"), TransferSnapshot.ID("b")]
    #expect(Words.Transfers.leftovers(Leftovers()) == nil)
    #expect(Words.Transfers.leftovers(Leftovers(adopted: [ids[0]])) == Notice(.plain, "1 document from last time is being sent."))
    #expect(
      Words.Transfers.leftovers(Leftovers(adopted: ids, needAttention: [ids[0]]))
        == Notice(.warning, "2 documents from last time are being sent. 1 document from last time needs attention: w shows them."))
    #expect(
      Words.Transfers.leftovers(
        Leftovers(needAttention: [ids[1]], finishedAway: ids, awayStates: ["refused": 1, "uncertain": 2]))?.text
        == "While you were away: 1 refused, 2 uncertain. w shows more.", "What became of them, and nothing twice")
  }

  @Test("f shows all, what is unfinished, what needs a person, what was accepted; the cursor stays on its transfer where it can")
  func filter() async throws {
    let user = try await show([
      .sample(id: "a", state: .uploading), .sample(id: "b", state: .accepted), .sample(id: "c", state: .failed(Self.failure)),
      .sample(id: "d", state: .cancelled), .sample(id: "e", state: .uncertain(Self.failure)),
    ])
    #expect(user.transfers?.filters.map(\.label) == ["All 5", "Unfinished 1", "To look at 2", "Accepted 1"])
    func chosen() -> DisplayText? { user.transfers?.filters.first { $0.isChosen }?.label }
    await user.press(.character("f"))
    #expect(chosen() == "Unfinished 1")
    #expect(user.transfers?.rows.map(\.state) == ["uploading"])
    await user.press(.character("f"))
    #expect(user.transfers?.rows.map(\.state) == ["failed", "uncertain"])
    await user.press(.down, .character("r"))
    #expect(user.notice?.contains("may already have it") == true, "The key is about the row that is shown, not about one that is hidden")
    await user.press(.character("f"), .character("f"))
    #expect(chosen() == "All 5")
    #expect(user.transfers?.rows.count == 5)
  }

  @Test("A filter that shows nothing says so, and new transfers still come in")
  func emptyFilter() async throws {
    let user = try await show([.sample(id: "a", state: .accepted)])
    await user.press(.character("f"))
    #expect(user.transfers?.rows.isEmpty == true)
    #expect(user.transfers?.emptiness == "Nothing is unfinished. f shows the others.")
    await user.press(.character("x"))
    #expect(user.notice == "There is no transfer in this list.")
    user.service.publish([.sample(id: "b", state: .uploading), .sample(id: "a", state: .accepted)])
    await user.wait { user.transfers?.rows.count == 1 }
    #expect(user.transfers?.emptiness == "")
  }

  @Test("e and E go from failure to failure, around the end, also from details to details")
  func failures() async throws {
    let user = try await show([
      .sample(id: "a", state: .uploading), .sample(id: "b", state: .failed(Self.failure)), .sample(id: "c", state: .accepted),
      .sample(id: "d", state: .uncertain(Self.failure)),
    ])
    await user.press(.character("e"))
    #expect(user.transfers?.window.cursor == 1)
    #expect(user.notice == "1 of 2 to look at.")
    await user.press(.character("e"))
    #expect(user.transfers?.window.cursor == 3)
    await user.press(.character("e"))
    #expect(user.transfers?.window.cursor == 1)
    await user.press(.character("E"))
    #expect(user.transfers?.window.cursor == 3)
    await user.press(.enter, .character("e"))
    guard case .transferDetails(let details) = user.app.state.dialog else {
      Issue.record("No details")
      return
    }
    #expect(details.state == "failed")
    await user.press(.character("r"), .character("y"))
    #expect(user.service.retried == [TransferSnapshot.ID("b")], "In the details a key is about the transfer that they show")
  }

  @Test("The way to a failure that the filter hides shows all again")
  func hiddenFailure() async throws {
    let user = try await show([.sample(id: "a", state: .uploading), .sample(id: "b", state: .failed(Self.failure))])
    await user.press(.character("f"), .character("e"))
    #expect(user.transfers?.rows.count == 2)
    #expect(user.transfers?.window.cursor == 1)
    let calm = try await show([.sample(id: "a", state: .accepted)])
    await calm.press(.character("e"))
    #expect(calm.notice == "Nothing failed, and nothing is uncertain.")
  }

  @Test("Details tell the server's words and where to look in Redox's dashboard")
  func details() async throws {
    var receipt = TransferReceipt()
    receipt.status = 400
    receipt.logIDs = ["0d0e"]
    receipt.words = ["Patient \u{1B}[2Jnot found"]
    receipt.endedAt = Samples.createdAt
    let user = try await show([.sample(state: .refused(Self.failure), receipt: receipt)])
    await user.press(.enter)
    guard case .transferDetails(let details) = user.app.state.dialog else {
      Issue.record("No details")
      return
    }
    #expect(details.words == ["Patient \\x1B[2Jnot found"])
    #expect(details.whereToLook == "Redox dashboard → Logs → Staging, around 05-Jan-2026 11:00, search for 0d0e")
    #expect(details.explanation == ["Redox did not take it.", "Look at its words."])
    #expect(details.values.contains { $0.label == "Profile" && $0.value.reveal() == "main (Staging)" })
    #expect(details.values.contains { $0.label == "HTTP status" && $0.value.reveal() == "400" })
    await user.press(.character("q"))
    #expect(user.app.state.dialog == nil)
    #expect(user.transfers != nil)
  }

  @Test("An attempt is told in words, and no bytes where none have left")
  func attempts() {
    func line(_ outcome: String, bytes: Int, status: Int? = nil) -> DisplayText {
      Words.Transfers.attempt(
        TransferAttempt(
          step: .message, startedAt: Samples.createdAt, endedAt: Samples.createdAt, status: status, acknowledgedBytes: bytes,
          outcome: outcome, words: [], logIDs: []), clock)
    }
    #expect(line("done", bytes: 150_000, status: 200) == "05-Jan-2026 10:00, message: done (200), 150 KB sent")
    #expect(line("document", bytes: 0) == "05-Jan-2026 10:00, message: the document has changed, is gone or cannot be read")
    #expect(line("newer-word", bytes: 0) == "05-Jan-2026 10:00, message: newer-word")
  }

  @Test("A correction's row has room for its time beside the size; another day needs no year")
  func correctionTime() {
    var snapshot = TransferSnapshot.sample(kind: .media, state: .accepted, purpose: .replace, origin: "old")
    #expect(TransferRow(snapshot, clock: clock, isUnderCursor: false).kind == "replaces")
    snapshot.queuedAt = Samples.createdAt.addingTimeInterval(-86_400)
    #expect(TransferRow(snapshot, clock: clock, isUnderCursor: false).when == "04-Jan")
    snapshot.queuedAt = Samples.createdAt.addingTimeInterval(-10 * 86_400)
    #expect(TransferRow(snapshot, clock: clock, isUnderCursor: false).when == "26-Dec-2025")
  }

  @Test("Where nothing reached Redox there is nothing to look up")
  func nothingToLookUp() {
    let details = TransferDetails(.sample(state: .cancelled), environment: "Staging", clock: clock)
    #expect(details.whereToLook == nil)
  }

  @Test("What is sent again over a doubt is not said to have reached nobody: in the row, in the details and in the question")
  func doubt() {
    var receipt = TransferReceipt()
    receipt.doubt = Self.failure
    let held = TransferState.held(until: Samples.createdAt)
    let fresh = TransferRow(.sample(state: held), clock: clock, isUnderCursor: false)
    #expect(fresh.remark == "Is sent at 10:00:00. Until then nothing has left.")
    let again: DisplayText = "Is sent again at 10:00:00. Until then nothing more leaves; what went before may have arrived."
    let snapshot = TransferSnapshot.sample(state: held, receipt: receipt)
    #expect(TransferRow(snapshot, clock: clock, isUnderCursor: false).remark == again)
    let details = TransferDetails(snapshot, environment: "Staging", clock: clock)
    #expect(details.explanation == [again])
    #expect(details.whereToLook?.string.hasSuffix("search for \(snapshot.documentID)") == true)
    for state in [held, .queued, .preparing, .waiting(until: Samples.createdAt, reason: "busy"), .paused] {
      let lines = Words.Transfers.cancelLines([.sample(state: state, receipt: receipt)])
      #expect(lines.dropFirst() == ["Nothing more has left.", "What went before may be in the chart."])
      #expect(Words.Transfers.cancelLines([.sample(state: state)]).last == "Nothing of the message has reached Redox yet.")
    }
    let sending = Words.Transfers.cancelLines([.sample(state: .sending, receipt: receipt)])
    #expect(sending.count == 3 && sending.last == "What went before may be in the chart.")
  }

  @Test("Every state has a word of its own")
  func words() {
    let now = Samples.createdAt
    let states: [TransferState] = [
      .queued, .preparing, .uploading, .sending, .finalizing, .accepted, .waiting(until: now, reason: "busy"), .paused,
      .refused(Self.failure),
      .failed(Self.failure), .cancelled, .uncertain(Self.failure),
    ]
    #expect(Set(states.map { Words.Transfers.state($0) }).count == states.count)
    let ofDocuments: Set<TransferGlyph> = [.arrived, .replaced, .takenBack]
    #expect(Set(states.map { TransferGlyph($0) }) == Set(TransferGlyph.allCases).subtracting(ofDocuments))
    for outcome in [Settlement.Outcome.found, .arrived] {
      #expect(TransferGlyph(.settled(Settlement(outcome, by: "ann", at: now))) == .arrived)
    }
    let waiting = TransferRow(.sample(state: .waiting(until: now, reason: "Redox is busy.")), clock: clock, isUnderCursor: false)
    #expect(waiting.remark == "Tries again at 10:00:00. Redox is busy.")
  }
}
