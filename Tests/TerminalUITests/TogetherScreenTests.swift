import SafeText
import Testing
import ViewModels

@testable import TerminalUI

@Suite struct TogetherScreenTests {
  private static let sizes = [
    Size(rows: 10, columns: 40), Size(rows: 12, columns: 40), Size(rows: 24, columns: 80), Size(rows: 40, columns: 120),
  ]

  @Test("Scrolling through the review shows every document with all that is said of it", arguments: sizes)
  func wholeReview(size: Size) throws {
    var state = Fixtures.reviewTogether()(20)
    guard case .review(var review) = state.screen else { return }
    let room = try #require(Screen.reviewRoom(of: state, size: size))
    var seen = ""
    for top in 0...max(0, room.lines - room.rows) {
      review.window = ListWindow(count: room.lines, cursor: top, top: top, rows: room.rows)
      state.screen = .review(review)
      #expect(Screen.reviewRoom(of: state, size: size) == room, "Scrolling does not change what is to be seen")
      let canvas = Screen.draw(state, size: size, glyphs: Glyphs())
      let head = Layout(state, size: size).body.row
      // One line for each step; the last page whole.
      let rows = top == max(0, room.lines - room.rows) ? 0..<min(room.rows, room.lines) : 0..<1
      for row in rows { seen += canvas.row(head + row).dropLast(2).map(\.text).joined() }
    }
    let text = seen.filter { !$0.isWhitespace }
    for reviewed in review.documents {
      let document = reviewed.document
      let said = [document.name.reveal(), document.type, document.size, document.modified, document.fingerprint] + reviewed.facts
      for piece in said + reviewed.warnings.map(\.reason) {
        #expect(text.contains(piece.string.filter { !$0.isWhitespace }), "\(piece)")
      }
      if case .warning(let reason) = document.verdict { #expect(text.contains(reason.string.filter { !$0.isWhitespace })) }
    }
    for value in review.message + review.place {
      #expect(text.contains(value.value.reveal().string.filter { !$0.isWhitespace }), "\(value.label)")
    }
  }

  @Test("Where there is room for nothing else, the reading is told in the folder's place")
  func readingWithoutAFoot() {
    let text = Fixtures.draw(Fixtures.reading, size: Size(rows: 10, columns: 40)).text
    #expect(text.contains("Reading 3 of 7… Esc stops."))
  }

  @Test("A long list of what cannot be sent scrolls to its end, with the question always in view")
  func longLeftOut() {
    let rows = (1...30).map {
      LeftOutState.Row(name: Redacted("file-\($0).exe"), reason: "Programs may not be sent, and this file is one.")
    }
    func draw(top: Int, size: Size) -> String {
      var state = Fixtures.leftOut(20)
      guard case .leftOut(var dialog) = state.dialog else { return "" }
      dialog.rows = rows
      state.dialog = .leftOut(dialog)
      dialog.window = ListWindow(count: rows.count, cursor: top, top: top, rows: Screen.viewport(of: state, size: size).rows)
      state.dialog = .leftOut(dialog)
      return Screen.draw(state, size: size, glyphs: Glyphs()).text
    }
    for size in Self.sizes {
      #expect(draw(top: 0, size: size).contains("file-1.exe"))
      #expect(draw(top: 29, size: size).contains("file-30.exe"))
      #expect(draw(top: 29, size: size).contains("Go on with 4"))
    }
  }
}
