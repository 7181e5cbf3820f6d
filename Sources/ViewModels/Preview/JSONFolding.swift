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

  /// Unfolds everything when anything is folded; else folds as deep inside as leaves so many lines.
  mutating func toggleAll(rows: Int) {
    guard folded.isEmpty else {
      folded = []
      return update()
    }
    let deepest = lines.map(\.depth).max() ?? 0
    for depth in stride(from: deepest, through: 1, by: -1) {
      folded = Set(lines.indices.filter { lines[$0].depth == depth && lines[$0].closingLine != nil })
      update()
      if shown.count <= min(rows, lines.count / 2) { return }
    }
  }

  /// What a folded block is: the type of the resource in it, when it holds one.
  func name(of opener: Int) -> String? {
    guard let closing = lines[opener].closingLine else { return nil }
    let inside = (opener + 1..<closing).first { lines[$0].key == "resourceType" && lines[$0].depth <= lines[opener].depth + 2 }
    return inside.flatMap { lines[$0].value }
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
