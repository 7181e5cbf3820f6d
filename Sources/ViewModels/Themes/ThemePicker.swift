internal import SafeText

/// The list of themes over a screen. A value; moving in it shows the theme under the cursor at once.
struct ThemePicker {
  /// The theme to go back to.
  let original: String
  private let choices: [ThemeMenu.Choice]
  private(set) var window: ListWindow

  init(_ choices: [ThemeMenu.Choice], current: String, height: Int) {
    self.choices = choices
    original = current
    window = ListWindow(count: choices.count, cursor: choices.firstIndex { $0.name == current } ?? 0, rows: height)
  }

  /// The name under the cursor; nil in an empty list.
  var choice: String? { choices.indices.contains(window.cursor) ? choices[window.cursor].name : nil }

  mutating func move(_ command: Command) { window.move(command) }
  mutating func setRows(_ rows: Int) { window.resize(rows: rows) }

  var state: ThemesState {
    ThemesState(
      rows: window.visible.map { index in
        ThemesState.Row(
          name: DisplayText(escaping: choices[index].name), about: choices[index].about, isCurrent: choices[index].name == original,
          isUnderCursor: index == window.cursor)
      }, window: window)
  }
}
