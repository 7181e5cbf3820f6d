internal import ClinicalMessages
internal import SafeText

/// Replacing and taking back what Redox has accepted.
///
/// A correction is a transfer of its own: recorded, delivered, repeated and doubted like any. What it corrects stays as it is; the two
/// are linked by `TransferSnapshot.origin`.
extension TransferEngine {
  public func corrections(for id: TransferSnapshot.ID) async throws(OutboxError) -> Corrections? {
    corrections(of: try await parts.outbox.corrected(id))
  }

  public func retractionPlan(of id: TransferSnapshot.ID) async throws(OutboxError) -> RetractionPlan? {
    let corrected = try await parts.outbox.corrected(id)
    guard let stored = corrected.original, let corrections = corrections(of: corrected), let sent = stored.order.clinicalMessage,
      let message = Retraction.message(of: sent, uploadURI: stored.receipt.uploadURI, identity: makeIdentity()),
      let patient = SentPatient.read(from: sent, id: corrections.original.patient)
    else { return nil }
    let problems = corrections.whyNotRetract.map { reason in
      [Problem(.error, field: "Take back", reason: reason, remedy: "Look at the transfer and at what has become of it.")]
    }
    return RetractionPlan(
      original: corrections.original, patient: patient, fileName: Redacted(DisplayText(escaping: stored.order.fileName)), message: message,
      problems: problems ?? [])
  }

  public func submit(_ plan: RetractionPlan, hold seconds: Double) async throws(OutboxError) -> TransferSnapshot.ID {
    guard let original = try await parts.outbox.transfer(plan.original.id), OriginalTransfer(original) == plan.original else {
      throw .damaged("The outbox does not have the transfer any more that is to be taken back.")
    }
    let submission = Submission(
      order: TransferOrder(retracting: original.order, of: original.id, message: plan.message, binding: binding),
      requestByteCount: plan.message.prefix.count + plan.message.suffix.count,
      objection: plan.problems.first { $0.severity == .error }.map(Self.notSendable))
    return try await submit([submission], hold: seconds)[0]
  }

  private func corrections(of corrected: Corrected) -> Corrections? {
    guard let stored = corrected.original, let original = OriginalTransfer(stored) else { return nil }
    let why = rules.objection(toCorrecting: stored, known: corrected.known)
    return Corrections(
      original: original, whyNotReplace: why ?? Self.whyNotReplace(original.kind),
      whyNotRetract: why ?? whyNotRetract(stored, original.kind))
  }

  nonisolated var rules: CorrectionRules { CorrectionRules(profile: profile.name, binding: binding) }

  private static func whyNotReplace(_ kind: MessageKind) -> DisplayText? {
    kind == .results ? "Redox's Results cannot replace a document." : nil
  }

  private func whyNotRetract(_ stored: StoredTransfer, _ kind: MessageKind) -> DisplayText? {
    switch kind {
    case .media, .notes: nil
    case .results: "Redox's Results cannot be taken back; ask for it where the chart is kept."
    case .fhir where !planner.profile.retractsFHIR:
      "Redox documents no way to take a FHIR document back; ask for it where the chart is kept, or replace it."
    case .fhir where stored.receipt.uploadURI == nil:
      "Only a FHIR document that was uploaded can be taken back, and this one was inside its message; replace it."
    case .fhir: nil
    }
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
