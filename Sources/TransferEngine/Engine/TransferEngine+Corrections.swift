internal import ClinicalMessages
internal import SafeText

/// Replacing and retracting what Redox has accepted.
///
/// A correction is a transfer of its own: recorded, delivered, repeated and doubted like any. What it corrects stays as it is; the two
/// are linked by `TransferSnapshot.origin`.
extension TransferEngine {
  public func corrections(for id: TransferSnapshot.ID) async throws(OutboxError) -> Corrections? {
    guard let stored = try await parts.outbox.transfer(id) else { return nil }
    return corrections(of: stored)
  }

  public func retractionPlan(of id: TransferSnapshot.ID) async throws(OutboxError) -> RetractionPlan? {
    guard let stored = try await parts.outbox.transfer(id), let corrections = corrections(of: stored),
      let sent = stored.order.clinicalMessage,
      let message = Retraction.message(of: sent, uploadURI: stored.receipt.uploadURI, identity: makeIdentity()),
      let patient = SentPatient.read(from: sent, id: corrections.original.patient)
    else { return nil }
    let problems = corrections.whyNotRetract.map { reason in
      [Problem(.error, field: "Retract", reason: reason, remedy: "Look at the transfer and at what has become of it.")]
    }
    return RetractionPlan(
      original: corrections.original, patient: patient, fileName: Redacted(DisplayText(escaping: stored.order.fileName)), message: message,
      problems: problems ?? [])
  }

  public func submit(_ plan: RetractionPlan) async throws(OutboxError) -> TransferSnapshot.ID {
    guard let original = try await parts.outbox.transfer(plan.original.id), OriginalTransfer(original) == plan.original else {
      throw .damaged("The outbox does not have the transfer any more that is to be retracted.")
    }
    let submission = Submission(
      order: TransferOrder(retracting: original.order, of: original.id, message: plan.message, binding: binding),
      requestByteCount: plan.message.prefix.count + plan.message.suffix.count,
      objection: plan.problems.first { $0.severity == .error }.map(Self.notSendable))
    return try await submit([submission])[0]
  }

  private func corrections(of stored: StoredTransfer) -> Corrections? {
    guard let original = OriginalTransfer(stored) else { return nil }
    let why = objection(toCorrecting: stored)
    return Corrections(
      original: original, whyNotReplace: why ?? Self.whyNotReplace(original.kind),
      whyNotRetract: why ?? whyNotRetract(stored, original.kind))
  }

  // MARK: What stands against it

  /// Why a correction must not be sent, whoever let it through; nil when it is none, or may be.
  /// - Parameter original: what it corrects, as the outbox has it.
  func objection(toCorrection order: TransferOrder, of original: StoredTransfer?) -> TransferFailure? {
    guard order.origin != nil else { return nil }
    guard let original else {
      return Self.notCorrectable("The outbox does not have the transfer any more that is to be corrected.")
    }
    return objection(toCorrecting: original).map(Self.notCorrectable)
  }

  /// Why a correction that has ended without acceptance must not be tried again: another one was quicker.
  func objection(toRepeating id: TransferSnapshot.ID) -> TransferFailure? {
    guard let origin = entries[id]?.origin else { return nil }
    return otherCorrection(of: origin, than: id).map(Self.notCorrectable)
  }

  private func objection(toCorrecting original: StoredTransfer) -> DisplayText? {
    switch original.state {
    case .accepted: break
    case .uncertain: return "Nobody knows whether it arrived; that must be settled first."
    default: return "Redox has not accepted it, so there is nothing to correct."
    }
    if original.profile != profile.name { return "It was sent through the profile \(original.profile)." }
    if original.order.transferPurpose == .retract { return "It took a document back, so there is nothing left to correct." }
    if original.order.binding.objection(to: binding) != nil {
      return "The profile has another address, destination, source or key now than when this was sent."
    }
    return otherCorrection(of: original.id, than: nil)
  }

  /// What another correction of the same document has come to. One is listed for as long as its original is, being newer.
  private func otherCorrection(of origin: TransferSnapshot.ID, than id: TransferSnapshot.ID?) -> DisplayText? {
    for entry in entries.values where entry.origin == origin && entry.id != id && entry.purpose != .new {
      switch (entry.machine.state, entry.purpose) {
      case (.accepted, .retract): return "It was retracted already."
      case (.accepted, _): return "It was replaced already; correct the newer document."
      case (.uncertain, .retract): return "Nobody knows whether its retraction arrived; that must be settled first."
      case (.uncertain, _): return "Nobody knows whether its replacement arrived; that must be settled first."
      case (let state, .retract) where !state.isEnded: return "Its retraction is under way."
      case (let state, _) where !state.isEnded: return "Its replacement is under way."
      default: continue
      }
    }
    return nil
  }

  private static func whyNotReplace(_ kind: MessageKind) -> DisplayText? {
    kind == .results ? "Redox's Results cannot replace a document." : nil
  }

  private func whyNotRetract(_ stored: StoredTransfer, _ kind: MessageKind) -> DisplayText? {
    switch kind {
    case .media, .notes: nil
    case .results: "Redox's Results cannot retract a document; ask for it where the chart is kept."
    case .fhir where !planner.profile.retractsFHIR:
      "Redox documents no way to retract a FHIR document; ask for it where the chart is kept, or replace it."
    case .fhir where stored.receipt.uploadURI == nil:
      "Only a FHIR document that was uploaded can be retracted, and this one was inside its message; replace it."
    case .fhir: nil
    }
  }

  private static func notCorrectable(_ reason: DisplayText) -> TransferFailure {
    TransferFailure(
      code: "not-correctable", explanation: "\(reason.string) It was not sent.", remedy: "Look at the original and what has become of it.")
  }

  static func notSendable(_ problem: Problem) -> TransferFailure {
    TransferFailure(code: "not-sendable", explanation: "\(problem.reason.string) It was not sent.", remedy: problem.remedy.string)
  }
}

extension OriginalTransfer {
  /// Nil for a kind of message that a newer version of the program has written.
  init?(_ stored: StoredTransfer) {
    guard let kind = MessageKind(rawValue: stored.order.kind) else { return nil }
    self.init(
      id: stored.id, profile: stored.profile, kind: kind, patient: Patient.ID(stored.order.patientID), documentID: stored.order.documentID)
  }
}
