public import SafeText

extension Canvas {
  /// A horizontal line.
  public mutating func line(row: Int, column: Int, columns: Int, glyphs: Glyphs, role: Role = .border) {
    for place in column..<max(column, column + columns) { put(glyphs.horizontal, row: row, column: place, role: role) }
  }

  /// A frame along the edge of `rect`, with a title in its upper line.
  public mutating func box(_ rect: Rect, title: DisplayText = "", glyphs: Glyphs, role: Role = .border, titleRole: Role = .title) {
    guard rect.rows >= 2, rect.columns >= 2 else { return }
    let (bottom, right) = (rect.row + rect.rows - 1, rect.column + rect.columns - 1)
    line(row: rect.row, column: rect.column + 1, columns: rect.columns - 2, glyphs: glyphs, role: role)
    line(row: bottom, column: rect.column + 1, columns: rect.columns - 2, glyphs: glyphs, role: role)
    for row in rect.row + 1..<max(rect.row + 1, bottom) {
      put(glyphs.vertical, row: row, column: rect.column, role: role)
      put(glyphs.vertical, row: row, column: right, role: role)
    }
    put(glyphs.topLeft, row: rect.row, column: rect.column, role: role)
    put(glyphs.topRight, row: rect.row, column: right, role: role)
    put(glyphs.bottomLeft, row: bottom, column: rect.column, role: role)
    put(glyphs.bottomRight, row: bottom, column: right, role: role)
    guard !title.isEmpty, rect.columns > 6 else { return }
    put(" \(title.truncated(to: rect.columns - 6)) ", row: rect.row, column: rect.column + 2, role: titleRole)
  }

  /// A bar that is filled from the left. Full only at exactly 1: a bar that looks full says that all is done.
  public mutating func bar(_ fraction: Double, row: Int, column: Int, columns: Int, glyphs: Glyphs) {
    guard columns > 0 else { return }
    let share = fraction.isFinite ? max(0, min(1, fraction)) : 0
    let full = share >= 1 ? columns : min(columns - 1, Int(share * Double(columns)))
    for place in 0..<columns {
      let isFull = place < full
      put(
        isFull ? glyphs.barFull : glyphs.barEmpty, row: row, column: column + place, role: isFull ? .progressFill : .progressTrack)
    }
  }

  /// Where the visible part of a long list lies: a thumb on a track. Draws nothing when all is visible.
  public mutating func scrollbar(row: Int, column: Int, rows: Int, visible: Range<Int>, count: Int, glyphs: Glyphs) {
    guard rows > 0, count > visible.count, !visible.isEmpty else { return }
    let thumb = max(1, rows * visible.count / count)
    let room = rows - thumb
    let scrollable = count - visible.count
    let start = scrollable > 0 ? (room * visible.lowerBound + scrollable / 2) / scrollable : 0
    for place in 0..<rows {
      let isThumb = place >= start && place < start + thumb
      put(isThumb ? glyphs.thumb : glyphs.track, row: row + place, column: column, role: .scrollbar)
    }
  }

  /// The same canvas with nothing but ASCII on it, for terminals that do not speak UTF-8. Columns stay where they are.
  public var asciified: Canvas {
    var result = self
    for row in 0..<size.rows {
      for (column, cell) in self.row(row).enumerated() where !cell.text.utf8.allSatisfy({ $0 < 0x80 }) {
        let twin = DisplayText(escaping: Glyphs.asciiTwin(of: cell.text))
        result.put(isWide(row, column) ? twin + "?" : twin, row: row, column: column, role: cell.role)
      }
    }
    return result
  }
}
