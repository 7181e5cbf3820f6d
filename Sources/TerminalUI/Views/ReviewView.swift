internal import SafeText
internal import ViewModels

/// Who, what, where and how, once more, before anything leaves. The patient is in the banner above.
///
/// It stands as close as it must to fit, and scrolls where that is not enough. Warnings come first.
enum ReviewView {
  static func room(for state: ReviewState, in size: Size) -> ReviewRoom {
    let width = size.columns - 4
    let lines = lines(state, in: size, glyphs: Glyphs())
    return ReviewRoom(
      lines: lines.count, rows: max(0, size.rows - confirmationRows(state, width: width)), fingerprint: lines.hashValue)
  }

  /// How close they stand does not hang on the question below: what was seen would move while it is answered.
  private static func lines(_ state: ReviewState, in size: Size, glyphs: Glyphs) -> [Line] {
    let width = size.columns - 4
    let question = state.isProduction ? 3 + Labels.retype.wrapped(to: width).count : 2
    let room = size.rows - max(question, confirmationRows(state, width: width))
    let candidates = Density.allCases.map { facts(state, width: width, density: $0, glyphs: glyphs) }
    return candidates.first { $0.count <= room } ?? candidates.last ?? []
  }

  static func draw(_ state: ReviewState, profile: ProfileBadge, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns - 4
    let foot = confirmationRows(state, width: width)
    let room = max(0, canvas.size.rows - foot)
    let lines = lines(state, in: canvas.size, glyphs: glyphs)
    let top = max(0, min(state.window.top, lines.count - room))
    canvas.put(Array(lines.dropFirst(top)), row: 0, column: 2, width: width, limit: room)
    canvas.scrollbar(
      row: 0, column: canvas.size.columns - 1, rows: room, visible: top..<min(lines.count, top + room), count: lines.count, glyphs: glyphs)
    canvas.draw(in: Rect(row: canvas.size.rows - foot, column: 0, rows: foot, columns: canvas.size.columns)) { part in
      drawConfirmation(state, profile: profile, on: &part, glyphs: glyphs)
      let below = lines.count - top - room
      if below > 0 { part.put(Labels.moreBelow(below).truncated(to: width), row: 0, column: 2, role: .warning) }
    }
  }

  // MARK: What is to be seen

  /// How close the facts stand; all of them are there in each.
  enum Density: CaseIterable {
    /// Groups with a blank line between them.
    case roomy
    case normal
    /// Several facts on a line, and warnings without what to do about them.
    case dense
    /// Fact after fact, without columns.
    case tight
  }

  private static let labelWidth = 15

  private static func facts(_ state: ReviewState, width: Int, density: Density, glyphs: Glyphs) -> [Line] {
    let gap = density == .roomy ? [Line()] : []
    var warnings = warningLines(state.warnings, width: width, density: density, glyphs: glyphs)
    guard let document = state.documents.first?.document, state.documents.count == 1 else {
      let message = density == .tight ? tight(state.place + state.message, width) : state.groups.flatMap { gap + pack($0, width, density) }
      return (warnings.isEmpty ? [] : (density == .tight ? [] : gap) + warnings) + message
        + documents(state.documents, width: width, density: density, glyphs: glyphs)
    }
    warnings += verdictLines(document, width: width, glyphs: glyphs)
    if density == .tight {
      return warnings + tightDocumentLines(document, width: width) + tight(state.place + state.message, width)
    }
    return (warnings.isEmpty ? [] : gap + warnings) + gap + documentLines(document, width: width)
      + state.groups.flatMap { gap + pack($0, width, density) }
  }

  private static func pack(_ values: [LabelledValue], _ width: Int, _ density: Density) -> [Line] {
    density == .dense ? flowing(values, width: width) : inPairs(values, width: width)
  }

  static func warningLines(_ warnings: [ProblemLine], width: Int, density: Density, glyphs: Glyphs) -> [Line] {
    guard density == .tight else {
      return warnings.flatMap { problem in
        var problem = problem
        if density == .dense, !problem.isError { problem.remedy = "" }
        return ProblemLines.lines(problem, width: width, glyphs: glyphs)
      }
    }
    let parts = warnings.map {
      ("\($0.isError ? glyphs.cross : glyphs.warning) \($0.reason)" as DisplayText, $0.isError ? Role.error : .warning)
    }
    return Line.flow(parts, gap: ("  ", .text), width: width)
  }

  private static func tightDocumentLines(_ document: DocumentSummary, width: Int) -> [Line] {
    var parts: [(DisplayText, Role)] = [(document.name.reveal(), .textStrong)]
    if let target = document.linkTarget { parts.append(("\(Labels.linkTo) \(target.reveal())", .text)) }
    parts += [document.type, document.size, document.modified, "\(Labels.fingerprint) \(document.fingerprint)"].map { ($0, .text) }
    return Line.flow(parts, gap: (" · ", .textDim), width: width)
  }

