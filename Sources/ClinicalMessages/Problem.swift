public import SafeText

/// Something about a draft that a person should know before it is sent.
public struct Problem: Sendable, Hashable {
  public enum Severity: Sendable, Hashable {
    /// The message cannot be sent like this.
    case error
    /// It can be sent; a person should have seen this.
    case warning
  }

  public let severity: Severity
  /// Which field, by its name in the form or in the message.
  public let field: DisplayText
  /// What is wrong with it, in one plain sentence.
  public let reason: DisplayText
  /// What to do about it, in one plain sentence.
  public let remedy: DisplayText

  public init(_ severity: Severity, field: DisplayText, reason: DisplayText, remedy: DisplayText) {
    self.severity = severity
    self.field = field
    self.reason = reason
    self.remedy = remedy
  }
}
