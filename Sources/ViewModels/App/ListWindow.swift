/// Which part of a long list is on the screen, and where the cursor is. Rows are counted from 0.
///
/// Pure arithmetic: what the rows are, and which one is meant, is the list's business; a list remembers its cursor by id.
public struct ListWindow: Sendable, Hashable {
  public private(set) var count: Int
  /// Row under the cursor; 0 when the list is empty.
  public private(set) var cursor: Int
  /// First row on the screen.
  public private(set) var top: Int
  /// Rows that the screen has for the list; at least 1.
  public private(set) var rows: Int

  public init(count: Int = 0, cursor: Int = 0, top: Int = 0, rows: Int = 20) {
    self.count = max(0, count)
    self.cursor = cursor
    self.top = top
    self.rows = max(1, rows)
    settle()
  }

  /// Rows that are on the screen.
  public var visible: Range<Int> { top..<min(count, top + rows) }

  public mutating func move(by step: Int) { move(to: cursor + step) }

  public mutating func move(to row: Int) {
    cursor = row
    settle()
  }

  public mutating func resize(rows: Int) {
    self.rows = max(1, rows)
    settle()
  }

  /// The list has changed; the cursor goes to `cursor`, and keeps its place on the screen if it can.
  public mutating func replace(count: Int, cursor: Int) {
    let offset = self.cursor - top
    self.count = max(0, count)
    self.cursor = cursor
    self.top = cursor - offset
    settle()
  }

  private mutating func settle() {
    cursor = max(0, min(cursor, count - 1))
    top = min(top, cursor)
    top = max(top, cursor - rows + 1)
    top = max(0, min(top, count - rows))
  }
}
