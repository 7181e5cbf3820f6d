import SafeText
import Testing
import TransferEngine
import ViewModels

@testable import TerminalUI

/// What a person has to read is on the screen to its end, also on the smallest one that the program works on.
@Suite struct WholeTextTests {
  static let sizes = [Size(rows: 10, columns: 40), Size(rows: 12, columns: 40), Size(rows: 24, columns: 80), Size(rows: 40, columns: 120)]

  /// Words as they follow each other on the screen, whatever lies around them.
  private func words(_ canvas: Canvas) -> String { words(canvas.text) }
  private func words(_ text: String) -> String {
    text.filter { !"│┃┌┐└┘─▸".contains($0) }.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test("Every key's sentence can be scrolled to and read in full", arguments: KeyContext.allCases, sizes)
  func help(context: KeyContext, size: Size) throws {
    let all = KeyListing.sections[try #require(KeyContext.allCases.firstIndex(of: context))].bindings.map {
      HelpState.Row(keys: $0.keyNames, label: $0.label, tooltip: $0.tooltip)
    }
    func state(_ window: ListWindow) -> AppState {
      AppState(
        profile: Fixtures.staging, screen: .profiles(ProfilesState()), dialog: .help(HelpState(title: "", rows: all, window: window)))
    }
    let rows = Screen.viewport(of: state(ListWindow(count: all.count, rows: 1)), size: size).rows
    for (index, row) in all.enumerated() {
      // As far as one can scroll.
      let top = min(index, max(0, all.count - rows))
      let window = ListWindow(count: all.count, cursor: top, top: top, rows: rows)
      let text = words(Screen.draw(state(window), size: size, glyphs: Glyphs()))
      let end = row.tooltip.string.split(separator: " ").suffix(2).joined(separator: " ")
      #expect(text.contains(end), "\(row.label) of \(context)")
    }
  }

  @Test("A refusal is told to its end", arguments: [Size(rows: 12, columns: 40), Size(rows: 24, columns: 80)])
  func notice(size: Size) throws {
    let canvas = Fixtures.draw(Fixtures.refusal, size: size)
    #expect(words(canvas).contains("Save it as a plain document such as PDF, and choose that."))
  }

  @Test("A warning about another patient of nearly the same name is told to its end", arguments: sizes.dropFirst())
  func sameName(size: Size) throws {
    let canvas = Fixtures.draw(Fixtures.patients, size: size)
    #expect(words(canvas).contains("1 other patient has nearly the same name: SMITH, Ann Mary."))
    #expect(words(canvas).contains("SMITH, Anne"))
  }

  @Test("What is wrong with a field is told to its end", arguments: sizes)
  func field(size: Size) throws {
    #expect(words(Fixtures.draw(Fixtures.setupForm, size: size)).contains("8-4-4-4-12 digits and letters a to f."))
    let mistyped = Fixtures.providers("1234567890 is mistyped: its check digit is wrong. Compare it with its source.")
    #expect(words(Fixtures.draw(mistyped, size: Size(rows: 12, columns: 40))).contains("Compare it with its source."))
  }

  @Test("What stands beside a choice is told to its end", arguments: [Size(rows: 12, columns: 40), Size(rows: 24, columns: 80)])
  func choice(size: Size) throws {
    #expect(words(Fixtures.draw(Fixtures.decision, size: size)).contains("by its document number; changes nothing"))
    #expect(words(Fixtures.draw(Fixtures.narrowing, size: size)).contains("SMITH, Ann Mary · 24-Jul-1982"))
  }

  @Test(
    "However long a text from outside is and however small the screen, the choice under the cursor is seen, and a text cut off says so",
    arguments: [Size(rows: 10, columns: 40), Size(rows: 5, columns: 20), Size(rows: 3, columns: 6), Size(rows: 2, columns: 4)],
    [ListWindow(count: 3, rows: 1), ListWindow(count: 3, cursor: 2, rows: 3), ListWindow(count: 3, cursor: 2, rows: 1)])
  func endlessChoice(size: Size, window: ListWindow) {
    let long = DisplayText(escaping: String(repeating: "Anneliese ", count: 60))
    let all: [PickState.Row] = [
      .init(label: "First", detail: "short"), .init(label: "Second"), .init(label: "Third", detail: long),
    ]
    let rows = window.visible.map { index in
      var row = all[index]
      row.isUnderCursor = index == window.cursor
      return row
    }
    let pick = DialogState.pick(PickState(title: "", rows: rows, window: window, all: all))
    let area = Rect(row: 0, column: 0, rows: size.rows, columns: size.columns)
    #expect(DialogView.viewport(of: pick, over: area).rows == 1)
    var canvas = Canvas(size: size)
    DialogView.draw(pick, over: area, on: &canvas, glyphs: Glyphs())
    guard size.rows >= 5 else { return }
    #expect(canvas.text.contains(all[window.cursor].label.string))
    #expect(canvas.text.contains("…") == (window.cursor == 2))
  }

  @Test("The line of keys leaves out those that would do nothing")
  func hints() throws {
    var state = Fixtures.transfers(20)
    state.hints = [
      Hint(key: "Enter", label: "Details"), Hint(key: "D", label: "Decide", isEnabled: false), Hint(key: "f", label: "Show"),
    ]
    let canvas = Screen.draw(state, size: Size(rows: 24, columns: 80), glyphs: Glyphs())
    let line = canvas.row(23).map(\.text).joined()
    #expect(line.contains("Enter Details  f Show") && !line.contains("Decide"))
  }
}
