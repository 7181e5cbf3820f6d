internal import ClinicalMessages
internal import Documents
internal import SafeText
internal import TransferEngine

extension AppModel {
  func reviewState(_ pane: ReviewPane) -> ReviewState {
    let profile = service.profile
    var place = [
      LabelledValue(Words.Review.destination, profile.destinationName), LabelledValue(Words.Review.host, profile.host),
      LabelledValue(Words.Review.profile, DisplayText(escaping: profile.name)), LabelledValue(Words.Review.sender, dependencies.sender),
    ]
    if profile.isSandbox { place.append(LabelledValue("", Words.Review.sandbox)) }
    if let subject = pane.stored { return reviewState(pane, of: subject, place: place) }
    let several = pane.plans.count > 1
    let problems = several ? LocatedProblem.all(of: pane.plans).filter { $0.document == nil }.map(\.line) : problems(of: pane.plans, 0)
    return ReviewState(
      patient: PatientBanner(pane.patient, today: clock.today),
      documents: several ? pane.plans.indices.map { reviewed(pane, $0) } : pane.plans.map { .init(summary(of: $0)) },
      environment: DisplayText(escaping: profile.environment.rawValue), place: place,
      message: several ? commonMessage(pane.plans) : pane.plans.flatMap(reviewedMessage),
      warnings: ReviewWarnings.ordered(
        problems, namesakes: pane.namesakes, others: (several ? [] : pane.documentWarnings.flatMap(\.self)) + pane.warnings),
      confirmation: pane.confirmation, window: pane.scroll.window, isProduction: profile.isProduction)
  }

  private func reviewState(_ pane: ReviewPane, of subject: StoredSubject, place: [LabelledValue]) -> ReviewState {
    ReviewState(
      patient: PatientBanner(pane.patient, today: clock.today), documents: [],
      environment: DisplayText(escaping: service.profile.environment.rawValue), place: place, message: subject.values,
      warnings: ReviewWarnings.ordered(subject.problems.map(ProblemLine.init), namesakes: pane.namesakes, others: []),
      confirmation: pane.confirmation, window: pane.scroll.window, isProduction: service.profile.isProduction)
  }

  private func summary(of plan: Plan) -> DocumentSummary { DocumentSummary(plan.draft.document, clock: clock) }

  /// Of one document alone; what the inspection found stands beside the document already.
  private func problems(of plans: [Plan], _ index: Int) -> [ProblemLine] {
    LocatedProblem.all(of: plans).filter { $0.document == index }.map(\.line)
      .filter { $0.reason != summary(of: plans[index]).remark }
  }

  // MARK: One document

  private func reviewedMessage(_ plan: Plan) -> [LabelledValue] {
    let (draft, fields) = (plan.draft, plan.draft.fields)
    return replaced(by: draft) + [kind(of: draft), type(fields.documentType)] + title(fields)
      + [
        LabelledValue(Words.Review.way, Words.Review.way(Words.Message.methodAtStart(plan.method.method), plan.method.reason)),
        LabelledValue(Words.Review.size, MethodLine(plan, limits: dependencies.limits).size),
      ] + care(fields, draft.kind)
  }

  private func replaced(by draft: Draft) -> [LabelledValue] {
    guard case .replace(let original) = draft.purpose else { return [] }
    return [LabelledValue(Words.Corrections.replacesLabel, original.fileName.reveal() + ", " + DisplayText(escaping: original.documentID))]
  }

  private func kind(of draft: Draft) -> LabelledValue {
    LabelledValue(Words.Review.kind, Words.Message.longKind(draft))
  }

  private func type(_ type: CodedValue) -> LabelledValue { LabelledValue(Words.Review.type, Words.Review.type(type)) }

  /// Without a title it is the file's name, which is there already.
  private func title(_ fields: MessageFields) -> [LabelledValue] {
    fields.title.map { [LabelledValue(Words.Review.title, DisplayText(escaping: $0))] } ?? []
  }

  private func care(_ fields: MessageFields, _ kind: MessageKind) -> [LabelledValue] {
    var values: [LabelledValue] = []
    if let provider = fields.provider { values.append(LabelledValue(Words.Review.provider, Words.Message.provider(provider))) }
    if let visit = fields.visitNumber { values.append(LabelledValue(Words.Review.visit, DisplayText(escaping: visit))) }
    if let order = fields.orderNumber { values.append(LabelledValue(Words.Review.order, DisplayText(escaping: order))) }
    if let date = fields.serviceDate { values.append(LabelledValue(Words.Review.serviceDate, clock.dateAndTime(date))) }
    values.append(LabelledValue(Words.Review.status, Words.Message.completion(fields.completion)))
    if fields.confidentiality != .normal {
      values.append(LabelledValue(Words.Review.confidentiality, Words.Message.confidentiality(fields.confidentiality)))
    }
    let after = [Words.Review.cannotBeUndone(kind), service.afterSentence].compactMap(\.self)
    values.append(LabelledValue(Words.Review.after, after.joined(separator: " ")))
    return values
  }

  // MARK: Several documents

  private func commonMessage(_ plans: [Plan]) -> [LabelledValue] {
    guard let draft = plans.first?.draft else { return [] }
    let way = MethodLine(plans)
    let bytes = plans.reduce(0) { $0 + $1.draft.document.identity.byteCount }
    return [
      LabelledValue(Words.Together.documents, Words.Together.countAndSize(plans.count, bytes: bytes)), kind(of: draft),
    ] + (commonType(plans).map { [type($0)] } ?? []) + title(draft.fields)
      + [LabelledValue(Words.Review.way, way.method), LabelledValue(Words.Review.size, way.size)] + care(draft.fields, draft.kind)
  }

  /// Nil when they do not all have the same; then it stands beside each.
  private func commonType(_ plans: [Plan]) -> CodedValue? {
    let types = Set(plans.map(\.draft.fields.documentType))
    return types.count == 1 ? types.first : nil
  }

  private func reviewed(_ pane: ReviewPane, _ index: Int) -> ReviewState.Reviewed {
    let plan = pane.plans[index]
    let type = commonType(pane.plans) == nil ? [Words.Review.type(plan.draft.fields.documentType)] : []
    return ReviewState.Reviewed(
      summary(of: plan),
      facts: type + [Words.Together.asSent(plan.byteCountAsSent, Words.Message.method(plan.method.method))],
      // The name stands above them.
      warnings: ReviewWarnings.ordered(problems(of: pane.plans, index), namesakes: nil, others: pane.documentWarnings[index]).map { line in
        var line = line
        line.document = nil
        return line
      })
  }
}
