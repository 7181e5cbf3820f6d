internal import ClinicalMessages
internal import SafeText

/// A list over the form from which the value of a field is chosen. A value: keys go in, a choice comes out.
struct FieldPicker {
  enum Value: Equatable {
    case documentType(CodedValue)
    /// Nil is nobody.
    case provider(Provider?)
  }

  struct Item {
    var value: Value
    /// Empty when the value has none.
    var code: DisplayText
    var name: DisplayText
    /// What it belongs to, or whose it is.
    var note: DisplayText
    /// What a search looks in, in small letters.
    var words: String
  }

  /// What was typed when nothing in the list fits.
  enum Typed {
    /// It can be taken as it is; the remark says so.
    case value(Value, remark: DisplayText)
    case unusable(DisplayText)
  }

  let title: DisplayText
  private(set) var search = TextField("", limit: 100)
  private(set) var window: ListWindow
  private var found: [Item]
  private let all: [Item]
  private let read: (String) -> Typed

  init(title: DisplayText, items: [Item], current: Value, read: @escaping (String) -> Typed) {
    self.title = title
    all = items
    found = items
    self.read = read
    window = ListWindow(count: items.count, cursor: items.firstIndex { $0.value == current } ?? 0)
  }

  /// What Enter takes: the row under the cursor, or what was typed when that can be taken.
  var choice: Value? {
    if window.cursor < found.count { return found[window.cursor].value }
    if case .value(let value, _) = read(typed) { return value }
    return nil
  }

  /// About what was typed, when nothing in the list fits.
  var remark: DisplayText? {
    guard found.isEmpty else { return nil }
    switch read(typed) {
    case .value(_, let remark), .unusable(let remark): return remark
    }
  }

  mutating func type(_ key: Key) -> Bool {
    guard search.handle(key) else { return false }
    let words = search.text.lowercased().split(whereSeparator: \.isWhitespace)
    found = all.filter { item in words.allSatisfy { item.words.contains($0) } }
    window.replace(count: found.count, cursor: 0)
    return true
  }

  mutating func move(_ command: Command) { window.move(command) }
  mutating func setRows(_ rows: Int) { window.resize(rows: rows) }

  var state: PickerState {
    PickerState(
      title: title, search: search,
      rows: window.visible.map {
        PickerState.Row(code: found[$0].code, name: found[$0].name, note: found[$0].note, isUnderCursor: $0 == window.cursor)
      }, window: window, remark: remark)
  }

  private var typed: String { String(search.text.filter { !$0.isWhitespace }) }
}
