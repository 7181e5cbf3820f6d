internal import ClinicalMessages
internal import RedoxAPI
public import SafeText

/// Why an uncertain transfer could not be decided on.
public enum DecisionRefusal: Error, Sendable, Hashable {
  /// It is not uncertain, or not any more: another person or process was quicker.
  case notUncertain
  /// In this profile a person confirms each send in the review.
  case needsConfirmation
  /// The profile means something else than when this was reviewed.
  case unfit(TransferFailure)
  /// It could not be recorded; nothing was done.
  case outbox(OutboxError)

  /// What happened and what to do, for a person.
  public var sentence: DisplayText {
    switch self {
    case .notUncertain: "It is not uncertain any more; look at it again."
    case .needsConfirmation: "In this profile each send is confirmed in the review."
    case .unfit(let failure): DisplayText(escaping: failure.explanation + " " + failure.remedy)
    case .outbox(let error): error.sentence + " " + error.remedy
    }
  }
}

/// The ways out of a doubt.
extension TransferEngine {
  public func decide(
    _ resolution: Resolution, on id: TransferSnapshot.ID, by person: DisplayText, hold seconds: Double
  ) async throws(DecisionRefusal) {
    if case .sendAgain(let isConfirmed) = resolution, profile.isProduction, !isConfirmed { throw .needsConfirmation }
    try await settle(id, with: .decided(resolution, by: person.string, hold: seconds), recording: decision(resolution.what, person))
  }

  public func check(_ id: TransferSnapshot.ID, by person: DisplayText) async throws(DecisionRefusal) -> CheckFinding {
    let transfer = try await uncertain(id)
    // That the document is still there says nothing about whether its retraction will be heeded.
    guard transfer.summary.purpose != TransferPurpose.retract.rawValue else { return .cannotAsk(FailureWords.retractionCannotBeChecked) }
    let query = DocumentQuery(
      documentID: transfer.summary.documentID, kind: MessageKind(rawValue: transfer.summary.kind) ?? .fhir, routing: planner.profile.routing
    )
    let finding: DocumentFinding
    do throws(DestinationError) {
      finding = try await parts.destination.find(query)
    } catch {
      let failure = entry(transfer, isOwned: false).machine.words.failure(error, during: .preparation)
      return .cannotAsk(DisplayText(escaping: failure.explanation))
    }
    switch finding {
    case .found(let locations):
      try await settle(id, with: .found(locations: locations, by: person.string), recording: decision(.checked, person, "found"))
      return .found(locations: locations.map { DisplayText(escaping: $0) })
    case .notFound:
      let now = parts.seams.now()
      try await settle(id, with: .notFound, recording: decision(.checked, person, "not found"))
      return .notFound(at: now)
    case .cannotAsk(let reason): return .cannotAsk(reason)
    }
  }

  private func decision(_ what: TransferDecision.What, _ person: DisplayText, _ note: String? = nil) -> TransferDecision {
    TransferDecision(what, who: person.string, at: parts.seams.now(), note: note)
  }

  /// The transfer as the outbox has it, if it is uncertain.
  /// - Parameter isForWire: something is to be asked or sent: the profile must still be what it was reviewed for.
  private func uncertain(_ id: TransferSnapshot.ID, isForWire: Bool = true) async throws(DecisionRefusal) -> ListedTransfer {
    if let error = entries[id]?.unrecorded { throw .outbox(error) }
    let found: ListedTransfer?
    do throws(OutboxError) { found = try await parts.outbox.listed([id]).first } catch { throw .outbox(error) }
    guard let found, case .uncertain = found.state else { throw .notUncertain }
    if isForWire, let objection = found.summary.binding.objection(to: binding) { throw .unfit(objection) }
    return found
  }

  private func settle(
    _ id: TransferSnapshot.ID, with event: TransferMachine.Event, recording decision: TransferDecision
  ) async throws(DecisionRefusal) {
    // What a person knows of it holds whatever the profile's name means by now.
    _ = try await uncertain(id, isForWire: event.sendsAgain)
    let claimed: [ListedTransfer]
    do throws(OutboxError) {
      claimed = try await parts.outbox.claim([id], from: .uncertain).map(\.transfer)
      if claimed.isEmpty { try await show([id]) }
    } catch {
      throw .outbox(error)
    }
    guard !claimed.isEmpty else { throw .notUncertain }
    list(claimed)
    entries[id]?.decision = decision
    await post(event, to: id)
    if let error = entries[id]?.unrecorded { throw .outbox(error) }
  }
}

extension TransferMachine.Event {
  fileprivate var sendsAgain: Bool {
    if case .decided(.sendAgain, _, _) = self { true } else { false }
  }
}

extension Resolution {
  /// What the history calls it.
  fileprivate var what: TransferDecision.What {
    switch self {
    case .sendAgain: .sendAgain
    case .arrived: .arrived
    case .giveUp: .giveUp
    }
  }
}
