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
@Suite("Acting on transfers", .timeLimit(.minutes(2)))
struct TransferActionTests {
  private static let failure = TransferFailure(code: "failed", explanation: "It failed.", remedy: "Look.")

  private func show(_ snapshots: [TransferSnapshot], profile: ProfileSummary = .sample()) async throws -> RobotUser {
    let user = try await RobotUser(profile: profile)
    user.service.publish(snapshots)
    await user.press(.character("w"))
    await user.wait { user.transfers?.rows.count == snapshots.count }
    return user
  }

  private func ids(_ names: String...) -> [TransferSnapshot.ID] { names.map { TransferSnapshot.ID($0) } }

  @Test("P pauses what can be paused, and goes on with what is paused when nothing else can")
  func pausing() async throws {
    let user = try await show([.sample(id: "a", state: .uploading), .sample(id: "b", state: .paused), .sample(id: "c", state: .sending)])
    await user.press(.character("P"))
    #expect(user.service.paused == ids("a"))
    await user.press(.down, .character("P"))
    #expect(user.service.resumed == ids("b"))
    await user.press(.down, .character("P"))
    #expect(user.service.paused == ids("a") && user.service.resumed == ids("b"))
    #expect(user.notice?.isEmpty == false, "Why a message on its way cannot be paused")
  }

  @Test("P goes on with the same ones that it has paused: their marks stay")
  func pausingMarked() async throws {
    let user = try await show([.sample(id: "a", state: .queued), .sample(id: "b", state: .uploading), .sample(id: "c", state: .queued)])
    await user.press(.character(" "), .character(" "), .character("P"))
    #expect(user.service.paused == ids("a", "b"))
    user.service.publish([.sample(id: "a", state: .paused), .sample(id: "b", state: .paused), .sample(id: "c", state: .queued)])
    await user.wait { user.transfers?.rows.first?.state == "paused" }
    await user.press(.character("P"))
    #expect(user.service.resumed == ids("a", "b") && user.service.paused == ids("a", "b"))
  }

  @Test("Marks: a command takes those of the marked ones that it can act on, asks once, and unmarks them")
  func marks() async throws {
    let user = try await show([
      .sample(id: "a", state: .uploading), .sample(id: "b", state: .accepted), .sample(id: "c", state: .queued),
      .sample(id: "d", state: .queued),
    ])
    await user.press(.character(" "), .character(" "), .character(" "))
    #expect(user.transfers?.rows.map(\.isMarked) == [true, true, true, false])
    await user.press(.character("x"))
    guard case .confirm(let question) = user.app.state.dialog else { Issue.record("Should ask"); return }
    #expect(question.title == "Cancel 2 transfers?")
    #expect(Set(question.lines).count == question.lines.count, "The same sentence once")
    await user.press(.character("y"))
    #expect(user.service.cancelled == ids("a", "c"))
    #expect(user.transfers?.rows.contains(where: \.isMarked) == false)
  }

  @Test("All and none are marked by the same key; marks that vanish from the list act no more")
  func allMarks() async throws {
    let user = try await show([.sample(id: "a", state: .failed(Self.failure)), .sample(id: "b", state: .failed(Self.failure))])
    await user.press(.character("a"))
    #expect(user.transfers?.rows.allSatisfy(\.isMarked) == true)
    user.service.publish([.sample(id: "b", state: .failed(Self.failure))])
    await user.wait { user.transfers?.rows.count == 1 }
    await user.press(.character("r"), .character("y"))
    #expect(user.service.retried == ids("b"))
    await user.press(.character("a"), .character("a"))
    #expect(user.transfers?.rows.contains(where: \.isMarked) == false)
  }

