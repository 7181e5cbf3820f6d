public import SafeText

/// The search for a patient, or the form for one who is not in the list.
public struct PatientState: Sendable, Hashable {
  public enum Phase: Sendable, Hashable {
    case loading
    case ready
    case failed(reason: DisplayText, remedy: DisplayText)
  }

  public var phase: Phase
  /// Takes every character that is typed.
  public var search: TextField
  /// Rows on the screen only.
  public var rows: [Row]
  public var window: ListWindow
  /// Patients in the roster.
  public var total: Int
  /// True: names are initials, birth dates are years, numbers end in their last four; the row under the cursor is always full.
  public var isMasked: Bool
  /// Somebody is being typed in who is not in the list; lies over it.
  public var form: EntryFormState?
  /// About the row under the cursor: `2 other patients are called SMITH, Ann.`
  public var warning: DisplayText?

  public struct Row: Sendable, Hashable {
    /// `SMITH, Ann Mary`, masked `A.S.`
    public var name: Redacted<DisplayText>
    /// `24-Jul-1982 (44y)`, masked `1982`
    public var born: Redacted<DisplayText>
    /// `MRN 0000000002`, masked `…0002`
    public var number: Redacted<DisplayText>
    public var gender: DisplayText
    public var isDeceased: Bool
    /// Another patient has the same or nearly the same name.
    public var hasNamesake: Bool
    public var isUnderCursor: Bool

    public init(
      name: Redacted<DisplayText>, born: Redacted<DisplayText>, number: Redacted<DisplayText>, gender: DisplayText,
      isDeceased: Bool = false,
      hasNamesake: Bool = false, isUnderCursor: Bool = false
    ) {
      self.name = name
      self.born = born
      self.number = number
      self.gender = gender
      self.isDeceased = isDeceased
      self.hasNamesake = hasNamesake
      self.isUnderCursor = isUnderCursor
    }
  }

  public init(
    phase: Phase = .loading, search: TextField = TextField(), rows: [Row] = [], window: ListWindow = ListWindow(), total: Int = 0,
    isMasked: Bool = false, form: EntryFormState? = nil, warning: DisplayText? = nil
  ) {
    self.phase = phase
    self.search = search
    self.rows = rows
    self.window = window
    self.total = total
    self.isMasked = isMasked
    self.form = form
    self.warning = warning
  }
}
