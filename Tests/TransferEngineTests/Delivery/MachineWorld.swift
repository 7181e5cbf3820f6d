import ClinicalMessages
import Foundation
import RedoxAPI
import SafeText

@testable import TransferEngine

/// A transfer's machine with the world around it: work that may end in any way, people who press anything, a disk that may fail, a
/// process that may die, and others that go on. It knows what really happened, and says when the machine breaks a promise.
struct MachineWorld: Hashable {
  enum Step: Hashable {
    case event(TransferMachine.Event)
    /// The same, and the disk takes nothing.
    case unrecorded(TransferMachine.Event)
    /// The disk takes what it did not take before.
    case recorded
    /// The process dies, and the next one looks at what it left.
    case death
  }

  /// What the disk has.
  private struct Row: Hashable {
    var state: TransferState
    var receipt: TransferReceipt
    var failures: Int
  }

  private(set) var machine: TransferMachine
  private(set) var broken: String?
  private var row: Row
  /// What is really under way.
  private(set) var work: FailureTable.Work?
  /// The message's last part was let go.
  private(set) var isReleased = false
  /// No process has it in hand.
  private var isAdrift = false
  /// Some message left whole, and no answer to it was believed.
  private var isDoubtful = false
  /// A message may have arrived, and no person has had it sent again since.
  private var mustNotSend = false
  private var wasAccepted = false
  private var wasFound = false

  static let now = Date(timeIntervalSince1970: 1_800_000_000)
  static let answer = MessageReceipt(status: 200, logIDs: [], locations: [], acceptedAt: now)

  init(method: DeliveryMethod, state: TransferState = .queued, uri: String? = nil) {
    machine = Self.machine(method, state, uri: uri)
    row = Row(state: state, receipt: machine.receipt, failures: 0)
  }

  private static func machine(
    _ method: DeliveryMethod, _ state: TransferState, uri: String?, receipt: TransferReceipt = TransferReceipt(), failures: Int = 0
  ) -> TransferMachine {
    var receipt = receipt
    receipt.uploadURI = uri
    return TransferMachine(
      method: method, state: state, uploadURI: uri, receipt: receipt, failures: failures, changedAt: now,
      policy: RetryPolicy(maximumAttempts: 3),
      words: Fixtures.words)
  }

  /// All of it that decides what can happen next; words and numbers of failures aside.
  struct Situation: Hashable {
    let words: [String]
    let flags: [Bool]
    let work: FailureTable.Work?
    let failures: [Int]
  }

  var situation: Situation {
    Situation(
      words: [machine.state, row.state, machine.earlier?.state].compactMap { $0.map { StoredState($0).word } },
      flags: [
        machine.isCancelling, machine.isPausing, machine.isLeaving, machine.isUploadFresh, machine.hasUploadedAgain,
        machine.uploadURI != nil, machine.receipt.doubt != nil, row.receipt.uploadURI != nil, row.receipt.doubt != nil, isAdrift,
        isDoubtful,
        mustNotSend, wasAccepted, wasFound, machine.method == .upload, isReleased,
      ], work: work, failures: [machine.failures, row.failures])
  }

  // MARK: What may happen

  static let causes: [DestinationError.Cause] = [
    .cannotConnect("x"), .tls("x"), .timedOut, .connectionLost, .unauthorized, .forbidden, .tooLarge, .busy(retryAfter: 3), .refused,
    .serverFailure, .unreadableReply, .content(.changed), .configuration("x"), .cancelled,
  ]

  /// One for each row of the table.
  static let telling: [DestinationError.Cause] = [
    .connectionLost, .busy(retryAfter: 3), .unauthorized, .refused, .content(.changed), .cancelled,
  ]

  static let wishes: [TransferMachine.Event] = [
    .start, .cancelRequested, .pauseRequested, .resumeRequested, .retryRequested(), .retryRequested(hold: 3),
    .leaveRequested,
    .decided(.sendAgain(isConfirmed: true), by: "p"), .decided(.sendAgain(isConfirmed: true), by: "p", hold: 3),
    .decided(.arrived, by: "p"), .decided(.giveUp, by: "p"),
    .found(locations: ["l"], by: "p"), .notFound, .unfit(Fixtures.failure("unfit")),
    .progressed(.transmitting), .progressed(.finalizing),
  ]

  /// Everything that can happen now.
  /// - Parameter causes: why work may fail.
  func possibleSteps(_ causes: [DestinationError.Cause] = Self.causes) -> [Step] {
    if isAdrift {
      // A process takes it up: what was left goes on, what is paused waits for a person.
      let events: [TransferMachine.Event] =
        row.state == .paused ? [.resumeRequested, .cancelRequested] : [.entered, .pauseRequested, .cancelRequested]
      return events.map { .event($0) }
    }
    var events = Self.wishes
    switch work {
    case nil: break
    case .preparation: events.append(.prepared)
    case .upload: events.append(.uploaded(uri: "u", status: 201))
    case .message: events.append(isReleased ? .answered(Self.answer) : .lastPart)
    }
    if work != nil {
      for cause in causes {
        for handover in [DestinationError.Handover.nothing, .part, .whole] where handover != .whole || work != .message || isReleased {
          events.append(.failed(DestinationError(cause, handover: handover), jitter: 0.5))
        }
      }
    }
    return events.map { .event($0) } + events.map { .unrecorded($0) } + [.recorded, .death]
  }

  // MARK: What comes of it

