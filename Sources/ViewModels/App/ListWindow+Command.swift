extension ListWindow {
  /// Moves as a command of the keyboard asks; others change nothing.
  mutating func move(_ command: Command) {
    switch command {
    case .up: move(by: -1)
    case .down: move(by: 1)
    case .pageUp: move(by: -rows)
    case .pageDown: move(by: rows)
    case .first: move(to: 0)
    case .last: move(to: count - 1)
    default: break
    }
  }

  /// Moves a text that has no cursor: the screen follows each step.
  mutating func scroll(_ command: Command) {
    let end = max(0, count - rows)
    switch command {
    case .up: self = ListWindow(count: count, cursor: max(0, top - 1), top: max(0, top - 1), rows: rows)
    case .down: self = ListWindow(count: count, cursor: min(end, top + 1), top: min(end, top + 1), rows: rows)
    case .pageUp: self = ListWindow(count: count, cursor: max(0, top - rows), top: max(0, top - rows), rows: rows)
    case .pageDown: self = ListWindow(count: count, cursor: min(end, top + rows), top: min(end, top + rows), rows: rows)
    case .first: self = ListWindow(count: count, rows: rows)
    case .last: self = ListWindow(count: count, cursor: end, top: end, rows: rows)
    default: break
    }
  }
}
