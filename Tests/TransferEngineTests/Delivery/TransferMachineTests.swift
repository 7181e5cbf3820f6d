import ClinicalMessages
import Foundation
import RedoxAPI
import SafeText
import Testing

@testable import TransferEngine

@Suite("One transfer's life")
struct TransferMachineTests {
  let now = Date(timeIntervalSince1970: 1_800_000_000)
  let receipt = MessageReceipt(status: 200, logIDs: ["l"], locations: ["x"], acceptedAt: Date(timeIntervalSince1970: 1_800_000_009))

  private func machine(_ method: DeliveryMethod = .embed, state: TransferState = .queued, uri: String? = nil) -> TransferMachine {
    TransferMachine(
      method: method, state: state, uploadURI: uri, changedAt: now, policy: RetryPolicy(maximumAttempts: 3), words: Fixtures.words)
  }

  /// Plays events; gives the actions of the last one.
  private func play(_ machine: inout TransferMachine, _ events: TransferMachine.Event...) -> [TransferMachine.Action] {
    events.map { machine.handle($0, at: now) }.last ?? []
  }

  private func failed(_ cause: DestinationError.Cause, _ handover: DestinationError.Handover = .nothing, reply: ServerReply? = nil)
    -> TransferMachine.Event
  {
    .failed(DestinationError(cause, handover: handover, reply: reply), jitter: 0)
  }

  @Test("Embedded: token, message, answer; every state is committed before the step after it")
  func embedded() {
    var machine = machine()
    #expect(play(&machine, .start) == [.commit, .prepare])
    #expect(machine.state == .preparing)
    #expect(play(&machine, .prepared) == [.commit, .send(uploadURI: nil)])
    #expect(machine.state == .sending)
    #expect(play(&machine, .progressed(.transmitting)) == [])
    #expect(play(&machine, .progressed(.finalizing)) == [.commit])
    #expect(play(&machine, .progressed(.finalizing)) == [])
    #expect(play(&machine, .answered(receipt)) == [.commit, .end])
    #expect(machine.state == .accepted)
    #expect(machine.receipt.logIDs == ["l"])
    #expect(machine.receipt.endedAt == receipt.acceptedAt)
  }

  @Test("Uploaded: the URI goes from the upload into the message")
  func uploaded() {
    var machine = machine(.upload)
    #expect(play(&machine, .start, .prepared) == [.commit, .upload])
    #expect(play(&machine, .progressed(.finalizing)) == [])
    #expect(machine.state == .uploading)
    #expect(play(&machine, .uploaded(uri: "u", status: 201)) == [.commit, .send(uploadURI: "u")])
    #expect(play(&machine, .answered(receipt)) == [.commit, .end])
    #expect(machine.receipt.uploadURI == "u")
  }

  @Test(
    "What follows from a failure of the message",
    arguments: [
      (.connectionLost, .nothing, "waiting"), (.connectionLost, .part, "waiting"), (.connectionLost, .whole, "uncertain"),
      (.timedOut, .part, "waiting"), (.timedOut, .whole, "uncertain"), (.serverFailure, .part, "waiting"),
      (.serverFailure, .whole, "uncertain"),
      (.unreadableReply, .whole, "uncertain"), (.busy(retryAfter: 5), .whole, "waiting"), (.unauthorized, .whole, "refused"),
      (.forbidden, .whole, "refused"), (.tooLarge, .part, "refused"), (.refused, .whole, "refused"), (.tls("x"), .nothing, "failed"),
      (.content(.changed), .part, "failed"), (.content(.gone), .nothing, "failed"), (.configuration("x"), .nothing, "failed"),
      (.cannotConnect("x"), .nothing, "waiting"), (.cancelled, .part, "failed"), (.cancelled, .whole, "uncertain"),
    ] as [(DestinationError.Cause, DestinationError.Handover, String)])
  func failures(_ cause: DestinationError.Cause, _ handover: DestinationError.Handover, _ expected: String) {
    var machine = machine()
    _ = play(&machine, .start, .prepared, failed(cause, handover))
    #expect(StoredState(machine.state).word == expected)
  }

