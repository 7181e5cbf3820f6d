internal import SafeText
internal import ViewModels

/// The folder: where one is, what is in it, and what was chosen.
enum BrowseView {
  /// Rows of the folder's entries on a body of this size.
  static func listRows(_ size: Size) -> Int { max(1, size.rows - listTop(size) - footRows(size)) }

  private static func listTop(_ size: Size) -> Int { size.rows >= 12 ? 2 : 1 }
  private static func footRows(_ size: Size) -> Int { size.rows >= 14 ? 3 : size.rows >= 6 ? 1 : 0 }

  static func draw(_ state: BrowseState, on canvas: inout Canvas, glyphs: Glyphs) {
    drawPlace(state, on: &canvas)
    let columns = Columns(width: canvas.size.columns)
    let top = listTop(canvas.size)
    let rows = listRows(canvas.size)
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
    drawFoot(state.inspection, rows: footRows(canvas.size), on: &canvas, glyphs: glyphs)
  }

  /// The folder and how many entries it has, or what is being typed.
  private static func drawPlace(_ state: BrowseState, on canvas: inout Canvas) {
    let width = canvas.size.columns
    var notes = [Labels.count(state.window.count, of: state.total)]
    if state.showsHidden { notes.insert(Labels.hiddenShown, at: 0) }
    if !state.filter.isEmpty, state.prompt == .none { notes.insert("\(Labels.filter): \(state.filter.truncated(to: width / 3))", at: 0) }
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

  private static func drawFoot(_ inspection: BrowseState.Inspection, rows: Int, on canvas: inout Canvas, glyphs: Glyphs) {
    guard rows > 0 else { return }
    let width = canvas.size.columns
    let top = canvas.size.rows - rows
    if rows > 1 { canvas.line(row: top, column: 0, columns: width, glyphs: glyphs) }
    let first = rows > 1 ? top + 1 : top
    canvas.put(lines(inspection, width: width - 4, glyphs: glyphs), row: first, column: 2, width: width - 4)
  }

  private static func lines(_ inspection: BrowseState.Inspection, width: Int, glyphs: Glyphs) -> [Line] {
    switch inspection {
    case .none:
      return [Line(Labels.nothingChosen.truncated(to: width), .textDim)]
    case .reading(let name):
      return [Line([(name.truncatedInMiddle(to: max(8, width - 12)), .text), ("  ", .text), (Labels.reading, .textDim)])]
    case .refused(let name, let reason):
      return [Line([("\(glyphs.cross) ", .error), (name.truncatedInMiddle(to: max(8, width / 2)), .textStrong)])]
        + Line.wrapped(reason, role: .error, width: width)
    case .ready(let document):
      return DocumentLines.short(document, width: width, glyphs: glyphs)
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
      kind = width >= 60 ? 10 : 0
      size = 10
      age = width >= 48 ? 10 : 0
    }

    /// The pointer, the mark, and the column of the scroll bar are taken away.
    private var name: Int { max(1, width - 4 - kind - size - age - 2) }

    func drawHeader(row: Int, on canvas: inout Canvas) {
      put([Labels.nameColumn, Labels.kindColumn, Labels.sizeColumn, Labels.ageColumn], role: .label, row: row, on: &canvas)
    }

    func draw(_ entry: BrowseState.Row, row: Int, on canvas: inout Canvas, glyphs: Glyphs) {
      let role: Role = entry.isUnderCursor ? .cursor : entry.isChosen ? .marked : Self.role(of: entry.kind)
      let side: Role = entry.isUnderCursor ? .cursor : .textDim
      canvas.fill(Rect(row: row, column: 0, rows: 1, columns: width - 1), role: entry.isUnderCursor ? .cursor : .text)
      if entry.isUnderCursor { canvas.put(glyphs.pointer, row: row, column: 1, role: .cursor) }
      if entry.isChosen { canvas.put(glyphs.chosen, row: row, column: 2, role: role) }
      let name: DisplayText = entry.kind == .directory ? "\(entry.name)/" : entry.name
      put([name.truncatedInMiddle(to: self.name), entry.type, entry.size, entry.age], role: role, side: side, row: row, on: &canvas)
    }

    private func put(_ texts: [DisplayText], role: Role, side: Role? = nil, row: Int, on canvas: inout Canvas) {
      var column = 4
      canvas.put(texts[0], row: row, column: column, role: role, width: name)
      column += name
      if kind > 0 { canvas.put(texts[1], row: row, column: column + 1, role: side ?? role, width: kind - 1) }
      column += kind
      canvas.put(texts[2], row: row, column: column, role: side ?? role, width: size, align: .trailing)
      column += size
      if age > 0 { canvas.put(texts[3], row: row, column: column, role: side ?? role, width: age, align: .trailing) }
    }

    private static func role(of kind: BrowseState.Row.Kind) -> Role {
      switch kind {
      case .directory: .fileDirectory
      case .file: .file
      case .link: .fileLink
      case .other: .fileOther
      }
    }
  }
}

/// A document in words, for the foot of the file list, the form and the review.
enum DocumentLines {
  /// Its name, and what it is.
  static func short(_ document: DocumentSummary, width: Int, glyphs: Glyphs) -> [Line] {
    let about = "\(document.type), \(document.size)" as DisplayText
    let room = max(8, width - about.width - 5)
    let head = Line([
      ("\(sign(document.verdict, glyphs: glyphs)) ", role(document.verdict)),
      (document.name.reveal().truncatedInMiddle(to: room), .textStrong),
      ("   \(about)", .text),
    ])
    return [head] + remarks(document, width: width)
  }

  /// Why it is remarkable; nothing when it is not.
  static func remarks(_ document: DocumentSummary, width: Int) -> [Line] {
    switch document.verdict {
    case .allowed: []
    case .warning(let reason): Line.wrapped(reason, role: .warning, width: width)
    case .refused(let reason): Line.wrapped(reason, role: .error, width: width)
    }
  }

  static func sign(_ verdict: DocumentSummary.Verdict, glyphs: Glyphs) -> DisplayText {
    switch verdict {
    case .allowed: glyphs.check
    case .warning: glyphs.warning
    case .refused: glyphs.cross
    }
  }

  static func role(_ verdict: DocumentSummary.Verdict) -> Role {
    switch verdict {
    case .allowed: .success
    case .warning: .warning
    case .refused: .error
    }
  }
}