  @Test(
    "An uncertain one: each way out asks first, and is recorded with who decided",
    arguments: [(1, Resolution.arrived), (3, .giveUp)])
  func deciding(row: Int, resolution: Resolution) async throws {
    let user = try await show([.sample(id: "u", state: .uncertain(Self.failure))])
    await user.press(.character("D"))
    guard case .pick(let list) = user.app.state.dialog else { Issue.record("Should offer the ways out"); return }
    #expect(list.rows.map(\.label) == ["Ask the destination", "It has arrived", "Send it again", "Give it up"])
    for _ in 0..<row { await user.press(.down) }
    await user.press(.enter)
    guard case .confirm(let question) = user.app.state.dialog else { Issue.record("Should ask"); return }
    #expect(question.lines.first?.string.contains(" for ") == true, "Which document, for whom")
    await user.press(.enter)
    #expect(user.service.decisions.isEmpty, "Enter changes nothing")
    await user.press(.character("D"))
    for _ in 0..<row { await user.press(.down) }
    await user.press(.enter, .character("y"))
    #expect(user.service.decisions.map(\.resolution) == [resolution])
    #expect(user.service.decisions.map(\.person) == ["ward7"])
  }

  @Test("Asking the destination says what it answered, and that not found is no proof")
  func asking() async throws {
    let user = try await show([.sample(id: "u", state: .uncertain(Self.failure))])
    await user.press(.character("D"), .enter)
    #expect(user.service.checked == ids("u"))
    #expect(user.notice?.contains("no proof") == true)
    user.service.script { $0.finding = .success(.cannotAsk("This profile has no FHIR address.")) }
    await user.press(.character("D"), .enter)
    #expect(user.notice == "It cannot be asked. This profile has no FHIR address.")
    user.service.script { $0.finding = .success(.found(locations: [])) }
    await user.press(.character("D"), .enter)
    #expect(user.notice == "The destination has it.")
  }

  @Test("A decision or a correction is for the marked one, never for the one that the cursor has gone on to, and for one at a time")
  func marked() async throws {
    var second = TransferSnapshot.sample(id: "u2", state: .uncertain(Self.failure))
    second.fileName = Redacted("second.pdf")
    let user = try await show([.sample(id: "u1", state: .uncertain(Self.failure)), second])
    await user.press(.character(" "), .character("D"))
    guard case .pick(let list) = user.app.state.dialog else { Issue.record("Should offer the ways out"); return }
    #expect(list.title.string.hasPrefix("consent.pdf"))
    await user.press(.escape, .character(" "))
    for key in ["D", "C"] {
      await user.press(.character(Character(key)))
      #expect(user.app.state.dialog == nil)
      #expect(user.notice == "That is for one at a time: unmark the others.")
    }
  }

  @Test("Only what is uncertain is decided on")
  func onlyUncertain() async throws {
    let user = try await show([.sample(id: "a", state: .accepted)])
    await user.press(.character("D"))
    #expect(user.app.state.dialog == nil)
    #expect(user.notice == "Only an uncertain transfer needs a decision.")
  }

  @Test("Finding by day, kind and state, in any order; commands act on what is shown; going back shows all first")
  func finding() async throws {
    var old = TransferSnapshot.sample(id: "old", kind: .notes, state: .failed(Self.failure))
    old.queuedAt = Samples.createdAt.addingTimeInterval(-3 * 86_400)
    let user = try await show([.sample(id: "new", kind: .media, state: .failed(Self.failure)), old])
    await user.press(.character("/"))
    await user.type("note fail")
    #expect(user.transfers?.rows.count == 1)
    await user.press(.enter, .character("r"), .character("y"))
    #expect(user.service.retried == ids("old"))
    await user.press(.character("q"))
    #expect(user.transfers?.rows.count == 2 && user.transfers?.search == nil)
    await user.press(.character("/"))
    await user.type("nobody")
    #expect(user.transfers?.emptiness == "No transfer fits what is looked for. Esc shows all.")
    await user.press(.escape)
    #expect(user.transfers?.rows.count == 2)
  }