  @Test(
    "Who accepts a message before it has arrived may have kept it; who refuses has not", arguments: [(200, "uncertain"), (502, "waiting")])
  func earlyAnswers(_ status: Int, _ expected: String) {
    var machine = machine()
    _ = play(&machine, .start, .prepared, failed(.unreadableReply, .part, reply: ServerReply(status: status)))
    #expect(StoredState(machine.state).word == expected)
  }

  @Test("An upload may be repeated whatever its handover was")
  func uploadFailures() {
    for cause: DestinationError.Cause in [.connectionLost, .timedOut, .serverFailure, .unreadableReply] {
      var machine = machine(.upload)
      _ = play(&machine, .start, .prepared, failed(cause, .whole))
      #expect(StoredState(machine.state).word == "waiting")
    }
  }

  @Test("Attempts are bounded; the server's wish is never undercut")
  func retries() {
    var machine = machine()
    #expect(play(&machine, .start, failed(.busy(retryAfter: 90))) == [.commit, .wake(after: 90)])
    #expect(play(&machine, .start, failed(.cannotConnect("no route"))) == [.commit, .wake(after: 2)])
    #expect(play(&machine, .start, failed(.cannotConnect("no route"))) == [.commit, .end])
    guard case .failed(let failure) = machine.state else { Issue.record("\(machine.state)"); return }
    #expect(failure.code == "cannot-connect")
    #expect(play(&machine, .retryRequested()) == [.commit, .enqueue])
    #expect(machine.failures == 0)
  }

  @Test("A finished upload is not repeated when only the message failed")
  func keptUpload() {
    var machine = machine(.upload)
    _ = play(&machine, .start, .prepared, .uploaded(uri: "u", status: 201), failed(.connectionLost, .part))
    #expect(play(&machine, .start, .prepared) == [.commit, .send(uploadURI: "u")])
  }

  @Test("An upload of an earlier run that Redox refuses is made anew, once")
  func forgottenUpload() {
    var machine = machine(.upload, uri: "old")
    #expect(play(&machine, .start, .prepared) == [.commit, .send(uploadURI: "old")])
    #expect(play(&machine, failed(.refused, .whole)) == [.commit, .upload])
    #expect(play(&machine, .uploaded(uri: "new", status: 201)) == [.commit, .send(uploadURI: "new")])
    #expect(play(&machine, failed(.refused, .whole)) == [.commit, .end])
    #expect(StoredState(machine.state).word == "refused")
  }

  @Test("Cancel before anything has begun ends at once", arguments: [TransferState.queued, .waiting(until: .distantFuture, reason: "")])
  func cancelIdle(_ state: TransferState) {
    var machine = machine(state: state)
    #expect(play(&machine, .cancelRequested) == [.commit, .end])
    #expect(machine.state == .cancelled)
  }

  @Test(
    "Cancel stops the work and waits for what it says; only what left whole is uncertain",
    arguments: [
      (.nothing, "cancelled"), (.part, "cancelled"), (.whole, "uncertain"),
    ] as [(DestinationError.Handover, String)])
  func cancelSending(_ handover: DestinationError.Handover, _ expected: String) {
    var machine = machine()
    #expect(play(&machine, .start, .prepared, .cancelRequested) == [.stop])
    #expect(play(&machine, .cancelRequested) == [])
    #expect(play(&machine, failed(.cancelled, handover)) == [.commit, .end])
    #expect(StoredState(machine.state).word == expected)
  }

