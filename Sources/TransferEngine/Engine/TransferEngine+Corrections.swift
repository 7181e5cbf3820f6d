internal import ClinicalMessages
internal import SafeText

/// Replacing and retracting what Redox has accepted.
///
/// A correction is a transfer of its own: recorded, delivered, repeated and doubted like any. What it corrects stays as it is; the two
/// are linked by `TransferSnapshot.origin`.
extension TransferEngine {
  public func corrections(for id: TransferSnapshot.ID) async throws(OutboxError) -> Corrections? {
    guard let stored = try await parts.outbox.transfer(id) else { return nil }
    return try await corrections(of: stored)
  }

  public func retractionPlan(of id: TransferSnapshot.ID) async throws(OutboxError) -> RetractionPlan? {
    guard let stored = try await parts.outbox.transfer(id), let corrections = try await corrections(of: stored),
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

  private func corrections(of stored: StoredTransfer) async throws(OutboxError) -> Corrections? {
    guard let original = OriginalTransfer(stored) else { return nil }
    let why = objection(toCorrecting: stored, known: try await parts.outbox.corrections(of: stored.id))
    return Corrections(
      original: original, whyNotReplace: why ?? Self.whyNotReplace(original.kind),
      whyNotRetract: why ?? whyNotRetract(stored, original.kind))
  }

  // MARK: What stands against it

  /// What a correction is to correct, and what was to correct it before, as the outbox has them.
  struct Corrected {
    var original: StoredTransfer?
    var known: [Correction]
  }

  func corrected(_ origin: TransferSnapshot.ID) async throws(OutboxError) -> Corrected {
    Corrected(original: try await parts.outbox.transfer(origin), known: try await parts.outbox.corrections(of: origin))
  }

  /// Why a correction must not be sent, whoever let it through; nil when it is none, or may be.
  func objection(toCorrection order: TransferOrder, of corrected: Corrected?) -> TransferFailure? {
    guard order.origin != nil else { return nil }
    guard let corrected, let original = corrected.original else {
      return Self.notCorrectable("The outbox does not have the transfer any more that is to be corrected.")
    }
    return objection(toCorrecting: original, known: corrected.known).map(Self.notCorrectable)
  }

  /// Why a correction that has ended without acceptance must not be tried again: another one was quicker.
  /// - Parameter known: what was ever to correct the same document, as the outbox has it.
  func objection(toRepeating id: TransferSnapshot.ID, known: [Correction]) -> TransferFailure? {
    guard let origin = entries[id]?.origin else { return nil }
    return otherCorrection(of: origin, than: id, known: known).map(Self.notCorrectable)
  }

  private func objection(toCorrecting original: StoredTransfer, known: [Correction]) -> DisplayText? {
    switch original.state {
    case .accepted: break
    case .settled(let settlement) where settlement.outcome != .givenUp: break
    case .settled: return "It was given up: nobody knows whether there is anything to correct."
    case .uncertain: return "Nobody knows whether it arrived; that must be settled first."
    default: return "Redox has not accepted it, so there is nothing to correct."
    }
    if original.profile != profile.name { return "It was sent through the profile \(original.profile)." }
    if original.order.transferPurpose == .retract { return "It took a document back, so there is nothing left to correct." }
    if original.order.binding.objection(to: binding) != nil {
      return "The profile has another address, destination, source or key now than when this was sent."
    }
    return otherCorrection(of: original.id, than: nil, known: known)
  }

  /// What another correction of the same document has come to: by the outbox, which has them all, and by what this process knows and the
  /// outbox may not have yet.
  private func otherCorrection(of origin: TransferSnapshot.ID, than id: TransferSnapshot.ID?, known: [Correction]) -> DisplayText? {
    let own = entries.values.filter { $0.origin == origin && $0.purpose != .new }.map {
      let state = $0.machine.state
      return Correction(id: $0.id, purpose: $0.purpose, word: StoredState(state).word, hasEnded: state.isEnded)
    }
    return (known + own).lazy.filter { $0.id != id }.compactMap(\.objectionToAnother).first
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
      id: stored.id, profile: stored.profile, kind: kind, patient: Patient.ID(stored.order.patientID), documentID: stored.order.documentID,
      fileName: Redacted(DisplayText(escaping: stored.order.fileName)))
  }
}
