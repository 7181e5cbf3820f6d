internal import SafeText
internal import ViewModels

/// Who, what, where and how, once more, before anything leaves. The patient is in the banner above.
///
/// It does not scroll: what does not fit makes sending impossible, and the screen says so.
enum ReviewView {
  static func showsAll(of state: ReviewState, in size: Size) -> Bool {
    facts(state, width: size.columns - 4, glyphs: Glyphs(), isRoomy: false).count + confirmationRows(state, width: size.columns - 4) <= size.rows
  }

  static func draw(_ state: ReviewState, profile: ProfileBadge, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns - 4
    let foot = confirmationRows(state, width: width)
    let room = canvas.size.rows - foot
    let roomy = facts(state, width: width, glyphs: glyphs, isRoomy: true)
    let lines = roomy.count <= room ? roomy : facts(state, width: width, glyphs: glyphs, isRoomy: false)
    canvas.put(lines, row: 0, column: 2, width: width, limit: room)
    if lines.count > room {
      let top = max(0, room - 1)
      canvas.put(Labels.cutOff, row: top, column: 0, role: .error, width: canvas.size.columns)
    }
    canvas.draw(in: Rect(row: canvas.size.rows - foot, column: 0, rows: foot, columns: canvas.size.columns)) { part in
      drawConfirmation(state, profile: profile, on: &part, glyphs: glyphs)
    }
  }

  // MARK: What is to be seen

  private static let labelWidth = 15

  private static func facts(_ state: ReviewState, width: Int, glyphs: Glyphs, isRoomy: Bool) -> [Line] {
    let gap = isRoomy ? [Line()] : []
    return gap + documentLines(state.document, width: width, glyphs: glyphs) + gap + packed(state.place, width: width) + gap
      + packed(state.message, width: width) + (state.warnings.isEmpty ? [] : gap)
      + state.warnings.flatMap { ProblemLines.lines($0, width: width, glyphs: glyphs) }
  }

  private static func documentLines(_ document: DocumentSummary, width: Int, glyphs: Glyphs) -> [Line] {
    var lines = labelled(Labels.document, document.name.reveal(), role: .textStrong, width: width)
    if let target = document.linkTarget { lines += labelled(Labels.linkTo, target.reveal(), width: width) }
    let about = [document.type, document.size, document.modified, "\(Labels.fingerprint) \(document.fingerprint)"] as [DisplayText]
    lines += labelled("", about.joined(separator: " · "), width: width)
    switch document.verdict {
    case .allowed: break
    case .warning(let reason): lines += labelled("", "\(glyphs.warning) \(reason)", role: .warning, width: width)
    case .refused(let reason): lines += labelled("", "\(glyphs.cross) \(reason)", role: .error, width: width)
    }
    return lines
  }

  private static func labelled(_ label: DisplayText, _ value: DisplayText, role: Role = .text, width: Int) -> [Line] {
    Line.wrapped(value, role: role, width: width, label: label, indent: labelWidth)
  }

  /// Short facts stand two on a line where both have room, so that all of them fit.
  private static func packed(_ values: [LabelledValue], width: Int) -> [Line] {
    let half = width / 2
    func isShort(_ value: LabelledValue) -> Bool {
      value.label.width < labelWidth && !value.label.isEmpty && value.value.reveal().width <= half - labelWidth - 2
    }
    var lines: [Line] = []
    var index = 0
    while index < values.count {
      let value = values[index]
      guard isShort(value), index + 1 < values.count, isShort(values[index + 1]) else {
        lines += labelled(value.label, value.value.reveal(), width: width)
        index += 1
        continue
      }
      var line = labelled(value.label, value.value.reveal(), width: half).first ?? Line()
      line.spans.append(.init(text: DisplayText(escaping: String(repeating: " ", count: max(1, half - line.width))), role: .text))
      line.spans += labelled(values[index + 1].label, values[index + 1].value.reveal(), width: half).first?.spans ?? []
      lines.append(line)
      index += 2
    }
    return lines
  }

  // MARK: The question

  private static func confirmationRows(_ state: ReviewState, width: Int) -> Int {
    switch state.confirmation {
    case .closed(let reason): 1 + closedLines(reason, width: width).count
    case .oneKey, .submitting: 2
    case .retype(let challenge): 1 + Labels.retype.wrapped(to: width).count + 1 + (challenge.remark?.wrapped(to: width).count ?? 0)
    }
  }

  private static func closedLines(_ reason: DisplayText, width: Int) -> [Line] {
    Line.wrapped("\(Labels.cannotBeSent): \(reason)", role: .confirmDanger, width: width)
  }

  private static func drawConfirmation(_ state: ReviewState, profile: ProfileBadge, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns
    canvas.line(row: 0, column: 0, columns: width, glyphs: glyphs, role: state.isProduction ? .confirmDanger : .border)
    switch state.confirmation {
    case .closed(let reason):
      canvas.put(closedLines(reason, width: width - 4), row: 1, column: 2, width: width - 4)
    case .submitting:
      canvas.put(Labels.recording, row: 1, column: 2, role: .text)
    case .oneKey:
      var column = 2 + canvas.put(" Enter \(Labels.cancel) ", row: 1, column: 2, role: .confirmDefault) + 3
      column += canvas.put("y", row: 1, column: column, role: .hintKey) + 1
      column += canvas.put("\(Labels.send) ", row: 1, column: column, role: .text)
      canvas.put(profile.text, row: 1, column: column + 1, role: profile.role)
    case .retype(let challenge):
      drawChallenge(challenge, on: &canvas)
    }
  }

  private static func drawChallenge(_ challenge: ReviewState.Challenge, on canvas: inout Canvas) {
    let width = canvas.size.columns - 4
    var row = canvas.put(Line.wrapped(Labels.retype, role: .confirmTitle, width: width), row: 1, column: 2, width: width)
    var column = 2
    let fields: [(ReviewState.Challenge.Field, DisplayText, TextField, Int)] = [
      (.initials, Labels.initials, challenge.initials, 6), (.birthYear, Labels.birthYear, challenge.birthYear, 6),
    ]
    for (field, label, text, size) in fields {
      column += canvas.put(label, row: row, column: column, role: challenge.focus == field ? .textStrong : .label) + 1
      if challenge.focus == field {
        canvas.edit(before: text.beforeCursor, after: text.afterCursor, row: row, column: column, width: size)
      } else {
        canvas.put(text.display, row: row, column: column, role: .input, width: size)
      }
      column += size + 3
    }
    row += 1
    if let remark = challenge.remark {
      canvas.put(Line.wrapped(remark, role: challenge.focus == .confirm ? .success : .error, width: width), row: row, column: 2, width: width)
    }
  }
}
