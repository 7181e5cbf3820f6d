internal import SafeText
internal import ViewModels

/// A short list over the screen.
enum PickView {
  /// Columns that it asks for.
  static func width(_ state: PickState) -> Int {
    // Wide enough for most paths, whatever rows are in view: a dialog that changes its width while one scrolls is hard to read.
    state.rows.allSatisfy(\.detail.isEmpty) ? 32 : 76
  }

  static func draw(_ state: PickState, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns
    let hasDetail = !state.rows.allSatisfy(\.detail.isEmpty)
    let longest = state.rows.map(\.label.width).max() ?? 0
    let label = hasDetail ? max(10, min(longest + 2, width / 2)) : max(1, width - 5)
    for (index, row) in state.rows.prefix(canvas.size.rows).enumerated() {
      let role: Role = row.isUnderCursor ? .cursor : row.isCurrent ? .marked : .text
      canvas.fill(Rect(row: index, column: 0, rows: 1, columns: width - 1), role: role)
      if row.isUnderCursor { canvas.put(glyphs.pointer, row: index, column: 0, role: role) }
      if row.isCurrent { canvas.put(glyphs.chosen, row: index, column: 1, role: role) }
      canvas.put(row.label, row: index, column: 3, role: role, width: label)
      guard hasDetail else { continue }
      let room = max(1, width - label - 5)
      // A path is told by its end, a sentence by its beginning.
      let detail = state.hasPaths ? row.detail.truncatedAtStart(to: room) : row.detail.truncated(to: room)
      canvas.put(detail, row: index, column: 3 + label, role: role)
    }
    canvas.scrollbar(
      row: 0, column: width - 1, rows: canvas.size.rows, visible: state.window.visible, count: state.window.count, glyphs: glyphs)
  }
}
