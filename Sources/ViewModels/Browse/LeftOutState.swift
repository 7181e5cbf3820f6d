public import SafeText

/// Marked files that cannot be sent, each with the reason, and the question whether to go on without them.
public struct LeftOutState: Sendable, Hashable {
  public struct Row: Sendable, Hashable {
    public var name: Redacted<DisplayText>
    public var reason: DisplayText

    public init(name: Redacted<DisplayText>, reason: DisplayText) {
      self.name = name
      self.reason = reason
    }
  }

  /// `2 of 7 files cannot be sent`
  public var title: DisplayText
  /// All of them; each may take several lines.
  public var rows: [Row]
  public var window: ListWindow
  /// The first has the focus; it changes nothing.
  public var choices: [ConfirmState.Choice]

  public init(title: DisplayText, rows: [Row], window: ListWindow, choices: [ConfirmState.Choice]) {
    self.title = title
    self.rows = rows
    self.window = window
    self.choices = choices
  }
}
