internal import SafeText
internal import TransferEngine

extension AppModel {
  func askToCancelTransfer() {
    guard let transfer = session.transfers.target else { return }
    dialog = .cancelTransfer(transfer.id, transfer.state)
    ask(.flushInput)
  }

  /// The engine decides what still can be stopped: the state may have changed while the question stood.
  func cancelTransfer(_ id: TransferSnapshot.ID) {
    let service = service
    work.start { await service.cancel(id) }
    tell(.plain, Words.Transfers.cancelling, about: id)
  }

  func goToFailure(by step: Int) {
    guard let place = session.transfers.goToFailure(by: step) else { return }
    resizeCurrentList()
    tell(.plain, Words.Transfers.failure(place.number, of: place.of))
  }

  func askToRetryTransfer() {
    guard let transfer = session.transfers.target else { return }
    dialog = .retryTransfer(transfer.id, file: transfer.fileName, patient: transfer.patientName)
    ask(.flushInput)
  }

  func retryTransfer(_ id: TransferSnapshot.ID) {
    let service = service
    work.start { await service.retry(id) }
    tell(.plain, Words.Transfers.retrying, about: id)
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
