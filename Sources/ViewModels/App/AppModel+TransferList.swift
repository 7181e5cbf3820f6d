internal import ClinicalMessages
internal import SafeText
internal import TransferEngine

/// Finding transfers: what the list is narrowed to, and the way from failure to failure.
extension AppModel {
  /// What of the list is shown can be chosen by the row under the cursor: others like it.
  enum Narrowing: Equatable {
    case by(TransferNarrowing.Facet)
    case everything
    case otherProfile
  }

  func openNarrowing() {
    let transfers = session.transfers
    var (choices, rows): ([Narrowing], [PickState.Row]) = ([], [])
    if let snapshot = transfers.cursor {
      let patient = TransferPatient(snapshot)
      add(.patient(patient), Words.Transfers.thisPatient, patient.text(isMasked: false).reveal())
      if let day = clock.day(snapshot.queuedAt) { add(.day(day), Words.Transfers.thisDay, DisplayText(escaping: day.banner)) }
      let word = snapshot.word(transfers.correction(of: snapshot))
      add(.state(word), Words.Transfers.thisState, word)
    }
    if transfers.isNarrow { add(.everything, Words.Transfers.everything, "") }
    if availability(of: .openProfiles).reason == nil {
      add(.otherProfile, Words.Transfers.otherProfile, Words.Transfers.now(DisplayText(escaping: service.profile.name)))
    }
    guard !choices.isEmpty else { return tell(.plain, Words.Why.noTransfer) }
    dialog = .pick(
      PickList(
        title: Words.Transfers.narrowTitle, choices: choices.map { .narrowing($0) }, rows: rows, cursor: 0, height: viewport.rows))
    resizeCurrentList()

    func add(_ facet: TransferNarrowing.Facet, _ label: DisplayText, _ detail: DisplayText) {
      choices.append(.by(facet))
      rows.append(PickState.Row(label: label, detail: detail, isCurrent: transfers.narrowing.facets.contains(facet)))
    }
    func add(_ narrowing: Narrowing, _ label: DisplayText, _ detail: DisplayText) {
      choices.append(narrowing)
      rows.append(PickState.Row(label: label, detail: detail))
    }
  }

  func take(_ narrowing: Narrowing) {
    switch narrowing {
    case .by(let facet): session.transfers.toggle(facet)
    case .everything: session.transfers.widen()
    case .otherProfile: openProfiles()
    }
  }

  func goToFailure(by step: Int) {
    guard let place = session.transfers.goToFailure(by: step, service: (service, work)) else {
      return tell(.plain, session.transfers.isNarrow ? Words.Transfers.noFailureShown : Words.Transfers.noFailure)
    }
    resizeCurrentList()
    tell(.plain, Words.Transfers.failure(place.number, of: place.of))
  }
}
