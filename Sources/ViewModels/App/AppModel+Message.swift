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
    case .text: message.edit()
    case .choice: message.move(.down)
    case .picker:
      message.openPicker()
      resizeCurrentList()
    case .proceed: openPreview()
    }
  }

  func openPreview() {
    guard let message else { return }
    previewPane = PreviewPane(message.plan, viewport: viewport)
    push(.preview)
  }

  // MARK: Review

  func openReview() {
    guard let message, message.plan.canBeSent else { return }
    let draft = message.plan.draft
    let fileName = DocumentSummary(draft.document, clock: clock).name.reveal().string
    let warnings =
      ReviewWarnings.patient(chosenAgo: clock.now().timeIntervalSince(patientChosenAt), namesakes: patients.warning(about: draft.patient))
      + ReviewWarnings.fileName(fileName, patient: draft.patient, roster: patients.roster)
    reviewPane = ReviewPane(message.plan, profile: service.profile, warnings: warnings)
    push(.review)
    ask(.flushInput)
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

  /// Hands the plan that was reviewed to the engine.
  func send() {
    guard var pane = reviewPane, pane.whyNot == nil else { return }
    pane.step = .submitting
    reviewPane = pane
    let plan = pane.plan
    let service = service
    work.start { [weak self] in
      let result: Result<TransferSnapshot.ID, OutboxError>
      do throws(OutboxError) { result = .success(try await service.submit(plan)) } catch { result = .failure(error) }
      guard let self else { return }
      switch result {
      case .success: self.finishSending(plan)
      case .failure(let error): self.closeReview(.error, Words.Transfers.outbox(error))
      }
    }
  }

  /// The document is done with; the patient stays for the next one.
  private func finishSending(_ plan: Plan) {
    lastKind = plan.draft.kind
    (reviewPane, previewPane, message, inspection) = (nil, nil, nil, .none)
    screens = [.browse]
    push(.transfers)
    tell(.good, Words.Review.recorded(DisplayText(escaping: service.profile.environment.rawValue)))
  }

  func reviewState(_ pane: ReviewPane) -> ReviewState {
    let plan = pane.plan
    let profile = service.profile
    let draft = plan.draft
    let document = DocumentSummary(draft.document, clock: clock)
    var place = [
      LabelledValue(Words.Review.destination, profile.destinationName), LabelledValue(Words.Review.host, profile.host),
      LabelledValue(Words.Review.profile, DisplayText(escaping: profile.name)),
    ]
    if profile.isSandbox { place.append(LabelledValue("", Words.Review.sandbox)) }
    let type = draft.fields.documentType
    var message = [
      LabelledValue(Words.Review.kind, Words.Message.longKind(draft.kind)),
      LabelledValue(Words.Review.type, "\(type.display) (\(type.code))"),
      LabelledValue(Words.Review.title, draft.fields.title.map { DisplayText(escaping: $0) } ?? document.name.reveal()),
      LabelledValue(Words.Review.way, "\(Words.Message.method(plan.method.method)). \(plan.method.reason)"),
    ]
    if let line = self.message?.methodLine { message.append(LabelledValue(Words.Review.size, line.size)) }
    if let provider = draft.fields.provider {
      let name = [provider.family, provider.given].compactMap(\.self).joined(separator: ", ")
      message.append(LabelledValue(Words.Review.provider, "\(provider.idType) \(provider.id) \(name)"))
    }
    message.append(LabelledValue(Words.Review.sender, dependencies.sender))
    message.append(LabelledValue(Words.Review.after, Words.Review.cannotBeUndone))
    return ReviewState(
      patient: PatientBanner(draft.patient, today: clock.today), document: document,
      environment: DisplayText(escaping: profile.environment.rawValue), place: place, message: message,
      warnings: plan.problems.map(ProblemLine.init) + pane.warnings,
      confirmation: pane.confirmation, isProduction: profile.isProduction)
  }
}
