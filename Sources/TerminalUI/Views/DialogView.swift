internal import SafeText
internal import ViewModels

/// What lies over a screen and takes all keys.
enum DialogView {
  static func draw(_ dialog: DialogState, over area: Rect, on canvas: inout Canvas, glyphs: Glyphs) {
    let frame = frame(of: dialog, over: area)
    canvas.draw(in: frame, role: .surfaceRaised) { part in
      part.box(part.bounds, title: title(of: dialog), glyphs: glyphs, role: .borderFocus)
      part.draw(in: part.bounds.inset(rows: 1, columns: 2), role: .surfaceRaised) { inner in
        switch dialog {
        case .help(let help): HelpView.draw(help, on: &inner, glyphs: glyphs)
        case .pick(let pick): PickView.draw(pick, on: &inner, glyphs: glyphs)
        case .confirm(let confirm): ConfirmView.draw(confirm, on: &inner)
        case .leftOut(let leftOut): LeftOutView.draw(leftOut, on: &inner, glyphs: glyphs)
        case .picker(let picker): PickerView.draw(picker, on: &inner, glyphs: glyphs)
        case .transferDetails(let details): TransferDetailsView.draw(details, on: &inner, glyphs: glyphs)
        case .themes(let themes): ThemesView.draw(themes, on: &inner, glyphs: glyphs)
        }
      }
    }
  }

  static func viewport(of dialog: DialogState, over area: Rect) -> Viewport {
    let inner = frame(of: dialog, over: area).inset(rows: 1, columns: 2)
    let rows =
      switch dialog {
      case .help(let help): HelpView.listRows(help, in: inner.size)
      case .themes: inner.rows
      case .pick(let pick): PickView.listRows(pick, in: inner.size)
      case .confirm: inner.rows
      case .leftOut(let leftOut): LeftOutView.listRows(leftOut, in: inner.size)
      case .picker: inner.rows - 3
      case .transferDetails(let details): TransferDetailsView.scrollableRows(details, in: inner.size)
      }
    return Viewport(rows: max(1, rows), columns: max(1, inner.columns))
  }

  private static func frame(of dialog: DialogState, over area: Rect) -> Rect {
    switch dialog {
    case .help: return area.centered(rows: min(area.rows, 36), columns: min(area.columns, 124))
    case .themes(let themes):
      return area.centered(rows: min(area.rows, themes.window.count + 2), columns: min(area.columns, ThemesView.width))
    case .picker, .transferDetails: return area.centered(rows: min(area.rows, 36), columns: min(area.columns, 100))
    case .leftOut(let leftOut):
      let width = min(area.columns, 76)
      return area.centered(rows: min(area.rows, LeftOutView.rows(leftOut, width: width - 4) + 2), columns: width)
    case .pick(let pick):
      let width = min(area.columns, PickView.width(pick) + 4)
      return area.centered(rows: min(area.rows, PickView.wantedRows(pick, width: width - 4) + 2), columns: width)
    case .confirm(let confirm):
      let width = min(area.columns, 64)
      return area.centered(rows: ConfirmView.rows(confirm, width: width - 4) + 2, columns: width)
    }
  }

  private static func title(of dialog: DialogState) -> DisplayText {
    switch dialog {
    case .help(let help): "\(Labels.help): \(help.title)"
    case .pick(let pick): pick.title
    case .confirm(let confirm): confirm.title
    case .leftOut(let leftOut): leftOut.title
    case .picker(let picker): picker.title
    case .transferDetails(let details): details.title
    case .themes: Labels.themes
    }
  }
}

/// A question. The answer that changes nothing comes first and has the focus.
enum ConfirmView {
  static func rows(_ state: ConfirmState, width: Int) -> Int { lines(state, width: width).count + 2 }

  static func draw(_ state: ConfirmState, on canvas: inout Canvas) {
    let width = canvas.size.columns
    canvas.put(lines(state, width: width), row: 0, column: 0, width: width, limit: canvas.size.rows - 1)
    draw(state.choices, on: &canvas)
  }

