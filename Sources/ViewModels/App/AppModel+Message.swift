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

  // MARK: Review

  func openReview() {
    guard let message, message.plan.canBeSent else { return }
    reviewNumber += 1
    reviewPane = ReviewPane(reviewNumber, message.plan, profile: service.profile)
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

  /// The document is done with; the patient stays for the next one.
  func finishSending(_ plan: Plan, as id: TransferSnapshot.ID) {
    lastKind = plan.draft.kind
    let session = session
    work.start { await session.note(plan.draft) }
    (reviewPane, previewPane, message, inspection) = (nil, nil, nil, .none)
    screens = [.browse]
    showPatientOnWorkbench()
    push(.transfers)
    tell(.good, Words.Review.recorded(DisplayText(escaping: service.profile.environment.rawValue)), about: id)
  }
}
