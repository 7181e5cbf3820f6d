internal import SafeText
internal import SystemPackage

/// The theme that somebody chose on the screen, kept in the state folder for the next time. A configuration that names a theme
/// goes before it.
public struct RememberedTheme: Sendable {
  private let path: FilePath

  public init(places: Places) { path = places.state.appending("theme") }

  /// The name; nil when none was kept, or the file holds no name.
  public func read() -> String? {
    guard let text = try? SystemTrustedFiles().read(path, isSecret: false), let line = text.split(whereSeparator: \.isNewline).first else {
      return nil
    }
    return Self.isName(line) ? String(line) : nil
  }

  /// Keeps a name, 0600. False when it could not be written.
  public func write(_ name: String) -> Bool {
    guard Self.isName(name) else { return false }
    do throws(PrivateFile.Failure) {
      try PrivateFile.makeFolder(path.removingLastComponent())
      try PrivateFile.replace(path, contents: Array((name + "\n").utf8))
      return true
    } catch {
      return false
    }
  }

  private static func isName(_ text: some StringProtocol) -> Bool { (1...100).contains(text.utf8.count) && !text.contains("/") }
}
