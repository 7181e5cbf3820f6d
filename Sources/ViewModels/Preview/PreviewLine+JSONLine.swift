internal import ClinicalMessages
internal import SafeText

extension PreviewLine {
  /// - Parameters:
  ///   - closing: The line that ends the block when it is folded behind this one.
  ///   - hidden: How many lines are folded behind it.
  ///   - name: What the folded block is.
  init(
    _ line: JSONLine, number: Int, closing: JSONLine? = nil, hidden: Int = 0, name: String? = nil, search: TextSearch? = nil,
    isUnderCursor: Bool = false
  ) {
    var tokens = line.depth > 0 ? [Token(.punctuation, line.indentation)] : []
    tokens += Self.tokens(of: line, search: search)
    if let closing {
      tokens.append(Token(.hole, Words.Preview.folded(hidden, name: name.map { DisplayText(escaping: $0) })))
      tokens += Self.tokens(of: closing, search: search)
    }
    self.init(number: number, tokens: tokens, isUnderCursor: isUnderCursor, isFolded: closing != nil, isFoldable: line.closingLine != nil)
  }

  /// The line's tokens, cut where what is looked for begins and ends.
  private static func tokens(of line: JSONLine, search: TextSearch?) -> [Token] {
    let ranges = search?.ranges(in: line.plainText) ?? []
    guard !ranges.isEmpty else { return line.tokens.map { Token(Token.Kind($0.kind), $0.text) } }
    var result: [Token] = []
    var place = 0
    for token in line.tokens {
      var piece = ""
      var isMatch = false
      func finish() {
        if !piece.isEmpty { result.append(Token(Token.Kind(token.kind), DisplayText(escaping: piece), isMatch: isMatch)) }
        piece = ""
      }
      for character in token.text.string {
        let isInside = ranges.contains { $0.contains(place) }
        if isInside != isMatch {
          finish()
          isMatch = isInside
        }
        piece.append(character)
        place += 1
      }
      finish()
    }
    return result
  }
}

extension PreviewLine.Token.Kind {
  fileprivate init(_ kind: JSONToken.Kind) {
    self =
      switch kind {
      case .key: .key
      case .string: .string
      case .number: .number
      case .literal: .literal
      case .punctuation: .punctuation
      case .elided: .hole
      }
  }
}
