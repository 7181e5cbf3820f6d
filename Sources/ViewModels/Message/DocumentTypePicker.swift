internal import ClinicalMessages
internal import SafeText

/// The list of document types over the form. A value: keys go in, a choice comes out.
struct DocumentTypePicker {
  private(set) var search = TextField("", limit: 100)
  private(set) var found: [CodedValue]
  private(set) var window: ListWindow

  init(current: CodedValue) {
    found = DocumentTypeCatalog.all
    window = ListWindow(count: found.count, cursor: found.firstIndex { $0.code == current.code } ?? 0)
  }

  /// What Enter takes: the row under the cursor, or a typed code that is not in the list and passes its check.
  var choice: CodedValue? {
    if window.cursor < found.count { return found[window.cursor] }
    return LOINC.isWellFormed(typed) ? CodedValue(code: typed, display: typed) : nil
  }

  var remark: DisplayText? {
    if !found.isEmpty { return nil }
    let shown = DisplayText(escaping: typed)
    if LOINC.isWellFormed(typed) { return Words.Message.typedCode(shown) }
    return typed.contains("-") && typed.allSatisfy { $0.isNumber || $0 == "-" } ? Words.Message.mistyped(shown) : Words.Message.noType
  }

  mutating func type(_ key: Key) -> Bool {
    guard search.handle(key) else { return false }
    found = DocumentTypeCatalog.types(matching: search.text)
    window.replace(count: found.count, cursor: 0)
    return true
  }

  mutating func move(_ command: Command) { window.move(command) }
  mutating func setRows(_ rows: Int) { window.resize(rows: rows) }

  var state: DocumentTypeState {
    DocumentTypeState(
      search: search,
      rows: window.visible.map {
        DocumentTypeState.Row(
          code: DisplayText(escaping: found[$0].code), name: DisplayText(escaping: found[$0].display), isUnderCursor: $0 == window.cursor)
      }, window: window, remark: remark)
  }

  private var typed: String { String(search.text.filter { !$0.isWhitespace }) }
}
