internal import SafeText
internal import TransferEngine

extension AppModel {
  /// Whether a command can act now, and if not, why.
  func availability(of command: Command) -> Availability {
    reason(against: command).map(Availability.unavailable) ?? .available
  }

  private func reason(against command: Command) -> DisplayText? {
    switch command {
    case .openProfiles: dependencies.profiles.count < 2 ? Words.App.onlyOneProfile : nil
    case .open:
      switch browse.phase {
      case .loading: Words.Why.folderNotRead
      case .ready, .failed: browse.cursor == nil && browse.marks.isEmpty ? Words.Why.emptyFolder : nil
      }
    case .mark where screen == .transfers, .markAll where screen == .transfers:
      session.transfers.cursor == nil ? Words.Why.noTransfer : nil
    case .mark, .markAll, .invertMarks: whyNotMark(command)
    case .parent: browse.isAtTop ? Words.Why.topFolder : nil
    case .previousFolder: browse.hasPrevious ? nil : Words.Why.noPreviousFolder
    case .continueDraft: hasChosen ? nil : Words.Why.nothingStarted
    case .leavePrompt:
      context == .browse && browse.filter.isEmpty && browse.marks.isEmpty && !isReading && replacing == nil
        ? Words.Why.nothingToClear : nil
    case .inbox: inbox == nil ? Words.Why.noInbox : nil
    case .takePatient: patients.cursor == nil ? (patients.isLoading ? Words.Why.rosterNotRead : Words.Why.noPatients) : nil
    case .previousValue where screen == .patient, .nextValue where screen == .patient: nil
    case .typePatient: service.profile.takesTypedPatients ? nil : Words.Patient.listIsNeeded
    case .nextValue where message?.form.focus == .proceed: nil
    case .previousValue, .nextValue:
      message.map { MessageForm.input(of: $0.form.focus) } == .choice ? nil : Words.Why.notAChoice
    case .kindFHIR, .kindMedia, .kindNotes, .kindResults:
      message.map { MessageForm.input(of: $0.form.focus) } == .text ? Words.Why.pressEnterToType : nil
    case .earlierEntry, .laterEntry: message?.form.canRecall == true ? nil : Words.Message.nothingRecent
    case .takeChoice: message?.picker?.choice == nil ? message?.picker?.remark : nil
    case .nextMatch, .previousMatch: previewPane?.search == nil ? Words.Preview.noSearch : nil
    case .nextProblem where screen == .transfers, .previousProblem where screen == .transfers:
      session.transfers.summary.needAttention == 0 ? Words.Transfers.noFailure : nil
    case .nextProblem, .previousProblem: message?.problems.isEmpty == false ? nil : Words.Preview.noProblem
    case .review: message?.canBeSent == true ? nil : Words.Why.problems
    case .send: isSingleKey ? reviewPane?.whyNot : Words.Why.typedAhead
    case .cancelReview:
      if case .submitting = reviewPane?.step { Words.Why.submitting } else { nil }
    case .cancelTransfer: TransferAction.cancel.objection(to: session.transfers.targets)
    case .pauseTransfer: TransferAction.pause.objection(to: session.transfers.targets)
    case .decide: TransferAction.decide.objection(to: session.transfers.targets)
    case .correct: TransferAction.correct.objection(to: session.transfers.targets)
    case .retryTransfer:
      // Where a person confirms each send, one key is not enough for another.
      TransferAction.retry.objection(to: session.transfers.targets)
        ?? (service.profile.isProduction ? Words.Transfers.productionNoRetry : nil)
    case .openThemes: dependencies.themes.choices.count < 2 ? Words.Themes.onlyOne : nil
    case .showDetails: session.transfers.cursor == nil ? Words.Why.noTransfer : nil
    case .yes:
      if case .leftOut(let list) = dialog, list.isAll { Words.Together.noneLeft } else { isSingleKey ? nil : Words.Why.typedAhead }
    case .nextDocument, .previousDocument, .leaveOut: message.map { $0.documents.count > 1 } == true ? nil : Words.Together.onlyOne
    case .completePath, .order, .places, .toggleBookmark, .takePick, .help, .redraw, .suspend, .back, .quit, .openTransfers, .choosePatient,
      .up, .down, .pageUp, .pageDown, .first, .last,
      .scrollLeft, .scrollRight, .filter, .goToPath, .toggleHidden, .home, .reload, .acceptPrompt, .toggleMask, .nextKind, .editField,
      .documentType, .acceptEdit, .leaveEdit, .preview, .toggleFold, .toggleAllFolds, .save, .nextEntry, .takeProfile, .takeTheme,
      .filterTransfers, .narrowTransfers, .goOn, .no:
      nil
    }
  }

  private func whyNotMark(_ command: Command) -> DisplayText? {
    if browse.phase == .loading { return Words.Why.folderNotRead }
    guard let entry = browse.cursor else { return Words.Why.emptyFolder }
    return command == .mark && browse.isFolder(entry) ? Words.Why.foldersAreNotSent : nil
  }
}
