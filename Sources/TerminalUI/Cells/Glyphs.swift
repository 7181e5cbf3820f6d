public import SafeText
public import ViewModels

/// The signs that views draw with. Each takes one column, and each has an ASCII twin.
public struct Glyphs: Sendable, Hashable {
  public enum Border: String, Sendable, Hashable, CaseIterable { case light, heavy, rounded, ascii, none }

  public var horizontal: DisplayText = "─"
  public var vertical: DisplayText = "│"
  public var topLeft: DisplayText = "┌"
  public var topRight: DisplayText = "┐"
  public var bottomLeft: DisplayText = "└"
  public var bottomRight: DisplayText = "┘"
  public var barFull: DisplayText = "█"
  public var barEmpty: DisplayText = "░"
  public var thumb: DisplayText = "┃"
  public var track: DisplayText = "│"
  /// In front of the row under the cursor, so that it is seen without colours too.
  public var pointer: DisplayText = "▸"
  public var chosen: DisplayText = "●"
  /// One of several that are meant together.
  public var mark: DisplayText = "◆"
  /// It was sent before.
  public var sent: DisplayText = "↑"
  public var check: DisplayText = "✓"
  public var cross: DisplayText = "✗"
  public var warning: DisplayText = "!"
  public var dot: DisplayText = "·"
  public var isASCII = false

  public init(border: Border = .light) { use(border) }

  public static let ascii: Glyphs = {
    var glyphs = Glyphs(border: .ascii)
    glyphs.barFull = "#"
    glyphs.barEmpty = "."
    glyphs.thumb = "#"
    glyphs.track = "|"
    glyphs.pointer = ">"
    glyphs.chosen = "*"
    glyphs.mark = "#"
    glyphs.sent = "^"
    glyphs.check = "+"
    glyphs.cross = "x"
    glyphs.dot = "-"
    glyphs.isASCII = true
    return glyphs
  }()

  mutating func use(_ border: Border) {
    let set: [DisplayText] =
      switch border {
      case .light: ["─", "│", "┌", "┐", "└", "┘"]
      case .heavy: ["━", "┃", "┏", "┓", "┗", "┛"]
      case .rounded: ["─", "│", "╭", "╮", "╰", "╯"]
      case .ascii: ["-", "|", "+", "+", "+", "+"]
      case .none: [" ", " ", " ", " ", " ", " "]
      }
    (horizontal, vertical, topLeft, topRight, bottomLeft, bottomRight) = (set[0], set[1], set[2], set[3], set[4], set[5])
  }

  /// The sign of a transfer's state; its word always stands beside it.
  public func sign(of state: TransferGlyph) -> DisplayText {
    switch state {
    case .queued: isASCII ? "o" : "○"
    case .running: isASCII ? ">" : "↑"
    case .finalizing: isASCII ? "~" : "◌"
    case .accepted: check
    case .waiting: isASCII ? "@" : "↻"
    case .paused: "="
    case .refused, .failed: cross
    case .cancelled: isASCII ? "-" : "–"
    case .uncertain: "?"
    case .arrived: chosen
    case .replaced: isASCII ? "&" : "»"
    case .takenBack: isASCII ? "<" : "«"
    }
  }

  /// What stands for a character on a terminal without UTF-8. One column.
  static func asciiTwin(of text: String) -> String {
    switch text {
    case "─", "━", "–", "—": "-"
    case "│", "┃": "|"
    case "┌", "┐", "└", "┘", "┏", "┓", "┗", "┛", "╭", "╮", "╰", "╯": "+"
    case "…": "~"
    case "·", "•": "-"
    case "↑": "^"
    case "↓": "v"
    case "←", "⟨", "‹", "«": "<"
    case "→", "⟩", "›", "▸", "»": ">"
    case "’", "‘": "'"
    case "“", "”": "\""
    case "●": "*"
    case "◆": "#"
    case "✓": "+"
    case "✗": "x"
    case "×": "x"
    case "█": "#"
    case "░": "."
    default: "?"
    }
  }
}
