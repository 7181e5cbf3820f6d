internal import ClinicalMessages
internal import SafeText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Taking up what a person has confirmed.
extension TransferEngine {
  public func submit(_ plans: [Plan], hold seconds: Double) async throws(OutboxError) -> [TransferSnapshot.ID] {
    // A front end that lets such a plan through has a fault; it must not become a patient's.
    let objections = plans.map { Self.objection(to: $0, of: profile.name) }
    let isOneAmiss = objections.contains { $0 != nil }
    return try await submit(
      zip(plans, objections).map { plan, objection in
        Submission(
          order: TransferOrder(plan, binding: binding), requestByteCount: plan.requestByteCount,
          objection: objection ?? (isOneAmiss ? Self.objectionToCompany : nil))
      }, hold: seconds)
  }

  /// What is to be recorded, and why it must not be sent.
  struct Submission {
    var order: TransferOrder
    var requestByteCount: Int
    var objection: TransferFailure?
  }

  /// Records orders, all or none, and starts those that nothing stands against. One number for each.
  func submit(_ submissions: [Submission], hold seconds: Double) async throws(OutboxError) -> [TransferSnapshot.ID] {
    let now = parts.seams.now()
    let hold = min(seconds, TransferMachine.longestHold)
    let new = submissions.map { newTransfer($0, state: hold > 0 ? .held(until: now.addingTimeInterval(hold)) : .queued, at: now) }
    let stored = try await parts.outbox.submit(new) { [rules] in rules.objection(toCorrecting: $0) }
    for transfer in stored {
      var entry = entry(ListedTransfer(transfer), isOwned: true)
      entry.isSubmittedHere = true
      set(entry)
      order.insert(transfer.id, at: 0)
    }
    publish()
    await post(.entered, toAll: stored.filter { !$0.state.isEnded }.map(\.id))
    return stored.map(\.id)
  }

  private func newTransfer(_ submission: Submission, state: TransferState, at now: Date) -> StoredTransfer {
    var transfer = StoredTransfer(
      id: TransferSnapshot.ID(String(parts.seams.uuid().filter { $0 != "-" }.prefix(12))), profile: profile.name, order: submission.order,
      state: state, receipt: TransferReceipt(), failures: 0, owner: parts.outbox.owner, queuedAt: now, changedAt: now,
      origin: submission.order.origin.map { TransferSnapshot.ID($0) }, purpose: submission.order.transferPurpose.rawValue,
      requestByteCount: submission.requestByteCount)
    if let objection = submission.objection { transfer.refuse(objection) }
    return transfer
  }

  private static let objectionToCompany = TransferFailure(
    code: "not-sendable", explanation: "Another document of the same send may not be sent. So none of them was sent.",
    remedy: "Send it anew, without the one that may not be sent.")

  private static func objection(to plan: Plan, of profile: String) -> TransferFailure? {
    if plan.profile != profile {
      return TransferFailure(
        code: "wrong-profile", explanation: "This was planned for another profile. It was not sent.",
        remedy: "Prepare it anew in this profile.")
    }
    if let problem = plan.problems.first(where: { $0.severity == .error }) {
      return notSendable(problem)
    }
    return nil
  }
}
