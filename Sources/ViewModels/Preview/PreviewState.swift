public import SafeText

public struct PreviewState: Sendable, Hashable {
  /// `Clinical document (FHIR DocumentReference)`
  public var kind: DisplayText
  public var method: MethodLine
  /// Errors first; the view shows as many as it has room for, and says how many there are.
  public var problems: [ProblemLine]
  /// Lines on the screen only.
  public var lines: [PreviewLine]
  public var window: ListWindow
  /// Columns that are scrolled away on the left.
  public var leftColumn: Int
  public var canBeSent: Bool

  public init(
    kind: DisplayText, method: MethodLine, problems: [ProblemLine] = [], lines: [PreviewLine] = [], window: ListWindow = ListWindow(),
    leftColumn: Int = 0, canBeSent: Bool = true
  ) {
    self.kind = kind
    self.method = method
    self.problems = problems
    self.lines = lines
    self.window = window
    self.leftColumn = leftColumn
    self.canBeSent = canBeSent
  }
}

/// A line of the JSON, the indentation included.
public struct PreviewLine: Sendable, Hashable {
  public struct Token: Sendable, Hashable {
    public enum Kind: Sendable, Hashable { case punctuation, key, string, number, literal, hole }
    public var kind: Kind
    public var text: Redacted<DisplayText>

    public init(_ kind: Kind, _ text: DisplayText) {
      self.kind = kind
      self.text = Redacted(text)
    }
  }

  /// Counted from 1.
  public var number: Int
  public var tokens: [Token]

  public init(number: Int, tokens: [Token]) {
    self.number = number
    self.tokens = tokens
  }
}
