internal import ClinicalMessages
internal import SafeText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A transfer while the engine has it in hand.
struct TransferEntry {
  let id: TransferSnapshot.ID
  let profile: String
  let order: TransferOrder
  let queuedAt: Date
  var machine: TransferMachine
  /// The machine as the outbox has it. Only this is shown: whoever sees an end may leave, and what is on the disk must agree then.
  private(set) var recorded: TransferMachine
  /// This process works on it, or did last.
  var isOwned: Bool

  /// Events that wait for the one before to be dealt with, commits included.
  var inbox: [TransferMachine.Event] = []
  var isHandling = false
  /// The work under way; cancelled by `stop`.
  var task: Task<Void, Never>?
  /// The pause before the next attempt.
  var timer: Task<Void, Never>?

  var acknowledgedBytes = 0
  var meter = RateMeter()
  var workBegan: Date?
  /// Goes into the outbox together with the state that it led to.
  var attempt: TransferAttempt?

  init(_ stored: StoredTransfer, machine: TransferMachine, isOwned: Bool) {
    id = stored.id
    profile = stored.profile
    order = stored.order
    queuedAt = stored.queuedAt
    self.machine = machine
    recorded = machine
    self.isOwned = isOwned
  }

  var purpose: TransferPurpose { order.transferPurpose }
  /// The transfer that this one corrects.
  var origin: TransferSnapshot.ID? { order.origin.map { TransferSnapshot.ID($0) } }

  /// What may be shown from now on.
  mutating func note(recorded machine: TransferMachine) { recorded = machine }

  /// - Parameter time: seconds on the clock of `meter`.
  func snapshot(at time: Double) -> TransferSnapshot {
    let total = order.file.byteCount
    let isMoving = task != nil
    return TransferSnapshot(
      id: id, profile: profile, kind: MessageKind(rawValue: order.kind) ?? .fhir, method: recorded.method, state: recorded.state,
      fileName: Redacted(DisplayText(escaping: order.fileName)), patientName: Redacted(DisplayText(escaping: order.patientName)),
      acknowledgedBytes: recorded.state == .accepted ? total : acknowledgedBytes, totalBytes: total,
      rate: isMoving ? meter.rate(at: time) : nil,
      timeLeft: isMoving ? meter.timeLeft(total: total, at: time) : nil, queuedAt: queuedAt, changedAt: recorded.changedAt,
      documentID: order.documentID, receipt: recorded.receipt, purpose: purpose, origin: origin)
  }
}
