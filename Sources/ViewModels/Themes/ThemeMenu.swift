public import SafeText

/// The themes that a person may choose from, and where the choice is kept. Injected: the models know no colours.
public struct ThemeMenu: Sendable {
  public struct Choice: Sendable, Hashable {
    public var name: String
    /// A few words on what it is like.
    public var about: DisplayText

    public init(name: String, about: DisplayText) {
      self.name = name
      self.about = about
    }
  }

  public var choices: [Choice]
  /// The one that the program begins with.
  public var current: String
  /// Keeps a choice for the next time. Returns nil when it was kept, else a sentence that says why it is for this time only.
  public var keep: @Sendable (_ name: String) -> DisplayText?

  public init(choices: [Choice] = [], current: String = "", keep: @escaping @Sendable (String) -> DisplayText? = { _ in nil }) {
    self.choices = choices
    self.current = current
    self.keep = keep
  }
}
