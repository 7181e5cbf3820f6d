internal import SafeText
internal import ViewModels

/// A short list over the screen.
enum PickView {
  /// Columns that it asks for.
  static func width(_ state: PickState) -> Int {
    // Wide enough for most paths, whatever rows are in view: a dialog that changes its width while one scrolls is hard to read.
    state.all.allSatisfy(\.detail.isEmpty) ? 32 : 76
  }

  /// Rows that it asks for: every choice, and the foot.
  static func wantedRows(_ state: PickState, width: Int) -> Int { state.all.count + foot(state, width: width) }

  /// Rows for choices. However long a text at the foot is, one choice can be seen.
  static func listRows(_ state: PickState, in size: Size) -> Int {
    max(1, size.rows - foot(state, width: size.columns))
  }

  /// Lines at the foot for what stands beside the label under the cursor, where there is no room for all of it in the row.
  private static func foot(_ state: PickState, width: Int) -> Int {
    let room = Columns(state, width: width).detail
    guard !state.hasPaths, state.all.contains(where: { $0.detail.width > room }) else { return 0 }
    return state.all.map { $0.detail.wrapped(to: max(1, width - 3)).count }.max() ?? 0
  }

  private struct Columns {
    let label: Int
    let detail: Int

    init(_ state: PickState, width: Int) {
      let longest = state.all.map(\.label.width).max() ?? 0
      let hasDetail = !state.all.allSatisfy(\.detail.isEmpty)
      label = hasDetail ? max(10, min(longest + 2, width / 2)) : max(1, width - 5)
      detail = max(1, width - label - 5)
    }
  }

  static func draw(_ state: PickState, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns
    let columns = Columns(state, width: width)
    let list = listRows(state, in: canvas.size)
    let hasFoot = foot(state, width: width) > 0
    let label = hasFoot ? max(1, width - 5) : columns.label
    // Until the list has learned of its room it may give too many rows.
    let first = max(0, (state.rows.firstIndex(where: \.isUnderCursor) ?? 0) - list + 1)
    for (index, row) in state.rows.dropFirst(first).prefix(list).enumerated() {
      let role: Role = row.isUnderCursor ? .cursor : row.isCurrent ? .marked : .text
      canvas.fill(Rect(row: index, column: 0, rows: 1, columns: width - 1), role: role)
      if row.isUnderCursor { canvas.put(glyphs.pointer, row: index, column: 0, role: role) }
      if row.isCurrent { canvas.put(glyphs.chosen, row: index, column: 1, role: role) }
      canvas.put(row.label, row: index, column: 3, role: role, width: label)
      guard !hasFoot, !row.detail.isEmpty else { continue }
      // A path is told by its end.
      canvas.put(row.detail.truncatedAtStart(to: columns.detail), row: index, column: 3 + label, role: role)
    }
    if hasFoot, let row = state.rows.first(where: \.isUnderCursor) {
      drawFoot(row.detail, from: list, on: &canvas)
    }
    canvas.scrollbar(row: 0, column: width - 1, rows: list, visible: state.window.visible, count: state.window.count, glyphs: glyphs)
  }

  /// What does not fit ends in `…`.
  private static func drawFoot(_ text: DisplayText, from row: Int, on canvas: inout Canvas) {
    let width = max(1, canvas.size.columns - 3)
    let room = max(0, canvas.size.rows - row)
    var lines = text.wrapped(to: width)
    if lines.count > room {
      let rest = lines.dropFirst(max(0, room - 1)).joined(separator: " ")
      lines = lines.prefix(max(0, room - 1)) + (room > 0 ? [rest.truncated(to: width)] : [])
    }
    canvas.put(lines.map { Line($0, .textDim) }, row: row, column: 3, width: width)
  }
}
