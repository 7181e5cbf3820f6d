internal import SafeText
internal import ViewModels

/// A document in words, for the foot of the file list, the form and the review.
enum DocumentLines {
  /// Its name, and what it is.
  static func short(_ document: DocumentSummary, width: Int, glyphs: Glyphs) -> [Line] {
    let about = "\(document.type), \(document.size)" as DisplayText
    let room = max(8, width - about.width - 5)
    let head = Line([
      ("\(sign(document.verdict, glyphs: glyphs)) ", role(document.verdict)),
      (document.name.reveal().truncatedInMiddle(to: room), .textStrong),
      ("   \(about)", .text),
    ])
    return [head] + remarks(document, width: width)
  }

  /// Several: how many, and as many of their names as there is room for on a line.
  static func together(_ documents: DocumentsSummary, width: Int, glyphs: Glyphs) -> [Line] {
    [Line("\(glyphs.mark) \(documents.total)", .textStrong), Line(names(documents, width: width - 2), .text)]
  }

  private static func names(_ documents: DocumentsSummary, width: Int) -> DisplayText {
    let names = documents.names.map { $0.reveal().truncatedInMiddle(to: max(8, width / 2)) }
    for count in stride(from: names.count, to: 0, by: -1) {
      let rest = names.count - count
      let line = names.prefix(count).joined(separator: ", ") + (rest > 0 ? " \(Labels.more(rest))" : "")
      if line.width <= width || count == 1 { return "  " + line }
    }
    return ""
  }

  /// Why it is remarkable; nothing when it is not.
  static func remarks(_ document: DocumentSummary, width: Int) -> [Line] {
    switch document.verdict {
    case .allowed: []
    case .warning(let reason): Line.wrapped(reason, role: .warning, width: width)
    case .refused(let reason): Line.wrapped(reason, role: .error, width: width)
    }
  }

  static func sign(_ verdict: DocumentSummary.Verdict, glyphs: Glyphs) -> DisplayText {
    switch verdict {
    case .allowed: glyphs.check
    case .warning: glyphs.warning
    case .refused: glyphs.cross
    }
  }

  static func role(_ verdict: DocumentSummary.Verdict) -> Role {
    switch verdict {
    case .allowed: .success
    case .warning: .warning
    case .refused: .error
    }
  }
}
