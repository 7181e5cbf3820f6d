internal import SafeText
internal import ViewModels

/// What is being sent and what was sent: two lines for each, the state in words first.
enum TransfersView {
  static func listRows(_ size: Size) -> Int { max(1, (size.rows - 1) / 2) }

  static func draw(_ state: TransfersState, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns
    drawFilters(state, on: &canvas, glyphs: glyphs)
    guard !state.rows.isEmpty else {
      canvas.put(state.emptiness.wrapped(to: width - 4).map { Line($0, .textDim) }, row: 2, column: 2, width: width - 4)
      return
    }
    let rows = listRows(canvas.size)
    for (index, row) in state.rows.prefix(rows).enumerated() { draw(row, row: 1 + 2 * index, on: &canvas, glyphs: glyphs) }
    canvas.scrollbar(
      row: 1, column: width - 1, rows: min(canvas.size.rows - 1, 2 * rows), visible: state.window.visible, count: state.window.count,
      glyphs: glyphs)
  }

  /// What is shown, and on the right the bar of everything that runs.
  private static func drawFilters(_ state: TransfersState, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns
    if let search = state.search {
      let used = 2 + canvas.put("\(Labels.find): ", row: 0, column: 2, role: .label)
      canvas.edit(before: search.beforeCursor, after: search.afterCursor, row: 0, column: used, width: max(1, min(40, width - used - 2)))
      return
    }
    if let narrowing = state.narrowing {
      let used = 2 + canvas.put("\(Labels.only): ", row: 0, column: 2, role: .label)
      let room = width - used - state.place.width - 4
      canvas.put(narrowing.truncated(to: max(1, room)), row: 0, column: used, role: .match)
      canvas.put(state.place, row: 0, column: width - state.place.width - 2, role: .textDim)
      return
    }
    let gap = width >= 60 ? 3 : 1
    var column = 2
    for filter in state.filters {
      let text: DisplayText = filter.isChosen ? "[\(filter.label)]" : filter.label
      guard column + text.width < width else { break }
      column += canvas.put(text, row: 0, column: column, role: filter.isChosen ? .marked : .textDim) + gap
    }
    let bar = 20
    guard let total = state.total, column + bar + Labels.all.width + 8 < width else { return }
    let place = width - bar - 7
    canvas.put(Labels.all, row: 0, column: place - Labels.all.width - 1, role: .label)
    canvas.bar(total, row: 0, column: place, columns: bar, glyphs: glyphs)
    canvas.put("\(Int(total * 100))%", row: 0, column: place + bar, role: .text, width: 5, align: .trailing)
  }

  private static func draw(_ transfer: TransferRow, row: Int, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns
    let isRoomy = width >= 70
    let stateRole = role(of: transfer.glyph)
    let (first, own): (Role, Role) = transfer.isUnderCursor ? (.cursor, .cursor) : (.text, stateRole)
    canvas.fill(Rect(row: row, column: 0, rows: 1, columns: width - 1), role: first)
    if transfer.isUnderCursor { canvas.put(glyphs.pointer, row: row, column: 1, role: first) }
    if transfer.isMarked { canvas.put(glyphs.mark, row: row, column: 2, role: transfer.isUnderCursor ? .cursor : .marked) }
    canvas.put(glyphs.sign(of: transfer.glyph), row: row, column: 3, role: own)
    let stateWidth = isRoomy ? 26 : 18
    canvas.put(transfer.state, row: row, column: 5, role: own, width: stateWidth)
    let rest = width - 5 - stateWidth - 3
    let patientWidth = isRoomy ? rest * 2 / 5 : 0
    let file = transfer.file.reveal().truncatedInMiddle(to: rest - patientWidth)
    canvas.put(file, row: row, column: 6 + stateWidth, role: first, width: rest - patientWidth)
    if patientWidth > 0 {
      canvas.put(transfer.patient.reveal(), row: row, column: 7 + stateWidth + rest - patientWidth, role: first, width: patientWidth - 1)
    }
    drawSecondLine(transfer, role: stateRole, patientWidth: patientWidth, row: row + 1, on: &canvas, glyphs: glyphs)
  }

  /// Progress or what is to be said, and on the right the second thing that says who it is.
  private static func drawSecondLine(
    _ transfer: TransferRow, role: Role, patientWidth: Int, row: Int, on canvas: inout Canvas, glyphs: Glyphs
  ) {
    let width = canvas.size.columns
    let stateWidth = width >= 70 ? 26 : 18
    let end = width - 2 - (patientWidth > 0 ? patientWidth : 0)
    if patientWidth > 0 {
      canvas.put(transfer.identity.reveal(), row: row, column: end + 1, role: .textDim, width: patientWidth - 1)
    }
    if patientWidth == 0 {
      // Who it is comes first: what is to be said is in the details too.
      let who = [transfer.patient.reveal(), transfer.identity.reveal()].filter { !$0.isEmpty }.joined(separator: " · ")
      let used = canvas.put(who.truncated(to: width - 7), row: row, column: 5, role: .textDim)
      let rest: DisplayText = " · \(transfer.remark ?? transfer.percent)"
      guard rest.width > 3, used + 8 < width - 7 else { return }
      canvas.put(rest.truncated(to: width - 7 - used), row: row, column: 5 + used, role: transfer.remark == nil ? .textDim : role)
      return
    }
    if let remark = transfer.remark {
      canvas.put(remark.truncated(to: end - 5), row: row, column: 5, role: transfer.glyph == .waiting ? .textDim : role)
      return
    }
    let place = 6 + stateWidth
    let hasBar = transfer.fraction.map { $0 < 1 } ?? false
    if let fraction = transfer.fraction, hasBar {
      canvas.bar(fraction, row: row, column: 5, columns: stateWidth - 6, glyphs: glyphs)
      canvas.put(transfer.percent, row: row, column: stateWidth, role: .text, width: 5, align: .trailing)
    }
    // What there is no room for falls away from the end.
    var numbers: DisplayText = ""
    for part in [transfer.bytes, transfer.timeLeft, transfer.rate, transfer.kind, transfer.when] where !part.isEmpty {
      let longer: DisplayText = numbers.isEmpty ? part : "\(numbers) · \(part)"
      if longer.width > end - place { break }
      numbers = longer
    }
    canvas.put(numbers, row: row, column: place, role: .textDim)
  }

  static func role(of glyph: TransferGlyph) -> Role {
    switch glyph {
    case .queued: .stateQueued
    case .running: .stateRunning
    case .finalizing: .stateFinalizing
    case .accepted: .stateAccepted
    case .waiting: .stateWaiting
    case .paused: .statePaused
    case .refused: .stateRefused
    case .failed: .stateFailed
    case .cancelled: .stateCancelled
    case .uncertain: .stateUncertain
    case .arrived: .stateAccepted
    case .replaced, .takenBack: .stateCancelled
    }
  }
}
