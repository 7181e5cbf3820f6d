internal import ClinicalMessages

/// Which lines of a JSON text are on the screen when some of its blocks are folded. A value; lines are counted from 0.
struct JSONFolding {
  let lines: [JSONLine]
  private(set) var folded: Set<Int> = []
  /// The lines that no folded block hides, in order.
  private(set) var shown: [Int]

  init(_ lines: [JSONLine]) {
    self.lines = lines
    shown = Array(lines.indices)
  }

  /// Folds or unfolds the block that begins on a line; on any other line folds the innermost block around it.
  /// - Returns: The line on which the block begins; nil when the line is inside no block.
  mutating func toggle(_ line: Int) -> Int? {
    guard let opener = lines[line].closingLine == nil ? opener(around: line) : line else { return nil }
    if folded.remove(opener) == nil { folded.insert(opener) }
    update()
    return opener
  }

  /// Unfolds everything when anything is folded; else folds every block but the outermost.
  mutating func toggleAll() {
    folded = folded.isEmpty ? Set(lines.indices.dropFirst().filter { lines[$0].closingLine != nil }) : []
    update()
  }

  /// Unfolds what hides a line.
  mutating func reveal(_ line: Int) {
    let hiding = folded.filter { $0 < line && (lines[$0].closingLine ?? 0) >= line }
    guard !hiding.isEmpty else { return }
    folded.subtract(hiding)
    update()
  }

  /// Where a line is on the screen; for a hidden one, where the block is that hides it.
  func row(of line: Int) -> Int { max(0, (shown.firstIndex { $0 > line } ?? shown.count) - 1) }

  func opener(around line: Int) -> Int? {
    lines.indices.prefix(line).last { (lines[$0].closingLine ?? -1) >= line }
  }

  private mutating func update() {
    shown = []
    var line = 0
    while line < lines.count {
      shown.append(line)
      line = (folded.contains(line) ? lines[line].closingLine ?? line : line) + 1
    }
  }
}
