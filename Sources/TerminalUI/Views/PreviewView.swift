internal import SafeText
internal import ViewModels

/// The message as it would be sent.
enum PreviewView {
  static func lineRows(_ state: PreviewState, _ size: Size) -> Int {
    let head = head(state, width: size.columns - 4, rows: size.rows, glyphs: Glyphs()).count
    return max(1, size.rows - head - 1 - foot(state, width: size.columns - 2).count)
  }

  static func draw(_ state: PreviewState, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns
    let head = head(state, width: width - 4, rows: canvas.size.rows, glyphs: glyphs)
    let line = canvas.put(head, row: 0, column: 2, width: width - 4)
    canvas.line(row: line, column: 0, columns: width, glyphs: glyphs)
    let top = line + 1
    let rows = lineRows(state, canvas.size)
    let gutter = width >= 60 ? max(3, "\(state.lineCount)".count) + 3 : 2
    for (index, line) in state.lines.prefix(rows).enumerated() {
      draw(
        line, in: Rect(row: top + index, column: 0, rows: 1, columns: width - 1), gutter: gutter, left: state.leftColumn, on: &canvas,
        glyphs: glyphs)
    }
    canvas.scrollbar(row: top, column: width - 1, rows: rows, visible: state.window.visible, count: state.window.count, glyphs: glyphs)
    drawFoot(state, row: canvas.size.rows - foot(state, width: width - 2).count, on: &canvas)
  }

  private static func draw(_ line: PreviewLine, in rect: Rect, gutter: Int, left: Int, on canvas: inout Canvas, glyphs: Glyphs) {
    if gutter > 2 {
      canvas.put(
        "\(line.number)", row: rect.row, column: 0, role: line.isUnderCursor ? .textStrong : .textDim, width: gutter - 2, align: .trailing)
    }
    let sign: DisplayText = line.isUnderCursor ? glyphs.pointer : line.isFolded ? "+" : ""
    canvas.put(sign, row: rect.row, column: gutter - 1, role: line.isUnderCursor ? .marked : .textDim)
    canvas.draw(in: Rect(row: rect.row, column: gutter, rows: 1, columns: rect.columns - gutter)) { part in
      var column = -left
      for token in line.tokens {
        column += part.put(token.text.reveal(), row: 0, column: column, role: token.isMatch ? .match : role(of: token.kind))
      }
    }
  }

  // MARK: Around the text

  private static func head(_ state: PreviewState, width: Int, rows: Int, glyphs: Glyphs) -> [Line] {
    let what = state.place.map { placed($0, kind: state.kind, width: width) } ?? Line([(state.kind, .textStrong)])
    let way = Line([("\(state.method.method), ", .text), (state.method.size, .textDim)])
    let why = Line.wrapped(state.method.reason, role: .textDim, width: width)
    let room = max(1, min(4, rows / 4))
    let problems = ProblemLines.lines(state.problems, width: width, room: room, glyphs: glyphs)
    if rows < 10 { return [what] + problems.prefix(1) }
    return [what] + (rows < 16 ? [way] : [way] + why.prefix(2)) + problems
  }

  /// Which document it is comes before what it is sent as.
  private static func placed(_ place: PreviewState.Place, kind: DisplayText, width: Int) -> Line {
    let number = "\(place.number): " as DisplayText
    let keys: DisplayText = width >= 60 ? " (\(Labels.nextDocument))" : ""
    let name = place.name.reveal().truncatedInMiddle(to: max(8, width - number.width - keys.width))
    let line = Line([(number, .textDim), (name, .textStrong), (keys, .textDim)])
    let long = Line(line.spans.map { ($0.text, $0.role) } + [("   \(kind)", .text)])
    return long.width <= width ? long : line
  }

  /// What is being typed, and what it means.
  private static func foot(_ state: PreviewState, width: Int) -> [Line] {
    switch state.prompt {
    case .none: []
    case .search: [Line()]
    case .save(_, let remark):
      [Line()]
        + (remark.map { Line.wrapped($0, role: .error, width: width) } ?? Line.wrapped(Labels.saveWarning, role: .warning, width: width))
    }
  }

  private static func drawFoot(_ state: PreviewState, row: Int, on canvas: inout Canvas) {
    let width = canvas.size.columns
    let field: (DisplayText, TextField, DisplayText)
    switch state.prompt {
    case .none: return
    case .search(let text, let found): field = (Labels.find, text, found ?? "")
    case .save(let text, _): field = (Labels.saveAs, text, "")
    }
    let rest = foot(state, width: width - 2).dropFirst()
    canvas.fill(Rect(row: row, column: 0, rows: 1 + rest.count, columns: width), role: .text)
    let used = 1 + canvas.put("\(field.0): ", row: row, column: 1, role: .label)
    let room = max(1, width - used - 2 - (field.2.isEmpty ? 0 : field.2.width + 2))
    canvas.edit(before: field.1.beforeCursor, after: field.1.afterCursor, row: row, column: used, width: room)
    canvas.put(field.2, row: row, column: width - 1 - field.2.width, role: .textDim)
    canvas.put(Array(rest), row: row + 1, column: 1, width: width - 2)
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
