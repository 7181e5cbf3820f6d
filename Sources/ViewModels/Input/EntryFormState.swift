public import SafeText

/// A short form on the screen: lines to fill in, and below them what the one under the cursor is.
public struct EntryFormState: Sendable, Hashable {
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

  /// Rows on the screen only.
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
