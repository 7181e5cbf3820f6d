internal import ClinicalMessages
internal import SafeText
internal import TransferEngine
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What is filled in, and where the cursor is. A value: it knows no engine; the model asks the engine for defaults and plans.
struct MessageForm {
  private(set) var kind: MessageKind
  private(set) var values: MessageFields
  private(set) var forcedMethod: DeliveryMethod?
  /// The form is about several documents: their ways are not chosen here, and the type is each file's own until a person has chosen one.
  let isForSeveral: Bool
  private(set) var focus = FormField.proceed
  private(set) var editor: TextField?
  /// Why the last entry was not taken.
  private(set) var remark: DisplayText?
  /// Fields that a person has touched; they survive a change of the kind.
  private var touched: Set<FormField> = []
  /// Their names are known and need not be typed.
  private let knownProviders: [Provider]
  /// What the field in the editor held for this patient before, newest first, and which of it is in the editor now.
  private var recent: [String] = []
  private var recalled = -1

  init(kind: MessageKind, values: MessageFields, knownProviders: [Provider] = [], isForSeveral: Bool = false) {
    self.isForSeveral = isForSeveral
    self.kind = kind
    self.values = values
    self.knownProviders = knownProviders
  }

  /// The fields that this kind of message has.
  var fields: [FormField] {
    FormField.allCases.filter { field in
      switch field {
      case .confidentiality: kind == .fhir || values.confidentiality != .normal
      case .method: !isForSeveral
      case .providerFamily, .providerGiven: values.provider.map { !knownProviders.contains($0) } ?? false
      default: true
      }
    }
  }

  /// Each document has the type that its file asks for.
  var hasTypeByFile: Bool { isForSeveral && !hasChosenType }
  /// A person has said of what type the document is.
  var hasChosenType: Bool { touched.contains(.documentType) }

  static func input(of field: FormField) -> MessageState.FormRow.Input {
    switch field {
    case .kind, .completion, .confidentiality, .method: .choice
    case .documentType, .provider: .picker
    case .proceed: .proceed
    case .title, .providerFamily, .providerGiven, .visitNumber, .orderNumber, .serviceDate: .text
    }
  }

  /// What was typed, in the form of the one document that remains; its type is its own, unless one was chosen.
  func forOne(_ form: MessageForm) -> MessageForm {
    var other = form
    var typed = values
    if hasTypeByFile { typed.documentType = form.values.documentType }
    other.values = typed
    other.touched = touched
    return other
  }

  // MARK: Moving

  mutating func move(_ command: Command) {
    let fields = fields
    var window = ListWindow(count: fields.count, cursor: fields.firstIndex(of: focus) ?? 0, rows: fields.count)
    window.move(command)
    focus = fields[window.cursor]
    remark = nil
  }

  mutating func focus(on field: FormField) {
    if fields.contains(field) { focus = field }
  }

  // MARK: Changing

  /// Takes the defaults of another kind, and keeps what a person has typed.
  mutating func change(to kind: MessageKind, defaults: MessageFields) {
    guard kind != self.kind else { return }
    let typed = values
    self.kind = kind
    values = defaults
    for field in touched {
      switch field {
      case .documentType: values.documentType = typed.documentType
      case .title: values.title = typed.title
      case .provider, .providerFamily, .providerGiven: values.provider = typed.provider
      case .visitNumber: values.visitNumber = typed.visitNumber
      case .orderNumber: values.orderNumber = typed.orderNumber
      case .serviceDate: values.serviceDate = typed.serviceDate
      case .completion: values.completion = typed.completion
      case .confidentiality: values.confidentiality = typed.confidentiality
      case .kind, .method, .proceed: break
      }
    }
    if !fields.contains(focus) { focus = .proceed }
  }

