internal import ClinicalMessages
internal import Documents
internal import SafeText
internal import SystemPackage
internal import TransferEngine

extension AppModel {
  /// What is to be drawn. Reading it inside `withObservationTracking` tells when it has changed.
  public var state: AppState {
    AppState(
      profile: service.profile, banner: banner, screen: screenState, dialog: dialogState, notice: currentNotice, hints: hints,
      transfers: session.transfers.summary)
  }

  /// Not on screens that show several patients: there it would be taken for one of them.
  private var banner: PatientBanner? {
    switch screen {
    case .patient, .transfers, .profiles: nil
    case .browse, .message, .preview, .review: patient.map { PatientBanner($0, today: clock.today) }
    }
  }

  private var browseState: ScreenState {
    .browse(
      BrowseState(
        directory: DisplayText(escapingBytes: browse.folder.bytes), phase: browse.phase, rows: browseRows, window: browse.window,
        total: browse.listing?.totalCount ?? 0, prompt: browse.prompt, filter: DisplayText(escaping: browse.filter),
        showsHidden: browse.showsHidden, order: browse.order == .name ? nil : Words.Browse.order(browse.order), inspection: inspectionState,
        summary: workbenchSummary))
  }

  private var screenState: ScreenState {
    switch screen {
    case .browse: browseState
    case .patient: .patient(patients.state(today: clock.today))
    case .message: message.map { .message($0.state) } ?? browseState
    case .preview:
      if let previewPane, let message { .preview(previewPane.state(message)) } else { browseState }
    case .review: reviewPane.map { .review(reviewState($0)) } ?? browseState
    case .transfers: .transfers(session.transfers.state)
    case .profiles: .profiles(profilesState)
    }
  }

  private var inspectionState: BrowseState.Inspection {
    switch inspection {
    case .none: .none
    case .reading(let gathering):
      .reading(
        name: gathering.current.map(Self.name) ?? "",
        place: gathering.paths.count == 1 ? nil : Words.Together.place(gathering.number, of: gathering.paths.count))
    case .refused(let path, let reason): .refused(name: Self.name(of: path), reason: reason)
    case .undecided(let gathering): .together(DocumentsSummary(gathering.documents))
    case .ready(let documents):
      if let document = documents.first, documents.count == 1 {
        .ready(DocumentSummary(document, clock: clock))
      } else {
        .together(DocumentsSummary(documents))
      }
    }
  }

  static func name(of path: FilePath) -> DisplayText { DisplayText(escapingBytes: path.lastComponent?.bytes ?? path.bytes) }

  private var dialogState: DialogState? {
    switch dialog {
    case .help(let list): return .help(list.state)
    case .themes(let picker): return .themes(picker.state)
    case .pick(let list): return .pick(list.state)
    case .quit(let running):
      return .confirm(
        ConfirmState(
          title: Words.App.quitTitle, lines: Words.App.quitLines(running, inBackground: dependencies.startBackground != nil),
          choices: [.init(key: "Enter", label: Words.App.quitStay), .init(key: "y", label: Words.App.quitLeave)]))
    case .cancelTransfers(let transfers):
      return .confirm(
        ConfirmState(
          title: Words.Transfers.cancelTitle(transfers.count), lines: Words.Transfers.cancelLines(transfers),
          choices: [.init(key: "Enter", label: Words.Transfers.keep), .init(key: "y", label: Words.Transfers.stop)]))
    case .resolve(let word, let transfer):
      return .confirm(
        ConfirmState(
          title: Words.Decisions.question(word),
          lines: Words.Decisions.lines(word, transfer),
          choices: [
            .init(key: "Enter", label: Words.Transfers.leaveIt),
            .init(key: "y", label: Words.Decisions.yes(word, transfer.purpose)),
          ]))
    case .retryTransfers(let transfers):
      return .confirm(
        ConfirmState(
          title: Words.Transfers.retryTitle(transfers.count),
          lines: Words.Transfers.retryLines(
            transfers.map { ($0.fileName.reveal(), $0.patientName.reveal()) },
            environment: DisplayText(escaping: service.profile.environment.rawValue)),
          choices: [.init(key: "Enter", label: Words.Transfers.leaveIt), .init(key: "y", label: Words.Transfers.sendAgain)]))
    case .leftOut(let list): return .leftOut(list.state)
    case nil: break
    }
    switch screen {
    case .message: return message?.picker.map { .picker($0.state) }
    case .transfers: return session.transfers.details.map { .transferDetails($0) }
    case .browse, .patient, .preview, .review, .profiles: return nil
    }
  }

  private var hints: [Hint] {
    // A question's own words for its answers.
    let choices: [ConfirmState.Choice]? =
      switch dialogState {
      case .confirm(let question): question.choices
      case .leftOut(let question): question.choices
      default: nil
      }
    return choices?.map { Hint(key: $0.key, label: $0.label) } ?? Hint.all(in: context) { availability(of: $0).reason == nil }
  }
}
