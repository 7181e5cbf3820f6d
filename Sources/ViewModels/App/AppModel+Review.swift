internal import ClinicalMessages
internal import Documents
internal import SafeText
internal import TransferEngine
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension AppModel {
  /// Looks at the file, at the other patients and at what was sent before. Until that is known the question cannot be answered.
  /// - Parameter wasChanged: The document was first meant for somebody else.
  func checkBeforeAsking(wasChanged: Bool) {
    guard let pane = reviewPane else { return }
    let (service, draft, roster) = (service, pane.plan.draft, patients.roster)
    let isTypedIn = patients.typedIn.contains { $0.id == draft.patient.id }
    let name = DocumentSummary(draft.document, clock: clock).name.reveal()
    let chosenAgo = clock.now().timeIntervalSince(patientChosenAt)
    work.start { [weak self] in
      let warnings = await ReviewWarnings.about(
        draft.patient, fileName: name.string, chosenAgo: chosenAgo, wasChanged: wasChanged, isTypedIn: isTypedIn,
        roster: roster)
      let change = await Self.change(of: draft.document, service)
      let earlier: [Date]
      do throws(OutboxError) {
        earlier = try await service.earlierSends(of: draft.document, to: draft.patient)
      } catch {
        // A record that cannot be read cannot be written either; sending says so.
        earlier = []
      }
      guard let self, self.reviewPane?.number == pane.number else { return }
      self.reviewPane?.isChecking = false
      self.reviewPane?.namesakes = warnings.namesakes
      self.reviewPane?.warnings = warnings.others
      if let change { self.reviewPane?.step = .closed(change) }
      if let last = earlier.first {
        let ago = self.clock.now().timeIntervalSince(last)
        self.reviewPane?.warnings.insert(ReviewWarnings.sentBefore(ago: ago, date: self.clock.dateAndTime(last)), at: 0)
      }
    }
  }

  /// Hands the plan that was reviewed to the engine, unless the file has become another one.
  func send() {
    guard let pane = reviewPane, pane.whyNot == nil else { return }
    reviewPane?.isChecking = true
    let service = service
    work.start { [weak self] in
      let change = await Self.change(of: pane.plan.draft.document, service)
      // A review that was left meanwhile sends nothing.
      guard let self, self.reviewPane?.number == pane.number else { return }
      self.reviewPane?.isChecking = false
      self.reviewPane?.step = change.map(ReviewPane.Step.closed) ?? .submitting
      guard change == nil else { return }
      let result: Result<TransferSnapshot.ID, OutboxError>
      do throws(OutboxError) { result = .success(try await service.submit(pane.plan)) } catch { result = .failure(error) }
      switch result {
      case .success(let id): self.finishSending(pane.plan, as: id)
      case .failure(let error): self.closeReview(.error, Words.Transfers.outbox(error))
      }
    }
  }

  /// What is wrong with the file by now; nil when it is the one that was inspected.
  private static func change(of document: Document, _ service: any TransferService) async -> DisplayText? {
    do throws(DocumentContentError) {
      try await service.recheck(document)
      return nil
    } catch {
      switch error {
      case .changed: return Words.Review.changed
      case .gone: return Words.Review.gone
      case .unreadable(let number): return Words.Review.unreadable(number)
      }
    }
  }

  // MARK: State

  func reviewState(_ pane: ReviewPane) -> ReviewState {
    let profile = service.profile
    let draft = pane.plan.draft
    var place = [
      LabelledValue(Words.Review.destination, profile.destinationName), LabelledValue(Words.Review.host, profile.host),
      LabelledValue(Words.Review.profile, DisplayText(escaping: profile.name)), LabelledValue(Words.Review.sender, dependencies.sender),
    ]
    if profile.isSandbox { place.append(LabelledValue("", Words.Review.sandbox)) }
    // What the inspection found stands beside the document already.
    let problems = pane.plan.problems.filter { $0.reason != DocumentSummary(draft.document, clock: clock).remark }
    return ReviewState(
      patient: PatientBanner(draft.patient, today: clock.today), document: DocumentSummary(draft.document, clock: clock),
      environment: DisplayText(escaping: profile.environment.rawValue), place: place, message: reviewedMessage(pane.plan),
      warnings: ReviewWarnings.ordered(problems.map(ProblemLine.init), namesakes: pane.namesakes, others: pane.warnings),
      confirmation: pane.confirmation, window: pane.scroll.window, isProduction: profile.isProduction)
  }

  private func reviewedMessage(_ plan: Plan) -> [LabelledValue] {
    let (draft, fields) = (plan.draft, plan.draft.fields)
    var values = [
      LabelledValue(Words.Review.kind, Words.Message.longKind(draft.kind, isUnsolicited: fields.orderNumber == nil)),
      LabelledValue(Words.Review.type, "\(fields.documentType.display) (\(fields.documentType.code))"),
    ]
    // Without a title it is the file's name, which is there already.
    if let title = fields.title { values.append(LabelledValue(Words.Review.title, DisplayText(escaping: title))) }
    values.append(
      LabelledValue(Words.Review.way, Words.Review.way(Words.Message.methodAtStart(plan.method.method), plan.method.reason)))
    if let line = message?.methodLine { values.append(LabelledValue(Words.Review.size, line.size)) }
    if let provider = fields.provider { values.append(LabelledValue(Words.Review.provider, Words.Message.provider(provider))) }
    if let visit = fields.visitNumber { values.append(LabelledValue(Words.Review.visit, DisplayText(escaping: visit))) }
    if let order = fields.orderNumber { values.append(LabelledValue(Words.Review.order, DisplayText(escaping: order))) }
    if let date = fields.serviceDate { values.append(LabelledValue(Words.Review.serviceDate, clock.dateAndTime(date))) }
    values.append(LabelledValue(Words.Review.status, Words.Message.completion(fields.completion)))
    if fields.confidentiality != .normal {
      values.append(LabelledValue(Words.Review.confidentiality, Words.Message.confidentiality(fields.confidentiality)))
    }
    values.append(LabelledValue(Words.Review.after, Words.Review.cannotBeUndone))
    return values
  }
}
