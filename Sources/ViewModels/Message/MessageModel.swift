internal import ClinicalMessages
internal import Documents
internal import Observation
internal import SafeText
internal import TransferEngine

/// Documents for one patient, on their way to being sent: one form for all of them, and the plan of each, made at every change. Most
/// often it is one document.
@MainActor
@Observable
final class MessageModel {
  /// At least one, in the order in which they are sent.
  let documents: [Document]
  let patient: Patient
  private(set) var form: MessageForm
  /// One for each document.
  private(set) var plans: [Plan]
  /// Whose message is looked at, counted from 0.
  private(set) var shown = 0
  /// They were first meant for somebody else.
  private(set) var hasChangedPatient = false
  /// The problem that was gone to last.
  private var problemIndex: Int?
  private(set) var picker: FieldPicker?

  @ObservationIgnored private let service: any TransferService
  @ObservationIgnored let clock: WallClock
  @ObservationIgnored let limits: Limits
  /// One for each document. Kept as long as the document is: a second preview is of the same message.
  @ObservationIgnored private let identities: [MessageIdentity]
  @ObservationIgnored private let remembered: RememberedDefaults
  /// What becomes of the documents at the destination.
  @ObservationIgnored private let purpose: Draft.Purpose

  /// - Parameters:
  ///   - documents: At least one.
  ///   - identities: One for each document; nil for fresh ones.
  init(
    documents: [Document], patient: Patient, kind: MessageKind, service: any TransferService, clock: WallClock, limits: Limits,
    remembered: RememberedDefaults, purpose: Draft.Purpose = .new, identities: [MessageIdentity]? = nil
  ) {
    self.documents = documents
    self.patient = patient
    self.service = service
    self.clock = clock
    self.limits = limits
    self.remembered = remembered
    self.purpose = purpose
    self.identities = identities ?? documents.map { _ in service.makeIdentity() }
    form = MessageForm(
      kind: kind, values: service.defaultFields(for: kind, document: documents[0]).remembering(remembered, for: kind),
      knownProviders: service.providers, isForSeveral: documents.count > 1)
    plans = []
    makePlans()
    if !canBeSent { focusOnFirstError() }
  }

  var document: Document { documents[shown] }
  var plan: Plan { plans[shown] }
  var isForSeveral: Bool { form.isForSeveral }
  var canBeSent: Bool { plans.allSatisfy(\.canBeSent) }

  func plan(for document: Document) -> Plan? { plans.first { $0.draft.document == document } }

  private func makePlans() {
    plans = zip(documents, identities).map { document, identity in
      var fields = form.values
      if form.hasTypeByFile { fields.documentType = service.defaultFields(for: form.kind, document: document).documentType }
      return service.plan(
        Draft(
          document: document, patient: patient, kind: form.kind, fields: fields, forcedMethod: form.forcedMethod, identity: identity,
          purpose: purpose))
    }
    problemIndex = nil
  }

  /// What was filled in moves on to another patient; the messages' identities do not, since they are other messages.
  func replacingPatient(_ patient: Patient) -> MessageModel {
    let other = MessageModel(
      documents: documents, patient: patient, kind: form.kind, service: service, clock: clock, limits: limits, remembered: remembered,
      purpose: purpose)
    other.form = form
    other.form.forgetVisit()
    other.hasChangedPatient = true
    other.makePlans()
    return other
  }

  /// The same without the document that is shown. It must not be the only one.
  func leavingOutShown() -> MessageModel {
    let kept = documents.indices.filter { $0 != shown }
    let other = MessageModel(
      documents: kept.map { documents[$0] }, patient: patient, kind: form.kind, service: service, clock: clock, limits: limits,
      remembered: remembered, purpose: purpose, identities: kept.map { identities[$0] })
    other.form = kept.count > 1 ? form : form.forOne(other.form)
    other.hasChangedPatient = hasChangedPatient
    other.shown = min(shown, kept.count - 1)
    other.makePlans()
    return other
  }

  /// The message of another document, around the end.
  func show(by step: Int) {
    shown = ((shown + step) % documents.count + documents.count) % documents.count
    problemIndex = nil
  }

