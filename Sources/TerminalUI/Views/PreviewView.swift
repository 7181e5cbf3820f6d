internal import SafeText
internal import ViewModels

/// The message as it would be sent.
enum PreviewView {
  static func lineRows(_ state: PreviewState, _ size: Size) -> Int {
    max(1, size.rows - head(state, width: size.columns - 4, rows: size.rows, glyphs: Glyphs()).count - 1)
  }

  static func draw(_ state: PreviewState, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns
    let head = head(state, width: width - 4, rows: canvas.size.rows, glyphs: glyphs)
    let line = canvas.put(head, row: 0, column: 2, width: width - 4)
    canvas.line(row: line, column: 0, columns: width, glyphs: glyphs)
    let top = line + 1
    let rows = max(1, canvas.size.rows - top)
    let gutter = width >= 60 ? max(3, "\(state.window.count)".count) + 2 : 1
    for (index, line) in state.lines.prefix(rows).enumerated() {
      if gutter > 1 { canvas.put("\(line.number)", row: top + index, column: 0, role: .textDim, width: gutter - 1, align: .trailing) }
      canvas.draw(in: Rect(row: top + index, column: gutter, rows: 1, columns: width - gutter - 1)) { part in
        var column = -state.leftColumn
        for token in line.tokens { column += part.put(token.text.reveal(), row: 0, column: column, role: role(of: token.kind)) }
      }
    }
    canvas.scrollbar(row: top, column: width - 1, rows: rows, visible: state.window.visible, count: state.window.count, glyphs: glyphs)
  }

  private static func head(_ state: PreviewState, width: Int, rows: Int, glyphs: Glyphs) -> [Line] {
    let what = Line([(state.kind, .textStrong)])
    let way = Line([("\(state.method.method), ", .text), (state.method.size, .textDim)])
    let room = max(1, min(4, rows / 4))
    let problems = ProblemLines.lines(state.problems, width: width, room: room, glyphs: glyphs)
    return rows < 10 ? [what] + problems.prefix(1) : [what, way] + problems
  }

  private static func role(of kind: PreviewLine.Token.Kind) -> Role {
    switch kind {
    case .punctuation: .jsonPunctuation
    case .key: .jsonKey
    case .string: .jsonString
    case .number: .jsonNumber
    case .literal: .jsonLiteral
    case .hole: .jsonElided
    }
  }
}
