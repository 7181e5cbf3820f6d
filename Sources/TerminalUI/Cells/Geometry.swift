/// Rows and columns of a terminal or of a part of it. Never negative.
public struct Size: Sendable, Hashable {
  public let rows: Int
  public let columns: Int

  public init(rows: Int, columns: Int) {
    self.rows = max(0, rows)
    self.columns = max(0, columns)
  }
}

/// A cell's place, counted from 0 at the top left.
public struct Position: Sendable, Hashable {
  public var row: Int
  public var column: Int

  public init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

/// A part of a canvas. May lie outside it, and may be empty; whatever is drawn into it is clipped.
public struct Rect: Sendable, Hashable {
  public let row: Int
  public let column: Int
  public let size: Size

  public init(row: Int, column: Int, rows: Int, columns: Int) {
    self.row = row
    self.column = column
    self.size = Size(rows: rows, columns: columns)
  }

  public var rows: Int { size.rows }
  public var columns: Int { size.columns }

  /// The part that is left when `margin` rows and columns are taken away on each side.
  public func inset(rows margin: Int = 0, columns side: Int = 0) -> Rect {
    Rect(row: row + margin, column: column + side, rows: rows - 2 * margin, columns: columns - 2 * side)
  }

  /// `size` in the middle of this one.
  public func centered(rows: Int, columns: Int) -> Rect {
    let height = min(rows, self.rows)
    let width = min(columns, self.columns)
    return Rect(row: row + (self.rows - height) / 2, column: column + (self.columns - width) / 2, rows: height, columns: width)
  }
}
