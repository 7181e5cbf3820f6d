internal import SafeText
internal import ViewModels

/// What somebody sees who has no configuration yet.
enum SetupView {
  private static let margin = 2

  /// Rows that scroll.
  static func listRows(_ state: SetupState, _ body: Size) -> Int {
    if case .form(let form) = state.step { EntryFormView.listRows(form, body) } else { max(1, body.rows) }
  }

  /// Columns that a line of text may take.
  static func textColumns(_ body: Size) -> Int { max(1, body.columns - 2 * margin) }

  static func draw(_ state: SetupState, on canvas: inout Canvas, glyphs: Glyphs) {
    switch state.step {
    case .welcome(let choices): drawWelcome(choices, on: &canvas, glyphs: glyphs)
    case .form(let form): EntryFormView.draw(form, on: &canvas, glyphs: glyphs)
    case .key(let page): drawPage(page, on: &canvas, glyphs: glyphs)
    }
  }

  private static func drawWelcome(_ choices: [SetupState.Choice], on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns - 2 * margin
    let isRoomy = canvas.size.rows >= 16
    var row = isRoomy ? 1 : 0
    row = canvas.put(Line.wrapped(Labels.welcome, width: width), row: row, column: margin, width: width) + (isRoomy ? 1 : 0)
    for choice in choices {
      let role: Role = choice.isUnderCursor ? .cursor : .textStrong
      canvas.fill(Rect(row: row, column: 0, rows: 1, columns: canvas.size.columns), role: choice.isUnderCursor ? .cursor : .text)
      if choice.isUnderCursor { canvas.put(glyphs.pointer, row: row, column: 0, role: role) }
      canvas.put(choice.label, row: row, column: margin, role: role, width: width)
      row += 1
      guard isRoomy else { continue }
      row = canvas.put(Line.wrapped(choice.about, role: .textDim, width: width - 2), row: row, column: margin + 2, width: width - 2) + 1
    }
    // With little room only the one in question is explained.
    if !isRoomy, let choice = choices.first(where: \.isUnderCursor) {
      canvas.put(Line.wrapped(choice.about, role: .textDim, width: width), row: row, column: margin, width: width)
    }
  }

  private static func drawPage(_ page: SetupState.Page, on canvas: inout Canvas, glyphs: Glyphs) {
    for (index, line) in page.lines.prefix(canvas.size.rows).enumerated() {
      let role: Role =
        switch line.tone {
        case .plain: .text
        case .strong: .title
        case .dim: .textDim
        case .code: .jsonString
        case .good: .success
        case .warning: .warning
        case .error: .error
        }
      let sign: DisplayText? =
        switch line.tone {
        case .good: glyphs.check
        case .warning: glyphs.warning
        case .error: glyphs.cross
        default: nil
        }
      if let sign { canvas.put(sign, row: index, column: 0, role: role) }
      canvas.put(line.text, row: index, column: margin, role: role)
    }
    canvas.scrollbar(
      row: 0, column: canvas.size.columns - 1, rows: canvas.size.rows, visible: page.window.visible, count: page.window.count,
      glyphs: glyphs)
  }
}
