internal import ClinicalMessages
internal import Documents
internal import SafeText
internal import SystemPackage
internal import TransferEngine
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension AppModel {
  func editField() {
    guard let message else { return }
    switch MessageForm.input(of: message.form.focus) {
    case .text:
      let recent = session.recentNumbers.numbers(for: message.form.focus, of: message.patient.id)
      message.edit(recent: recent)
      if !recent.isEmpty { tell(.plain, Words.Message.recent(recent.map { DisplayText(escaping: $0) })) }
    case .choice: message.move(.down)
    case .picker:
      message.openPicker(message.form.focus)
      resizeCurrentList()
    case .proceed: openPreview()
    }
  }

  /// Says it where the field is not in view or not in focus: a key that was meant for something else changes much.
  func take(kind: MessageKind) {
    guard let message, message.form.kind != kind else { return }
    message.take(kind: kind)
    if message.form.focus != .kind { tell(.plain, Words.Message.kindIsNow(Words.Message.kind(kind))) }
  }

  // MARK: Review

  func openReview() {
    guard let message, message.canBeSent else { return }
    reviewNumber += 1
    reviewPane = ReviewPane(reviewNumber, message.plans, for: message.patient, profile: service.profile)
    push(.review)
    ask(.flushInput)
    checkBeforeAsking(wasChanged: message.hasChangedPatient)
  }

  func closeReview(_ tone: Notice.Tone, _ text: DisplayText) {
    reviewPane = nil
    if screen == .review { pop() }
    tell(tone, text)
  }

  func retype(_ key: Key) {
    guard var pane = reviewPane, case .retype(var retyping) = pane.step else { return }
    if case .paste = key {
      retyping.note(Words.Review.typeItYourself)
    } else {
      _ = retyping.type(key)
    }
    pane.step = .retype(retyping)
    reviewPane = pane
  }

  func nextEntry() {
    guard var pane = reviewPane, case .retype(var retyping) = pane.step else { return }
    let outcome = retyping.next()
    pane.step = .retype(retyping)
    reviewPane = pane
    switch outcome {
    case .going: break
    case .passed: ask(.flushInput)
    case .failed: closeReview(.error, Words.Review.aborted)
    }
  }

  /// The documents are done with; the patient stays for the next ones.
  func finishSending(_ plans: [Plan], as ids: [TransferSnapshot.ID]) {
    guard let draft = plans.first?.draft else { return }
    lastKind = draft.kind
    let (session, isTypeChosen) = (session, message?.form.hasChosenType ?? true)
    work.start { await session.note(draft, isTypeChosen: isTypeChosen) }
    (reviewPane, previewPane, message, inspection) = (nil, nil, nil, .none)
    endReplacing()
    browse.unmark(Set(plans.map { $0.draft.document.chosenPath ?? $0.draft.document.path }))
    screens = [.browse]
    showPatientOnWorkbench()
    session.transfers.goToNewest()
    showTransfers()
    let environment = DisplayText(escaping: service.profile.environment.rawValue)
    let hold = dependencies.holdSeconds
    let recorded = plans.count == 1 ? Words.Review.recorded(environment) : Words.Together.recorded(plans.count, environment)
    let held =
      hold > 0 ? Words.Review.held(plans.count, environment, until: clock.time(clock.now().addingTimeInterval(hold))) : nil
    // The last one to be sent: until it has ended they are on their way.
    tell(.good, held ?? recorded, about: ids.last, afterHold: held.map { _ in recorded })
  }
}