  @Test("A destination that does not answer is said once, and that it answers again")
  func health() async throws {
    let user = try await RobotUser()
    user.service.publish(.down(since: Samples.createdAt, reason: "api.redoxengine.com cannot be reached."))
    await user.wait { user.notice != nil }
    #expect(user.notice == "api.redoxengine.com cannot be reached. Nothing more is begun until it answers again.")
    user.service.publish(.recovered(at: Samples.createdAt))
    await user.wait { user.notice?.contains("again; sending") == true }
  }

  @Test("What finished while nobody looked is said at the start, and has been seen with the list")
  func away() async throws {
    let service = ServiceDouble()
    service.script {
      $0.leftovers = Leftovers()
      $0.leftovers.finishedAway = ids("a", "b")
      $0.leftovers.awayStates = ["accepted": 2]
    }
    #expect(Words.Transfers.leftovers(await service.leftovers())?.text == "While you were away: 2 accepted by Redox.")
    let user = try await show([.sample(id: "a", state: .accepted)])
    #expect(user.service.looks > 0)
  }

  @Test("A send is held back for as long as the configuration says")
  func held() async throws {
    let user = try await RobotUser(holdSeconds: 7)
    await user.goToReview()
    await user.press(.character("y"))
    #expect(user.service.holds == [7])
    func publish(_ state: TransferState) async {
      user.service.publish([.sample(id: "t1", state: state)])
      await user.wait { user.transfers?.rows.first?.state == Words.Transfers.state(state) }
    }
    await publish(.held(until: Samples.createdAt))
    #expect(user.notice?.contains("until then x undoes it") == true)
    await publish(.uploading)
    #expect(user.notice == "Recorded, and on its way to Staging.", "Nothing can be undone any more")
    await publish(.failed(Self.failure))
    #expect(user.notice == nil)
  }

  @Test("What is held back is called off by one key, as its hold goes on; with anything else among them there is a question")
  func callingOff() async throws {
    let held = TransferState.held(until: Samples.createdAt)
    let user = try await show([.sample(id: "a", state: held), .sample(id: "b", state: held), .sample(id: "c", state: .queued)])
    await user.press(.character("x"))
    #expect(user.app.state.dialog == nil && user.service.cancelled == ids("a"))
    #expect(user.notice == "It was held back, and is called off.")
    user.service.publish([.sample(id: "a", state: .cancelled), .sample(id: "b", state: held), .sample(id: "c", state: .queued)])
    await user.wait { user.transfers?.rows.first?.state == "cancelled" }
    #expect(user.notice == "It was held back, and is called off.", "It is so")
    await user.press(.character("a"), .character("x"))
    guard case .confirm(let question) = user.app.state.dialog else { Issue.record("Should ask"); return }
    #expect(question.title == "Cancel 2 transfers?" && user.service.cancelled == ids("a"))
    await user.press(.character("y"))
    #expect(user.service.cancelled == ids("a", "b", "c"))
  }

  @Test("A hold that has ended before it was called off is not said to have been")
  func calledOffTooLate() async throws {
    let user = try await show([.sample(id: "a", state: .held(until: Samples.createdAt))])
    await user.press(.character("x"))
    for (state, notice) in [(TransferState.uploading, "It is being stopped." as DisplayText?), (.accepted, nil)] {
      user.service.publish([.sample(id: "a", state: state)])
      await user.wait { user.transfers?.rows.first?.state == Words.Transfers.state(state) }
      #expect(user.notice == notice?.string)
    }
  }

  @Test("What another process works on shows no progress of its own")
  func elsewhere() {
    var snapshot = TransferSnapshot.sample(state: .uploading, acknowledged: 0)
    snapshot.isElsewhere = true
    let row = TransferRow(snapshot, clock: WallClock(now: { Samples.createdAt }, offset: { _ in 0 }), isUnderCursor: false)
    #expect(row.fraction == nil && row.percent == "")
    #expect(row.remark == "Another chartdrop of yours is at work on it.")
  }

