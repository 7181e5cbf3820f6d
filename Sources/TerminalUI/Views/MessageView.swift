internal import SafeText
internal import ViewModels

/// The form: what the message says about the document.
enum MessageView {
  static func draw(_ state: MessageState, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns - 4
    let isRoomy = canvas.size.rows >= 20
    let head =
      state.together.map { DocumentLines.together($0, width: width, glyphs: glyphs) }
      ?? DocumentLines.short(state.document, width: width, glyphs: glyphs)
    var row = canvas.put(Array(head.prefix(2)), row: 0, column: 2, width: width)
    if isRoomy { row += 1 }
    let foot = footLines(state, width: width, room: max(1, canvas.size.rows - row - state.fields.count), glyphs: glyphs)
    let footTop = canvas.size.rows - foot.count
    let rows = max(1, footTop - row)
    let shown = visible(state.fields, rows: rows)
    for (index, field) in shown.enumerated() { draw(field, state: state, row: row + index, on: &canvas, glyphs: glyphs) }
    canvas.scrollbar(
      row: row, column: canvas.size.columns - 1, rows: rows, visible: shown.startIndex..<shown.endIndex, count: state.fields.count,
      glyphs: glyphs)
    canvas.put(foot, row: footTop, column: 2, width: width)
  }

  /// All rows, or those around the one in focus.
  private static func visible(_ fields: [MessageState.FormRow], rows: Int) -> ArraySlice<MessageState.FormRow> {
    guard fields.count > rows else { return fields[...] }
    let focus = fields.firstIndex(where: \.isFocused) ?? 0
    let top = max(0, min(focus - rows / 2, fields.count - rows))
    return fields[top..<min(fields.count, top + rows)]
  }

  /// How it travels, and what is wrong; as much as there is room for.
  private static func footLines(_ state: MessageState, width: Int, room: Int, glyphs: Glyphs) -> [Line] {
    let way = Line([("\(state.method.method), ", .textStrong), (state.method.size, .text)])
    let why = Line.wrapped(state.method.reason, role: .textDim, width: width)
    let problems = ProblemLines.lines(state.problems, width: width, room: max(1, room - 2 - why.count), glyphs: glyphs)
    let last = state.problems.isEmpty ? [Line("\(glyphs.check) \(Labels.messageReady)", .success)] : problems
    let whole = [Line()] + [way] + why + last
    if whole.count <= room { return whole }
    let essential = [way] + last
    return essential.count <= room ? essential : Array(last.prefix(max(1, min(room, 2))))
  }

  private static func draw(_ field: MessageState.FormRow, state: MessageState, row: Int, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns
    let labelWidth = width >= 60 ? 22 : 14
    let column = 4 + labelWidth
    let room = width - column - 1
    let isPlainFocus = field.isFocused && field.editor == nil
    if field.isFocused { canvas.put(glyphs.pointer, row: row, column: 2, role: .marked) }
    if field.input == .proceed {
      canvas.put(
        " \(field.label.isEmpty ? field.value.reveal() : field.label) ", row: row, column: 3, role: isPlainFocus ? .cursor : .textStrong)
      return
    }
    canvas.put(field.label, row: row, column: 4, role: field.isFocused ? .textStrong : .label, width: labelWidth - 1)
    if let editor = field.editor {
      canvas.edit(before: editor.beforeCursor, after: editor.afterCursor, row: row, column: column, width: min(room, 40))
      return
    }
    if field.field == .kind, kindsWidth(state.kinds) <= room {
      drawKinds(state.kinds, isFocused: isPlainFocus, row: row, column: column, on: &canvas)
      return
    }
    let isEmpty = field.value.reveal().isEmpty
    // In brackets, so that it is told from what was typed without colours too.
    let value = isEmpty ? (field.placeholder.isEmpty ? "" : "(\(field.placeholder))") : field.value.reveal()
    let shown: DisplayText = field.input == .choice && isPlainFocus ? "< \(value) >" : value
    let used = canvas.put(
      shown.truncated(to: room), row: row, column: column, role: isPlainFocus ? .cursor : isEmpty ? .inputPlaceholder : .text)
    if let remark = field.remark, room - used > 8 {
      canvas.put(remark.truncated(to: room - used - 2), row: row, column: column + used + 2, role: .warning)
    }
  }

  private static func kindsWidth(_ kinds: [MessageState.KindChoice]) -> Int { kinds.reduce(0) { $0 + $1.key.width + $1.label.width + 4 } }

  /// `[1 Document]  2 Media …`: the chosen one stands in brackets, so that it is seen without colours too.
  private static func drawKinds(_ kinds: [MessageState.KindChoice], isFocused: Bool, row: Int, column: Int, on canvas: inout Canvas) {
    var place = column
    for kind in kinds {
      let text: DisplayText = kind.isChosen ? "[\(kind.key) \(kind.label)]" : " \(kind.key) \(kind.label) "
      place += canvas.put(text, row: row, column: place, role: kind.isChosen ? (isFocused ? .cursor : .marked) : .textDim) + 1
    }
  }
}

/// Problems in words, for the form, the preview and the review.
enum ProblemLines {
  /// As many as there is room for; the last line says how many are left out.
  static func lines(_ problems: [ProblemLine], width: Int, room: Int, glyphs: Glyphs) -> [Line] {
    var lines: [Line] = []
    for (index, problem) in problems.enumerated() {
      let next = self.lines(problem, width: width, glyphs: glyphs)
      let isLast = index == problems.count - 1
      if lines.count + next.count + (isLast ? 0 : 1) > room, !(lines.isEmpty && room > 0) {
        return lines + [Line(Labels.more(problems.count - index), .warning)]
      }
      lines += next
    }
    return lines
  }

  static func lines(_ problem: ProblemLine, width: Int, glyphs: Glyphs) -> [Line] {
    let sign = problem.isError ? glyphs.cross : glyphs.warning
    let document = problem.document.map { "\($0.reveal().truncatedInMiddle(to: max(12, width / 2))) · " as DisplayText } ?? ""
    return Line.wrapped(
      "\(sign) \(document)\(problem.field): \(problem.reason) \(problem.remedy)", role: problem.isError ? .error : .warning,
      width: width)
  }
}