  /// The next or the previous choice of the focused field; `kind` is the caller's, since its defaults come from the engine.
  mutating func turn(by step: Int) {
    switch focus {
    case .completion: values.completion = Self.turned(values.completion, by: step)
    case .confidentiality: values.confidentiality = Self.turned(values.confidentiality, by: step)
    case .method: forcedMethod = Self.turned(forcedMethod, in: [nil, .embed, .upload], by: step)
    default: return
    }
    touched.insert(focus)
  }

  mutating func take(documentType: CodedValue) {
    values.documentType = documentType
    touched.insert(.documentType)
  }

  mutating func take(provider: Provider?) {
    values.provider = provider
    touched.insert(.provider)
  }

  /// Visit, order and date of care belong to a patient and must not follow the document to another one.
  mutating func forgetVisit() {
    (values.visitNumber, values.orderNumber, values.serviceDate) = (nil, nil, nil)
    touched.subtract([.visitNumber, .orderNumber, .serviceDate])
  }

  static func turned<Value: CaseIterable & Equatable>(_ value: Value, by step: Int) -> Value {
    turned(value, in: Array(Value.allCases), by: step)
  }

  private static func turned<Value: Equatable>(_ value: Value, in all: [Value], by step: Int) -> Value {
    let index = (all.firstIndex(of: value) ?? 0) + step
    return all[((index % all.count) + all.count) % all.count]
  }

  // MARK: Editing

  mutating func edit(clock: WallClock, recent: [String] = []) {
    guard Self.input(of: focus) == .text else { return }
    self.recent = recent
    recalled = -1
    editor = TextField(text(of: focus, clock: clock), limit: 250)
    remark = nil
  }

  mutating func type(_ key: Key) -> Bool { editor?.handle(key) ?? false }

  var canRecall: Bool { !recent.isEmpty }

  /// Puts an earlier number into the editor, or a later one; after the newest the editor is empty.
  mutating func recall(by step: Int) {
    recalled = max(-1, min(recalled + step, recent.count - 1))
    editor = TextField(recalled < 0 ? "" : recent[recalled], limit: 250)
  }

  mutating func leaveEditor() {
    editor = nil
    remark = nil
  }

  /// Keeps what was typed. False when it cannot be read; the editor stays open and the remark says why.
  mutating func acceptEditor(clock: WallClock) -> Bool {
    guard let typed = editor?.text.trimmed else { return true }
    let value = typed.isEmpty ? nil : typed
    switch focus {
    case .title: values.title = value
    case .visitNumber: values.visitNumber = value
    case .orderNumber: values.orderNumber = value
    case .providerFamily: setProvider { $0.family = value }
    case .providerGiven: setProvider { $0.given = value }
    case .serviceDate:
      guard value == nil || clock.date(typed: typed) != nil else {
        remark = Words.Message.badDate
        return false
      }
      values.serviceDate = value.flatMap { clock.date(typed: $0) }
    case .kind, .documentType, .provider, .completion, .confidentiality, .method, .proceed: break
    }
    touched.insert(focus)
    leaveEditor()
    return true
  }

  private mutating func setProvider(_ change: (inout Provider) -> Void) {
    var provider = values.provider ?? Provider(id: "")
    change(&provider)
    let isEmpty = provider.id.isEmpty && provider.family == nil && provider.given == nil
    values.provider = isEmpty ? nil : provider
  }

  /// The field's value as it is typed.
  func text(of field: FormField, clock: WallClock) -> String {
    switch field {
    case .title: values.title ?? ""
    case .providerFamily: values.provider?.family ?? ""
    case .providerGiven: values.provider?.given ?? ""
    case .visitNumber: values.visitNumber ?? ""
    case .orderNumber: values.orderNumber ?? ""
    case .serviceDate: values.serviceDate.map { clock.typed($0) } ?? ""
    case .kind, .documentType, .provider, .completion, .confidentiality, .method, .proceed: ""
    }
  }
}

extension StringProtocol {
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start.prefix(upTo: start.lastIndex { !$0.isWhitespace }.map { start.index(after: $0) } ?? start.startIndex))
  }
}
