/// One key press, or one paste, as the terminal understood it.
public enum Key: Sendable, Hashable {
  /// A printable character without Control or Alt; capitals are characters of their own.
  case character(Character)
  case enter, escape, tab, backTab, backspace, delete
  case up, down, left, right, home, end, pageUp, pageDown
  /// F1 is 1.
  case function(Int)
  /// The lower-case letter that was held with Control, `l` for `^L`.
  case control(Character)
  case alt(Character)
  /// Bracketed paste: text, never a command, whatever it contains.
  case paste(String)
}

extension Key {
  /// How the key is written in hints, help and documentation.
  public var name: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .function(let number): "F\(number)"
    case .control(let character): "^\(character.uppercased())"
    case .alt(let character): "Alt-\(character)"
    case .paste: "paste"
    }
  }
}
