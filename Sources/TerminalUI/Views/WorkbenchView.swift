internal import SafeText
internal import ViewModels

/// What is about to be sent: the document, how it would travel, what speaks against it, and what to do next.
enum WorkbenchView {
  static func draw(_ state: BrowseState, on canvas: inout Canvas, glyphs: Glyphs) {
    let width = canvas.size.columns
    var lines: [Line] = []
    if let marked = state.summary.marked {
      lines.append(Line("\(glyphs.mark) \(marked)", .marked))
      if let kinds = state.summary.markedKinds { lines += Line.wrapped(kinds, width: width) }
      lines.append(Line())
    }
    switch state.inspection {
    case .reading(let name, let place?):
      lines += nameLines(name, width: width) + [Line(Labels.readingPlace(place), .textDim), Line(Labels.stopsReading, .textDim)]
    case .reading(let name, nil):
      lines += Line.wrapped(name, role: .textStrong, width: width) + [Line(Labels.reading, .textDim)]
    case .refused(let name, let reason) where state.summary.isAbout(name):
      lines += Line.wrapped(name, role: .textStrong, width: width) + Line.wrapped("\(glyphs.cross) \(reason)", role: .error, width: width)
    case .none, .refused, .ready, .together:
      lines += summary(state.summary, width: width, glyphs: glyphs)
    }
    canvas.put(lines, row: 0, column: 0, width: width)
  }

  private static func summary(_ summary: WorkbenchSummary, width: Int, glyphs: Glyphs) -> [Line] {
    var lines = subject(summary.subject, width: width, glyphs: glyphs)
    if let earlier = summary.earlier { lines += Line.wrapped("\(glyphs.sent) \(earlier)", role: .warning, width: width) }
    if let kind = summary.kind {
      lines += [Line()] + Line.wrapped(kind, width: width)
      if let method = summary.method { lines += Line.wrapped("\(method.method), \(method.size)", role: .textDim, width: width) }
    }
    if !summary.problems.isEmpty {
      lines.append(Line())
      for problem in summary.problems {
        let (sign, role): (DisplayText, Role) = problem.isError ? (glyphs.cross, .error) : (glyphs.warning, .warning)
        lines += Line.wrapped("\(sign) \(problem.field): \(problem.reason)", role: role, width: width)
      }
    }
    if let advice = summary.advice { lines += (lines.isEmpty ? [] : [Line()]) + Line.wrapped(advice, role: .textDim, width: width) }
    return lines
  }

  private static func subject(_ subject: WorkbenchSummary.Subject, width: Int, glyphs: Glyphs) -> [Line] {
    switch subject {
    case .nothing: return []
    case .folder(let name): return Line.wrapped(name + "/", role: .fileDirectory, width: width)
    case .seen(let name, let type, let size):
      let about = [type, size].filter { !$0.isEmpty }.joined(separator: ", ")
      return nameLines(name, width: width) + Line.wrapped(about, width: width)
    case .read(let document):
      let about = Line([
        ("\(DocumentLines.sign(document.verdict, glyphs: glyphs)) ", DocumentLines.role(document.verdict)),
        (("\(document.type), \(document.size)" as DisplayText).truncated(to: max(1, width - 2)), .text),
      ])
      var lines = nameLines(document.name.reveal(), width: width) + [about] + DocumentLines.remarks(document, width: width)
      if let target = document.linkTarget { lines += Line.wrapped("\(Labels.linkTo) \(target.reveal())", role: .textDim, width: width) }
      return lines + Line.wrapped("\(Labels.changed) \(document.modified)", role: .textDim, width: width)
    }
  }

  /// A name takes three lines at most; the longest ones lose their middle.
  private static func nameLines(_ name: DisplayText, width: Int) -> [Line] {
    Line.wrapped(name.truncatedInMiddle(to: 3 * width - 6), role: .textStrong, width: width)
  }
}

extension WorkbenchSummary {
  fileprivate func isAbout(_ name: DisplayText) -> Bool {
    switch subject {
    case .nothing: true
    case .folder: false
    case .seen(let own, _, _): own == name
    case .read(let document): document.name.reveal() == name
    }
  }
}

extension BrowseState.Inspection {
  var isReading: Bool { if case .reading = self { true } else { false } }
}
