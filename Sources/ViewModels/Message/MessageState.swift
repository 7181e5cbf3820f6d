public import ClinicalMessages
public import SafeText

/// The form of a message: its fields, what stands against it, and how the document would travel.
public struct MessageState: Sendable, Hashable {
  public var document: DocumentSummary
  /// Nil when it is the only one.
  public var together: DocumentsSummary?
  public var kind: MessageKind
  /// `Clinical document (FHIR DocumentReference)` …, in the order of the keys 1 to 4.
  public var kinds: [KindChoice]
  /// All fields that this kind has, the last one being the way on. Few enough to show all at 80×24; the focused one must be seen.
  public var fields: [FormRow]
  /// Errors first.
  public var problems: [ProblemLine]
  public var method: MethodLine

  public struct KindChoice: Sendable, Hashable {
    public var kind: MessageKind
    public var key: DisplayText
    public var label: DisplayText
    public var isChosen: Bool

    public init(kind: MessageKind, key: DisplayText, label: DisplayText, isChosen: Bool) {
      self.kind = kind
      self.key = key
      self.label = label
      self.isChosen = isChosen
    }
  }

  public struct FormRow: Sendable, Hashable {
    public enum Input: Sendable, Hashable {
      /// Typed text.
      case text
      /// One of a few, changed with left and right.
      case choice
      /// Opens a list with a search.
      case picker
      /// The way on to the preview.
      case proceed
    }

    public var field: FormField
    public var label: DisplayText
    /// Redacted because a title or a number may point at the patient.
    public var value: Redacted<DisplayText>
    /// Shown dimmed in place of an empty value: `file name`, `none`.
    public var placeholder: DisplayText
    public var input: Input
    public var isFocused: Bool
    /// Being edited: shown in place of the value.
    public var editor: TextField?
    /// What is wrong with it, or why it is closed.
    public var remark: DisplayText?

    public init(
      field: FormField, label: DisplayText, value: Redacted<DisplayText>, placeholder: DisplayText = "", input: Input,
      isFocused: Bool = false,
      editor: TextField? = nil, remark: DisplayText? = nil
    ) {
      self.field = field
      self.label = label
      self.value = value
      self.placeholder = placeholder
      self.input = input
      self.isFocused = isFocused
      self.editor = editor
      self.remark = remark
    }
  }

  public init(
    document: DocumentSummary, together: DocumentsSummary? = nil, kind: MessageKind, kinds: [KindChoice], fields: [FormRow],
    problems: [ProblemLine], method: MethodLine
  ) {
    self.document = document
    self.together = together
    self.kind = kind
    self.kinds = kinds
    self.fields = fields
    self.problems = problems
    self.method = method
  }
}

/// The fields of the form, in their order.
public enum FormField: String, Sendable, Hashable, CaseIterable {
  case kind, documentType, title, provider, providerFamily, providerGiven
  case visitNumber, orderNumber, serviceDate, completion, confidentiality, method, proceed
}

/// A problem as a screen shows it.
public struct ProblemLine: Sendable, Hashable {
  public var isError: Bool
  public var field: DisplayText
  public var reason: DisplayText
  public var remedy: DisplayText
  /// Whose it is, when it is one of several documents' and not of all.
  public var document: Redacted<DisplayText>?

  /// The reason, after the document's name where it has one.
  public var ownReason: DisplayText { document.map { "\($0.reveal()): \(reason)" } ?? reason }
  /// The field, after the document's name where it has one.
  public var place: DisplayText { document.map { "\($0.reveal()) · \(field)" } ?? field }

  public init(isError: Bool, field: DisplayText, reason: DisplayText, remedy: DisplayText, document: Redacted<DisplayText>? = nil) {
    self.document = document
    self.isError = isError
    self.field = field
    self.reason = reason
    self.remedy = remedy
  }
}

/// How the file travels, in words.
public struct MethodLine: Sendable, Hashable {
  /// `inside the message` or `uploaded first`
  public var method: DisplayText
  public var reason: DisplayText
  /// `203 KB of 40 MB`: the request as sent against its limit.
  public var size: DisplayText

  public init(method: DisplayText, reason: DisplayText, size: DisplayText) {
    self.method = method
    self.reason = reason
    self.size = size
  }
}

/// A list over the form from which the value of a field is chosen.
public struct PickerState: Sendable, Hashable {
  public struct Row: Sendable, Hashable {
    public var code: DisplayText
    public var name: DisplayText
    /// What it belongs to, or whose it is: `Clinical notes`, `you`.
    public var note: DisplayText
    public var isUnderCursor: Bool

    public init(code: DisplayText, name: DisplayText, note: DisplayText = "", isUnderCursor: Bool = false) {
      self.code = code
      self.name = name
      self.note = note
      self.isUnderCursor = isUnderCursor
    }
  }

  public var title: DisplayText
  public var search: TextField
  /// Rows on the screen only.
  public var rows: [Row]
  public var window: ListWindow
  /// About a code that was typed: `28655-1 is mistyped: its check digit is wrong.`
  public var remark: DisplayText?

  public init(
    title: DisplayText, search: TextField = TextField(), rows: [Row] = [], window: ListWindow = ListWindow(), remark: DisplayText? = nil
  ) {
    self.title = title
    self.search = search
    self.rows = rows
    self.window = window
    self.remark = remark
  }
}
