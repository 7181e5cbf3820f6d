internal import SafeText
internal import ViewModels

/// The keys that are valid here. With less room a key takes more lines, so that what it does is read in full.
enum HelpView {
  /// First row of the list; with little room there is none between it and the search.
  private static func top(_ size: Size) -> Int { size.rows >= 8 ? 2 : 1 }

  /// Keys that are seen at once wherever the list begins: what they do takes lines enough to be read to its end.
  static func listRows(_ state: HelpState, in size: Size) -> Int {
    let heights = Columns(state, width: size.columns).heights(state.rows)
    let room = max(1, size.rows - top(size))
    var fewest = max(1, heights.count)
    for first in heights.indices {
      var (used, count) = (0, 0)
      for height in heights[first...] where used + height <= room { (used, count) = (used + height, count + 1) }
      if first + count < heights.count { fewest = min(fewest, count) }
    }
    return max(1, fewest)
  }

  static func draw(_ state: HelpState, on canvas: inout Canvas, glyphs: Glyphs) {
    let size = canvas.size
    let top = top(size)
    let used = canvas.put("\(Labels.search): ", row: 0, column: 0, role: .label)
    canvas.edit(
      before: state.search.beforeCursor, after: state.search.afterCursor, row: 0, column: used, width: max(1, min(30, size.columns - used)))
    if state.rows.isEmpty { canvas.put(Labels.nothingFound, row: top, column: 0, role: .textDim) }
    let columns = Columns(state, width: size.columns)
    var place = top
    for row in state.rows.dropFirst(state.window.top) where place < size.rows {
      place += columns.draw(row, at: place, on: &canvas)
    }
    canvas.scrollbar(
      row: top, column: size.columns - 1, rows: size.rows - top, visible: state.window.visible, count: state.window.count, glyphs: glyphs)
  }

  private struct Columns {
    let width: Int
    let keys: Int
    /// There is room for what a key does beside its name.
    let isWide: Bool

    init(_ state: HelpState, width: Int) {
      self.width = max(1, width - 2)
      keys = min(20, max(8, (state.rows.map(\.keys.width).max() ?? 8) + 1))
      isWide = width >= 60
    }

    private var label: Int { isWide ? 15 : width - keys }
    private var column: Int { isWide ? keys + label + 1 : 2 }

    private func lines(_ row: HelpState.Row) -> [DisplayText] { (row.reason ?? row.tooltip).wrapped(to: max(1, width - column)) }

    func heights(_ rows: [HelpState.Row]) -> [Int] { rows.map { lines($0).count + (isWide ? 0 : 1) } }

    /// Returns the lines that it took.
    func draw(_ row: HelpState.Row, at place: Int, on canvas: inout Canvas) -> Int {
      let (keyRole, labelRole): (Role, Role) = row.reason == nil ? (.hintKey, .text) : (.disabled, .disabled)
      canvas.put(row.keys, row: place, column: 0, role: keyRole, width: keys - 1)
      canvas.put(row.label, row: place, column: keys, role: labelRole, width: label)
      let (lines, first) = (lines(row), isWide ? place : place + 1)
      for (index, line) in lines.enumerated() {
        canvas.put(line, row: first + index, column: column, role: row.reason == nil ? .textDim : .disabled)
      }
      return lines.count + (isWide ? 0 : 1)
    }
  }
}
