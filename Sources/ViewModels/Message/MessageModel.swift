internal import ClinicalMessages
internal import Documents
internal import Observation
internal import SafeText
internal import TransferEngine

/// One document for one patient, on its way to being sent: the form, and the plan that it makes at every change.
@MainActor
@Observable
final class MessageModel {
  let document: Document
  let patient: Patient
  private(set) var form: MessageForm
  private(set) var plan: Plan
  /// The document was first meant for somebody else.
  private(set) var hasChangedPatient = false
  /// The problem that was gone to last.
  private var problemIndex: Int?
  private(set) var picker: FieldPicker?

  @ObservationIgnored private let service: any TransferService
  @ObservationIgnored private let clock: WallClock
  @ObservationIgnored private let limits: Limits
  /// Kept as long as the document is: a second preview is of the same message.
  @ObservationIgnored private let identity: MessageIdentity
  @ObservationIgnored private let remembered: RememberedDefaults

  init(
    document: Document, patient: Patient, kind: MessageKind, identity: MessageIdentity, service: any TransferService, clock: WallClock,
    limits: Limits, remembered: RememberedDefaults
  ) {
    self.document = document
    self.patient = patient
    self.identity = identity
    self.service = service
    self.clock = clock
    self.limits = limits
    self.remembered = remembered
    let form = MessageForm(
      kind: kind, values: service.defaultFields(for: kind, document: document).remembering(remembered, for: kind),
      knownProviders: service.providers)
    self.form = form
    plan = service.plan(Self.draft(form, document, patient, identity))
    if !plan.canBeSent { focusOnFirstError() }
  }

  private static func draft(_ form: MessageForm, _ document: Document, _ patient: Patient, _ identity: MessageIdentity) -> Draft {
    Draft(
      document: document, patient: patient, kind: form.kind, fields: form.values, forcedMethod: form.forcedMethod, identity: identity)
  }

  /// What was filled in moves on to another patient; the message's identity does not, since it is another message.
  func replacingPatient(_ patient: Patient, identity: MessageIdentity) -> MessageModel {
    let other = MessageModel(
      document: document, patient: patient, kind: form.kind, identity: identity, service: service, clock: clock, limits: limits,
      remembered: remembered)
    other.form = form
    other.form.forgetVisit()
    other.hasChangedPatient = true
    other.makePlan()
    return other
  }

  private func makePlan() {
    plan = service.plan(Self.draft(form, document, patient, identity))
    problemIndex = nil
  }

  private func focusOnFirstError() {
    let errors = plan.problems.filter { $0.severity == .error }.map(\.field)
    if let field = form.fields.first(where: { errors.contains(Words.Message.problemField($0)) }) { form.focus(on: field) }
  }

  // MARK: Problems

  /// The problem after the one that was shown last, or before it, around the end; with its number, counted from 1.
  func nextProblem(by step: Int) -> (number: Int, problem: ProblemLine)? {
    let problems = problems
    guard !problems.isEmpty else { return nil }
    let index = problemIndex.map { (($0 + step) % problems.count + problems.count) % problems.count } ?? (step > 0 ? 0 : problems.count - 1)
    problemIndex = index
    return (index + 1, problems[index])
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

  // MARK: Intents

  func move(_ command: Command) {
    if picker != nil { picker?.move(command) } else { form.move(command) }
  }

  func take(kind: MessageKind) {
    form.change(to: kind, defaults: service.defaultFields(for: kind, document: document).remembering(remembered, for: kind))
    makePlan()
  }

  func turn(by step: Int) {
    if form.focus == .kind {
      take(kind: MessageForm.turned(form.kind, by: step))
    } else {
      form.turn(by: step)
      makePlan()
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
    makePlan()
    return true
  }

  func openPicker(_ field: FormField) {
    form.focus(on: field)
    if field == .provider {
      picker = .provider(
        service.providers, own: service.defaultFields(for: form.kind, document: document).provider, current: form.values.provider,
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
    makePlan()
    return true
  }

  func type(_ key: Key) -> Bool { picker?.type(key) ?? form.type(key) }
  func setRows(_ rows: Int) {
    if let picker, picker.window.rows != rows { self.picker?.setRows(rows) }
  }

  // MARK: State

  var longKind: DisplayText { Words.Message.longKind(form.kind, isUnsolicited: form.values.orderNumber == nil) }
  var problems: [ProblemLine] { plan.problems.map(ProblemLine.init) }

  var methodLine: MethodLine {
    let file = document.identity.byteCount
    return MethodLine(
      method: Words.Message.method(plan.method.method), reason: plan.method.reason,
      size: plan.method.method == .embed
        ? Words.Message.sizeOf(sent: plan.requestByteCount, limit: limits.requestBytes)
        : Words.Message.uploadSize(file: file, limit: limits.uploadBytes, message: plan.requestByteCount))
  }

  var state: MessageState {
    MessageState(
      document: DocumentSummary(document, clock: clock), kind: form.kind,
      kinds: MessageKind.allCases.enumerated().map { index, kind in
        MessageState.KindChoice(kind: kind, key: "\(index + 1)", label: Words.Message.kind(kind), isChosen: kind == form.kind)
      }, fields: form.fields.map(row), problems: problems, method: methodLine)
  }

  private func row(_ field: FormField) -> MessageState.FormRow {
    let isFocused = field == form.focus
    let label = Words.Message.label(field)
    let problem = plan.problems.first { $0.field == Words.Message.problemField(field) }
    return MessageState.FormRow(
      field: field, label: field == .proceed ? (plan.canBeSent ? Words.Message.proceed : Words.Message.proceedWithProblems) : label,
      value: Redacted(value(field)), placeholder: placeholder(field), input: MessageForm.input(of: field), isFocused: isFocused,
      editor: isFocused ? form.editor : nil, remark: isFocused && form.remark != nil ? form.remark : (remark(field) ?? problem?.reason))
  }

  private func value(_ field: FormField) -> DisplayText {
    switch field {
    case .kind: longKind
    case .documentType: "\(form.values.documentType.display) (\(form.values.documentType.code))"
    case .provider: form.values.provider.map(Words.Message.provider) ?? ""
    case .completion: Words.Message.completion(form.values.completion)
    case .confidentiality: Words.Message.confidentiality(form.values.confidentiality)
    case .method: form.forcedMethod.map(Words.Message.method) ?? "\(Words.Message.automatic): \(Words.Message.method(plan.method.method))"
    case .proceed: ""
    default: DisplayText(escaping: form.text(of: field, clock: clock))
    }
  }

  private func placeholder(_ field: FormField) -> DisplayText {
    switch field {
    case .title: Words.Message.fileName
    case .serviceDate: Words.Message.dateFormat
    case .provider, .providerFamily, .providerGiven, .visitNumber, .orderNumber: Words.Message.none
    case .kind, .documentType, .completion, .confidentiality, .method, .proceed: ""
    }
  }

  /// At the way: which one is closed and why.
  private func remark(_ field: FormField) -> DisplayText? {
    guard field == .method else { return nil }
    let closed = DeliveryMethod.allCases.compactMap { method in
      plan.method.closed[method].map { Words.Message.closed(method, $0) }
    }
    return closed.isEmpty ? nil : closed.joined(separator: " ")
  }
}

extension ProblemLine {
  init(_ problem: Problem) {
    self.init(isError: problem.severity == .error, field: problem.field, reason: problem.reason, remedy: problem.remedy)
  }
}
