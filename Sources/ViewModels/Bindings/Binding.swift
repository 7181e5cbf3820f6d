public import SafeText

/// One command on its keys in some places. Hints, help and documentation are made from these and from nothing else.
public struct Binding: Sendable, Hashable {
  public let command: Command
  /// The first is the one that hints show.
  public let keys: [Key]
  public let contexts: [KeyContext]
  /// One or two words, for the hint bar.
  public let label: DisplayText
  /// A sentence, for the help.
  public let tooltip: DisplayText
  /// Place in the hint bar, smallest first; nil keeps it out.
  public let hint: Int?

  init(_ command: Command, _ keys: [Key], in contexts: [KeyContext], _ label: DisplayText, _ tooltip: DisplayText, hint: Int? = nil) {
    self.command = command
    self.keys = keys
    self.contexts = contexts
    self.label = label
    self.tooltip = tooltip
    self.hint = hint
  }

  /// `j ↓`
  public var keyNames: DisplayText { keys.map { DisplayText(escaping: $0.name) }.joined(separator: " ") }
}

/// Whether a command can act now.
public enum Availability: Sendable, Hashable {
  case available
  /// Why not, in one sentence.
  case unavailable(DisplayText)

  public var reason: DisplayText? {
    if case .unavailable(let reason) = self { reason } else { nil }
  }
}
