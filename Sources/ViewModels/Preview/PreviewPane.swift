internal import ClinicalMessages
internal import Documents
internal import SafeText
internal import SystemPackage
internal import TransferEngine

/// The JSON of one plan: scrolled, folded and searched. A value; made once per plan.
struct PreviewPane {
  enum Prompt {
    /// What is looked for, and the line on which the looking began.
    case search(TextField, origin: Int)
    /// The name of a file to save to, and why the last one was not taken.
    case save(TextField, remark: DisplayText?)
  }

  private var folding: JSONFolding
  private(set) var window: ListWindow
  private(set) var leftColumn = 0
  private(set) var prompt: Prompt?
  private(set) var search: TextSearch?
  private let longestLine: Int
  var viewport: Viewport {
    didSet { window.resize(rows: viewport.rows) }
  }

  init(_ plan: Plan, viewport: Viewport) {
    let lines = plan.preview.lines
    folding = JSONFolding(lines)
    window = ListWindow(count: lines.count, rows: viewport.rows)
    self.viewport = viewport
    longestLine = lines.map(\.text.width).max() ?? 0
  }

  /// Changes to another document's message. What is looked for stays, and is looked for there.
  mutating func show(_ plan: Plan) {
    var other = PreviewPane(plan, viewport: viewport)
    other.search = search
    other.leftColumn = leftColumn
    other.go(to: min(cursorLine, other.lines.count - 1))
    self = other
  }

  var lines: [JSONLine] { folding.lines }

  /// The line under the cursor, folded or not.
  var cursorLine: Int { window.cursor < folding.shown.count ? folding.shown[window.cursor] : 0 }

  // MARK: Moving

  mutating func move(_ command: Command) {
    switch command {
    case .scrollLeft: leftColumn = max(0, leftColumn - 8)
    case .scrollRight: leftColumn = max(0, min(leftColumn + 8, longestLine - viewport.columns / 2))
    default: window.move(command)
    }
  }

  /// Puts the cursor on a line, and unfolds what hides it.
  mutating func go(to line: Int) {
    folding.reveal(line)
    window.replace(count: folding.shown.count, cursor: folding.row(of: line))
  }

  mutating func toggleFold() -> Bool {
    guard let opener = folding.toggle(cursorLine) else { return false }
    window.replace(count: folding.shown.count, cursor: folding.row(of: opener))
    return true
  }

  mutating func toggleAllFolds() {
    let line = cursorLine
    folding.toggleAll(rows: viewport.rows)
    window.replace(count: folding.shown.count, cursor: folding.row(of: line))
  }

  // MARK: Searching

  mutating func openSearch() { prompt = .search(TextField("", limit: 100), origin: cursorLine) }

  /// The next line that matches, or the one before, around the end; false when there is none.
  mutating func goToMatch(by step: Int) -> Bool { goToMatch(from: cursorLine + step, by: step) }

  private mutating func goToMatch(from start: Int, by step: Int) -> Bool {
    guard let search, !lines.isEmpty else { return false }
    for offset in lines.indices {
      let line = ((start + step * offset) % lines.count + lines.count) % lines.count
      if search.matches(lines[line]) {
        go(to: line)
        return true
      }
    }
    return false
  }

  // MARK: Typing

  mutating func openSave(name: String) { prompt = .save(TextField(name, limit: 1024), remark: nil) }

  mutating func refuse(_ remark: DisplayText) {
    if case .save(let field, _) = prompt { prompt = .save(field, remark: remark) }
  }

  mutating func closePrompt() { prompt = nil }

  /// Back to where the search began, with nothing looked for.
  mutating func leavePrompt() {
    if case .search(_, let origin) = prompt {
      search = nil
      go(to: origin)
    }
    prompt = nil
  }

  mutating func type(_ key: Key) -> Bool {
    switch prompt {
    case .search(var field, let origin):
      guard field.handle(key) else { return false }
      prompt = .search(field, origin: origin)
      search = TextSearch(field.text)
      // What is found first shows while it is typed.
      if !goToMatch(from: origin, by: 1) { go(to: origin) }
    case .save(var field, _):
      guard field.handle(key) else { return false }
      prompt = .save(field, remark: nil)
    case nil: return false
    }
    return true
  }

  // MARK: State

  @MainActor
  func state(_ message: MessageModel) -> PreviewState {
    PreviewState(
      place: message.previewPlace, kind: message.longKind, method: message.methodLine, problems: message.previewProblems,
      lines: window.visible.map(line), lineCount: lines.count, window: window, leftColumn: leftColumn, prompt: promptState,
      canBeSent: message.canBeSent)
  }

  private func line(_ row: Int) -> PreviewLine {
    let index = folding.shown[row]
    let closing = folding.folded.contains(index) ? lines[index].closingLine : nil
    return PreviewLine(
      lines[index], number: index + 1, closing: closing.map { lines[$0] }, hidden: closing.map { $0 - index - 1 } ?? 0,
      name: closing.flatMap { _ in folding.name(of: index) }, search: search,
      isUnderCursor: row == window.cursor)
  }

  private var promptState: PreviewState.Prompt {
    switch prompt {
    case .search(let field, _):
      let count = search.map { search in lines.count { search.matches($0) } }
      return .search(field, found: count.map(Words.Preview.found))
    case .save(let field, let remark): return .save(field, remark: remark)
    case nil: return .none
    }
  }
}
