internal import ClinicalMessages
internal import SafeText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A transfer as the engine knows it. There may be thousands: the order with its message is here only while it is worked on.
struct TransferEntry {
  let id: TransferSnapshot.ID
  let profile: String
  let queuedAt: Date
  let kind: MessageKind
  let fileName: Redacted<DisplayText>
  let patientName: Redacted<DisplayText>
  /// The second and the third thing that say who it is; nil for transfers of versions that did not keep them.
  let patientBorn: Redacted<DisplayText>?
  let patientNumber: Redacted<DisplayText>?
  let byteCount: Int
  let documentID: String
  let purpose: TransferPurpose
  /// The transfer that this one corrects.
  let origin: TransferSnapshot.ID?
  /// What it was reviewed for.
  let binding: TransferBinding
  var machine: TransferMachine
  /// The machine as the outbox has it. Only this is shown: whoever sees an end may leave, and what is on the disk must agree then.
  private(set) var recorded: TransferMachine
  /// Why the outbox does not have it so, when it could not take it.
  private(set) var unrecorded: OutboxError?
  /// This process works on it, or did last.
  var isOwned: Bool
  /// Somebody in this process waits for its end, and finds it in the list.
  var isSubmittedHere = false

  /// Events that wait for the one before to be dealt with, commits included.
  var inbox: [TransferMachine.Event] = []
  var isHandling = false
  var order: TransferOrder?
  /// The work under way; cancelled by `stop`.
  var task: Task<Void, Never>?
  /// The message's last part, which waits for the disk.
  var release: CheckedContinuation<Bool, Never>?
  /// The pause before the next attempt.
  var timer: Task<Void, Never>?

  var acknowledgedBytes = 0
  var meter = RateMeter()
  var workBegan: Date?
  /// Goes into the outbox together with the state that it led to.
  var attempt: TransferAttempt?
  /// The same for what a person has made of it.
  var decision: TransferDecision?

  init(_ listed: ListedTransfer, machine: TransferMachine, isOwned: Bool) {
    id = listed.id
    profile = listed.profile
    queuedAt = listed.queuedAt
    kind = MessageKind(rawValue: listed.summary.kind) ?? .fhir
    fileName = Redacted(DisplayText(escaping: listed.summary.fileName))
    patientName = Redacted(DisplayText(escaping: listed.summary.patientName))
    patientBorn = listed.summary.patientBorn.map { Redacted(DisplayText(escaping: $0)) }
    patientNumber = listed.summary.patientNumber.map { Redacted(DisplayText(escaping: $0)) }
    purpose = listed.summary.purpose.flatMap { TransferPurpose(rawValue: $0) } ?? .new
    origin = listed.summary.origin.map { TransferSnapshot.ID($0) }
    byteCount = listed.summary.file.byteCount
    documentID = listed.summary.documentID
    binding = listed.summary.binding
    self.machine = machine
    recorded = machine
    self.isOwned = isOwned
  }

  /// Something is under way here, or will be without anybody asking.
  var isBusy: Bool { isOwned && (isHandling || machine.ownership == .mine) }

  /// It has ended, the outbox has it so, nothing is to come, and nobody has to settle it.
  var canBeForgotten: Bool {
    if case .uncertain = recorded.state { return false }
    return recorded.state.isEnded && machine == recorded && unrecorded == nil && !isSubmittedHere && !isHandling && inbox.isEmpty
      && task == nil
  }

  /// Why work that has just been cut short was stopped. Of several wishes the one that the machine heeds counts.
  var stop: AttemptReport.Stop {
    if machine.isCancelling || inbox.contains(.cancelRequested) { return .cancelled }
    if machine.isPausing || inbox.contains(.pauseRequested) { return .paused }
    if machine.isLeaving || inbox.contains(.leaveRequested) { return .handedOver }
    return .interrupted
  }

  /// What may be shown from now on.
  mutating func note(recorded machine: TransferMachine) {
    recorded = machine
    unrecorded = nil
  }

  /// The disk has not taken it; it is true all the same.
  mutating func note(unrecorded error: OutboxError) {
    recorded = machine
    unrecorded = error
  }

  /// - Parameter time: seconds on the clock of `meter`.
  func snapshot(at time: Double) -> TransferSnapshot {
    let isMoving = task != nil
    return TransferSnapshot(
      id: id, profile: profile, kind: kind, method: recorded.method,
      state: unrecorded.map { FailureWords.unrecorded(recorded.state, $0) } ?? recorded.state, fileName: fileName, patientName: patientName,
      acknowledgedBytes: recorded.state == .accepted ? byteCount : acknowledgedBytes, totalBytes: byteCount,
      rate: isMoving ? meter.rate(at: time) : nil,
      timeLeft: isMoving ? meter.timeLeft(total: byteCount, at: time) : nil, queuedAt: queuedAt, changedAt: recorded.changedAt,
      documentID: documentID, receipt: recorded.receipt, purpose: purpose, origin: origin, patientBorn: patientBorn,
      patientNumber: patientNumber, isElsewhere: !isOwned && !recorded.state.isEnded, isUnrecorded: unrecorded != nil)
  }
}
