internal import ClinicalMessages
internal import Documents
internal import SafeText
internal import SystemPackage
internal import TransferEngine

/// The JSON of one plan, scrolled. A value; made once per plan and scrolled many times.
struct PreviewPane {
  private let lines: [JSONLine]
  private(set) var window: ListWindow
  private(set) var leftColumn = 0
  private let longestLine: Int
  var viewport: Viewport {
    didSet { window.resize(rows: viewport.rows) }
  }

  init(_ plan: Plan, viewport: Viewport) {
    lines = plan.preview.lines
    window = ListWindow(count: lines.count, rows: viewport.rows)
    self.viewport = viewport
    longestLine = lines.map(\.text.width).max() ?? 0
  }

  mutating func move(_ command: Command) {
    switch command {
    case .scrollLeft: leftColumn = max(0, leftColumn - 8)
    case .scrollRight: leftColumn = max(0, min(leftColumn + 8, longestLine - viewport.columns / 2))
    default: window.scroll(command)
    }
  }

  @MainActor
  func state(_ message: MessageModel) -> PreviewState {
    PreviewState(
      kind: message.longKind, method: message.methodLine, problems: message.problems,
      lines: window.visible.map { PreviewLine(lines[$0], number: $0 + 1) }, window: window, leftColumn: leftColumn,
      canBeSent: message.plan.canBeSent)
  }
}

extension PreviewLine {
  init(_ line: JSONLine, number: Int) {
    let tokens = line.tokens.map { token in
      let kind: Token.Kind =
        switch token.kind {
        case .key: .key
        case .string: .string
        case .number: .number
        case .literal: .literal
        case .punctuation: .punctuation
        case .elided: .hole
        }
      return Token(kind, token.text)
    }
    let indentation = line.depth > 0 ? [Token(.punctuation, line.indentation)] : []
    self.init(number: number, tokens: indentation + tokens)
  }
}
