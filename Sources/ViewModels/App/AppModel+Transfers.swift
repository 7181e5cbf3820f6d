internal import SafeText
internal import TransferEngine
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension AppModel {
  /// Asks first. What is held back is called off without a question: the hold would go on while that is read.
  func cancelTransfer() {
    let transfers = TransferAction.cancel.takes(session.transfers.targets)
    if transfers.allSatisfy(\.state.isHeld) { return callOff(transfers) }
    dialog = .cancelTransfers(transfers)
    ask(.flushInput)
  }

  private func callOff(_ transfers: [TransferSnapshot]) {
    let service = service
    work.start { await service.cancel(transfers.map(\.id)) }
    session.transfers.unmarkAll()
    tell(
      .plain, Words.Transfers.callingOff(transfers.count), about: transfers.last?.id,
      afterHold: Words.Transfers.cancelling(transfers.count), whenCancelled: true)
  }

  /// The engine decides what still can be stopped: a state may have changed while the question stood.
  func cancel(_ transfers: [TransferSnapshot]) {
    let service = service
    work.start { await service.cancel(transfers.map(\.id)) }
    done(Words.Transfers.cancelling(transfers.count), with: transfers)
  }

  /// Pauses what can be paused; when nothing can, goes on with what is paused.
  func pauseTransfers() {
    let targets = session.transfers.targets
    let pausable = targets.filter { $0.state.whyNotPaused == nil }
    let isPausing = !pausable.isEmpty
    let chosen = isPausing ? pausable : targets.filter { $0.state.whyNotResumed == nil }
    let service = service
    work.start { [weak self] in
      let refused = await isPausing ? service.pause(chosen.map(\.id)) : service.resume(chosen.map(\.id))
      if let reason = refused.values.first { self?.tell(.warning, reason) }
    }
    // The marks stay: the same key goes on with the same ones.
    said(isPausing ? Words.Transfers.pausing(chosen.count) : Words.Transfers.resuming(chosen.count), of: chosen)
  }

  /// Says what was begun. Marks have served their purpose then.
  private func done(_ text: DisplayText, with transfers: [TransferSnapshot]) {
    session.transfers.unmarkAll()
    said(text, of: transfers)
  }

  private func said(_ text: DisplayText, of transfers: [TransferSnapshot]) {
    tell(.plain, text, about: transfers.count == 1 ? transfers[0].id : nil)
  }

  func askToRetryTransfer() {
    dialog = .retryTransfers(TransferAction.retry.takes(session.transfers.targets))
    ask(.flushInput)
  }

  func retry(_ transfers: [TransferSnapshot]) {
    let (service, hold) = (service, dependencies.holdSeconds)
    work.start { await service.retry(transfers.map(\.id), hold: hold) }
    let begun = Words.Transfers.retrying(transfers.count)
    guard hold > 0 else { return done(begun, with: transfers) }
    session.transfers.unmarkAll()
    let time = clock.time(clock.now().addingTimeInterval(hold))
    tell(.plain, Words.Transfers.retryHeld(transfers.count, until: time), about: transfers.last?.id, afterHold: begun)
  }

  /// Says once that a destination does not answer, and once that it does again, however many transfers wait for it.
  func tellHealth(of service: any TransferService) {
    let changes = service.healthChanges()
    healthWatch = Task { @MainActor [weak self] in
      for await health in changes {
        switch health {
        case .well: break
        case .down(_, let reason): self?.tell(.warning, Words.Transfers.down(reason))
        case .recovered: self?.tell(.good, Words.Transfers.recovered)
        }
      }
    }
  }

  /// What ended while nobody looked has been looked at now.
  func showTransfers() {
    push(.transfers)
    noteSeen()
  }

  func noteSeen() {
    let service = service
    work.start { await service.noteSeen() }
  }

  /// Says what an earlier run left behind, unless something else is being said.
  func tellLeftovers(of service: any TransferService) {
    work.start { [weak self] in
      let words = Words.Transfers.leftovers(await service.leftovers())
      guard let self, self.notice == nil, let words else { return }
      self.notice = words
    }
  }
}