  @Test("An answer that overtakes the cancel counts; a token or an upload that does so leads nowhere")
  func overtaken() {
    var machine = machine()
    _ = play(&machine, .start, .prepared, .cancelRequested, .answered(receipt))
    #expect(machine.state == .accepted)
    var uploading = self.machine(.upload)
    #expect(play(&uploading, .start, .prepared, .cancelRequested, .uploaded(uri: "u", status: 201)) == [.commit, .end])
    #expect(uploading.state == .cancelled)
    // The finished upload is not wasted.
    #expect(play(&uploading, .retryRequested(), .start, .prepared) == [.commit, .send(uploadURI: "u")])
  }

  @Test("Uncertain and accepted have no way out by a retry")
  func dead() {
    let failure = TransferFailure(code: "", explanation: "", remedy: "")
    for state in [TransferState.uncertain(failure), .accepted] {
      var machine = machine(state: state)
      #expect(play(&machine, .retryRequested()) == [])
      #expect(play(&machine, .start) == [])
    }
  }

  @Test("What was held back begins by itself, or at once when asked; calling it off is an undo")
  func held() {
    let until = now.addingTimeInterval(5)
    var machine = machine(state: .held(until: until))
    #expect(play(&machine, .entered) == [.wake(after: 5)])
    #expect(play(&machine, .start) == [.commit, .prepare])
    var atOnce = self.machine(state: .held(until: until))
    #expect(play(&atOnce, .entered, .resumeRequested) == [.commit, .enqueue])
    var undone = self.machine(state: .held(until: until))
    #expect(play(&undone, .entered, .cancelRequested) == [.commit, .end])
    #expect(undone.state == .cancelled)
  }

  @Test(
    "A time of day that the clock has jumped away from never makes a wait longer than the longest there is",
    arguments: [(-86_400, 0), (-1, 0), (7, 7), (86_400, 60)] as [(Double, Double)])
  func clockJump(_ ahead: Double, _ pause: Double) {
    var held = machine(state: .held(until: now.addingTimeInterval(ahead)))
    #expect(play(&held, .entered).last == .wake(after: pause))
    #expect(pause < 60 || held.state == .held(until: now.addingTimeInterval(60)))
    var waiting = machine(state: .waiting(until: now.addingTimeInterval(ahead), reason: "busy"))
    let longest = RetryPolicy().longestPause
    #expect(play(&waiting, .entered).last == .wake(after: ahead > longest ? longest : max(0, ahead)))
  }

  @Test("The last part goes once the disk says that the message may be whole, and never after a wish to cancel")
  func lastPart() {
    var sending = machine()
    #expect(play(&sending, .start, .prepared, .lastPart) == [.commit, .release])
    #expect(sending.state == .finalizing)
    // Sent again with a new token.
    #expect(play(&sending, .lastPart) == [.commit, .release])
    var cancelled = machine()
    #expect(play(&cancelled, .start, .prepared, .cancelRequested, .lastPart) == [])
    var early = machine()
    #expect(play(&early, .start, .lastPart) == [])
  }

  @Test("Paused wherever the message is not on its way; what is under way is stopped first")
  func pauses() {
    for state: TransferState in [.held(until: now), .queued, .waiting(until: now, reason: "")] {
      var machine = machine(state: state)
      #expect(play(&machine, .pauseRequested) == [.commit, .rest])
      #expect(machine.state == .paused && machine.ownership == .nobodys)
      #expect(play(&machine, .start) == [])
      #expect(play(&machine, .resumeRequested) == [.commit, .enqueue])
    }
    var uploading = machine(.upload)
    #expect(play(&uploading, .start, .prepared, .pauseRequested) == [.stop])
    #expect(play(&uploading, failed(.cancelled, .part)) == [.commit, .rest])
    #expect(uploading.state == .paused)
    for phase in [TransferMachine.Event.progressed(.transmitting), .progressed(.finalizing)] {
      var sending = machine()
      #expect(play(&sending, .start, .prepared, phase, .pauseRequested) == [])
      #expect(sending.state.whyNotPaused == FailureWords.tooLateToPause)
    }
  }

