internal import ClinicalMessages
internal import SafeText

/// The list of document types over the form. A value: keys go in, a choice comes out.
struct DocumentTypePicker {
  let catalog: DocumentTypeCatalog
  private(set) var search = TextField("", limit: 100)
  private(set) var found: [CodedValue]
  private(set) var window: ListWindow

  init(catalog: DocumentTypeCatalog, current: CodedValue) {
    self.catalog = catalog
    found = catalog.offered
    window = ListWindow(count: found.count, cursor: found.firstIndex { $0.code == current.code } ?? 0)
  }

  private var typedCode: String? { DocumentTypeCatalog.looksLikeCode(search.text) ? search.text : nil }

  /// What Enter takes: the row under the cursor, or a typed code that is not in the list and passes its check.
  var choice: CodedValue? {
    if window.cursor < found.count { return found[window.cursor] }
    if let code = typedCode, catalog.isWellFormed(code) { return CodedValue(code: code, display: code) }
    return nil
  }

  var remark: DisplayText? {
    if !found.isEmpty { return nil }
    guard let code = typedCode else { return Words.Message.noType }
    let shown = DisplayText(escaping: code)
    return catalog.isWellFormed(code) ? Words.Message.typedCode(shown) : Words.Message.mistyped(shown)
  }

  mutating func type(_ key: Key) -> Bool {
    guard search.handle(key) else { return false }
    found = catalog.search(search.text)
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
}
