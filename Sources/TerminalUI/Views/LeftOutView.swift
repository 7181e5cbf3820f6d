internal import SafeText
internal import ViewModels

/// Files that cannot be sent with the others, each with its reason, over the question what to do.
enum LeftOutView {
  /// Rows that it would like to have.
  static func rows(_ state: LeftOutState, width: Int) -> Int {
    parts(state, width: width - 2, glyphs: Glyphs()).reduce(0) { $0 + $1.count } + 2
  }

  /// The model counts one row for each file; reasons that wrap take more, so that fewer of them are on the screen.
  static func listRows(_ state: LeftOutState, in size: Size) -> Int {
    let parts = parts(state, width: size.columns - 2, glyphs: Glyphs())
    return size.rows - 2 - (parts.reduce(0) { $0 + $1.count } - parts.count)
  }

  static func draw(_ state: LeftOutState, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns - 2
    let room = max(0, canvas.size.rows - 2)
    let lines = parts(state, width: width, glyphs: glyphs).dropFirst(state.window.top).flatMap(\.self)
    canvas.put(lines, row: 0, column: 0, width: width, limit: room)
    canvas.scrollbar(
      row: 0, column: canvas.size.columns - 1, rows: room, visible: state.window.visible, count: state.window.count, glyphs: glyphs)
    ConfirmView.draw(state.choices, on: &canvas)
  }

  private static func parts(_ state: LeftOutState, width: Int, glyphs: Glyphs) -> [[Line]] {
    state.rows.map { row in
      [Line([("\(glyphs.cross) ", .error), (row.name.reveal().truncatedInMiddle(to: max(1, width - 2)), .textStrong)])]
        + Line.wrapped(row.reason, width: max(1, width - 2)).map { line in Line([("  ", .text)] + line.spans.map { ($0.text, $0.role) }) }
    }
  }
}