  @Test("An upload that overtakes the pause is kept for later; a refusal that does so stands")
  func overtakenPause() {
    var machine = machine(.upload)
    #expect(play(&machine, .start, .prepared, .pauseRequested, .uploaded(uri: "u", status: 201)) == [.commit, .rest])
    #expect(machine.state == .paused)
    #expect(play(&machine, .resumeRequested, .start, .prepared) == [.commit, .send(uploadURI: "u")])
    var refused = self.machine(.upload)
    _ = play(&refused, .start, .prepared, .pauseRequested, failed(.forbidden, .whole))
    #expect(StoredState(refused.state).word == "refused")
  }

  @Test("Left to another process: at once before the message, after it otherwise")
  func handedOver() {
    var queued = machine()
    #expect(play(&queued, .leaveRequested) == [.commit, .rest])
    #expect(queued.ownership == .handedOver)
    var uploading = machine(.upload)
    #expect(play(&uploading, .start, .prepared, .leaveRequested) == [.stop])
    #expect(uploading.ownership == .mine)
    #expect(play(&uploading, failed(.cancelled, .part)) == [.commit, .rest])
    #expect(uploading.state == .queued && uploading.ownership == .handedOver)
    var sending = machine()
    #expect(play(&sending, .start, .prepared, .leaveRequested) == [])
    #expect(play(&sending, failed(.connectionLost, .part)) == [.commit, .rest])
    #expect(StoredState(sending.state).word == "waiting")
  }

  @Test("Out of a doubt lead a person's word, or the destination's that it has the document")
  func decisions() {
    let uncertain = TransferState.uncertain(Fixtures.failure("uncertain"))
    for (event, outcome) in [
      (TransferMachine.Event.decided(.arrived, by: "Ann"), Settlement.Outcome.arrived), (.decided(.giveUp, by: "Ann"), .givenUp),
      (.found(locations: ["l"], by: "Ann"), .found),
    ] {
      var machine = machine(state: uncertain)
      #expect(play(&machine, event) == [.commit, .end])
      #expect(machine.state == .settled(Settlement(outcome, by: "Ann", at: now)))
      #expect(machine.receipt.locations == (outcome == .found ? ["l"] : []))
      // It stays settled.
      #expect(play(&machine, .decided(.sendAgain(isConfirmed: true), by: "Ann")) == [])
    }
    var unknown = machine(state: uncertain)
    #expect(play(&unknown, .notFound) == [.commit, .end])
    #expect(unknown.state == uncertain && unknown.receipt.notFoundAt == now)
    var accepted = machine(state: .accepted)
    #expect(play(&accepted, .decided(.giveUp, by: "Ann")) == [])
  }

  @Test(
    "What was sent again never ends as if nothing had arrived",
    arguments: [
      [.cancelRequested], [.unfit(Fixtures.failure("profile-changed"))],
      [.start, .prepared, .failed(DestinationError(.refused, handover: .whole), jitter: 0)],
      [.start, .failed(DestinationError(.content(.gone)), jitter: 0)],
    ] as [[TransferMachine.Event]])
  func doubt(_ events: [TransferMachine.Event]) {
    let failure = TransferFailure(code: "uncertain", explanation: "No answer.", remedy: "Look.")
    var machine = machine(state: .uncertain(failure))
    #expect(play(&machine, .decided(.sendAgain(isConfirmed: true), by: "Ann")) == [.commit, .enqueue])
    for event in events { _ = machine.handle(event, at: now) }
    guard case .uncertain(let still) = machine.state else { Issue.record("\(machine.state)"); return }
    #expect(still.explanation.hasSuffix("What was sent before may have arrived."))
    #expect(still.remedy == "Look.")
    #expect(machine.receipt.doubt == failure)
  }

