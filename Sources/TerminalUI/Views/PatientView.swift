internal import SafeText
internal import ViewModels

/// The patients that fit what is typed. Two identifiers beside each name; the one under the cursor is written out below.
enum PatientView {
  static func listRows(_ state: PatientState, _ size: Size) -> Int {
    state.form.map { EntryFormView.listRows($0, size) } ?? max(1, size.rows - listTop(size) - footRows(state, size))
  }

  private static func listTop(_ size: Size) -> Int { size.rows >= 12 ? 3 : 1 }

  /// As many as the patient under the cursor needs: neither who they are nor a warning is cut off while two rows of the list remain.
  private static func footRows(_ state: PatientState, _ size: Size) -> Int {
    let usual = size.rows >= 8 ? 4 : size.rows >= 6 ? 2 : 0
    guard usual > 0 else { return 0 }
    return max(usual, min(1 + foot(state, width: size.columns, glyphs: Glyphs()).count, size.rows - listTop(size) - 2))
  }

  static func draw(_ state: PatientState, on canvas: inout Canvas, glyphs: Glyphs) {
    if let form = state.form { return EntryFormView.draw(form, on: &canvas, glyphs: glyphs) }
    let width = canvas.size.columns
    drawSearch(state, on: &canvas)
    let top = listTop(canvas.size)
    let rows = listRows(state, canvas.size)
    switch state.phase {
    case .loading:
      canvas.put(Labels.loadingPatients, row: top, column: 2, role: .textDim)
      return
    case .failed(let reason, let remedy):
      let lines = Line.wrapped(reason, role: .error, width: width - 4) + Line.wrapped(remedy, width: width - 4)
      canvas.put(lines, row: top, column: 2, width: width - 4)
      return
    case .ready: break
    }
    let columns = Columns(width: width)
    if top == 3 { columns.drawHeader(row: 2, on: &canvas) }
    if state.rows.isEmpty {
      canvas.put(Line.wrapped(Labels.noPatientFits, role: .textDim, width: width - 4), row: top, column: 2, width: width - 4)
      return
    }
    for (index, row) in state.rows.prefix(rows).enumerated() { columns.draw(row, row: top + index, on: &canvas, glyphs: glyphs) }
    canvas.scrollbar(row: top, column: width - 1, rows: rows, visible: state.window.visible, count: state.window.count, glyphs: glyphs)
    drawFoot(state, on: &canvas, glyphs: glyphs)
  }

  private static func drawSearch(_ state: PatientState, on canvas: inout Canvas) {
    let width = canvas.size.columns
    let note = Labels.count(state.window.count, of: state.total)
    canvas.put(note, row: 0, column: width - 2 - note.width, role: .textDim)
    let used = 2 + canvas.put("\(Labels.search): ", row: 0, column: 2, role: .label)
    let room = width - used - note.width - 5
    if state.search.isEmpty {
      canvas.put(Labels.searchPlaceholder.truncated(to: room), row: 0, column: used, role: .inputPlaceholder)
      canvas.cursor = Position(row: 0, column: used)
    } else {
      canvas.edit(before: state.search.beforeCursor, after: state.search.afterCursor, row: 0, column: used, width: room)
    }
  }

  /// The patient under the cursor in full, never cut off as far as there are lines, and what to look out for.
  private static func drawFoot(_ state: PatientState, on canvas: inout Canvas, glyphs: Glyphs) {
    let lines = foot(state, width: canvas.size.columns, glyphs: glyphs)
    let rows = footRows(state, canvas.size)
    guard rows > 0, !lines.isEmpty else { return }
    let top = canvas.size.rows - rows
    canvas.line(row: top, column: 0, columns: canvas.size.columns, glyphs: glyphs)
    canvas.put(lines, row: top + 1, column: 2, width: canvas.size.columns - 4)
  }

  private static func foot(_ state: PatientState, width: Int, glyphs: Glyphs) -> [Line] {
    guard let row = state.rows.first(where: \.isUnderCursor) else { return [] }
    var parts = [row.name.reveal(), Labels.born(row.born.reveal()), row.gender, row.number.reveal()].map { ($0, Role.textStrong) }
    if row.isDeceased { parts.insert((Labels.deceased, .patientWarning), at: 1) }
    let warning = state.warning.map { Line.wrapped("\(glyphs.warning) \($0)", role: .patientWarning, width: width - 4) } ?? []
    return Line.flow(parts, gap: ("   ", .text), width: width - 4) + warning
  }

  private struct Columns {
    let width: Int
    let born: Int
    let gender: Int
    let number: Int

    init(width: Int) {
      self.width = width
      // `24-Jul-1982 (44y)` and a gap.
      born = 19
      gender = width >= 90 ? 15 : 0
      // Without room for the whole number it is left to the lines below, where nothing is cut off.
      number = width >= 60 ? 20 : 0
    }

    private var name: Int { max(1, width - 4 - born - gender - number - 2) }

    func drawHeader(row: Int, on canvas: inout Canvas) {
      put([Labels.nameColumn, Labels.bornColumn, Labels.genderColumn, Labels.numberColumn], role: .label, row: row, on: &canvas)
    }

    func draw(_ patient: PatientState.Row, row: Int, on canvas: inout Canvas, glyphs: Glyphs) {
      let role: Role = patient.isUnderCursor ? .cursor : .text
      canvas.fill(Rect(row: row, column: 0, rows: 1, columns: width - 1), role: role)
      if patient.isUnderCursor { canvas.put(glyphs.pointer, row: row, column: 1, role: role) }
      if patient.hasNamesake { canvas.put(glyphs.warning, row: row, column: 2, role: patient.isUnderCursor ? .cursor : .patientWarning) }
      let name: DisplayText = patient.isDeceased ? "\(patient.name.reveal()), \(Labels.deceased)" : patient.name.reveal()
      put([name, patient.born.reveal(), patient.gender, patient.number.reveal()], role: role, row: row, on: &canvas)
    }

    private func put(_ texts: [DisplayText], role: Role, row: Int, on canvas: inout Canvas) {
      var column = 4
      canvas.put(texts[0], row: row, column: column, role: role, width: name)
      column += name + 1
      canvas.put(texts[1], row: row, column: column, role: role, width: min(born, width - 1 - column))
      column += born
      if gender > 0 { canvas.put(texts[2], row: row, column: column, role: role, width: gender) }
      column += gender
      if number > 0 { canvas.put(texts[3], row: row, column: column, role: role, width: number) }
    }
  }
}
