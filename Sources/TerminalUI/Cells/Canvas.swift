public import SafeText

/// One place on the screen.
public struct Cell: Sendable, Hashable {
  /// One character, at most two columns wide. Empty: covered by the wide character on the left.
  public internal(set) var text: String
  public internal(set) var role: Role
}

/// A grid of cells that views draw on. Pure values: it knows neither a terminal nor a colour.
///
/// Whatever lies outside is clipped, down to a canvas without any cell. A wide character is never cut in half: where half of one
/// would be left, there is a space. Only `DisplayText` can be put on it.
public struct Canvas: Sendable, Hashable {
  public enum Alignment: Sendable, Hashable { case leading, trailing, center }

  public let size: Size
  /// Where the terminal's cursor is shown; nil hides it.
  public var cursor: Position?
  private var cells: [Cell]

  public init(size: Size, role: Role = .text) {
    self.size = size
    self.cells = Array(repeating: Cell(text: " ", role: role), count: size.rows * size.columns)
  }

  public var bounds: Rect { Rect(row: 0, column: 0, rows: size.rows, columns: size.columns) }

  /// Nil outside.
  public subscript(row: Int, column: Int) -> Cell? {
    contains(row, column) ? cells[row * size.columns + column] : nil
  }

  /// The cells of a row, from left to right; empty outside.
  public func row(_ row: Int) -> ArraySlice<Cell> {
    guard row >= 0, row < size.rows else { return [] }
    return cells[row * size.columns..<(row + 1) * size.columns]
  }

  /// Draws `text` on one row and returns the columns that it took.
  ///
  /// With a `width` the field is filled to exactly that many columns; text that is longer ends in `…`.
  @discardableResult
  public mutating func put(
    _ text: DisplayText, row: Int, column: Int, role: Role, width: Int? = nil, align: Alignment = .leading
  ) -> Int {
    guard let width else { return write(text.string, row: row, column: column, role: role) }
    guard width > 0 else { return 0 }
    let shown = text.width > width ? text.truncated(to: width) : text
    let free = width - shown.width
    let before =
      switch align {
      case .leading: 0
      case .trailing: free
      case .center: free / 2
      }
    fill(Rect(row: row, column: column, rows: 1, columns: width), role: role)
    write(shown.string, row: row, column: column + before, role: role)
    return width
  }

  /// Spaces in the whole of `rect`.
  public mutating func fill(_ rect: Rect, role: Role) {
    for row in max(0, rect.row)..<max(0, rect.row, min(size.rows, rect.row + rect.rows)) {
      for column in max(0, rect.column)..<max(0, rect.column, min(size.columns, rect.column + rect.columns)) {
        set(" ", width: 1, row: row, column: column, role: role)
      }
    }
  }

  /// Gives the cells of `rect` another role and leaves their text.
  public mutating func paint(_ rect: Rect, role: Role) {
    for row in max(0, rect.row)..<max(0, rect.row, min(size.rows, rect.row + rect.rows)) {
      for column in max(0, rect.column)..<max(0, rect.column, min(size.columns, rect.column + rect.columns)) {
        cells[row * size.columns + column].role = role
      }
    }
  }

  /// Lets `draw` work on a canvas of its own, of `rect`'s size, and puts the result in place. A cursor it sets is taken over.
  public mutating func draw(in rect: Rect, role: Role = .text, _ draw: (inout Canvas) -> Void) {
    var part = Canvas(size: rect.size, role: role)
    draw(&part)
    for row in 0..<part.size.rows { place(part.row(row), row: rect.row + row, column: rect.column) }
    if let inner = part.cursor { cursor = Position(row: rect.row + inner.row, column: rect.column + inner.column) }
  }

  /// The rows as text, without the spaces at their ends; what tests compare.
  public var text: String {
    (0..<size.rows).map { number in
      var line = row(number).map(\.text).joined()
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }

  /// Whether the cell's character covers the next cell as well.
  func isWide(_ row: Int, _ column: Int) -> Bool {
    contains(row, column) && contains(row, column + 1) && cells[row * size.columns + column + 1].text.isEmpty
  }

  private func contains(_ row: Int, _ column: Int) -> Bool {
    row >= 0 && row < size.rows && column >= 0 && column < size.columns
  }

  @discardableResult
  private mutating func write(_ text: String, row: Int, column: Int, role: Role) -> Int {
    var place = column
    for character in text {
      if place >= size.columns { break }
      if character.isASCII {
        set(String(character), width: 1, row: row, column: place, role: role)
        place += 1
        continue
      }
      let width = CellWidth.of(character)
      switch width {
      case 0:
        // A combining mark with nothing before it: it gets a cell of its own, so that it cannot change a neighbour.
        set(" " + Self.limited(character), width: 1, row: row, column: place, role: role)
        place += 1
      case 1, 2:
        set(Self.limited(character), width: width, row: row, column: place, role: role)
        place += width
      default:
        // Joined pictures that terminals draw in one way or another: their parts, one after the other, have a width of their own.
        for scalar in character.unicodeScalars {
          let part = String(Character(scalar))
          let partWidth = CellWidth.of(part)
          guard partWidth > 0 else { continue }
          set(part, width: partWidth, row: row, column: place, role: role)
          place += partWidth
        }
      }
    }
    return place - column
  }

  /// A terminal cell holds few combining marks; the rest would be dropped by some terminals and misplaced by others.
  private static func limited(_ character: Character) -> String {
    character.unicodeScalars.count <= 4 ? String(character) : String(String.UnicodeScalarView(character.unicodeScalars.prefix(4)))
  }

  private mutating func set(_ text: String, width: Int, row: Int, column: Int, role: Role) {
    guard row >= 0, row < size.rows else { return }
    if width == 2, !contains(row, column) || !contains(row, column + 1) {
      if contains(row, column) { set(" ", width: 1, row: row, column: column, role: role) }
      if contains(row, column + 1) { set(" ", width: 1, row: row, column: column + 1, role: role) }
      return
    }
    guard contains(row, column) else { return }
    let index = row * size.columns + column
    uncover(index, row: row)
    if width == 2 { uncover(index + 1, row: row) }
    cells[index] = Cell(text: text, role: role)
    if width == 2 { cells[index + 1] = Cell(text: "", role: role) }
  }

  /// Puts a run of cells of another canvas on a row. Characters that its ends or the canvas's edges cut in half become spaces.
  private mutating func place(_ run: ArraySlice<Cell>, row: Int, column: Int) {
    guard row >= 0, row < size.rows else { return }
    let first = max(0, -column)
    let end = min(run.count, size.columns - column)
    guard first < end else { return }
    let inside = run[run.startIndex + first..<run.startIndex + end]
    let start = row * size.columns + column + first
    let after = start + inside.count
    if column + first > 0, cells[start].text.isEmpty { cells[start - 1].text = " " }
    if column + end < size.columns, cells[after].text.isEmpty { cells[after].text = " " }
    cells.replaceSubrange(start..<after, with: inside)
    if cells[start].text.isEmpty { cells[start].text = " " }
    if inside.endIndex < run.endIndex, run[inside.endIndex].text.isEmpty { cells[after - 1].text = " " }
  }

  /// Before a cell is replaced: if it is half of a wide character, the other half becomes a space.
  private mutating func uncover(_ index: Int, row: Int) {
    if cells[index].text.isEmpty, index > row * size.columns {
      cells[index - 1].text = " "
    } else if index + 1 < (row + 1) * size.columns, cells[index + 1].text.isEmpty {
      cells[index + 1].text = " "
    }
  }
}
