extension DisplayText {
  /// Both ends, with `…` in between, when the text is longer than `columns`: a file's name keeps its extension.
  public func truncatedInMiddle(to columns: Int) -> DisplayText {
    guard columns > 0 else { return .empty }
    guard width > columns else { return self }
    let tailRoom = (columns - 1) / 3
    guard tailRoom > 0 else { return truncated(to: columns) }
    var tail: [Character] = []
    var tailWidth = 0
    for character in string.reversed() {
      let width = CellWidth.of(character)
      if tailWidth + width > tailRoom { break }
      tail.append(character)
      tailWidth += width
    }
    let head = truncated(to: columns - tailWidth)
    return DisplayText(trusted: head.string + String(tail.reversed()))
  }

  /// The end of the text, with `…` before it, when it is longer than `columns`: a path keeps its last folder.
  public func truncatedAtStart(to columns: Int) -> DisplayText {
    guard columns > 0 else { return .empty }
    guard width > columns else { return self }
    var tail: [Character] = []
    var used = 0
    for character in string.reversed() {
      let width = CellWidth.of(character)
      if used + width > columns - 1 { break }
      tail.append(character)
      used += width
    }
    return DisplayText(trusted: "…" + String(tail.reversed()))
  }

  /// Lines of at most `columns`, broken between words where there are any; a word that is longer than a line is cut into pieces.
  /// Nothing is left out but the space at each break. At least one line.
  public func wrapped(to columns: Int) -> [DisplayText] {
    guard columns > 0, width > columns else { return [self] }
    var lines: [DisplayText] = []
    var line = ""
    var used = 0
    for word in string.split(separator: " ", omittingEmptySubsequences: false) {
      let width = CellWidth.of(String(word))
      if used > 0 || !line.isEmpty, used + 1 + width <= columns {
        line += " " + word
        used += 1 + width
        continue
      }
      if !line.isEmpty { lines.append(DisplayText(trusted: line)) }
      (line, used) = ("", 0)
      for character in word {
        let width = CellWidth.of(character)
        if used + width > columns, !line.isEmpty {
          lines.append(DisplayText(trusted: line))
          (line, used) = ("", 0)
        }
        line.append(character)
        used += width
      }
    }
    if !line.isEmpty || lines.isEmpty { lines.append(DisplayText(trusted: line)) }
    return lines
  }
}
