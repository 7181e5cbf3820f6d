internal import SystemPackage
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// What the kernel says about a file, without reading it.
struct FileStatus: Equatable {
  enum Kind: Equatable {
    case regular, directory, link, fifo, socket, characterDevice, blockDevice, other
  }

  var kind: Kind
  var device: UInt64
  var inode: UInt64
  var byteCount: Int
  /// Nanoseconds since 1970.
  var modifiedNanoseconds: Int64

  /// The status of an open file.
  static func of(descriptor: CInt) -> Result<FileStatus, Errno> {
    var raw = stat()
    return fstat(descriptor, &raw) == 0 ? .success(FileStatus(raw)) : .failure(Errno(rawValue: errno))
  }

  /// The status of what a path names; of the link itself unless `followingLinks`.
  static func of(_ path: FilePath, followingLinks: Bool) -> Result<FileStatus, Errno> {
    var raw = stat()
    let result = path.withPlatformString { followingLinks ? stat($0, &raw) : lstat($0, &raw) }
    return result == 0 ? .success(FileStatus(raw)) : .failure(Errno(rawValue: errno))
  }

  private init(_ raw: stat) {
    kind =
      switch raw.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFLNK: .link
      case S_IFIFO: .fifo
      case S_IFSOCK: .socket
      case S_IFCHR: .characterDevice
      case S_IFBLK: .blockDevice
      default: .other
      }
    device = UInt64(truncatingIfNeeded: raw.st_dev)
    inode = UInt64(truncatingIfNeeded: raw.st_ino)
    byteCount = Int(raw.st_size)
    #if canImport(Darwin)
    let modified = raw.st_mtimespec
    #else
    let modified = raw.st_mtim
    #endif
    // Some file systems keep times that nanoseconds in 64 bits cannot: before 1677 and after 2262.
    let seconds = min(max(Int64(modified.tv_sec), -9_223_372_036), 9_223_372_035)
    modifiedNanoseconds = seconds * 1_000_000_000 + Int64(modified.tv_nsec)
  }
}
