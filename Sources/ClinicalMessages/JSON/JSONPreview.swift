public import SafeText

/// A piece of previewed JSON that a theme gives one colour.
public struct JSONToken: Sendable, Hashable {
  public enum Kind: Sendable, Hashable, CaseIterable {
    case key, string, number
    /// `true` and `false`.
    case literal
    /// Brackets, commas and colons.
    case punctuation
    /// What stands where the file goes.
    case elided
  }

  public let kind: Kind
  public let text: DisplayText
  /// Levels of brackets around the token's line; an opening or closing bracket counts as outside of what it encloses.
  public let depth: Int

  public init(kind: Kind, text: DisplayText, depth: Int) {
    self.kind = kind
    self.text = text
    self.depth = depth
  }
}

/// One line of previewed JSON, without its indentation.
public struct JSONLine: Sendable, Hashable {
  /// Levels of indentation, two columns each.
  public let depth: Int
  public let tokens: [JSONToken]
  /// For a line that ends in an opening bracket, the number of the line with its closing one: what folding would hide lies between.
  public internal(set) var closingLine: Int?

  /// Two spaces a level.
  public var indentation: DisplayText { DisplayText(escaping: String(repeating: "  ", count: depth)) }
  /// The whole line, indentation included.
  public var text: DisplayText { indentation + tokens.map(\.text).joined() }

  public init(depth: Int, tokens: [JSONToken], closingLine: Int? = nil) {
    self.depth = depth
    self.tokens = tokens
    self.closingLine = closingLine
  }
}

/// The exact JSON of a message for a person to read, with the file elided.
///
/// Line for line and character for character what is sent, except for what stands between `⟨` and `⟩`.
public struct JSONPreview: Sendable, Hashable {
  public let lines: [JSONLine]

  /// The lines joined by newlines. Safe on a terminal: each line is escaped.
  public var plainText: String { lines.map(\.text.string).joined(separator: "\n") }

  /// - Parameter document: The file that the hole stands for; its name and size are shown in its place.
  public init(of message: ClinicalMessage, document: DocumentDescription) {
    self.init(message.json, elision: Self.elision(method: message.method, document: document))
  }

  private init(_ json: JSONValue, elision: DisplayText) {
    var lines: [JSONLine] = []
    var tokens: [JSONToken] = []
    var depth = 0
    JSONLayout.walk(json) { piece in
      switch piece {
      case .token(let kind, let text): tokens.append(JSONToken(kind: kind, text: DisplayText(escaping: text), depth: depth))
      case .hole: tokens.append(JSONToken(kind: .elided, text: elision, depth: depth))
      case .newLine(let next):
        lines.append(JSONLine(depth: depth, tokens: tokens))
        (tokens, depth) = ([], next)
      }
    }
    lines.append(JSONLine(depth: depth, tokens: tokens))
    self.lines = Self.matchingBrackets(lines)
  }

  static func elision(method: DeliveryMethod, document: DocumentDescription) -> DisplayText {
    switch method {
    case .embed: "⟨base64, \(grouped(document.byteCount)) bytes of \(document.fileName.reveal())⟩"
    case .upload: "⟨upload URI, known after the upload⟩"
    }
  }

  /// A line that goes deeper is closed by the next line of its own depth.
  private static func matchingBrackets(_ lines: [JSONLine]) -> [JSONLine] {
    var lines = lines
    var open: [Int] = []
    for index in lines.indices {
      while let opener = open.last, lines[opener].depth >= lines[index].depth {
        lines[opener].closingLine = index
        open.removeLast()
      }
      if index + 1 < lines.count, lines[index + 1].depth > lines[index].depth { open.append(index) }
    }
    return lines
  }

  private static func grouped(_ number: Int) -> String {
    var result = ""
    for (index, digit) in String(number).reversed().enumerated() {
      if index > 0, index % 3 == 0, digit != "-" { result.append(",") }
      result.append(digit)
    }
    return String(result.reversed())
  }
}

extension JSONPreview: CustomStringConvertible, CustomReflectable {
  /// Says nothing of what the message contains, so that a dump into a log is harmless.
  public var description: String { "<preview, \(lines.count) lines>" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
