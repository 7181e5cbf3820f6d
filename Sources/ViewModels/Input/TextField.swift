public import SafeText

/// One line of text under a cursor. The cursor stands between characters (grapheme clusters): 0 is before the first.
///
/// What is typed is kept as it is; `display` is what may be drawn. Line breaks and control characters never get in.
public struct TextField: Sendable, Hashable {
  private var characters: [Character]
  public private(set) var cursor: Int
  /// Characters beyond this are not taken.
  public let limit: Int

  public init(_ text: String = "", limit: Int = 4096) {
    self.limit = limit
    self.characters = Array(Self.cleaned(text).prefix(limit))
    self.cursor = characters.count
  }

  public var text: String { String(characters) }
  public var isEmpty: Bool { characters.isEmpty }
  public var display: DisplayText { DisplayText(escaping: text) }
  /// What stands before and after the cursor, for drawing.
  public var beforeCursor: DisplayText { DisplayText(escaping: String(characters[..<cursor])) }
  public var afterCursor: DisplayText { DisplayText(escaping: String(characters[cursor...])) }

  public mutating func insert(_ text: String) {
    // A combining mark joins what stands before it, so that the whole is built again as text and the cursor is counted anew.
    let before = String(characters[..<cursor]) + Self.cleaned(text)
    let after = String(characters[cursor...])
    let joined = Array(before + after)
    guard joined.count <= limit else {
      let room = limit - characters.count
      if room > 0 { insert(String(Self.cleaned(text).prefix(room))) }
      return
    }
    characters = joined
    cursor = min(before.count, joined.count)
  }

  public mutating func deleteBackward() {
    guard cursor > 0 else { return }
    cursor -= 1
    characters.remove(at: cursor)
    normalize()
  }

  public mutating func deleteForward() {
    guard cursor < characters.count else { return }
    characters.remove(at: cursor)
    normalize()
  }

  /// Deletes back to the beginning of the word, as `^W` does in a shell.
  public mutating func deleteWordBackward() {
    while cursor > 0, characters[cursor - 1].isWhitespace { deleteBackward() }
    while cursor > 0, !characters[cursor - 1].isWhitespace { deleteBackward() }
  }

  public mutating func clear() {
    characters = []
    cursor = 0
  }

  public mutating func moveLeft() { cursor = max(0, cursor - 1) }
  public mutating func moveRight() { cursor = min(characters.count, cursor + 1) }
  public mutating func moveToStart() { cursor = 0 }
  public mutating func moveToEnd() { cursor = characters.count }

  /// Takes an editing key. False when the key is not one; nothing changed then.
  public mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .paste(let text): insert(text)
    case .backspace, .control("h"): deleteBackward()
    case .delete: deleteForward()
    case .left: moveLeft()
    case .right: moveRight()
    case .home: moveToStart()
    case .end, .control("e"): moveToEnd()
    case .control("w"): deleteWordBackward()
    case .control("u"): clear()
    default: return false
    }
    return true
  }

  /// After a deletion two neighbours may become one character (a letter and a combining mark, two halves of a flag).
  private mutating func normalize() {
    let before = String(characters[..<cursor])
    let joined = Array(before + String(characters[cursor...]))
    guard joined.count != characters.count else { return }
    characters = joined
    cursor = min(before.count, joined.count)
  }

  /// Breaks and tabs of a paste become spaces; other control characters vanish.
  private static func cleaned(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x2028, 0x2029: if scalars.last != " " { scalars.append(" ") }
      case 0x00...0x1F, 0x7F...0x9F: break
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }
}
