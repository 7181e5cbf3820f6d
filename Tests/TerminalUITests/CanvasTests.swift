import SafeText
import Testing

@testable import TerminalUI

@Suite struct CanvasTests {
  private func canvas(_ rows: Int, _ columns: Int) -> Canvas { Canvas(size: Size(rows: rows, columns: columns)) }

  @Test func clipsOnAllSides() {
    var canvas = canvas(2, 5)
    canvas.put("abcdefgh", row: 0, column: -2, role: .text)
    canvas.put("xyz", row: 1, column: 4, role: .text)
    canvas.put("no", row: -1, column: 0, role: .text)
    canvas.put("no", row: 2, column: 0, role: .text)
    #expect(canvas.text == "cdefg\n    x")
  }

  @Test func fieldsAreFilledAndAligned() {
    var canvas = canvas(4, 8)
    for row in 0..<4 { canvas.put("xxxxxxxx", row: row, column: 0, role: .textDim) }
    canvas.put("ab", row: 0, column: 1, role: .text, width: 5)
    canvas.put("ab", row: 1, column: 1, role: .text, width: 5, align: .trailing)
    canvas.put("ab", row: 2, column: 1, role: .text, width: 5, align: .center)
    canvas.put("abcdefgh", row: 3, column: 1, role: .text, width: 5)
    #expect(canvas.text == "xab   xx\nx   abxx\nx ab  xx\nxabcd…xx")
    #expect(canvas[0, 5]?.role == .text)
    #expect(canvas[0, 6]?.role == .textDim)
  }

  @Test func wideCharactersAreNeverCutInHalf() {
    var canvas = canvas(1, 6)
    canvas.put("日本語", row: 0, column: 0, role: .text)
    canvas.put("x", row: 0, column: 1, role: .text)
    #expect(canvas.text == " x本語")
    canvas.put("y", row: 0, column: 2, role: .text)
    #expect(canvas.text == " xy 語")
    canvas.put("日", row: 0, column: 5, role: .text)
    #expect(canvas.text == " xy")
    canvas.put("ab", row: 0, column: 0, role: .text)
    canvas.put("日", row: 0, column: -1, role: .text)
    #expect(canvas.text == " by")
  }

  @Test(arguments: [
    "e\u{301}a", "\u{301}a", "a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}", "👩‍👩‍👧a", "🇩🇪x", "👍🏽!", "한글", "\u{1112}\u{1161}\u{11AB}x", "ﷺ", "नि",
  ])
  func columnsStayTrue(text: String) {
    var canvas = canvas(1, 30)
    let used = canvas.put(DisplayText(escaping: text), row: 0, column: 0, role: .text)
    canvas.put("|", row: 0, column: used, role: .text)
    #expect(canvas.row(0).reduce(0) { $0 + CellWidth.of($1.text) } == 30)
    let line = canvas.row(0).map(\.text).joined()
    let bar = line.firstIndex(of: "|").map { CellWidth.of(String(line[..<$0])) }
    #expect(bar == used)
    #expect(canvas.row(0).allSatisfy { $0.text.unicodeScalars.count <= 5 })
  }

  @Test func drawsIntoAPartAndMovesItsCursor() {
    var canvas = canvas(3, 10)
    canvas.draw(in: Rect(row: 1, column: 6, rows: 5, columns: 20)) { part in
      part.put("日本語", row: 0, column: 0, role: .title)
      part.cursor = Position(row: 0, column: 2)
    }
    #expect(canvas.text == "\n      日本\n")
    #expect(canvas.cursor == Position(row: 1, column: 8))
  }

  /// Wherever a part lies, no half of a wide character is left, in it or beside it, and what is whole in it is shown.
  @Test(arguments: -7...9)
  func aPartAnywhereLeavesWholeCharacters(column: Int) {
    for (under, over) in [("日本語한글", "aい日b語"), ("a日本語한b", "語語語"), ("abcdefghij", "日"), ("日本語한글", "xyz")] {
      var canvas = canvas(1, 10)
      canvas.put(DisplayText(escaping: under), row: 0, column: 0, role: .text)
      canvas.draw(in: Rect(row: 0, column: column, rows: 1, columns: 7), role: .title) { part in
        part.put(DisplayText(escaping: over), row: 0, column: 0, role: .title)
      }
      let cells = Array(canvas.row(0))
      for (index, cell) in cells.enumerated() {
        let isWide = CellWidth.of(cell.text) == 2
        #expect(isWide == (index + 1 < cells.count && cells[index + 1].text.isEmpty), "\(canvas.text) at \(column), cell \(index)")
      }
      #expect(cells.first?.text.isEmpty == false)
      #expect(cells.indices.allSatisfy { (column..<column + 7).contains($0) == (cells[$0].role == .title) })
    }
  }

  @Test func barIsFullOnlyAtTheEnd() {
    func bar(_ fraction: Double) -> String {
      var canvas = canvas(1, 10)
      canvas.bar(fraction, row: 0, column: 0, columns: 10, glyphs: .ascii)
      return canvas.text
    }
    #expect(bar(0) == "..........")
    #expect(bar(0.999) == "#########.")
    #expect(bar(1) == "##########")
    #expect(bar(-1) == "..........")
    #expect(bar(.nan) == "..........")
    #expect(bar(7) == "##########")
  }

  @Test func scrollbarShowsWhereOneIs() {
    func bar(_ visible: Range<Int>, _ count: Int) -> String {
      var canvas = canvas(5, 1)
      canvas.scrollbar(row: 0, column: 0, rows: 5, visible: visible, count: count, glyphs: .ascii)
      return canvas.text
    }
    #expect(bar(0..<5, 5) == "\n\n\n\n")
    #expect(bar(0..<5, 25) == "#\n|\n|\n|\n|")
    #expect(bar(20..<25, 25) == "|\n|\n|\n|\n#")
    #expect(bar(0..<5, 1_000_000).first == "#")
  }

  @Test func editingShowsTheCursorInLongText() {
    var canvas = canvas(1, 10)
    canvas.edit(before: "abcdefghijkl", after: "mno", row: 0, column: 0, width: 6)
    #expect(canvas.cursor == Position(row: 0, column: 5))
    #expect(canvas.text.hasPrefix("…ijkl"))
    canvas.edit(before: "", after: "", row: 0, column: 0, width: 0)
  }
}
