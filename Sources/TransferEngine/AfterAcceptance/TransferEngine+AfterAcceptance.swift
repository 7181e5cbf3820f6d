internal import Logging
internal import SafeText

/// Does with a document's file what the profile says, once its acceptance stands on the disk.
///
/// Nothing of it touches the transfer, which stays accepted. A process that dies in between leaves the file where it is, and no later one
/// makes up for it: a person may have taken it up again by then, and a file that stays harms nobody.
extension TransferEngine {
  /// Who did it, in the history: nobody was asked.
  private static let author = "chartdrop"

  /// Begins in the background; `drain` waits for its end.
  func disposeOfDocument(_ id: TransferSnapshot.ID) {
    let disposal = planner.profile.after
    guard disposal != .keep, entries[id]?.purpose != .retract else { return }
    // One after the other: of two transfers of the same file, the second one sees what the first one did.
    disposing += 1
    disposer = Task { [parts, disposer] in
      await disposer?.value
      await Self.dispose(of: id, AfterAcceptance(disposal: disposal, files: parts.documentFiles), parts)
      disposed()
    }
  }

  private func disposed() {
    disposing -= 1
    if disposing == 0 { disposer = nil }
    wakeDrainers()
  }

  private static func dispose(of id: TransferSnapshot.ID, _ after: AfterAcceptance, _ parts: EngineParts) async {
    do throws(OutboxError) {
      guard let order = try await parts.outbox.transfer(id)?.order, order.hasFile else { return }
      let outcome: AfterAcceptance.Outcome =
        try await parts.outbox.isFileAwaited(order.file)
        ? .left("Another transfer of it has not ended yet.") : await after.carryOut(on: order.path, identity: order.identity)
      if let decision = AfterAcceptance.decision(outcome, who: author, at: parts.seams.now()) {
        try await parts.outbox.record(decision, of: id)
      }
    } catch {
      parts.logger.error("outbox does not take what became of a document", metadata: ["transfer": "\(id.rawValue)"])
    }
  }
}
