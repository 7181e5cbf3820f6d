internal import SafeText
internal import ViewModels

/// The profiles: where each one sends to.
enum ProfilesView {
  static func listRows(_ size: Size) -> Int { max(1, size.rows - 2) }

  static func draw(_ state: ProfilesState, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns
    let nameWidth = min(24, max(8, width / 4))
    let badgeWidth = 1 + (state.rows.map { ProfileBadge($0).text.width }.max() ?? 0)
    for (index, profile) in state.rows.prefix(listRows(canvas.size)).enumerated() {
      let row = 1 + index
      let role: Role = profile.isUnderCursor ? .cursor : .text
      canvas.fill(Rect(row: row, column: 0, rows: 1, columns: width - 1), role: role)
      if profile.isUnderCursor { canvas.put(glyphs.pointer, row: row, column: 1, role: role) }
      if profile.isCurrent { canvas.put(glyphs.chosen, row: row, column: 2, role: role) }
      canvas.put(profile.name, row: row, column: 4, role: role, width: nameWidth)
      let badge = ProfileBadge(profile)
      canvas.put(badge.text, row: row, column: 5 + nameWidth, role: badge.role)
      let place = 6 + nameWidth + badgeWidth
      let destination: DisplayText = profile.isCurrent ? "\(profile.destination), \(Labels.inUse)" : profile.destination
      canvas.put(destination.truncated(to: width - place - 2), row: row, column: place, role: role)
    }
    if let opening = state.opening {
      canvas.put("\(opening): \(Labels.reading)", row: min(canvas.size.rows - 1, 2 + state.rows.count), column: 4, role: .textDim)
    }
  }
}
