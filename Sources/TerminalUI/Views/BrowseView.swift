internal import SafeText
internal import ViewModels

/// The workbench: the folder on the left; on the right, where there is room, what is about to be sent.
enum BrowseView {
  /// Below this width there is only the list.
  private static let widthForPane = 70

  /// Rows of the folder's entries on a body of this size.
  static func listRows(_ size: Size) -> Int { max(1, size.rows - listTop(size) - footRows(size)) }

  private static func listTop(_ size: Size) -> Int { size.rows >= 12 ? 2 : 1 }
  private static func footRows(_ size: Size) -> Int {
    size.columns >= widthForPane ? 0 : size.rows >= 14 ? 3 : size.rows >= 6 ? 1 : 0
  }

  static func draw(_ state: BrowseState, on canvas: inout Canvas, glyphs: Glyphs) {
    let size = canvas.size
    guard size.columns >= widthForPane else {
      drawList(state, rows: listRows(size), on: &canvas, glyphs: glyphs)
      drawFoot(state, rows: footRows(size), on: &canvas, glyphs: glyphs)
      return
    }
    let pane = min(56, max(28, size.columns * 2 / 5 - 4))
    let list = size.columns - pane - 1
    canvas.draw(in: Rect(row: 0, column: 0, rows: size.rows, columns: list)) { part in
      drawList(state, rows: listRows(size), on: &part, glyphs: glyphs)
    }
    for row in 0..<size.rows { canvas.put(glyphs.vertical, row: row, column: list, role: .border) }
    canvas.draw(in: Rect(row: 0, column: list + 2, rows: size.rows, columns: pane - 2)) { part in
      WorkbenchView.draw(state, on: &part, glyphs: glyphs)
    }
  }

  private static func drawList(_ state: BrowseState, rows: Int, on canvas: inout Canvas, glyphs: Glyphs) {
    drawPlace(state, on: &canvas)
    // Without a pane and a foot there is no other place to say it.
    if case .reading(_, let place?) = state.inspection, canvas.size.rows < 6 {
      canvas.fill(Rect(row: 0, column: 0, rows: 1, columns: canvas.size.columns), role: .text)
      canvas.put("\(Labels.readingPlace(place)) \(Labels.stopsReading)", row: 0, column: 2, role: .title)
    }
    let columns = Columns(width: canvas.size.columns)
    let top = listTop(canvas.size)
    if top == 2 { columns.drawHeader(row: 1, on: &canvas) }
    switch state.phase {
    case .loading where state.rows.isEmpty:
      canvas.put(Labels.reading, row: top, column: 2, role: .textDim)
    case .failed(let reason, let remedy):
      let lines = Line.wrapped(reason, role: .error, width: canvas.size.columns - 4) + Line.wrapped(remedy, width: canvas.size.columns - 4)
      canvas.put(lines, row: top, column: 2, width: canvas.size.columns - 4, limit: top + rows)
    case .loading, .ready:
      if state.rows.isEmpty {
        canvas.put(state.filter.isEmpty ? Labels.emptyFolder : Labels.nothingFits, row: top, column: 2, role: .textDim)
      }
      for (index, row) in state.rows.prefix(rows).enumerated() { columns.draw(row, row: top + index, on: &canvas, glyphs: glyphs) }
      canvas.scrollbar(
        row: top, column: canvas.size.columns - 1, rows: rows, visible: state.window.visible, count: state.window.count, glyphs: glyphs)
    }
  }

  /// The folder and how many entries it has, or what is being typed.
  private static func drawPlace(_ state: BrowseState, on canvas: inout Canvas) {
    let width = canvas.size.columns
    var notes = [Labels.count(state.window.count, of: state.total)]
    if state.showsHidden { notes.insert(Labels.hiddenShown, at: 0) }
    if let order = state.order { notes.insert(order, at: 0) }
    if !state.filter.isEmpty, state.prompt == .none { notes.insert("\(Labels.filter): \(state.filter.truncated(to: width / 3))", at: 0) }
    // Where there is little room the folder matters more than what is said about it.
    while notes.count > 1, notes.joined(separator: " · ").width > width / 2 { notes.remove(at: notes.count - 2) }
    let note = notes.joined(separator: " · ")
    canvas.put(note, row: 0, column: width - 2 - note.width, role: state.filter.isEmpty ? .textDim : .match)
    let room = width - note.width - 5
    switch state.prompt {
    case .none:
      canvas.put(state.directory.truncatedAtStart(to: room), row: 0, column: 2, role: .title)
    case .filter(let field):
      prompt(Labels.filter, field, room: room, on: &canvas)
    case .path(let field):
      prompt(Labels.path, field, room: room, on: &canvas)
    }
  }

  private static func prompt(_ label: DisplayText, _ field: TextField, room: Int, on canvas: inout Canvas) {
    let used = canvas.put("\(label): ", row: 0, column: 2, role: .label)
    canvas.edit(before: field.beforeCursor, after: field.afterCursor, row: 0, column: 2 + used, width: room - used)
  }

