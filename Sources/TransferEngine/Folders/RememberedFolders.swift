public import SystemPackage
internal import Documents

/// Folders that a person wants to find again: bookmarks, and those from which something was taken lately. A value.
///
/// Folders only: the names of files often name patients.
public struct RememberedFolders: Sendable, Hashable {
  /// In the order in which they were added.
  public private(set) var bookmarks: [FilePath]
  /// Latest first.
  public private(set) var recent: [FilePath]

  public static let bookmarkLimit = 50
  public static let recentLimit = 10

  public init(bookmarks: [FilePath] = [], recent: [FilePath] = []) {
    self.bookmarks = Array(bookmarks.prefix(Self.bookmarkLimit))
    self.recent = Array(recent.prefix(Self.recentLimit))
  }

  /// Adds a bookmark, or takes it away when it is there. The oldest gives way when there are too many.
  /// - Returns: true when it is a bookmark now.
  public mutating func toggleBookmark(_ folder: FilePath) -> Bool {
    if let index = bookmarks.firstIndex(of: folder) {
      bookmarks.remove(at: index)
      return false
    }
    bookmarks = (bookmarks + [folder]).suffix(Self.bookmarkLimit)
    return true
  }

  public mutating func visit(_ folder: FilePath) {
    recent = Array(([folder] + recent.filter { $0 != folder }).prefix(Self.recentLimit))
  }

  // MARK: As a file

  /// One record for each folder: `b` or `r`, the path's bytes, a NUL, which no path can hold.
  var bytes: [UInt8] {
    func records(_ mark: Character, _ folders: [FilePath]) -> [UInt8] {
      folders.flatMap { Array(String(mark).utf8) + $0.utf8Bytes + [0] }
    }
    return records("b", bookmarks) + records("r", recent)
  }

  /// Records that mean nothing are passed over: losing a bookmark is better than losing the way in.
  init(bytes: [UInt8]) {
    var (bookmarks, recent): ([FilePath], [FilePath]) = ([], [])
    for record in bytes.split(separator: 0) {
      let path = FilePath(bytes: record.dropFirst())
      guard path.isAbsolute else { continue }
      switch record.first {
      case UInt8(ascii: "b"): bookmarks.append(path)
      case UInt8(ascii: "r"): recent.append(path)
      default: break
      }
    }
    self.init(bookmarks: bookmarks, recent: recent)
  }
}

/// Keeps the folders in a file of the state folder that only its owner can read.
public struct RememberedFoldersFile: Sendable {
  /// A file of ours is far smaller; a larger one is not ours.
  private static let largestByteCount = 1_000_000

  private let path: FilePath

  public init(_ path: FilePath) { self.path = path }

  /// What is remembered; nothing when the file is not there or not ours to trust.
  public func load() -> RememberedFolders {
    guard let bytes = PrivateFile.read(path, limit: Self.largestByteCount) else { return RememberedFolders() }
    return RememberedFolders(bytes: bytes)
  }

  /// False when the disk does not take it; what was there stays.
  @discardableResult
  public func save(_ folders: RememberedFolders) -> Bool {
    do {
      try PrivateFile.replace(path, contents: folders.bytes)
      return true
    } catch {
      return false
    }
  }
}