  @Test("What is sent again is held first, can be undone like what is new, and begins by itself; a hold that is too long is cut")
  func heldRepeats() {
    let uncertain = TransferState.uncertain(Fixtures.failure("uncertain"))
    let repeats: [(TransferState, TransferMachine.Event)] = [
      (.failed(Fixtures.failure("busy")), .retryRequested(hold: 5)), (.cancelled, .retryRequested(hold: 5)),
      (uncertain, .decided(.sendAgain(isConfirmed: true), by: "Ann", hold: 5)),
    ]
    for (state, event) in repeats {
      var machine = machine(state: state)
      #expect(play(&machine, event) == [.commit, .wake(after: 5)])
      #expect(machine.state == .held(until: now.addingTimeInterval(5)) && machine.ownership == .mine)
      var undone = machine
      #expect(play(&undone, .cancelRequested) == [.commit, .end])
      #expect(state == uncertain ? undone.state.name == "uncertain" : undone.state == state)
      var hurried = machine
      #expect(play(&hurried, .resumeRequested) == [.commit, .enqueue])
      #expect(play(&machine, .start) == [.commit, .prepare])
    }
    var endless = machine(state: .cancelled)
    #expect(play(&endless, .retryRequested(hold: 3600)) == [.commit, .wake(after: 60)])
    var untouched = machine(state: uncertain)
    #expect(play(&untouched, .decided(.arrived, by: "Ann", hold: 5)) == [.commit, .end])
  }

  @Test("A retry that is called off while held back leaves the transfer as it had ended; once begun, it is cancelled")
  func undoneRetry() {
    let refused = TransferState.refused(Fixtures.failure("refused"))
    var receipt = TransferReceipt()
    (receipt.status, receipt.logIDs, receipt.words, receipt.endedAt) = (400, ["0d0e"], ["No such patient"], now.addingTimeInterval(-60))
    var machine = TransferMachine(method: .embed, state: refused, receipt: receipt, changedAt: now, words: Fixtures.words)
    #expect(play(&machine, .retryRequested(hold: 5)) == [.commit, .wake(after: 5)])
    #expect(machine.receipt == TransferReceipt())
    var undone = machine
    #expect(play(&undone, .cancelRequested) == [.commit, .end])
    #expect(undone.state == refused && undone.receipt == receipt && undone.ownership == .nobodys)
    #expect(play(&undone, .retryRequested(hold: 5)) == [.commit, .wake(after: 5)], "It can be tried again like before")
    for events in [[.pauseRequested, .cancelRequested], [.resumeRequested, .cancelRequested]] as [[TransferMachine.Event]] {
      var begun = machine
      for event in events { _ = begun.handle(event, at: now) }
      #expect(begun.state == .cancelled)
    }
  }

  @Test("A finished upload is used again after a decision and a retry; one that Redox has forgotten is made anew, once")
  func uploadAfterDecision() {
    var machine = machine(.upload)
    _ = play(&machine, .start, .prepared, .uploaded(uri: "u", status: 201), failed(.timedOut, .whole))
    _ = play(&machine, .decided(.sendAgain(isConfirmed: true), by: "Ann"), .start)
    #expect(play(&machine, .prepared) == [.commit, .send(uploadURI: "u")])
    #expect(play(&machine, failed(.refused, .whole)) == [.commit, .upload])
    #expect(play(&machine, .uploaded(uri: "v", status: 201)) == [.commit, .send(uploadURI: "v")])
    #expect(machine.receipt.uploadURI == "v")
  }

  @Test("A key that Redox does not accept is no reason to upload again")
  func unauthorized() {
    var machine = machine(.upload, uri: "old")
    #expect(play(&machine, .start, .prepared, failed(.unauthorized, .whole)) == [.commit, .end])
  }

  @Test("The server's own words are kept with the refusal")
  func words() {
    var machine = machine()
    _ = play(
      &machine, .start, .prepared,
      failed(.refused, .whole, reply: ServerReply(status: 400, words: ["Required field missing"], logIDs: ["l9"])))
    #expect(machine.receipt.words == ["Required field missing"])
    #expect(machine.receipt.status == 400)
    #expect(machine.receipt.logIDs == ["l9"])
  }
}
