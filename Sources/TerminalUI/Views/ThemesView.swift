internal import SafeText
internal import ViewModels

/// The themes; the one under the cursor is what everything looks like now.
enum ThemesView {
  static let width = 76

  static func draw(_ state: ThemesState, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns
    let nameWidth = min(20, 2 + (state.rows.map(\.name.width).max() ?? 0))
    for (index, theme) in state.rows.prefix(canvas.size.rows).enumerated() {
      let role: Role = theme.isUnderCursor ? .cursor : .text
      canvas.fill(Rect(row: index, column: 0, rows: 1, columns: width - 1), role: role)
      if theme.isUnderCursor { canvas.put(glyphs.pointer, row: index, column: 0, role: role) }
      if theme.isCurrent { canvas.put(glyphs.chosen, row: index, column: 1, role: role) }
      canvas.put(theme.name, row: index, column: 3, role: role, width: nameWidth)
      let place = 3 + nameWidth
      canvas.put(
        theme.about.truncated(to: max(0, width - place - 1)), row: index, column: place, role: theme.isUnderCursor ? .cursor : .textDim)
    }
    canvas.scrollbar(
      row: 0, column: width - 1, rows: canvas.size.rows, visible: state.window.visible, count: state.window.count, glyphs: glyphs)
  }
}
