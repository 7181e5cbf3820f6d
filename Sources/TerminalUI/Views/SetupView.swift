internal import SafeText
internal import ViewModels

/// What somebody sees who has no configuration yet.
enum SetupView {
  private static let margin = 2

  /// Rows that scroll.
  static func listRows(_ state: SetupState, _ body: Size) -> Int {
    if case .form = state.step { formRows(body) } else { max(1, body.rows) }
  }

  /// Columns that a line of text may take.
  static func textColumns(_ body: Size) -> Int { max(1, body.columns - 2 * margin) }

  static func draw(_ state: SetupState, on canvas: inout Canvas, glyphs: Glyphs) {
    switch state.step {
    case .welcome(let choices): drawWelcome(choices, on: &canvas, glyphs: glyphs)
    case .form(let form): drawForm(form, on: &canvas, glyphs: glyphs)
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

  /// Lines for what the field is, at the foot.
  private static func footRows(_ size: Size) -> Int { size.rows >= 16 ? 5 : size.rows >= 8 ? 3 : 0 }
  private static func formRows(_ size: Size) -> Int { max(1, size.rows - footRows(size)) }

  private static func drawForm(_ form: SetupState.Form, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns
    let labelWidth = width >= 60 ? 20 : 16
    for (index, field) in form.rows.prefix(formRows(canvas.size)).enumerated() {
      if field.isUnderCursor { canvas.put(glyphs.pointer, row: index, column: 0, role: .marked) }
      if field.isWrong { canvas.put(glyphs.warning, row: index, column: 1, role: .warning) }
      let place = margin + labelWidth
      let room = width - place - 2
      let labelRole: Role = field.isUnderCursor ? .textStrong : .label
      switch field.input {
      case .button:
        let label: DisplayText = " \(field.label) "
        canvas.put(label.truncated(to: width - 4), row: index, column: margin, role: field.isUnderCursor ? .cursor : .text)
      case .choice(let value):
        canvas.put(field.label.truncated(to: labelWidth - 1), row: index, column: margin, role: labelRole)
        let text: DisplayText = field.isUnderCursor ? "‹ \(value) ›" : value
        canvas.put(text, row: index, column: place, role: field.isUnderCursor ? .marked : .text, width: room)
      case .text(let text):
        canvas.put(field.label.truncated(to: labelWidth - 1), row: index, column: margin, role: labelRole)
        if field.isUnderCursor {
          canvas.edit(before: text.beforeCursor, after: text.afterCursor, row: index, column: place, width: room)
        } else {
          canvas.put(text.display.truncated(to: room), row: index, column: place, role: field.isWrong ? .inputInvalid : .text)
        }
      }
    }
    canvas.scrollbar(
      row: 0, column: width - 1, rows: formRows(canvas.size), visible: form.window.visible, count: form.window.count, glyphs: glyphs)
    drawFoot(form, on: &canvas, glyphs: glyphs)
  }

  private static func drawFoot(_ form: SetupState.Form, on canvas: inout Canvas, glyphs: Glyphs) {
    let rows = footRows(canvas.size)
    guard rows > 0 else { return }
    let width = canvas.size.columns - 2 * margin
    let top = canvas.size.rows - rows
    canvas.line(row: top, column: 0, columns: canvas.size.columns, glyphs: glyphs)
    let lines = form.remark.map { Line.wrapped($0, role: .warning, width: width) } ?? Line.wrapped(form.about, role: .textDim, width: width)
    canvas.put(lines, row: top + 1, column: margin, width: width)
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
