internal import ClinicalMessages
internal import SafeText

extension AppModel {
  /// Does what a command asks. It was checked that it can.
  func perform(_ command: Command) {
    switch command {
    case .help: openHelp()
    case .redraw: ask(.redraw)
    case .suspend: suspend()
    case .back: goBack()
    case .quit: quit()
    case .openTransfers: showTransfers()
    case .openProfiles: openProfiles()
    case .choosePatient: choosePatient()

    case .up, .down, .pageUp, .pageDown, .first, .last, .scrollLeft, .scrollRight: move(command)

    case .open: open()
    case .parent: browse.showParent()
    case .filter:
      switch screen {
      case .preview: previewPane?.openSearch()
      case .transfers: session.transfers.openSearch()
      default: browse.openFilter()
      }
    case .goToPath: browse.openPath()
    case .toggleHidden: browse.toggleHidden()
    case .home: browse.show(dependencies.home)
    case .previousFolder: browse.showPrevious()
    case .reload: if screen == .patient { patients.load() } else { browse.reload() }
    case .acceptPrompt:
      switch screen {
      case .preview: acceptPreviewPrompt()
      case .transfers: session.transfers.closeSearch(keeping: true)
      default: acceptPrompt()
      }
    case .mark: if screen == .transfers { session.transfers.toggleMark() } else { markFile() }
    case .markAll: if screen == .transfers { session.transfers.toggleAllMarks() } else { markAll(inverting: false) }
    case .invertMarks: markAll(inverting: true)
    case .completePath: completePrompt()
    case .leavePrompt:
      switch screen {
      case .preview: previewPane?.leavePrompt()
      case .transfers: session.transfers.closeSearch(keeping: false)
      default: leavePrompt()
      }
    case .continueDraft: proceed()
    case .order: openOrder()
    case .places: openPlaces()
    case .toggleBookmark: toggleBookmark()
    case .inbox: showInbox()
    case .takePick: takePick()

    case .takePatient: takePatient()
    case .toggleMask: toggleMask()
    case .typePatient: patients.openForm(); resizeCurrentList()

    case .kindFHIR: take(kind: .fhir)
    case .kindMedia: take(kind: .media)
    case .kindNotes: take(kind: .notes)
    case .kindResults: take(kind: .results)
    case .nextKind: if let message { take(kind: MessageForm.turned(message.form.kind, by: 1)) }
    case .previousValue: if screen == .patient { patients.turn(by: -1) } else { message?.turn(by: -1) }
    case .nextValue:
      if screen == .patient {
        patients.turn(by: 1)
      } else if message?.form.focus == .proceed {
        openPreview()
      } else {
        message?.turn(by: 1)
      }
    case .editField: editField()
    case .documentType: message?.openPicker(.documentType); resizeCurrentList()
    case .acceptEdit:
      if let message, !message.acceptEditor(movingOn: true), let remark = message.form.remark { tell(.warning, remark) }
    case .earlierEntry: message?.recall(by: 1)
    case .laterEntry: message?.recall(by: -1)
    case .leaveEdit: message?.leaveEditor()
    case .takeChoice: _ = message?.acceptPicker()
    case .preview: openPreview()

    case .nextDocument: showDocument(by: 1)
    case .previousDocument: showDocument(by: -1)
    case .leaveOut: leaveOut()
    case .toggleFold: toggleFold()
    case .toggleAllFolds: previewPane?.toggleAllFolds()
    case .nextMatch: goToMatch(by: 1)
    case .previousMatch: goToMatch(by: -1)
    case .nextProblem: if screen == .transfers { goToFailure(by: 1) } else { goToProblem(by: 1) }
    case .previousProblem: if screen == .transfers { goToFailure(by: -1) } else { goToProblem(by: -1) }
    case .save: openSave()

    case .review: openReview()
    case .send: send()
    case .cancelReview: closeReview(.plain, Words.Review.cancelled)
    case .nextEntry: nextEntry()

    case .cancelTransfer: cancelTransfer()
    case .retryTransfer: askToRetryTransfer()
    case .showDetails: session.transfers.openDetails(service, work: work); resizeCurrentList()

    case .filterTransfers: session.transfers.turnFilter()
    case .narrowTransfers: openNarrowing()
    case .pauseTransfer: pauseTransfers()
    case .decide: openDecision()
    case .correct: openCorrections()

    case .takeProfile: takeProfile()
    case .openThemes: openThemes()
    case .takeTheme: takeTheme()
    case .goOn: goOnTypingPatient()
    case .yes: answer(true)
    case .no: answer(false)
    }
  }

  private func move(_ command: Command) {
    if let dialog, dialog.list != nil {
      if case .themes(let picker) = dialog { return moveInThemes(picker, command) }
      self.dialog = dialog.moved(command)
      return
    }
    switch screen {
    case .browse: browse.move(command)
    case .patient: patients.move(command)
    case .message: message?.move(command)
    case .preview: previewPane?.move(command)
    case .transfers: session.transfers.move(command)
    case .profiles: profileWindow.move(command)
    case .review: reviewPane?.scroll.move(command)
    }
  }

  private func goBack() {
    if context == .help || context == .pick {
      dialog = nil
    } else if case .themes(let picker) = dialog {
      leaveThemes(picker)
    } else if context == .picker {
      message?.closePicker()
    } else if context == .patientForm {
      patients.closeForm()
      resizeCurrentList()
    } else if context == .transferDetails {
      session.transfers.closeDetails()
    } else if context == .transfers, session.transfers.isNarrow {
      // One step back: from what was looked for to all.
      session.transfers.widen()
    } else {
      pop()
      justWentBack = screen == .browse
    }
  }

  private func openHelp() {
    let rows = Bindings.mostUsefulFirst(in: context).map { binding in
      HelpState.Row(
        keys: binding.keyNames, label: binding.label, tooltip: binding.tooltip, reason: availability(of: binding.command).reason)
    }
    dialog = .help(HelpList(title: Words.Help.title(of: context), rows: rows, height: viewport.rows))
  }

  // MARK: Questions

  private func answer(_ isYes: Bool) {
    let asked = dialog
    dialog = nil
    if case .leftOut(let list) = asked { return answerAboutLeftOut(list, goesOn: isYes) }
    guard isYes else { return }
    switch asked {
    case .quit: leave()
    case .cancelTransfers(let transfers): cancel(transfers)
    case .retryTransfers(let transfers): retry(transfers)
    case .resolve(let word, let transfer): decide(word, on: transfer)
    case .help, .themes, .pick, .leftOut, nil: break
    }
  }
}