  mutating func take(_ step: Step) {
    switch step {
    case .event(let event): take(event, diskWorks: true)
    case .unrecorded(let event): take(event, diskWorks: false)
    case .recorded: if work == nil { record() }
    case .death: die()
    }
  }

  private mutating func take(_ event: TransferMachine.Event, diskWorks: Bool) {
    if isAdrift {
      machine = Self.machine(machine.method, row.state, uri: row.receipt.uploadURI, receipt: row.receipt, failures: row.failures)
    }
    isAdrift = false
    let before = machine
    note(event)
    var actions = machine.handle(event, at: Self.now)
    if actions.first == .commit {
      let rest = actions.dropFirst()
      if diskWorks {
        record()
      } else {
        actions = rest.filter { $0 == .end || $0 == .rest }
        if !rest.isEmpty, actions.isEmpty, !rest.contains(.release) {
          actions = machine.handle(.notRecorded(Fixtures.failure("outbox")), at: Self.now)
        }
      }
      isAdrift = diskWorks && rest.contains(.rest)
    }
    check(event, before, actions)
    for action in actions { perform(action) }
    if machine.work != work { fail("the machine believes in other work than there is") }
  }

  /// What an event tells of the world.
  private mutating func note(_ event: TransferMachine.Event) {
    let isUncertain = if case .uncertain = machine.state { true } else { false }
    switch event {
    case .prepared, .uploaded: work = nil
    case .answered:
      work = nil
      (wasAccepted, mustNotSend) = (true, true)
    case .failed(let error, _):
      if work == .message, error.handover == .whole, !Self.isTrustedRefusal(error.cause) { (isDoubtful, mustNotSend) = (true, true) }
      work = nil
    case .decided(.sendAgain, _, _) where isUncertain: mustNotSend = false
    case .found where isUncertain: wasFound = true
    default: break
    }
  }

  private static func isTrustedRefusal(_ cause: DestinationError.Cause) -> Bool {
    switch cause {
    case .busy, .unauthorized, .forbidden, .tooLarge, .refused: true
    default: false
    }
  }

  private mutating func record() { row = Row(state: machine.state, receipt: machine.receipt, failures: machine.failures) }

  private mutating func die() {
    if work == .message, isReleased { (isDoubtful, mustNotSend) = (true, true) }
    work = nil
    switch row.state {
    case .finalizing: row.state = .uncertain(Fixtures.failure("uncertain"))
    case .preparing, .uploading, .sending: row.state = .queued
    default: break
    }
    machine = Self.machine(machine.method, row.state, uri: row.receipt.uploadURI, receipt: row.receipt, failures: row.failures)
    isAdrift = !row.state.isEnded
    checkState()
  }

  private mutating func perform(_ action: TransferMachine.Action) {
    switch action {
    case .prepare: begin(.preparation)
    case .upload: begin(.upload)
    case .send(let uri):
      if mustNotSend { fail("a message was repeated after one that may have arrived") }
      if (uri != nil) != (machine.method == .upload) { fail("the hole is filled the wrong way") }
      if row.state != .sending { fail("sent on the strength of a state that is not on the disk") }
      begin(.message)
      isReleased = false
    case .release:
      if row.state != .finalizing { fail("let go on the strength of a state that is not on the disk") }
      isReleased = true
    case .commit, .stop, .enqueue, .wake, .rest, .end: break
    }
  }

  private mutating func begin(_ new: FailureTable.Work) {
    if work != nil { fail("two pieces of work at once") }
    work = new
  }

  // MARK: The promises

  private mutating func check(_ event: TransferMachine.Event, _ before: TransferMachine, _ actions: [TransferMachine.Action]) {
    if before.state.isEnded, !Self.isForEnded(event), !actions.isEmpty || machine.state != before.state {
      fail("something happened after the end")
    }
    if before.state == .paused, machine.state != .paused, !Self.isForPaused(event) { fail("a pause ended without a person") }
    if case .uncertain = before.state, machine.state != before.state, !Self.isForUncertain(event) {
      fail("uncertain was left without a person")
    }
    if before.state == .accepted, machine.state != .accepted { fail("accepted was taken back") }
    if machine.state == .paused, before.uploadURI != nil, machine.uploadURI != before.uploadURI { fail("a pause lost an upload") }
    if case .uploaded = event, machine.uploadURI == nil { fail("a finished upload was thrown away") }
    if machine.uploadURI != machine.receipt.uploadURI { fail("the outbox has another upload than the machine") }
    if [.sending, .finalizing].contains(before.state), machine.state == .paused { fail("paused while the message was on its way") }
    checkState()
  }

  private mutating func checkState() {
    switch machine.state {
    case .accepted: if !wasAccepted { fail("accepted without a reply") }
    case .settled(let settlement): if settlement.outcome == .found, !wasFound { fail("found without asking") }
    case .uncertain: break
    default: if machine.state.isEnded, isDoubtful { fail("what may have arrived is called \(StoredState(machine.state).word)") }
    }
    if machine.state.isAtRest, work != nil { fail("at rest with work under way") }
  }

  private static func isForEnded(_ event: TransferMachine.Event) -> Bool {
    switch event {
    case .retryRequested, .decided, .found, .notFound, .unfit: true
    default: false
    }
  }

  private static func isForPaused(_ event: TransferMachine.Event) -> Bool {
    switch event {
    case .resumeRequested, .cancelRequested, .unfit: true
    default: false
    }
  }

  private static func isForUncertain(_ event: TransferMachine.Event) -> Bool {
    switch event {
    case .decided, .found: true
    default: false
    }
  }

  private mutating func fail(_ words: String) { broken = broken ?? words }
}
