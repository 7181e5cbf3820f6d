public import SafeText

/// One thing that is wrong with a configuration: where, which key, why, and what to do.
public struct ConfigurationProblem: Sendable, Hashable {
  public var file: DisplayText?
  /// Counted from 1.
  public var line: Int?
  /// Counted from 1; known for errors of syntax only.
  public var column: Int?
  /// Dotted, as it would stand in the file without tables: `profiles.main.environment`.
  public var key: DisplayText?
  /// What is wrong, in a plain sentence.
  public var reason: DisplayText
  /// What to do about it, in a plain sentence.
  public var remedy: DisplayText?

  public init(
    file: DisplayText? = nil, line: Int? = nil, column: Int? = nil, key: DisplayText? = nil, reason: DisplayText, remedy: DisplayText? = nil
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.key = key
    self.reason = reason
    self.remedy = remedy
  }

  /// `config.toml:12: profiles.main.environment: reason remedy`, the form that editors jump to.
  public var sentence: DisplayText {
    var place: DisplayText = ""
    if let file {
      place += file
      if let line { place += ":\(line)" }
      if let column { place += ":\(column)" }
      place += ": "
    }
    if let key { place += key + ": " }
    return place + reason + (remedy.map { " " + $0 } ?? "")
  }
}

/// Why a configuration cannot be used. Never contains a secret.
public struct ConfigurationError: Error, Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// There is no configuration file at all; a newcomer's case.
    case missing
    case invalid
  }

  public var kind: Kind
  /// All that was found, in the order of the files; at least one.
  public var problems: [ConfigurationProblem]

  public init(_ problems: [ConfigurationProblem], kind: Kind = .invalid) {
    self.problems = problems
    self.kind = kind
  }

  public init(_ problem: ConfigurationProblem, kind: Kind = .invalid) {
    self.init([problem], kind: kind)
  }
}
