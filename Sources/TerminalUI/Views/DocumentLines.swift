internal import SafeText
internal import ViewModels

/// A document in words, for the foot of the file list, the form and the review.
enum DocumentLines {
  /// Its name, and what it is.
  static func short(_ document: DocumentSummary, width: Int, glyphs: Glyphs) -> [Line] {
    let about = "\(document.type), \(document.size)" as DisplayText
    let room = max(8, width - about.width - 5)
    let head = Line([
      ("\(sign(document.verdict, glyphs: glyphs)) ", role(document.verdict)), (document.name.reveal().truncatedInMiddle(to: room), .textStrong),
      ("   \(about)", .text),
    ])
    return [head] + remarks(document, width: width)
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
