internal import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// What tells one state of a file from another without reading it.
struct FileStamp: Sendable, Hashable {
  var device: UInt64
  var inode: UInt64
  var byteCount: Int
  /// Nanoseconds since 1970.
  var modifiedNanoseconds: Int64
}

/// What is done with documents after acceptance needs of the file system. Throws the failed call's error.
protocol DocumentFiles: Sendable {
  /// Of a regular file; nil when there is none of this name, or something else.
  func stamp(_ path: FilePath) -> FileStamp?
  /// Another name for the same file; `.fileExists` when the name is taken, `.improperLink` across file systems.
  func link(_ path: FilePath, to target: FilePath) throws(Errno)
  /// A copy that is on the disk when this returns; `.fileExists` when the name is taken. Nothing is left behind on failure.
  func copy(_ path: FilePath, to target: FilePath) throws(Errno)
  func remove(_ path: FilePath) throws(Errno)
}

/// The disk.
struct SystemDocumentFiles: DocumentFiles {
  func stamp(_ path: FilePath) -> FileStamp? {
    var status = stat()
    guard path.withPlatformString({ lstat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    #if canImport(Darwin)
    let modified = status.st_mtimespec
    #else
    let modified = status.st_mtim
    #endif
    return FileStamp(
      device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(truncatingIfNeeded: status.st_ino), byteCount: Int(status.st_size),
      modifiedNanoseconds: min(max(Int64(modified.tv_sec), -9_223_372_036), 9_223_372_035) * 1_000_000_000 + Int64(modified.tv_nsec))
  }

  func link(_ path: FilePath, to target: FilePath) throws(Errno) {
    // Unlike a rename, a link never replaces what is there.
    try check(path.withPlatformString { from in target.withPlatformString { linkat(AT_FDCWD, from, AT_FDCWD, $0, 0) } })
    synchronizeFolder(of: target)
  }

  func copy(_ path: FilePath, to target: FilePath) throws(Errno) {
    do {
      let source = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .noFollow])
      defer { try? source.close() }
      let copy = try FileDescriptor.open(
        target, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec, .noFollow], permissions: [.ownerRead, .ownerWrite])
      do {
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        while true {
          let count = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
          if count == 0 { break }
          try copy.writeAll(buffer[..<count])
        }
        try check(fsync(copy.rawValue))
        try copy.close()
      } catch {
        try? copy.close()
        target.withPlatformString { _ = unlink($0) }
        throw error
      }
    } catch let error as Errno {
      throw error
    } catch {
      throw .ioError
    }
    synchronizeFolder(of: target)
  }

  func remove(_ path: FilePath) throws(Errno) { try check(path.withPlatformString { unlink($0) }) }

  private func check(_ result: CInt) throws(Errno) {
    if result != 0 { throw Errno(rawValue: errno) }
  }

  private func synchronizeFolder(of path: FilePath) {
    guard let folder = try? FileDescriptor.open(path.removingLastComponent(), .readOnly, options: [.closeOnExec]) else { return }
    _ = fsync(folder.rawValue)
    try? folder.close()
  }
}
