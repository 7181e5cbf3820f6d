public import SafeText

/// The message as it would be sent, as text to scroll, fold and search.
public struct PreviewState: Sendable, Hashable {
  public enum Prompt: Sendable, Hashable {
    case none
    /// Find as you type; how many lines there are with it.
    case search(TextField, found: DisplayText?)
    /// The name of a file to save to; why the last one was not taken.
    case save(TextField, remark: DisplayText?)
  }

  /// Which one of several documents it is.
  public struct Place: Sendable, Hashable {
    /// `2 of 7`
    public var number: DisplayText
    public var name: Redacted<DisplayText>

    public init(number: DisplayText, name: Redacted<DisplayText>) {
      self.number = number
      self.name = name
    }
  }

  /// Nil when there is just one.
  public var place: Place?
  /// `Clinical document (FHIR DocumentReference)`
  public var kind: DisplayText
  public var method: MethodLine
  /// The one that was jumped to first, else errors first; the view shows as many as it has room for, and says how many there are.
  public var problems: [ProblemLine]
  /// Lines on the screen only.
  public var lines: [PreviewLine]
  /// Of the whole text, folded or not.
  public var lineCount: Int
  /// Counts the lines that are not folded away.
  public var window: ListWindow
  /// Columns that are scrolled away on the left.
  public var leftColumn: Int
  public var prompt: Prompt
  public var canBeSent: Bool

  public init(
    place: Place? = nil, kind: DisplayText, method: MethodLine, problems: [ProblemLine] = [], lines: [PreviewLine] = [], lineCount: Int = 0,
    window: ListWindow = ListWindow(), leftColumn: Int = 0, prompt: Prompt = .none, canBeSent: Bool = true
  ) {
    self.place = place
    self.kind = kind
    self.method = method
    self.problems = problems
    self.lines = lines
    self.lineCount = lineCount
    self.window = window
    self.leftColumn = leftColumn
    self.prompt = prompt
    self.canBeSent = canBeSent
  }
}

/// A line of the JSON, the indentation included.
public struct PreviewLine: Sendable, Hashable {
  public struct Token: Sendable, Hashable {
    public enum Kind: Sendable, Hashable { case punctuation, key, string, number, literal, hole }
    public var kind: Kind
    public var text: Redacted<DisplayText>
    /// It is what is looked for.
    public var isMatch: Bool

    public init(_ kind: Kind, _ text: DisplayText, isMatch: Bool = false) {
      self.kind = kind
      self.text = Redacted(text)
      self.isMatch = isMatch
    }
  }

  /// Counted from 1.
  public var number: Int
  public var tokens: [Token]
  public var isUnderCursor: Bool
  /// The block that begins here is folded into this line.
  public var isFolded: Bool
  /// A block begins here.
  public var isFoldable: Bool

  public init(number: Int, tokens: [Token], isUnderCursor: Bool = false, isFolded: Bool = false, isFoldable: Bool = false) {
    self.number = number
    self.tokens = tokens
    self.isUnderCursor = isUnderCursor
    self.isFolded = isFolded
    self.isFoldable = isFoldable
  }
}
