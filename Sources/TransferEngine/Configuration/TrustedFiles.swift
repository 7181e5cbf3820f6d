internal import Documents
internal import SafeText
public import SystemPackage

/// Reads the files that a configuration consists of, and refuses those that somebody else could have written.
///
/// A protocol, so that tests need neither root nor a disk.
public protocol TrustedFiles: Sendable {
  /// The file's text.
  /// - Parameter isSecret: keys and passwords must not be readable by others either.
  func read(_ path: FilePath, isSecret: Bool) throws(TrustedFileError) -> String
}

public enum TrustedFileError: Error, Sendable, Hashable {
  case notFound
  /// errno of the failed call.
  case unreadable(Int32)
  case notRegular
  /// Belongs to neither the user nor root.
  case foreignOwner
  case writableByOthers
  case readableByOthers
  case tooLarge
  case notText

  /// Why the file is not used, and what to do.
  func words(for path: FilePath) -> (reason: DisplayText, remedy: DisplayText) {
    let name = DisplayText(path)
    switch self {
    case .notFound: return ("\(name) does not exist.", "Put the file there, or correct the path.")
    case .unreadable(let number):
      return ("\(name) cannot be read: \(Errno(rawValue: number).description).", "Make the file readable for yourself.")
    case .notRegular: return ("\(name) is not a regular file.", "Name a file.")
    case .foreignOwner: return ("\(name) belongs to somebody else.", "It must be yours or root's: copy it, or `chown` it.")
    case .writableByOthers: return ("Others can write to \(name), so it cannot be trusted.", "Run `chmod 600 \(name)`.")
    case .readableByOthers: return ("Others can read the secret in \(name).", "Run `chmod 600 \(name)`.")
    case .tooLarge: return ("\(name) is larger than 1 MB.", "Is this the right file?")
    case .notText: return ("\(name) is not UTF-8 text.", "Save it as UTF-8.")
    }
  }
}
