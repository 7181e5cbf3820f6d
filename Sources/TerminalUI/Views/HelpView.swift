internal import SafeText
internal import ViewModels

/// The keys that are valid here. With less room a key takes more lines, so that what it does is read in full.
enum HelpView {
  private static let top = 2

  static func listRows(_ size: Size) -> Int { max(1, (size.rows - top) / height(size.columns)) }

  /// Lines of one key.
  private static func height(_ width: Int) -> Int { width >= 110 ? 1 : width >= 60 ? 2 : 3 }

  static func draw(_ state: HelpState, on canvas: inout Canvas, glyphs: Glyphs) {
    let size = canvas.size
    let used = canvas.put("\(Labels.search): ", row: 0, column: 0, role: .label)
    canvas.edit(
      before: state.search.beforeCursor, after: state.search.afterCursor, row: 0, column: used, width: max(1, min(30, size.columns - used)))
    if state.rows.isEmpty { canvas.put(Labels.nothingFound, row: top, column: 0, role: .textDim) }
    let height = height(size.columns)
    let keys = min(20, max(8, (state.rows.map(\.keys.width).max() ?? 8) + 1))
    for (index, row) in state.rows.prefix(listRows(size)).enumerated() {
      draw(row, keys: keys, at: top + index * height, height: height, on: &canvas)
    }
    canvas.scrollbar(
      row: top, column: size.columns - 1, rows: size.rows - top, visible: state.window.visible, count: state.window.count, glyphs: glyphs)
  }

  private static func draw(_ row: HelpState.Row, keys: Int, at place: Int, height: Int, on canvas: inout Canvas) {
    let width = canvas.size.columns - 2
    let isOpen = row.reason == nil
    let (keyRole, textRole): (Role, Role) = isOpen ? (.hintKey, .text) : (.disabled, .disabled)
    canvas.put(row.keys, row: place, column: 0, role: keyRole, width: keys - 1)
    let label = height == 3 ? width - keys : 15
    canvas.put(row.label, row: place, column: keys, role: textRole, width: label)
    let (column, first) = height == 3 ? (2, place + 1) : (keys + label + 1, place)
    let room = max(1, width - column)
    let lines = (row.reason ?? row.tooltip).wrapped(to: room)
    let limit = height == 1 ? 1 : 2
    for (index, line) in lines.prefix(limit).enumerated() {
      let isCut = index == limit - 1 && lines.count > limit
      canvas.put(
        isCut ? "\(line.truncated(to: room - 1))…" : line, row: first + index, column: column, role: isOpen ? .textDim : .disabled,
        width: room)
    }
  }
}
