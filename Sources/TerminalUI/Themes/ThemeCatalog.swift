internal import SafeText

/// The themes there are: a user's own files before those that are built in.
public struct ThemeCatalog: Sendable {
  public static let defaultName = "dark"

  private let userThemes: [String: String]

  /// - Parameter userThemes: The text of the user's own theme files, by their names without `.toml`.
  public init(userThemes: [String: String] = [:]) { self.userThemes = userThemes }

  /// All names, sorted.
  public var names: [String] { Set(BuiltInThemes.sources.keys).union(userThemes.keys).sorted() }

  /// The text of the theme of this name.
  public func source(_ name: String) -> String? { userThemes[name] ?? BuiltInThemes.sources[name] }

  /// True when the theme of this name is the user's own.
  public func isUsersOwn(_ name: String) -> Bool { userThemes[name] != nil }

  /// The theme of this name and what is wrong with it. An unknown or unreadable one gives the default theme.
  public func theme(named name: String) -> (theme: Theme, problems: [ThemeProblem]) {
    guard let source = source(name) else {
      let list = names.joined(separator: ", ")
      let problem = ThemeProblem(line: nil, key: "\(name)", reason: "there is no theme of this name; there are \(list).")
      return (fallback, [problem])
    }
    let (theme, problems) = parse(source, name: name)
    let isUnreadable = theme.name == Theme.plain.name && !problems.isEmpty
    return (isUnreadable ? fallback : theme, problems)
  }

  /// Reads a theme file and says what is wrong with it, and which roles are hard to read.
  public func check(_ toml: String, name: String) -> (problems: [ThemeProblem], contrast: [ContrastFinding]) {
    let (theme, problems) = parse(toml, name: name)
    return (problems, theme.weakContrasts())
  }

  private func parse(_ toml: String, name: String, below heirs: [String] = []) -> (theme: Theme, problems: [ThemeProblem]) {
    ThemeParser.parse(toml, name: name) { parent in
      // A theme may inherit from the built-in one that it replaces, but not from itself.
      let isOwnName = parent == name || heirs.contains(parent)
      guard let source = isOwnName ? BuiltInThemes.sources[parent] : userThemes[parent] ?? BuiltInThemes.sources[parent], source != toml,
        heirs.count < 8
      else { return nil }
      return parse(source, name: parent, below: heirs + [name]).theme
    }
  }

  private var fallback: Theme {
    guard let source = BuiltInThemes.sources[Self.defaultName] else { return .plain }
    return parse(source, name: Self.defaultName).theme
  }
}
