/// Leaving the transfers to another process, and having them back.
extension TransferEngine {
  public func handOver() async {
    isOffDuty = true
    await post(.leaveRequested, toAll: Array(busy))
    await drain()
  }

  public func takeBack() async throws(OutboxError) {
    // Whatever this process still had in hand has ended, or is nobody's.
    await drain()
    isOffDuty = false
    // What could not be handed over, because the disk did not take it, is here still.
    await post(.entered, toAll: entries.values.filter { $0.isOwned && $0.machine.ownership == .handedOver }.map(\.id))
    if isAdopting { try await adopt() }
    schedule()
  }

  /// Goes on with what nobody works on.
  func adopt() async throws(OutboxError) {
    let found = try await adoptable()
    guard !found.goingOn.isEmpty || !found.ended.isEmpty else { return }
    list(try await parts.outbox.listed(found.goingOn + found.ended))
    publish()
    try await tellEnds(found.ended)
    await post(.entered, toAll: found.goingOn)
  }

  func adoptable() async throws(OutboxError) -> (goingOn: [TransferSnapshot.ID], ended: [TransferSnapshot.ID]) {
    try await parts.outbox.adopt(profile: profile.name, binding: binding, now: parts.seams.now()) {
      [binding, isProduction = profile.isProduction] reviewed, isHandedOver in
      reviewed.objection(to: binding) ?? (isProduction && !isHandedOver ? FailureWords.interruptedInProduction : nil)
    }
  }
}
