internal import SafeText

/// Pieces of text in their roles, one after the other on one row.
struct Line: Sendable, Hashable {
  struct Span: Sendable, Hashable {
    var text: DisplayText
    var role: Role
  }

  var spans: [Span]

  init(_ spans: [(DisplayText, Role)] = []) { self.spans = spans.map { Span(text: $0.0, role: $0.1) } }
  init(_ text: DisplayText, _ role: Role = .text) { self.init([(text, role)]) }

  var width: Int { spans.reduce(0) { $0 + $1.text.width } }

  /// Parts one after the other with `gap` between them. A part is never cut off: it moves to the next line whole, and wraps only
  /// when it is longer than a line.
  static func flow(_ parts: [(DisplayText, Role)], gap: (DisplayText, Role), width: Int) -> [Line] {
    var lines: [Line] = []
    var line = Line()
    for (text, role) in parts where !text.isEmpty {
      if !line.spans.isEmpty, line.width + gap.0.width + text.width > width {
        lines.append(line)
        line = Line()
      }
      let pieces = text.wrapped(to: max(1, width))
      for piece in pieces.dropLast() { lines.append(Line(piece, role)) }
      if !line.spans.isEmpty { line.spans.append(Span(text: gap.0, role: gap.1)) }
      line.spans.append(Span(text: pieces.last ?? "", role: role))
    }
    return line.spans.isEmpty ? lines : lines + [line]
  }

  /// `text` in as many lines as it needs, each after `indent` columns; the first after `label` in its place.
  static func wrapped(
    _ text: DisplayText, role: Role = .text, width: Int, label: DisplayText = "", labelRole: Role = .label, indent: Int = 0
  ) -> [Line] {
    // With little room the label gets a line of its own.
    let fits = width - indent >= min(24, text.width)
    let room = fits ? width - indent : width
    let padding = DisplayText(escaping: String(repeating: " ", count: fits ? indent : 0))
    var lines = text.wrapped(to: max(1, room)).map { Line([(padding, .text), ($0, role)]) }
    guard !label.isEmpty else { return lines }
    let shown = label.truncated(to: max(1, indent - 1))
    if fits {
      let gap = DisplayText(escaping: String(repeating: " ", count: max(0, indent - shown.width)))
      lines[0].spans[0] = Span(text: shown, role: labelRole)
      lines[0].spans.insert(Span(text: gap, role: .text), at: 1)
    } else {
      lines.insert(Line(label, labelRole), at: 0)
    }
    return lines
  }
}

extension Canvas {
  /// Draws the line's spans and returns the columns they took. What passes `width` is cut off and ends in `…`.
  @discardableResult
  mutating func put(_ line: Line, row: Int, column: Int, width: Int? = nil) -> Int {
    let limit = width ?? Int.max
    var used = 0
    for span in line.spans where used < limit {
      let room = limit - used
      let text = span.text.width > room ? span.text.truncated(to: room) : span.text
      used += put(text, row: row, column: column + used, role: span.role)
    }
    return used
  }

  /// Draws lines from `row` on and returns the row after the last; those below `limit` are left out.
  @discardableResult
  mutating func put(_ lines: [Line], row: Int, column: Int, width: Int, limit: Int? = nil) -> Int {
    let end = min(limit ?? size.rows, size.rows)
    var place = row
    for line in lines where place < end {
      put(line, row: place, column: column, width: width)
      place += 1
    }
    return place
  }

  /// A field that is being typed into, with the cursor in it; scrolled so that the cursor is seen.
  mutating func edit(before: DisplayText, after: DisplayText, row: Int, column: Int, width: Int, role: Role = .input) {
    guard width > 0 else { return }
    let head = before.width < width ? before : before.truncatedAtStart(to: max(0, width - 1))
    let used = head.width
    put(head + after, row: row, column: column, role: role, width: width)
    cursor = Position(row: row, column: column + min(used, width - 1))
  }
}
