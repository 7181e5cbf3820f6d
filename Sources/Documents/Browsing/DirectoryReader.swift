public import SystemPackage
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Reads folders, away from the main actor and from Swift's cooperative threads: a network file system may hang.
///
/// Every call ends at once when its task is cancelled; race it against a clock to bound it. One reader uses one thread at a time, so
/// make one per browser and a fresh one after giving up on a folder that hangs.
public struct DirectoryReader: Sendable {
  private let queue = BlockingQueue(label: "directory")

  public init() {}

  /// The names in a folder, without looking at the entries themselves.
  public func list(_ path: FilePath) async throws(ListingError) -> DirectoryListing {
    try await queue.run(cancelled: .cancelled) { flag throws(ListingError) in
      DirectoryListing(path: path, table: try Self.names(in: path) { flag.isRaised })
    }
  }

  /// Sizes, times and link targets of a few entries. Entries that are gone are left out.
  public func details(of ids: [DirectoryEntry.ID], in folder: FilePath) async throws(ListingError) -> [DirectoryEntry.ID: EntryDetails] {
    try await queue.run(cancelled: .cancelled) { flag throws(ListingError) in
      var found: [DirectoryEntry.ID: EntryDetails] = [:]
      for id in ids {
        if flag.isRaised { throw .cancelled }
        found[id] = Self.details(of: folder.appending(entry: id.bytes))
      }
      return found
    }
  }

  static func names(in path: FilePath, isCancelled: () -> Bool) throws(ListingError) -> NameTable {
    guard let folder = path.withPlatformString({ opendir($0) }) else { throw ListingError(Errno(rawValue: errno)) }
    defer { closedir(folder) }
    var table = NameTable()
    while true {
      errno = 0
      guard let entry = readdir(folder) else {
        if errno != 0 { throw ListingError(Errno(rawValue: errno)) }
        return table
      }
      if table.count % 1024 == 0, isCancelled() { throw .cancelled }
      withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: UInt8.self, capacity: MemoryLayout.size(ofValue: field.pointee)) { start in
          let name = UnsafeBufferPointer(start: start, count: strlen(UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self)))
          let isDotEntry = name.count <= 2 && name.allSatisfy { $0 == UInt8(ascii: ".") }
          if !isDotEntry { table.append(name, kind: DirectoryEntry.Kind(type: entry.pointee.d_type)) }
        }
      }
    }
  }

  private static func details(of path: FilePath) -> EntryDetails? {
    guard case .success(let own) = FileStatus.of(path, followingLinks: false) else { return nil }
    guard case .success(let target) = FileStatus.of(path, followingLinks: true) else {
      return EntryDetails(kind: nil, byteCount: 0, modifiedNanoseconds: own.modifiedNanoseconds, isReadable: false)
    }
    return EntryDetails(
      kind: DirectoryEntry.Kind(target.kind), byteCount: target.byteCount, modifiedNanoseconds: target.modifiedNanoseconds,
      isReadable: path.withPlatformString { access($0, R_OK) } == 0)
  }
}

extension DirectoryEntry.Kind {
  fileprivate init(type: UInt8) {
    self =
      switch Int(type) {
      case Int(DT_DIR): .folder
      case Int(DT_REG): .file
      case Int(DT_LNK): .link
      case Int(DT_FIFO): .pipe
      case Int(DT_SOCK): .socket
      case Int(DT_CHR), Int(DT_BLK): .device
      default: .unknown
      }
  }

  fileprivate init(_ kind: FileStatus.Kind) {
    self =
      switch kind {
      case .regular: .file
      case .directory: .folder
      case .link: .link
      case .fifo: .pipe
      case .socket: .socket
      case .characterDevice, .blockDevice: .device
      case .other: .unknown
      }
  }
}

extension ListingError {
  fileprivate init(_ error: Errno) {
    self =
      switch error {
      case .noSuchFileOrDirectory, .staleNFSFileHandle: .gone
      case .permissionDenied, .notPermitted: .permissionDenied
      case .notDirectory: .notADirectory
      case .tooManySymbolicLinkLevels: .linkRing
      default: .unreadable(error.rawValue)
      }
  }
}