  /// Without a pane: what was chosen, or how many are marked.
  private static func drawFoot(_ state: BrowseState, rows: Int, on canvas: inout Canvas, glyphs: Glyphs) {
    guard rows > 0 else { return }
    let width = canvas.size.columns
    let top = canvas.size.rows - rows
    if rows > 1 { canvas.line(row: top, column: 0, columns: width, glyphs: glyphs) }
    let first = rows > 1 ? top + 1 : top
    let lines: [Line] =
      if let marked = state.summary.marked, !state.inspection.isReading {
        [Line("\(glyphs.mark) \([marked, state.summary.markedKinds].compactMap(\.self).joined(separator: ": "))", .marked)]
          + Line.wrapped(state.summary.advice ?? "", role: .textDim, width: width - 4)
      } else {
        lines(state.inspection, width: width - 4, glyphs: glyphs)
      }
    canvas.put(lines, row: first, column: 2, width: width - 4)
  }

  private static func lines(_ inspection: BrowseState.Inspection, width: Int, glyphs: Glyphs) -> [Line] {
    switch inspection {
    case .none:
      return [Line(Labels.nothingChosen.truncated(to: width), .textDim)]
    case .reading(let name, let place?):
      let progress = Labels.readingPlace(place)
      return [
        Line([("\(progress) ", .text), (name.truncatedInMiddle(to: max(8, width - progress.width - 1)), .textStrong)]),
        Line(Labels.stopsReading, .textDim),
      ]
    case .reading(let name, nil):
      return [Line([(name.truncatedInMiddle(to: max(8, width - 12)), .text), ("  ", .text), (Labels.reading, .textDim)])]
    case .refused(let name, let reason):
      return [Line([("\(glyphs.cross) ", .error), (name.truncatedInMiddle(to: max(8, width / 2)), .textStrong)])]
        + Line.wrapped(reason, role: .error, width: width)
    case .ready(let document):
      return DocumentLines.short(document, width: width, glyphs: glyphs)
    case .together(let documents):
      return DocumentLines.together(documents, width: width, glyphs: glyphs)
    }
  }

  /// Where the columns of the list stand at a width.
  private struct Columns {
    let width: Int
    let kind: Int
    let size: Int
    let age: Int

    init(width: Int) {
      self.width = width
      kind = width >= 46 ? 7 : 0
      size = 10
      age = width >= 40 ? 7 : 0
    }

    /// Pointer, mark, verdict and "sent" stand before the name; the scroll bar behind everything.
    private static let nameColumn = 6
    private var name: Int { max(1, width - Self.nameColumn - kind - size - age - 2) }

    func drawHeader(row: Int, on canvas: inout Canvas) {
      put([Labels.nameColumn, Labels.kindColumn, Labels.sizeColumn, Labels.ageColumn], role: .label, row: row, on: &canvas)
    }

    func draw(_ entry: BrowseState.Row, row: Int, on canvas: inout Canvas, glyphs: Glyphs) {
      let role: Role = entry.isUnderCursor ? .cursor : entry.isChosen || entry.isMarked ? .marked : Self.role(entry.kind)
      canvas.fill(Rect(row: row, column: 0, rows: 1, columns: width - 1), role: role)
      if entry.isUnderCursor { canvas.put(glyphs.pointer, row: row, column: 1, role: role) }
      if entry.isMarked {
        canvas.put(glyphs.mark, row: row, column: 2, role: role)
      } else if entry.isChosen {
        canvas.put(glyphs.chosen, row: row, column: 2, role: role)
      }
      drawVerdict(entry, row: row, on: &canvas, glyphs: glyphs)
      if entry.wasSent { canvas.put(glyphs.sent, row: row, column: 4, role: entry.isUnderCursor ? .cursor : .info) }
      let shown = entry.kind == .directory ? entry.name + "/" : entry.name
      put([shown.truncatedInMiddle(to: name), entry.type, entry.size, entry.age], role: role, row: row, on: &canvas)
    }

    private func drawVerdict(_ entry: BrowseState.Row, row: Int, on canvas: inout Canvas, glyphs: Glyphs) {
      let (sign, role): (DisplayText, Role) =
        switch entry.verdict {
        case .allowed: (glyphs.check, .success)
        case .warning: (glyphs.warning, .warning)
        case .refused: (glyphs.cross, .error)
        case nil: ("", .text)
        }
      canvas.put(sign, row: row, column: 3, role: entry.isUnderCursor ? .cursor : role)
    }

    private func put(_ texts: [DisplayText], role: Role, row: Int, on canvas: inout Canvas) {
      var column = Self.nameColumn
      canvas.put(texts[0], row: row, column: column, role: role, width: name)
      column += name + 1
      if kind > 0 { canvas.put(texts[1], row: row, column: column, role: role, width: kind - 1) }
      column += kind
      canvas.put(texts[2], row: row, column: column, role: role, width: size - 1, align: .trailing)
      column += size
      if age > 0 { canvas.put(texts[3], row: row, column: column, role: role, width: age - 1, align: .trailing) }
    }

    private static func role(_ kind: BrowseState.Row.Kind) -> Role {
      switch kind {
      case .directory: .fileDirectory
      case .file: .file
      case .link: .fileLink
      case .other: .fileOther
      }
    }
  }
}
