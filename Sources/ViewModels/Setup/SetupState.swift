public import SafeText

/// What somebody sees who has no configuration yet.
public struct SetupState: Sendable, Hashable {
  public enum Step: Sendable, Hashable {
    /// What one may begin with.
    case welcome([Choice])
    /// What Redox's dashboard shows, to be filled in.
    case form(Form)
    /// The public key for the dashboard, and the test of the way to Redox.
    case key(Page)
  }

  public struct Choice: Sendable, Hashable {
    public var label: DisplayText
    public var about: DisplayText
    public var isUnderCursor: Bool

    public init(label: DisplayText, about: DisplayText, isUnderCursor: Bool) {
      self.label = label
      self.about = about
      self.isUnderCursor = isUnderCursor
    }
  }

  public struct Form: Sendable, Hashable {
    public var rows: [Row]
    public var window: ListWindow
    /// What the field under the cursor is, and where to find it.
    public var about: DisplayText
    /// What is wrong with it; nil when nothing is.
    public var remark: DisplayText?

    public init(rows: [Row], window: ListWindow, about: DisplayText, remark: DisplayText? = nil) {
      self.rows = rows
      self.window = window
      self.about = about
      self.remark = remark
    }
  }

  public struct Row: Sendable, Hashable {
    public enum Input: Sendable, Hashable {
      case text(TextField)
      /// One of a few; left and right change it.
      case choice(DisplayText)
      /// Goes on.
      case button
    }

    public var label: DisplayText
    public var input: Input
    public var isUnderCursor: Bool
    public var isWrong: Bool

    public init(label: DisplayText, input: Input, isUnderCursor: Bool = false, isWrong: Bool = false) {
      self.label = label
      self.input = input
      self.isUnderCursor = isUnderCursor
      self.isWrong = isWrong
    }
  }

  /// A text that scrolls; its lines fit the width that the terminal told.
  public struct Page: Sendable, Hashable {
    public struct Line: Sendable, Hashable {
      public enum Tone: Sendable, Hashable { case plain, strong, dim, code, good, warning, error }
      public var text: DisplayText
      public var tone: Tone

      public init(_ text: DisplayText, _ tone: Tone = .plain) {
        self.text = text
        self.tone = tone
      }
    }

    /// Lines on the screen only.
    public var lines: [Line]
    public var window: ListWindow
    public var isBusy: Bool

    public init(lines: [Line], window: ListWindow, isBusy: Bool = false) {
      self.lines = lines
      self.window = window
      self.isBusy = isBusy
    }
  }

  public var step: Step

  public init(step: Step) { self.step = step }

  public var isWelcome: Bool { if case .welcome = step { true } else { false } }
}
