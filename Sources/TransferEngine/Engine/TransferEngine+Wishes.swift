internal import Logging
public import SafeText

/// What a person asks for: of this process's transfers, of another's, and of nobody's.
extension TransferEngine {
  public func cancel(_ ids: [TransferSnapshot.ID]) async {
    _ = await ask(.cancelRequested, .cancel, of: ids) { $0.isEnded ? FailureWords.alreadyEnded : nil }
  }

  public func pause(_ ids: [TransferSnapshot.ID]) async -> [TransferSnapshot.ID: DisplayText] {
    await ask(.pauseRequested, .pause, of: ids, unless: \.whyNotPaused)
  }

  public func resume(_ ids: [TransferSnapshot.ID]) async -> [TransferSnapshot.ID: DisplayText] {
    let claimed = await claim(ids.filter { entries[$0]?.isOwned == false && entries[$0]?.machine.state == .paused }, from: .paused)
    return await ask(.resumeRequested, .resume, of: ids.filter { !claimed.unfit.contains($0) }, unless: \.whyNotResumed)
  }

  public func retry(_ ids: [TransferSnapshot.ID], hold seconds: Double) async {
    // There a person confirms each send, and this is none.
    guard !profile.isProduction else { return }
    let claimed = await claim(ids.filter(isAtRest), from: .unsent)
    await post(.retryRequested(hold: seconds), toAll: claimed.fit)
  }

  /// - Parameter objection: why a transfer in that state cannot be asked for this.
  /// - Returns: what could not be asked for, and why.
  private func ask(
    _ event: TransferMachine.Event, _ request: Outbox.Request, of ids: [TransferSnapshot.ID],
    unless objection: (TransferState) -> DisplayText?
  ) async -> [TransferSnapshot.ID: DisplayText] {
    var refused: [TransferSnapshot.ID: DisplayText] = [:]
    var own: [TransferSnapshot.ID] = []
    var others: [TransferSnapshot.ID] = []
    for id in ids {
      guard let entry = entries[id] else { continue }
      if let why = objection(entry.machine.state) {
        refused[id] = why
      } else if entry.isOwned {
        own.append(id)
      } else {
        others.append(id)
      }
    }
    await post(event, toAll: own)
    guard !others.isEmpty else { return refused }
    // Whoever works on it sees this at once.
    do throws(OutboxError) {
      try await parts.outbox.request(request, of: others, now: parts.seams.now())
      try await show(others)
    } catch {
      parts.logger.error("outbox does not take a request")
      for id in others { refused[id] = error.sentence }
    }
    return refused
  }

  /// Shows transfers of another process, or of none, as they stand now.
  func show(_ ids: [TransferSnapshot.ID]) async throws(OutboxError) {
    guard !ids.isEmpty else { return }
    list(try await parts.outbox.listed(ids))
    publish()
  }

  /// Takes transfers over that are at rest.
  /// - Returns: those that this process has now and may send, and those that may not be sent any more as they were reviewed; these end.
  func claim(
    _ ids: [TransferSnapshot.ID], from rest: Outbox.Rest
  ) async -> (fit: [TransferSnapshot.ID], unfit: [TransferSnapshot.ID]) {
    guard !ids.isEmpty else { return ([], []) }
    var fit: [TransferSnapshot.ID] = []
    var unfit: [TransferFailure: [TransferSnapshot.ID]] = [:]
    do throws(OutboxError) {
      let claims = try await parts.outbox.claim(ids, from: rest)
      // Asked twice, it may be under way by now; it must not begin a second time.
      for claim in claims where isAtRest(claim.transfer.id) {
        let transfer = claim.transfer
        // What the disk did not take is known here only; otherwise the disk knows best.
        if transfer.state.isAtRest { set(entry(transfer, isOwned: true)) }
        let repeated = rest == .unsent ? CorrectionRules.objection(toRepeatingBeside: claim.rivals) : nil
        let refusal = Self.ownRefusal(transfer.state)
        if let objection = refusal ?? transfer.summary.binding.objection(to: binding) ?? repeated {
          unfit[objection, default: []].append(transfer.id)
        } else {
          fit.append(transfer.id)
        }
      }
      // Another process has the rest, or has brought it to an end: show that instead.
      let taken = Set(claims.map(\.transfer.id))
      try await show(ids.filter { !taken.contains($0) })
    } catch {
      parts.logger.error("outbox does not give transfers")
    }
    for (failure, ids) in unfit { await post(.unfit(failure), toAll: ids) }
    return (fit, unfit.values.flatMap(\.self))
  }

  private static func ownRefusal(_ state: TransferState) -> TransferFailure? {
    switch state {
    case .refused(let failure) where failure.isOwnRefusal, .failed(let failure) where failure.isOwnRefusal: failure
    default: nil
    }
  }

  private func isAtRest(_ id: TransferSnapshot.ID) -> Bool {
    guard let entry = entries[id] else { return false }
    return entry.machine.state.isAtRest && !entry.isHandling && entry.task == nil
  }
}
