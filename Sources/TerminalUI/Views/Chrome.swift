internal import SafeText
internal import TransferEngine
internal import ViewModels

/// What every screen has: the line on top, the patient, the line of news, the keys.
enum Chrome {
  // MARK: Header

  static func drawHeader(_ state: AppState, on canvas: inout Canvas) {
    let width = canvas.size.columns
    canvas.fill(Rect(row: 0, column: 0, rows: 1, columns: width), role: .bar)
    // Before anything is filled in there is no environment to name.
    if case .setup(let setup) = state.screen, setup.isWelcome {
      canvas.put(headerTitle(of: state.screen, room: width), row: 0, column: 1)
      return
    }
    let badge = ProfileBadge(state.profile)
    let badgeWidth = badge.text.width
    canvas.put(badge.text, row: 0, column: width - badgeWidth, role: badge.role)

    let title = headerTitle(of: state.screen, room: width - badgeWidth - 4 - DisplayText(escaping: state.profile.name).width)
    let used = 1 + canvas.put(title, row: 0, column: 1)
    let name = DisplayText(escaping: state.profile.name)
    let destination = state.profile.destinationName
    let long = destination.isEmpty ? name : "\(name) · \(destination)" as DisplayText
    let room = width - badgeWidth - used - 3
    for text in [long, name] where text.width <= room {
      canvas.put(text, row: 0, column: width - badgeWidth - 1 - text.width, role: .bar)
      return
    }
    if room > 4 { canvas.put(name.truncated(to: room), row: 0, column: used + 2, role: .bar, width: room, align: .trailing) }
  }

  /// The way from file to review with the place on it, or just the place.
  private static func headerTitle(of screen: ScreenState, room: Int) -> Line {
    let (step, name): (Int?, DisplayText) =
      switch screen {
      case .browse: (0, Labels.steps[0])
      case .patient: (1, Labels.steps[1])
      case .message: (2, Labels.steps[2])
      case .preview: (3, Labels.steps[3])
      case .review: (4, Labels.steps[4])
      case .transfers: (nil, Labels.transfers)
      case .profiles: (nil, Labels.profiles)
      case .setup: (nil, Labels.setup)
      }
    let short = Line([(Labels.program, .bar), ("  ", .bar), (name, .barTitle)])
    let bare = Line(name, .barTitle)
    guard let step else { return short.width <= room ? short : bare }
    var way = Line()
    for (index, name) in Labels.steps.enumerated() {
      if index > 0 { way.spans.append(.init(text: " › ", role: .textDim)) }
      way.spans.append(.init(text: name, role: index == step ? .barTitle : .textDim))
    }
    return way.width <= room ? way : short.width <= room ? short : bare
  }

  // MARK: Patient

  /// The banner in as many lines as it needs. A part is never cut off; it moves to the next line, and wraps when it has to.
  static func bannerLines(_ patient: PatientBanner, width: Int) -> [Line] {
    var parts: [(DisplayText, Role)] = [(patient.name.reveal(), .patientName)]
    if patient.isDeceased { parts.append((Labels.deceased, .patientName)) }
    parts += [patient.born.reveal(), patient.gender, patient.number.reveal()].map { ($0, .patientBanner) }
    return Line.flow(parts, gap: ("   ", .patientBanner), width: width - 2)
  }

  static func drawBanner(_ lines: [Line], on canvas: inout Canvas) {
    canvas.fill(Rect(row: 1, column: 0, rows: lines.count, columns: canvas.size.columns), role: .patientBanner)
    canvas.put(lines, row: 1, column: 1, width: canvas.size.columns - 1)
  }

  // MARK: Foot

  /// What stays of the screen above the news. A reason that is cut off helps nobody, and the next key brings back what it lies over.
  private static let leastBody = 2

  /// Rows for what `drawStatus` draws; at least 1. The review keeps its place: what was seen of it must not move.
  /// - Parameter top: Rows that are taken above the screen.
  static func statusRows(_ state: AppState, size: Size, below top: Int) -> Int {
    guard let notice = state.notice else { return 1 }
    if case .review = state.screen { return 1 }
    let lines = noticeLines(notice, width: size.columns - 2, glyphs: Glyphs()).count
    return max(1, min(lines, size.rows - 1 - top - leastBody))
  }

  /// News about the last key, else all transfers in one line; both where there is room.
  static func drawStatus(_ state: AppState, rows: Range<Int>, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns
    let summary = summaryLine(state.transfers, glyphs: glyphs)
    let row = rows.lowerBound
    guard let notice = state.notice else {
      canvas.put(summary, row: row, column: 1, width: width - 2)
      return
    }
    let lines = noticeLines(notice, width: width - 2, glyphs: glyphs)
    guard lines.count == 1 || rows.count == 1 else {
      canvas.put(lines, row: row, column: 1, width: width - 2, limit: rows.upperBound)
      return
    }
    let used = 1 + canvas.put(noticeLine(notice, glyphs: glyphs), row: row, column: 1, width: width - 2)
    if !summary.spans.isEmpty, used + 3 + summary.width <= width - 1 {
      canvas.put(summary, row: row, column: width - 1 - summary.width)
    }
  }

  private static func noticeLine(_ notice: Notice, glyphs: Glyphs) -> Line {
    let (text, role) = said(notice, glyphs: glyphs)
    return Line(text, role)
  }

  private static func noticeLines(_ notice: Notice, width: Int, glyphs: Glyphs) -> [Line] {
    let (text, role) = said(notice, glyphs: glyphs)
    return Line.wrapped(text, role: role, width: width)
  }

  private static func said(_ notice: Notice, glyphs: Glyphs) -> (DisplayText, Role) {
    switch notice.tone {
    case .plain: (notice.text, .info)
    case .good: ("\(glyphs.check) \(notice.text)", .success)
    case .warning: ("\(glyphs.warning) \(notice.text)", .warning)
    case .error: ("\(glyphs.cross) \(notice.text)", .error)
    }
  }

  private static func summaryLine(_ summary: TransfersSummary, glyphs: Glyphs) -> Line {
    guard !summary.text.isEmpty else { return Line() }
    let role: Role = summary.needAttention > 0 ? .warning : summary.running > 0 ? .stateRunning : .textDim
    return Line(summary.text, role)
  }

  /// The keys, most useful first, as many as there is room for; the one for help always has its place.
  static func drawHints(_ hints: [Hint], row: Int, on canvas: inout Canvas) {
    // What would do nothing now is left to the help, which says why.
    let hints = hints.filter(\.isEnabled)
    let room = canvas.size.columns - 2
    func width(_ hint: Hint) -> Int { hint.key.width + 1 + hint.label.width }
    let help = hints.last { $0.key == "?" || $0.key == "F1" }
    var shown: [Hint] = []
    var used = 0
    for hint in hints {
      let reserved = help.map { hint == $0 || shown.contains($0) ? 0 : width($0) + 2 } ?? 0
      let needed = (shown.isEmpty ? 0 : 2) + width(hint)
      if used + needed + reserved <= room {
        shown.append(hint)
        used += needed
      }
    }
    var column = 1
    for hint in shown {
      column += canvas.put(hint.key, row: row, column: column, role: .hintKey) + 1
      column += canvas.put(hint.label, row: row, column: column, role: .hintText) + 2
    }
  }
}
