internal import SafeText

/// A short form: typed lines and choices under one cursor, and a button at the end. A value; it knows neither what the fields mean nor
/// what is wrong with them.
struct EntryForm<Field: Hashable> {
  private enum Input {
    case text(TextField)
    case choice([DisplayText], index: Int)
  }

  let fields: [Field]
  private var inputs: [Field: Input]
  private(set) var window: ListWindow
  /// What was found wrong when going on; a field loses its remark when it is changed.
  private(set) var remarks: [Field: DisplayText] = [:]

  /// - Parameters:
  ///   - texts: what typed fields begin with; absent ones begin empty.
  ///   - choices: the fields of which one of a few is chosen, the first in force unless `chosen` says otherwise.
  init(_ fields: [Field], texts: [Field: String] = [:], choices: [Field: [DisplayText]] = [:], chosen: [Field: Int] = [:]) {
    self.fields = fields
    inputs = Dictionary(
      uniqueKeysWithValues: fields.map { field in
        if let all = choices[field] { return (field, .choice(all, index: chosen[field] ?? 0)) }
        return (field, .text(TextField(texts[field] ?? "", limit: 400)))
      })
    window = ListWindow(count: fields.count + 1)
  }

  /// The field under the cursor; nil on the button.
  var field: Field? { window.cursor < fields.count ? fields[window.cursor] : nil }

  mutating func move(_ command: Command) { window.move(command) }
  mutating func setRows(_ rows: Int) { window.resize(rows: rows) }

  mutating func type(_ key: Key) -> Bool {
    guard let field, case .text(var text) = inputs[field], text.handle(key) else { return false }
    inputs[field] = .text(text)
    remarks[field] = nil
    return true
  }

  /// Changes the choice under the cursor; in a text moves the cursor.
  mutating func turn(by step: Int) {
    guard let field, case .choice(let all, let index) = inputs[field] else {
      _ = type(step > 0 ? .right : .left)
      return
    }
    inputs[field] = .choice(all, index: (index + step + all.count) % all.count)
    remarks[field] = nil
  }

  /// Shows what is wrong and goes to the first of it.
  mutating func show(_ problems: [Field: DisplayText]) {
    remarks = problems
    if let first = fields.firstIndex(where: { problems[$0] != nil }) { window.move(to: first) }
  }

  /// What was typed, without blanks around it; empty for a choice.
  func text(_ field: Field) -> String {
    if case .text(let text) = inputs[field] { text.text.trimmed } else { "" }
  }

  /// Which choice is in force, counted from 0.
  func choice(_ field: Field) -> Int {
    if case .choice(_, let index) = inputs[field] { index } else { 0 }
  }

  /// - Parameters:
  ///   - label: of a field; of the button for nil.
  ///   - about: what the field under the cursor is; of the button for nil.
  func state(label: (Field?) -> DisplayText, about: (Field?) -> DisplayText) -> EntryFormState {
    EntryFormState(
      rows: window.visible.map { index in
        let field = index < fields.count ? fields[index] : nil
        let input: EntryFormState.Row.Input =
          switch field.flatMap({ inputs[$0] }) {
          case nil: .button
          case .text(let text): .text(text)
          case .choice(let all, let index): .choice(all[index])
          }
        return EntryFormState.Row(
          label: label(field), input: input, isUnderCursor: index == window.cursor, isWrong: field.map { remarks[$0] != nil } ?? false)
      }, window: window, about: about(field), remark: field.flatMap { remarks[$0] })
  }
}
