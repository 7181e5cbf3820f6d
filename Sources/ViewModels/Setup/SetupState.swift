public import SafeText

/// What somebody sees who has no configuration yet.
public struct SetupState: Sendable, Hashable {
  public enum Step: Sendable, Hashable {
    /// What one may begin with.
    case welcome([Choice])
    /// What Redox's dashboard shows, to be filled in.
    case form(EntryFormState)
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
