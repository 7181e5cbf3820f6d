internal import Logging
internal import SafeText

/// Does with a document's file what the profile says, once its acceptance stands on the disk.
///
/// Nothing of it touches the transfer, which stays accepted. What is to be done is recorded with the acceptance itself, so that the next
/// process makes up for one that died in between.
extension TransferEngine {
  /// What is to be done with the file of a transfer whose acceptance is about to be recorded; nil when it stays, or when that is no news.
  func disposal(after entry: TransferEntry) -> DocumentDisposal? {
    let isNews = entry.recorded.state != .accepted || entry.unrecorded != nil
    let disposal = planner.profile.after
    return entry.machine.state == .accepted && isNews && entry.purpose != .retract && disposal != .keep ? disposal : nil
  }

  /// Goes on with what dead processes have left to be done with the profile's files.
  func takeUpDisposals() async throws(OutboxError) {
    for id in try await parts.outbox.claimDisposals(profile: profile.name) { disposeOfDocument(id, isResumed: true) }
  }

  /// Begins in the background; `drain` waits for its end.
  /// - Parameter isResumed: a process has died over it.
  func disposeOfDocument(_ id: TransferSnapshot.ID, isResumed: Bool = false) {
    // One after the other: of two transfers of the same file, the second one sees what the first one did.
    disposing += 1
    disposer = Task { [parts, disposer, configured = planner.profile.after] in
      await disposer?.value
      await Self.dispose(of: id, isResumed: isResumed, configured: configured, parts)
      disposed()
    }
  }

  private func disposed() {
    disposing -= 1
    if disposing == 0 { disposer = nil }
    wakeDrainers()
  }

  private static func dispose(of id: TransferSnapshot.ID, isResumed: Bool, configured: DocumentDisposal, _ parts: EngineParts) async {
    do throws(OutboxError) {
      guard let (wanted, order) = try await parts.outbox.disposal(of: id) else { return }
      let after = AfterAcceptance(wanted, of: id, files: parts.documentFiles, isResumed: isResumed)
      let outcome: AfterAcceptance.Outcome
      if wanted != configured {
        outcome = await after.leave("The configuration says otherwise by now.")
      } else if try await parts.outbox.isFileAwaited(order.file) {
        outcome = await after.leave("Another transfer may still need it.")
      } else {
        outcome = await after.carryOut(on: order.path, identity: order.identity)
      }
      let decision = AfterAcceptance.decision(outcome, who: Outbox.ownName, at: parts.seams.now())
      try await parts.outbox.endDisposal(of: id, with: decision)
    } catch {
      parts.logger.error("outbox does not take what became of a document", metadata: ["transfer": "\(id.rawValue)"])
    }
  }
}
