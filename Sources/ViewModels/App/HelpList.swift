internal import SafeText

/// The help over a screen: the keys that are valid there, searchable. A value.
struct HelpList {
  let title: DisplayText
  private let all: [HelpState.Row]
  private(set) var search = TextField("", limit: 60)
  private var found: [HelpState.Row]
  private(set) var window: ListWindow

  init(title: DisplayText, rows: [HelpState.Row], height: Int) {
    self.title = title
    all = rows
    found = rows
    window = ListWindow(count: rows.count, rows: height)
  }

  mutating func type(_ key: Key) -> Bool {
    guard search.handle(key) else { return false }
    let words = search.text.lowercased().split(separator: " ")
    found = all.filter { row in
      let text = "\(row.keys) \(row.label) \(row.tooltip)" as DisplayText
      return words.allSatisfy { text.string.lowercased().contains($0) }
    }
    window = ListWindow(count: found.count, rows: window.rows)
    return true
  }

  mutating func move(_ command: Command) { window.scroll(command) }
  mutating func setRows(_ rows: Int) { window.resize(rows: rows) }

  var state: HelpState { HelpState(title: title, search: search, rows: found, window: window) }
}
