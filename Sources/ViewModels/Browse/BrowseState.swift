public import SafeText

/// The files of one folder, what is known of the one under the cursor, and what was chosen.
public struct BrowseState: Sendable, Hashable {
  public enum Phase: Sendable, Hashable {
    case loading
    case ready
    case failed(reason: DisplayText, remedy: DisplayText)
  }

  public enum Prompt: Sendable, Hashable {
    case none
    /// Filter as you type.
    case filter(TextField)
    /// Go to a path.
    case path(TextField)
  }

  /// What is known of the file that Enter was pressed on, or of the marked ones.
  public enum Inspection: Sendable, Hashable {
    case none
    /// Of several, which one: `3 of 7`.
    case reading(name: DisplayText, place: DisplayText? = nil)
    case refused(name: DisplayText, reason: DisplayText)
    case ready(DocumentSummary)
    /// Several that are sent together.
    case together(DocumentsSummary)
  }

  public var directory: DisplayText
  public var phase: Phase
  /// Rows on the screen only.
  public var rows: [Row]
  /// Counts what passes the filter.
  public var window: ListWindow
  /// All entries of the folder that may be shown (hidden ones counted only when shown).
  public var total: Int
  public var prompt: Prompt
  /// The filter in force; empty when there is none.
  public var filter: DisplayText
  public var showsHidden: Bool
  /// In force when it is not by name: `newest first`.
  public var order: DisplayText?
  public var inspection: Inspection
  /// What is about to be sent.
  public var summary: WorkbenchSummary

  public struct Row: Sendable, Hashable {
    public enum Kind: Sendable, Hashable { case directory, file, link, other }
    /// What reading the file has shown.
    public enum Verdict: Sendable, Hashable { case allowed, warning, refused }
    public var kind: Kind
    public var name: DisplayText
    /// `152 KB`; empty for folders and until known.
    public var size: DisplayText
    /// `3 min`; empty until known.
    public var age: DisplayText
    /// `PDF`, `Folder`; from the name only.
    public var type: DisplayText
    public var isUnderCursor: Bool
    /// Chosen and inspected: this is what is about to be sent.
    public var isChosen: Bool
    /// One of several that are sent together.
    public var isMarked: Bool
    /// Nil until the file was looked into.
    public var verdict: Verdict?
    /// The patient who is chosen has it already.
    public var wasSent: Bool

    public init(
      kind: Kind, name: DisplayText, size: DisplayText = "", age: DisplayText = "", type: DisplayText = "", isUnderCursor: Bool = false,
      isChosen: Bool = false, isMarked: Bool = false, verdict: Verdict? = nil, wasSent: Bool = false
    ) {
      self.kind = kind
      self.name = name
      self.size = size
      self.age = age
      self.type = type
      self.isUnderCursor = isUnderCursor
      self.isChosen = isChosen
      self.isMarked = isMarked
      self.verdict = verdict
      self.wasSent = wasSent
    }
  }

  public init(
    directory: DisplayText, phase: Phase = .loading, rows: [Row] = [], window: ListWindow = ListWindow(), total: Int = 0,
    prompt: Prompt = .none,
    filter: DisplayText = "", showsHidden: Bool = false, order: DisplayText? = nil, inspection: Inspection = .none,
    summary: WorkbenchSummary = WorkbenchSummary()
  ) {
    self.directory = directory
    self.phase = phase
    self.rows = rows
    self.window = window
    self.total = total
    self.prompt = prompt
    self.filter = filter
    self.showsHidden = showsHidden
    self.order = order
    self.inspection = inspection
    self.summary = summary
  }
}

/// A document that was opened and inspected, in words.
public struct DocumentSummary: Sendable, Hashable {
  public enum Verdict: Sendable, Hashable {
    case allowed
    case warning(DisplayText)
    case refused(DisplayText)
  }

  public var name: Redacted<DisplayText>
  /// The resolved path, when the file was chosen through a link.
  public var linkTarget: Redacted<DisplayText>?
  /// `PDF document`
  public var type: DisplayText
  /// `152 KB`
  public var size: DisplayText
  /// `22-Nov-2026 14:03`
  public var modified: DisplayText
  /// First 8 hex digits of the SHA-256: enough to compare by eye, and short enough for a line.
  public var fingerprint: DisplayText
  public var verdict: Verdict

  public init(
    name: Redacted<DisplayText>, linkTarget: Redacted<DisplayText>? = nil, type: DisplayText, size: DisplayText, modified: DisplayText,
    fingerprint: DisplayText, verdict: Verdict
  ) {
    self.name = name
    self.linkTarget = linkTarget
    self.type = type
    self.size = size
    self.modified = modified
    self.fingerprint = fingerprint
    self.verdict = verdict
  }
}
