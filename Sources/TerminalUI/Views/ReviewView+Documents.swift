internal import SafeText
internal import ViewModels

/// The list of several documents on the review: each with everything that is said of one.
extension ReviewView {
  static func documents(_ documents: [ReviewState.Reviewed], width: Int, density: Density, glyphs: Glyphs) -> [Line] {
    let digits = "\(documents.count)".count
    return documents.enumerated().flatMap { index, reviewed in
      (density == .roomy ? [Line()] : [])
        + entry(reviewed, number: index + 1, digits: digits, width: width, density: density, glyphs: glyphs)
    }
  }

  private static func entry(
    _ reviewed: ReviewState.Reviewed, number: Int, digits: Int, width: Int, density: Density, glyphs: Glyphs
  ) -> [Line] {
    let document = reviewed.document
    let sign = String(repeating: " ", count: max(0, digits - "\(number)".count)) + "\(number) "
    let room = max(1, width - sign.count)
    let facts =
      (document.linkTarget.map { ["\(Labels.linkTo) \($0.reveal())"] } ?? [])
      + [document.type, document.size, document.modified, "\(Labels.fingerprint) \(document.fingerprint)"] + reviewed.facts
    let name: (DisplayText, Role) = (document.name.reveal(), .textStrong)
    let about = facts.map { ($0, Role.text) }
    var lines: [Line]
    switch density {
    case .roomy, .normal: lines = Line.wrapped(name.0, role: name.1, width: room) + flow(about, width: room)
    case .dense, .tight: lines = flow([name] + about, width: room)
    }
    lines += verdictLines(document, width: room, glyphs: glyphs)
    lines += warningLines(reviewed.warnings, width: room, density: density, glyphs: glyphs)
    let indent = DisplayText(escaping: String(repeating: " ", count: sign.count))
    return lines.enumerated().map { index, line in
      let first: (DisplayText, Role) = index == 0 ? (DisplayText(escaping: sign), .label) : (indent, .text)
      return Line([first] + line.spans.map { ($0.text, $0.role) })
    }
  }

  private static func flow(_ parts: [(DisplayText, Role)], width: Int) -> [Line] { Line.flow(parts, gap: (" · ", .textDim), width: width) }
}

extension ReviewState {
  var groups: [[LabelledValue]] { [place, message] }
}