  static func verdictLines(_ document: DocumentSummary, width: Int, glyphs: Glyphs) -> [Line] {
    switch document.verdict {
    case .allowed: []
    case .warning(let reason): Line.wrapped("\(glyphs.warning) \(reason)", role: .warning, width: width)
    case .refused(let reason): Line.wrapped("\(glyphs.cross) \(reason)", role: .error, width: width)
    }
  }

  private static func documentLines(_ document: DocumentSummary, width: Int) -> [Line] {
    var lines = labelled(Labels.document, document.name.reveal(), role: .textStrong, width: width)
    if let target = document.linkTarget { lines += labelled(Labels.linkTo, target.reveal(), width: width) }
    let about = [document.type, document.size, document.modified, "\(Labels.fingerprint) \(document.fingerprint)"] as [DisplayText]
    let indent = width >= 60 ? labelWidth : 0
    let padding = DisplayText(escaping: String(repeating: " ", count: indent))
    lines += Line.flow(about.map { ($0, .text) }, gap: (" · ", .textDim), width: width - indent).map { line in
      Line([(padding, .text)] + line.spans.map { ($0.text, $0.role) })
    }
    return lines
  }

  private static func labelled(_ label: DisplayText, _ value: DisplayText, role: Role = .text, width: Int) -> [Line] {
    Line.wrapped(value, role: role, width: width, label: label, indent: labelWidth)
  }

  /// Short facts stand two on a line where both have room.
  private static func inPairs(_ values: [LabelledValue], width: Int) -> [Line] {
    let half = width / 2
    func isShort(_ value: LabelledValue) -> Bool {
      value.label.width < labelWidth && !value.label.isEmpty && value.value.reveal().width <= half - labelWidth - 2
    }
    var lines: [Line] = []
    var rest = values[...]
    while let value = rest.popFirst() {
      guard isShort(value), let next = rest.first, isShort(next) else {
        lines += labelled(value.label, value.value.reveal(), width: width)
        continue
      }
      rest.removeFirst()
      var line = labelled(value.label, value.value.reveal(), width: half).first ?? Line()
      line.spans.append(.init(text: DisplayText(escaping: String(repeating: " ", count: max(1, half - line.width))), role: .text))
      line.spans += labelled(next.label, next.value.reveal(), width: half).first?.spans ?? []
      lines.append(line)
    }
    return lines
  }

  /// As many facts on a line as there is room for, each with its label; the first one's label stands in its column.
  private static func flowing(_ values: [LabelledValue], width: Int) -> [Line] {
    var lines: [Line] = []
    for value in values {
      let text = value.value.reveal()
      let addition = 3 + value.label.width + 1 + text.width
      if let last = lines.last, last.spans.first?.role == .label, !value.label.isEmpty, last.width + addition <= width {
        lines[lines.count - 1].spans += Line([(" · ", .textDim), (value.label, .label), (" ", .text), (text, .text)]).spans
      } else {
        lines += labelled(value.label, text, width: width)
      }
    }
    return lines
  }

  /// Each fact after its label, as many on a line as there is room for.
  private static func tight(_ values: [LabelledValue], _ width: Int) -> [Line] {
    var lines: [Line] = []
    for value in values {
      let label: DisplayText = value.label.isEmpty ? "" : "\(value.label) "
      let text = value.value.reveal()
      let spans = Line([(label, .label), (text, .text)]).spans
      if let last = lines.last, last.width + 3 + label.width + text.width <= width {
        lines[lines.count - 1].spans += Line([(" · ", .textDim)]).spans + spans
      } else if label.width + text.width <= width {
        lines.append(Line(spans.map { ($0.text, $0.role) }))
      } else {
        lines += Line.wrapped(text, width: width, label: value.label, indent: label.width)
      }
    }
    return lines
  }

  // MARK: The question

  private static func confirmationRows(_ state: ReviewState, width: Int) -> Int {
    switch state.confirmation {
    case .closed(let reason): 1 + closedLines(reason, width: width).count
    case .oneKey, .checking, .submitting, .unseen: 2
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
    case .unseen(let reason):
      canvas.put(reason.truncated(to: width - 3), row: 1, column: 2, role: .warning)
    case .checking:
      canvas.put(Labels.checking, row: 1, column: 2, role: .text)
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
      canvas.put(
        Line.wrapped(remark, role: challenge.focus == .confirm ? .success : .error, width: width), row: row, column: 2, width: width)
    }
  }
}
