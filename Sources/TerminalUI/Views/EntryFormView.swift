internal import SafeText
internal import ViewModels

/// Lines to fill in one below the other, and at the foot what the one under the cursor is, or what is wrong with it.
enum EntryFormView {
  private static let margin = 2

  /// Lines for what the field is, at the foot.
  private static func footRows(_ form: EntryFormState, _ size: Size) -> Int {
    let usual = size.rows >= 16 ? 5 : size.rows >= 6 ? 3 : 0
    guard usual > 0 else { return 0 }
    return max(usual, min(1 + foot(form, width: size.columns - 2 * margin).count, size.rows - 3))
  }
  /// Rows that scroll.
  static func listRows(_ form: EntryFormState, _ size: Size) -> Int { max(1, size.rows - footRows(form, size)) }

  static func draw(_ form: EntryFormState, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns
    let labelWidth = width >= 60 ? 20 : 16
    for (index, field) in form.rows.prefix(listRows(form, canvas.size)).enumerated() {
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
      row: 0, column: width - 1, rows: listRows(form, canvas.size), visible: form.window.visible, count: form.window.count, glyphs: glyphs)
    drawFoot(form, on: &canvas, glyphs: glyphs)
  }

  private static func drawFoot(_ form: EntryFormState, on canvas: inout Canvas, glyphs: Glyphs) {
    let rows = footRows(form, canvas.size)
    guard rows > 0 else { return }
    let width = canvas.size.columns - 2 * margin
    let top = canvas.size.rows - rows
    canvas.line(row: top, column: 0, columns: canvas.size.columns, glyphs: glyphs)
    canvas.put(foot(form, width: width), row: top + 1, column: margin, width: width)
  }

  /// What is wrong with the field under the cursor, else what it is.
  private static func foot(_ form: EntryFormState, width: Int) -> [Line] {
    form.remark.map { Line.wrapped($0, role: .warning, width: width) } ?? Line.wrapped(form.about, role: .textDim, width: width)
  }
}
