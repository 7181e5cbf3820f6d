import ClinicalMessages
import Foundation
import RedoxAPI
import SafeText
import Testing

@testable import TransferEngine

/// A generator that gives the same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

@Suite("Whatever happens, in whatever order")
struct TransferWalkTests {
  @Test("150,000 random events keep every promise", arguments: [1, 2, 3] as [UInt64])
  func walk(seed: UInt64) {
    var random = SeededGenerator(state: seed)
    var steps = 0
    var reached: Set<String> = []
    while steps < 50_000 {
      var world = World(
        method: Bool.random(using: &random) ? .embed : .upload, uri: Int.random(in: 0..<4, using: &random) == 0 ? "old" : nil)
      for _ in 0..<Int.random(in: 5..<60, using: &random) {
        world.step(&random)
        steps += 1
        reached.insert(StoredState(world.machine.state).word)
        if let broken = world.broken {
          Issue.record("\(broken), seed \(seed), step \(steps), state \(world.machine.state)")
          return
        }
      }
    }
    // A walk that does not get about proves nothing.
    #expect(
      reached == [
        "queued", "preparing", "uploading", "sending", "finalizing", "accepted", "waiting", "refused", "failed", "cancelled", "uncertain",
      ])
  }
}

/// The machine with the world around it: work that may end in any way, people who press anything, a disk that may fail.
private struct World {
  var machine: TransferMachine
  var broken: String?

  /// What the world really has under way; the machine must agree.
  private var work: FailureTable.Work?
  private var isWaiting = false
  /// A message left whole and no answer was believed since.
  private var isInDoubt = false
  private var answers = 0
  private var time = Date(timeIntervalSince1970: 1_800_000_000)

  init(method: DeliveryMethod, uri: String?) {
    machine = TransferMachine(
      method: method, uploadURI: uri, changedAt: time, policy: RetryPolicy(maximumAttempts: 3), words: Fixtures.words)
  }

  mutating func step(_ random: inout SeededGenerator) {
    time.addTimeInterval(Double.random(in: 0..<5, using: &random))
    let before = machine
    let event = event(&random)
    var actions = machine.handle(event, at: time)
    // The disk fails now and then; what was to follow is not done.
    if actions.first == .commit, let second = actions.dropFirst().first, second != .end, Int.random(in: 0..<40, using: &random) == 0 {
      actions = machine.handle(.notRecorded(TransferFailure(code: "outbox", explanation: "", remedy: "")), at: time)
      work = nil
    }
    for action in actions { perform(action) }
    check(event, before, actions)
  }

  private mutating func event(_ random: inout SeededGenerator) -> TransferMachine.Event {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return .cancelRequested
    case 1: return .retryRequested
    case 2: return .start
    case 3: return .progressed([.connecting, .transmitting, .finalizing].randomElement(using: &random) ?? .connecting)
    default: break
    }
    guard let current = work else { return .start }
    work = nil
    if Bool.random(using: &random) {
      switch current {
      case .preparation: return .prepared
      case .upload: return .uploaded(uri: "u", status: 201)
      case .message:
        answers += 1
        isInDoubt = false
        return .answered(MessageReceipt(status: 200, logIDs: [], locations: [], acceptedAt: time))
      }
    }
    let causes: [DestinationError.Cause] = [
      .cannotConnect("x"), .tls("x"), .timedOut, .connectionLost, .unauthorized, .forbidden, .tooLarge, .busy(retryAfter: 3), .refused,
      .serverFailure,
      .unreadableReply, .content(.changed), .configuration("x"), .cancelled,
    ]
    let handovers: [DestinationError.Handover] = [.nothing, .part, .whole]
    let error = DestinationError(
      causes.randomElement(using: &random) ?? .refused, handover: handovers.randomElement(using: &random) ?? .whole)
    switch error.cause {
    case .busy, .unauthorized, .forbidden, .tooLarge, .refused: break
    default: if current == .message, error.handover == .whole { isInDoubt = true }
    }
    return .failed(error, jitter: 0.5)
  }

  private mutating func perform(_ action: TransferMachine.Action) {
    switch action {
    case .prepare: begin(.preparation)
    case .upload: begin(.upload)
    case .send(let uri):
      if isInDoubt { broken = "a message was repeated after one that may have arrived" }
      if (uri != nil) != (machine.method == .upload) { broken = "the hole is filled the wrong way" }
      begin(.message)
    case .commit, .stop, .enqueue, .wake, .end: break
    }
  }

  private mutating func begin(_ new: FailureTable.Work) {
    if work != nil { broken = "two pieces of work at once" }
    work = new
  }

  private mutating func check(_ event: TransferMachine.Event, _ before: TransferMachine, _ actions: [TransferMachine.Action]) {
    if machine.work != work { broken = broken ?? "the machine believes in other work than there is" }
    if machine.state == .accepted, answers == 0 { broken = "accepted without a reply" }
    if case .uncertain = before.state, machine.state != before.state { broken = "uncertain was left without a person" }
    if before.state == .accepted, machine.state != .accepted { broken = "accepted was taken back" }
    if isInDoubt, machine.state.isEnded {
      if case .uncertain = machine.state {} else { broken = broken ?? "a message that may have arrived is not called uncertain" }
    }
    if machine.state.isEnded, work != nil { broken = "ended with work under way" }
    if machine.state != before.state, !isUnrecorded, actions.first != .commit { broken = broken ?? "a state was not committed first" }
  }

  /// The one state that the disk did not take.
  private var isUnrecorded: Bool {
    if case .failed(let failure) = machine.state { failure.code == "outbox" } else { false }
  }
}
