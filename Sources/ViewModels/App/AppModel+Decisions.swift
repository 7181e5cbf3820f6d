internal import SafeText
internal import TransferEngine

/// What becomes of an uncertain transfer. Only a person says it.
extension AppModel {
  /// One way out of the doubt.
  enum Way: Equatable, CaseIterable { case ask, arrived, sendAgain, giveUp }

  /// What a person says for good, by one key; sending it again goes through the review.
  enum LastWord: Equatable {
    case arrived, giveUp

    fileprivate var resolution: Resolution {
      switch self {
      case .arrived: .arrived
      case .giveUp: .giveUp
      }
    }
  }

  func openDecision() {
    guard let transfer = session.transfers.onlyTarget else { return }
    dialog = .pick(
      PickList(
        title: Words.Decisions.title(transfer),
        choices: Way.allCases.map { .way($0, transfer.id) },
        rows: Way.allCases.map { PickState.Row(label: Words.Decisions.label($0), detail: Words.Decisions.about($0, transfer.purpose)) },
        cursor: 0, height: viewport.rows))
    resizeCurrentList()
    ask(.flushInput)
  }

  func take(_ way: Way, of id: TransferSnapshot.ID) {
    switch way {
    case .ask: checkTransfer(id)
    case .arrived: ask(whether: .arrived, of: id)
    case .giveUp: ask(whether: .giveUp, of: id)
    case .sendAgain: if let transfer = listed(id) { reviewSendingAgain(transfer) }
    }
  }

  private func listed(_ id: TransferSnapshot.ID) -> TransferSnapshot? { session.transfers.snapshots.first { $0.id == id } }

  private func ask(whether word: LastWord, of id: TransferSnapshot.ID) {
    guard let transfer = listed(id) else { return }
    dialog = .resolve(word, transfer)
    ask(.flushInput)
  }

  func decide(_ word: LastWord, on transfer: TransferSnapshot) {
    let (service, person) = (service, dependencies.sender)
    work.start { [weak self] in
      let refusal: DecisionRefusal?
      do throws(DecisionRefusal) {
        try await service.decide(word.resolution, on: transfer.id, by: person)
        refusal = nil
      } catch {
        refusal = error
      }
      guard let self else { return }
      if let refusal { return self.tell(.warning, refusal.sentence) }
      self.tell(.good, Words.Decisions.done(word))
    }
  }

  /// Asks the destination, which sends nothing; an answer that it has the document settles the doubt.
  private func checkTransfer(_ id: TransferSnapshot.ID) {
    let (service, person, clock) = (service, dependencies.sender, clock)
    tell(.plain, Words.Decisions.asking)
    work.start { [weak self] in
      let said: Notice
      do throws(DecisionRefusal) {
        switch try await service.check(id, by: person) {
        case .found: said = Notice(.good, Words.Decisions.found)
        case .notFound(let time): said = Notice(.warning, Words.Decisions.notFound(clock.time(time)))
        case .cannotAsk(let reason): said = Notice(.warning, Words.Decisions.cannotAsk(reason))
        }
      } catch {
        said = Notice(.warning, error.sentence)
      }
      self?.notify(said)
    }
  }
}