  /// On the last row; the first has the focus.
  static func draw(_ choices: [ConfirmState.Choice], on canvas: inout Canvas) {
    var column = 0
    for (index, choice) in choices.enumerated() {
      if index == 0 {
        column += canvas.put(" \(choice.key) \(choice.label) ", row: canvas.size.rows - 1, column: column, role: .confirmDefault) + 3
      } else {
        column += canvas.put(choice.key, row: canvas.size.rows - 1, column: column, role: .hintKey) + 1
        column += canvas.put(choice.label, row: canvas.size.rows - 1, column: column, role: .text) + 3
      }
    }
  }

  private static func lines(_ state: ConfirmState, width: Int) -> [Line] {
    state.lines.flatMap { Line.wrapped($0, width: width) }
  }
}

/// What fits what is typed.
enum PickerView {
  static func draw(_ state: PickerState, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns
    let used = canvas.put("\(Labels.search): ", row: 0, column: 0, role: .label)
    canvas.edit(
      before: state.search.beforeCursor, after: state.search.afterCursor, row: 0, column: used, width: max(1, min(40, width - used)))
    if let remark = state.remark {
      canvas.put(Line.wrapped(remark, role: .warning, width: width), row: 1, column: 0, width: width, limit: state.rows.isEmpty ? nil : 3)
    }
    let code = max(10, (state.rows.map(\.code.width).max() ?? 0) + 1)
    let note = width >= 60 ? min(24, (state.rows.map(\.note.width).max() ?? 0)) : 0
    for (index, row) in state.rows.prefix(max(0, canvas.size.rows - 3)).enumerated() {
      let role: Role = row.isUnderCursor ? .cursor : .text
      canvas.fill(Rect(row: 3 + index, column: 0, rows: 1, columns: width - 1), role: role)
      if row.isUnderCursor { canvas.put(glyphs.pointer, row: 3 + index, column: 0, role: role) }
      canvas.put(row.code, row: 3 + index, column: 2, role: role, width: code - 1)
      let room = width - 4 - code - (note == 0 ? 0 : note + 2)
      canvas.put(row.name.truncated(to: max(1, room)), row: 3 + index, column: 2 + code, role: role)
      if note > 0 {
        canvas.put(row.note.truncated(to: note), row: 3 + index, column: width - 2 - note, role: row.isUnderCursor ? role : .textDim)
      }
    }
    canvas.scrollbar(
      row: 3, column: width - 1, rows: canvas.size.rows - 3, visible: state.window.visible, count: state.window.count, glyphs: glyphs)
  }
}

/// One transfer with everything that an operator may be asked for.
enum TransferDetailsView {
  private static let labelWidth = 17

  /// The model counts one row for each part; parts that wrap take more, so that fewer of them are on the screen.
  static func scrollableRows(_ state: TransferDetails, in size: Size) -> Int {
    let parts = parts(state, width: size.columns - 2, glyphs: Glyphs())
    let extra = parts.reduce(0) { $0 + $1.count } - parts.count
    return size.rows - extra
  }

  static func draw(_ state: TransferDetails, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns - 2
    let lines = parts(state, width: width, glyphs: glyphs).dropFirst(state.window.top).flatMap { $0 }
    canvas.put(Array(lines), row: 0, column: 0, width: width)
    canvas.scrollbar(
      row: 0, column: canvas.size.columns - 1, rows: canvas.size.rows, visible: state.window.visible, count: state.window.count,
      glyphs: glyphs)
  }

  private static func parts(_ state: TransferDetails, width: Int, glyphs: Glyphs) -> [[Line]] {
    func labelled(_ label: DisplayText, _ value: DisplayText, role: Role = .text) -> [Line] {
      Line.wrapped(value, role: role, width: width, label: label, indent: labelWidth)
    }
    let role = TransfersView.role(of: state.glyph)
    return [labelled(Labels.state, "\(glyphs.sign(of: state.glyph)) \(state.state)", role: role)]
      + state.explanation.map { labelled("", $0) }
      + state.values.map { labelled($0.label, $0.value.reveal()) }
      + state.words.enumerated().map { labelled($0.offset == 0 ? Labels.serverSays : "", $0.element, role: .textStrong) }
      + (state.whereToLook.map { [labelled(Labels.whereToLook, $0)] } ?? [])
  }
}
