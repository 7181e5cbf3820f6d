public import SafeText
public import TransferEngine

/// Everything that is on the screen, as values: a view is a function of this, a size and a theme.
public struct AppState: Sendable, Hashable {
  public var profile: ProfileSummary
  /// The chosen patient. Nil when none is chosen and on screens that show several patients.
  public var banner: PatientBanner?
  public var screen: ScreenState
  /// Lies over the screen and takes all keys.
  public var dialog: DialogState?
  public var notice: Notice?
  /// What the keys do here, most useful first.
  public var hints: [Hint]
  public var transfers: TransfersSummary

  public init(
    profile: ProfileSummary, banner: PatientBanner? = nil, screen: ScreenState, dialog: DialogState? = nil, notice: Notice? = nil,
    hints: [Hint] = [], transfers: TransfersSummary = TransfersSummary()
  ) {
    self.profile = profile
    self.banner = banner
    self.screen = screen
    self.dialog = dialog
    self.notice = notice
    self.hints = hints
    self.transfers = transfers
  }
}

/// The screen in view; each case has all that its view needs.
public enum ScreenState: Sendable, Hashable {
  case browse(BrowseState)
  case patient(PatientState)
  case message(MessageState)
  case preview(PreviewState)
  case review(ReviewState)
  case transfers(TransfersState)
  case profiles(ProfilesState)
  /// Before there is a configuration; the state's profile is then the one that is being filled in.
  case setup(SetupState)
}

/// What lies over the screen and takes all keys.
public enum DialogState: Sendable, Hashable {
  case help(HelpState)
  case pick(PickState)
  case confirm(ConfirmState)
  case leftOut(LeftOutState)
  case picker(PickerState)
  case transferDetails(TransferDetails)
  case themes(ThemesState)
}

/// A short sentence at the foot of the screen.
public struct Notice: Sendable, Hashable {
  public enum Tone: Sendable, Hashable { case plain, good, warning, error }
  public var tone: Tone
  public var text: DisplayText

  public init(_ tone: Tone = .plain, _ text: DisplayText) {
    self.tone = tone
    self.text = text
  }
}

/// One entry of the hint bar.
public struct Hint: Sendable, Hashable {
  /// `Enter`, `F3`, `v`.
  public var key: DisplayText
  public var label: DisplayText
  /// False: it would do nothing now; pressed all the same, the key says why.
  public var isEnabled: Bool

  public init(key: DisplayText, label: DisplayText, isEnabled: Bool = true) {
    self.key = key
    self.label = label
    self.isEnabled = isEnabled
  }

  /// The hints of a place, most useful first.
  static func all(in context: KeyContext, isEnabled: (Command) -> Bool) -> [Hint] {
    Bindings.mostUsefulFirst(in: context).filter { $0.hint != nil }.compactMap { binding in
      guard let key = binding.keys.first else { return nil }
      return Hint(key: DisplayText(escaping: key.name), label: binding.label, isEnabled: isEnabled(binding.command))
    }
  }
}

/// Who the document is about, as the banner shows it. Each part is one line or part of a line, never cut off.
public struct PatientBanner: Sendable, Hashable {
  /// `SMITH, Ann Mary`
  public var name: Redacted<DisplayText>
  /// `Born 24-Jul-1982 (44y)` or `Birth date unknown`
  public var born: Redacted<DisplayText>
  /// `Female` or `Gender unknown`
  public var gender: DisplayText
  /// `MRN 0000000002 (urn:…)`
  public var number: Redacted<DisplayText>
  public var isDeceased: Bool

  public init(
    name: Redacted<DisplayText>, born: Redacted<DisplayText>, gender: DisplayText, number: Redacted<DisplayText>, isDeceased: Bool = false
  ) {
    self.name = name
    self.born = born
    self.gender = gender
    self.number = number
    self.isDeceased = isDeceased
  }
}

/// A question over the screen.
public struct ConfirmState: Sendable, Hashable {
  public var title: DisplayText
  public var lines: [DisplayText]
  /// The first has the focus; Enter takes it. It is the one that changes nothing.
  public var choices: [Choice]

  public struct Choice: Sendable, Hashable {
    public var key: DisplayText
    public var label: DisplayText

    public init(key: DisplayText, label: DisplayText) {
      self.key = key
      self.label = label
    }
  }

  public init(title: DisplayText, lines: [DisplayText], choices: [Choice]) {
    self.title = title
    self.lines = lines
    self.choices = choices
  }
}

/// The keys that are valid here; generated from the bindings.
public struct HelpState: Sendable, Hashable {
  public struct Row: Sendable, Hashable {
    /// `j ↓`
    public var keys: DisplayText
    public var label: DisplayText
    public var tooltip: DisplayText
    /// Why it cannot act now; nil when it can.
    public var reason: DisplayText?

    public init(keys: DisplayText, label: DisplayText, tooltip: DisplayText, reason: DisplayText? = nil) {
      self.keys = keys
      self.label = label
      self.tooltip = tooltip
      self.reason = reason
    }
  }

  /// Name of the screen that the help is about.
  public var title: DisplayText
  public var search: TextField
  /// All that fit what is looked for; `window` says with which the screen begins. How many there is room for depends on their texts.
  public var rows: [Row]
  public var window: ListWindow

  public init(title: DisplayText, search: TextField = TextField(), rows: [Row], window: ListWindow) {
    self.title = title
    self.search = search
    self.rows = rows
    self.window = window
  }
}

/// How much of the current screen (or of the dialog over it) scrolls. The terminal tells it before it draws.
public struct Viewport: Sendable, Hashable {
  public var rows: Int
  public var columns: Int

  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
  }
}

/// What the models ask of the terminal.
public enum TerminalRequest: Sendable, Hashable {
  /// Clear and draw everything anew.
  case redraw
  /// Forget what was typed ahead: everything read and not yet handled, and what waits in the terminal.
  case flushInput
  /// Look like the theme of this name from now on.
  case useTheme(String)
  /// Stop the process (`^Z`) with the terminal restored.
  case suspend
}

/// How the program is left.
public enum Exit: Sendable, Hashable {
  /// Nothing runs: leave at once.
  case now
  /// The screen goes; transfers that run are finished first.
  case afterTransfers
  /// The terminal is gone; transfers that run are finished without it.
  case hungUp
}
