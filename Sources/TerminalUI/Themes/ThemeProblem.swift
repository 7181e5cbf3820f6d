public import SafeText

/// What is wrong with a theme file, with the place. The theme is used as far as it can be.
public struct ThemeProblem: Error, Sendable, Hashable {
  /// Counted from 1; nil when it concerns the file as a whole.
  public var line: Int?
  /// `roles."state.failed".fg`; empty for a fault of the file's syntax.
  public var key: DisplayText
  public var reason: DisplayText

  public init(line: Int?, key: DisplayText, reason: DisplayText) {
    (self.line, self.key, self.reason) = (line, key, reason)
  }

  /// One sentence: `line 12, roles.title.fg: there is no colour "pinkish".`
  public var sentence: DisplayText {
    let place: DisplayText = line.map { "line \($0)" } ?? ""
    let parts = [place, key].filter { !$0.isEmpty }
    return parts.isEmpty ? reason : "\(parts.joined(separator: ", ")): \(reason)"
  }
}
