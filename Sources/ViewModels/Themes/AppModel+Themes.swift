internal import SafeText

extension AppModel {
  func openThemes() {
    dialog = .themes(ThemePicker(dependencies.themes.choices, current: themeName, height: viewport.rows))
  }

  func moveInThemes(_ picker: ThemePicker, _ command: Command) {
    var moved = picker
    moved.move(command)
    dialog = .themes(moved)
    if let choice = moved.choice, choice != picker.choice { ask(.useTheme(choice)) }
  }

  func takeTheme() {
    guard case .themes(let picker) = dialog, let choice = picker.choice else { return }
    dialog = nil
    themeName = choice
    if let remark = dependencies.themes.keep(choice) {
      tell(.plain, remark)
    } else {
      tell(.good, Words.Themes.kept(DisplayText(escaping: choice)))
    }
  }

  /// Leaves the list with the colours as they were before it.
  func leaveThemes(_ picker: ThemePicker) {
    dialog = nil
    if picker.choice != picker.original { ask(.useTheme(picker.original)) }
  }
}