  private func focusOnFirstError() {
    let errors = problems.filter(\.isError).map(\.field)
    if let field = form.fields.first(where: { errors.contains(Words.Message.problemField($0)) }) { form.focus(on: field) }
  }

  // MARK: Problems

  /// The problem after the one that was shown last, or before it, around the end; with its number, counted from 1. Its document is the
  /// one that is shown then.
  func nextProblem(by step: Int) -> (number: Int, problem: ProblemLine)? {
    let problems = locatedProblems
    guard !problems.isEmpty else { return nil }
    let index = problemIndex.map { (($0 + step) % problems.count + problems.count) % problems.count } ?? firstIndex(of: problems, by: step)
    problemIndex = index
    if let document = problems[index].document { shown = document }
    return (index + 1, problems[index].line)
  }

  /// Where going through them begins: at the document that is shown.
  private func firstIndex(of problems: [LocatedProblem], by step: Int) -> Int {
    let fallback = step > 0 ? 0 : problems.count - 1
    return step > 0 && shown > 0 ? problems.firstIndex { $0.document == shown } ?? fallback : fallback
  }

  /// False when the form has no field of this name.
  func focus(onProblemWith name: DisplayText) -> Bool {
    guard let field = form.fields.first(where: { Words.Message.problemField($0) == name }) else { return false }
    form.focus(on: field)
    return true
  }

  /// The one that was gone to last comes first.
  var problemsFromCurrent: [ProblemLine] {
    let index = problemIndex ?? 0
    return Array(problems.dropFirst(index) + problems.prefix(index))
  }

  /// The same; before any was gone to, those of the document that is shown.
  var previewProblems: [ProblemLine] {
    guard problemIndex == nil else { return problemsFromCurrent }
    let all = locatedProblems
    return (all.filter { $0.document ?? shown == shown } + all.filter { $0.document ?? shown != shown }).map(\.line)
  }

  private var locatedProblems: [LocatedProblem] { LocatedProblem.all(of: plans) }
  /// Errors first; each with its document, unless all have it.
  var problems: [ProblemLine] { locatedProblems.map(\.line) }

  // MARK: Intents

  func move(_ command: Command) {
    if picker != nil { picker?.move(command) } else { form.move(command) }
  }

  func take(kind: MessageKind) {
    form.change(to: kind, defaults: service.defaultFields(for: kind, document: documents[0]).remembering(remembered, for: kind))
    makePlans()
  }

  func turn(by step: Int) {
    if form.focus == .kind {
      take(kind: MessageForm.turned(form.kind, by: step))
    } else {
      form.turn(by: step)
      makePlans()
    }
  }

  /// - Parameter recent: Numbers that the same field had for this patient, newest first.
  func edit(recent: [String]) { form.edit(clock: clock, recent: recent) }
  func recall(by step: Int) { form.recall(by: step) }
  func leaveEditor() { form.leaveEditor() }

  /// False when what was typed cannot be read; the form's remark says why.
  func acceptEditor(movingOn: Bool) -> Bool {
    guard form.acceptEditor(clock: clock) else { return false }
    if movingOn { form.move(.down) }
    makePlans()
    return true
  }

  func openPicker(_ field: FormField) {
    form.focus(on: field)
    if field == .provider {
      picker = .provider(
        service.providers, own: service.defaultFields(for: form.kind, document: documents[0]).provider, current: form.values.provider,
        isRequired: form.kind == .media || form.kind == .notes)
    } else {
      picker = .documentType(current: form.values.documentType)
    }
  }

  func closePicker() { picker = nil }

  /// False when nothing is under the cursor and what was typed is no code.
  func acceptPicker() -> Bool {
    guard let choice = picker?.choice else { return false }
    switch choice {
    case .documentType(let type): form.take(documentType: type)
    case .provider(let provider): form.take(provider: provider)
    }
    picker = nil
    makePlans()
    return true
  }

  func type(_ key: Key) -> Bool { picker?.type(key) ?? form.type(key) }
  func setRows(_ rows: Int) {
    if let picker, picker.window.rows != rows { self.picker?.setRows(rows) }
  }
}
