internal import SafeText
internal import SystemPackage
internal import TransferEngine

/// The text of the last step: what to do with the public key, and what the test found.
enum SetupPage {
  static func lines(
    _ key: SetupKey, environment: ProfileSummary.Environment, findings: [DoctorFinding], isBusy: Bool, width: Int
  ) -> [SetupState.Page.Line] {
    var lines: [SetupState.Page.Line] = []
    func add(_ text: DisplayText, _ tone: SetupState.Page.Line.Tone = .plain) {
      lines += text.wrapped(to: max(1, width)).map { SetupState.Page.Line($0, tone) }
    }
    add(Words.Setup.pasteTitle(DisplayText(escaping: environment.rawValue)), .strong)
    add(Words.Setup.paste)
    lines += DisplayText(escaping: key.publicSet).broken(at: max(1, width)).map { SetupState.Page.Line($0, .code) }
    add(Words.Setup.file(DisplayText(escapingBytes: key.publicFile.bytes)), .dim)
    add(Words.Setup.keyID(DisplayText(escaping: key.id)), .dim)
    add("")
    add(Words.Setup.testTitle, .strong)
    if findings.isEmpty { add(isBusy ? Words.Setup.testing : Words.Setup.test) }
    for finding in findings {
      let tone: SetupState.Page.Line.Tone =
        switch finding.verdict {
        case .ok: .good
        case .warn: .warning
        case .fail: .error
        }
      let first = lines.count
      add(finding.sentence, tone)
      // The sign stands before the first line only.
      for row in lines.indices.dropFirst(first + 1) { lines[row].tone = .plain }
      if let remedy = finding.remedy { add(remedy) }
    }
    return lines
  }
}

extension DisplayText {
  /// In pieces of `width` columns, whatever stands there: for text without spaces that is copied as a whole.
  fileprivate func broken(at width: Int) -> [DisplayText] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for character in string {
      let columns = CellWidth.of(character)
      if used + columns > width {
        lines.append(line)
        (line, used) = ("", 0)
      }
      line.append(character)
      used += columns
    }
    return (lines + [line]).map { DisplayText(escaping: $0) }
  }
}
