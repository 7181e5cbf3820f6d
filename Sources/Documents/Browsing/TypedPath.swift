public import SystemPackage

/// A path as somebody types it: bytes with an optional `~`, relative to the folder in view.
public struct TypedPath: Sendable, Hashable {
  public var bytes: [UInt8]

  public init(bytes: [UInt8]) { self.bytes = bytes }
  public init(_ text: String) { bytes = Array(text.utf8) }

  private static let slash = UInt8(ascii: "/")

  /// The path that is meant. `~` and `~/…` stand for `home`; `~name` is a name like any other. Nil for nothing typed, and for bytes
  /// that no path can hold (NUL).
  public func absolute(from folder: FilePath, home: FilePath?) -> FilePath? {
    guard !bytes.isEmpty, !bytes.contains(0) else { return nil }
    if bytes[0] == UInt8(ascii: "~"), bytes.count == 1 || bytes[1] == Self.slash, let home {
      return Self.join(home, bytes.dropFirst())
    }
    return bytes[0] == Self.slash ? FilePath(bytes: bytes) : Self.join(folder, bytes[...])
  }

  /// What is typed so far, cut at the last slash: the folder to look in and the beginning of a name there.
  public func completionParts(from folder: FilePath, home: FilePath?) -> (folder: FilePath, prefix: [UInt8])? {
    if bytes.contains(0) { return nil }
    guard let cut = bytes.lastIndex(of: Self.slash) else {
      return bytes == [UInt8(ascii: "~")] ? home.map { ($0, []) } : (folder, bytes)
    }
    guard let parent = TypedPath(bytes: Array(bytes[...cut])).absolute(from: folder, home: home) else { return nil }
    return (parent, Array(bytes[(cut + 1)...]))
  }

  /// With the name after the last slash replaced by what all candidates have in common; a single folder also gets its slash.
  public func completed(with candidates: [DirectoryEntry]) -> TypedPath {
    guard let first = candidates.first else { return self }
    let common = candidates.dropFirst().reduce(first.name[...]) { common, candidate in
      common.prefix(zip(common, candidate.name).prefix { $0 == $1 }.count)
    }
    let cut = bytes.lastIndex(of: Self.slash).map { $0 + 1 } ?? 0
    let isFolder = candidates.count == 1 && first.kind == .folder
    return TypedPath(bytes: bytes[..<cut] + common + (isFolder ? [Self.slash] : []))
  }

  private static func join(_ folder: FilePath, _ rest: ArraySlice<UInt8>) -> FilePath {
    let tail = rest.drop { $0 == slash }
    return tail.isEmpty ? folder : folder.appending(entry: Array(tail))
  }
}
