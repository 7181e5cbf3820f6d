internal import SafeText
internal import ViewModels

/// A short list over the screen.
enum PickView {
  /// Columns that it asks for.
  static func width(_ state: PickState) -> Int {
    // Wide enough for most paths, whatever rows are in view: a dialog that changes its width while one scrolls is hard to read.
    state.rows.allSatisfy(\.detail.isEmpty) ? 32 : 76
  }

  /// Lines at the foot for what stands beside the label under the cursor, where there is no room for all of it in the row.
  static func footRows(_ state: PickState, width: Int) -> Int {
    guard !state.hasPaths, state.rows.contains(where: { $0.detail.width > Columns(state, width: width).detail }) else { return 0 }
    return state.rows.map { $0.detail.wrapped(to: max(1, width - 3)).count }.max() ?? 0
  }

  private struct Columns {
    let label: Int
    let detail: Int

    init(_ state: PickState, width: Int) {
      let longest = state.rows.map(\.label.width).max() ?? 0
      let hasDetail = !state.rows.allSatisfy(\.detail.isEmpty)
      label = hasDetail ? max(10, min(longest + 2, width / 2)) : max(1, width - 5)
      detail = max(1, width - label - 5)
    }
  }

  static func draw(_ state: PickState, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns
    let columns = Columns(state, width: width)
    let foot = footRows(state, width: width)
    let label = foot == 0 ? columns.label : max(1, width - 5)
    for (index, row) in state.rows.prefix(canvas.size.rows - foot).enumerated() {
      let role: Role = row.isUnderCursor ? .cursor : row.isCurrent ? .marked : .text
      canvas.fill(Rect(row: index, column: 0, rows: 1, columns: width - 1), role: role)
      if row.isUnderCursor { canvas.put(glyphs.pointer, row: index, column: 0, role: role) }
      if row.isCurrent { canvas.put(glyphs.chosen, row: index, column: 1, role: role) }
      canvas.put(row.label, row: index, column: 3, role: role, width: label)
      guard foot == 0, !row.detail.isEmpty else { continue }
      // A path is told by its end.
      canvas.put(row.detail.truncatedAtStart(to: columns.detail), row: index, column: 3 + label, role: role)
    }
    if foot > 0, let row = state.rows.first(where: \.isUnderCursor) {
      canvas.put(
        Line.wrapped(row.detail, role: .textDim, width: width - 3), row: canvas.size.rows - foot, column: 3, width: max(1, width - 3))
    }
    canvas.scrollbar(
      row: 0, column: width - 1, rows: canvas.size.rows - foot, visible: state.window.visible, count: state.window.count, glyphs: glyphs)
  }
}
