public import SafeText

/// The list of themes over a screen. Everything is drawn in the theme under the cursor.
public struct ThemesState: Sendable, Hashable {
  public struct Row: Sendable, Hashable {
    public var name: DisplayText
    public var about: DisplayText
    /// The one that Esc goes back to.
    public var isCurrent: Bool
    public var isUnderCursor: Bool

    public init(name: DisplayText, about: DisplayText, isCurrent: Bool = false, isUnderCursor: Bool = false) {
      self.name = name
      self.about = about
      self.isCurrent = isCurrent
      self.isUnderCursor = isUnderCursor
    }
  }

  /// Rows on the screen only.
  public var rows: [Row]
  public var window: ListWindow

  public init(rows: [Row], window: ListWindow) {
    self.rows = rows
    self.window = window
  }
}