  @Test("A masked row tells no name, day or file; the one under the cursor tells all")
  func masked() async throws {
    var profile = ProfileSummary.sample()
    profile.isProduction = true
    var one = TransferSnapshot.sample(id: "a", state: .accepted)
    (one.fileName, one.patientName, one.patientBorn) = (Redacted("Bixby.pdf"), Redacted("BIXBY, Barbara"), Redacted("24-Jul-1982"))
    var two = one
    two.id = TransferSnapshot.ID("b")
    let user = try await show([one, two], profile: profile)
    let rows = try #require(user.transfers?.rows)
    #expect(rows[0].patient.reveal() == "BIXBY, Barbara" && rows[0].identity.reveal() == "24-Jul-1982")
    #expect(rows[1].patient.reveal() == "B.B." && rows[1].identity.reveal() == "1982" && rows[1].file.reveal() == "….pdf")
    await user.press(.control("t"))
    #expect(user.transfers?.rows[1].patient.reveal() == "BIXBY, Barbara")
  }
}

@MainActor
@Suite("Leaving and putting aside", .timeLimit(.minutes(2)))
struct LeavingTests {
  private func running(_ user: RobotUser) async {
    user.service.publish([.sample(id: "a", state: .uploading)])
    await user.wait { user.app.state.transfers.running == 1 }
  }

  @Test("Leaving while something runs asks, and says that it goes on in the background")
  func leaving() async throws {
    let user = try await RobotUser(startBackground: { true })
    await running(user)
    await user.press(.character("q"))
    guard case .confirm(let question) = user.app.state.dialog else { Issue.record("Should ask"); return }
    #expect(question.lines.last?.string.contains("background") == true)
    await user.press(.character("y"))
    #expect(user.app.exit == .afterTransfers)
    #expect(await user.app.handOver())
    #expect(user.service.handOvers == 1)
  }

  @Test("Without a background the transfers stay this process's")
  func noBackground() async throws {
    let user = try await RobotUser()
    await running(user)
    await user.press(.character("q"))
    guard case .confirm(let question) = user.app.state.dialog else { Issue.record("Should ask"); return }
    #expect(question.lines.last?.string.contains("finished first") == true)
    #expect(await !user.app.handOver())
    #expect(user.service.handOvers == 0)
  }

  @Test("^Z hands over first and stops then; coming back takes up what is left")
  func suspending() async throws {
    let user = try await RobotUser(startBackground: { true })
    await running(user)
    user.app.handle(.control("z"))
    #expect(user.app.takeRequests().isEmpty, "Not before everything is handed over")
    await user.app.idle()
    #expect(user.service.handOvers == 1)
    #expect(user.app.takeRequests() == [.suspend])
    user.app.resumed()
    await user.app.idle()
    #expect(user.service.takeBacks == 1)
  }

  @Test("^Z with nothing under way stops at once")
  func suspendingIdle() async throws {
    let user = try await RobotUser(startBackground: { true })
    user.app.handle(.control("z"))
    #expect(user.app.takeRequests() == [.suspend])
    user.app.resumed()
    await user.app.idle()
    #expect(user.service.handOvers == 0 && user.service.takeBacks == 0)
  }

  @Test("A background that cannot be started leaves the transfers here")
  func cannotStart() async throws {
    let user = try await RobotUser(startBackground: { false })
    await running(user)
    user.app.handle(.control("z"))
    await user.app.idle()
    #expect(user.service.handOvers == 1 && user.service.takeBacks == 1)
  }

  @Test("The key that goes back does not leave by being pressed once too often")
  func onceMore() async throws {
    let user = try await RobotUser()
    await user.press(.character("w"), .character("q"), .character("q"))
    #expect(user.app.exit == nil)
    #expect(user.notice?.contains("once more") == true)
    await user.press(.character("q"))
    #expect(user.app.exit == .now)
  }
}
