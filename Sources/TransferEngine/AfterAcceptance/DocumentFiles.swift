internal import CPlatform
internal import Documents
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

extension FileStamp {
  init(_ identity: FileIdentity) {
    self.init(
      device: identity.device, inode: identity.inode, byteCount: identity.byteCount, modifiedNanoseconds: identity.modifiedNanoseconds)
  }
}

/// What is done with documents after acceptance needs of the file system. Throws the failed call's error.
protocol DocumentFiles: Sendable {
  /// Of a regular file; nil when there is none of this name, or something else.
  func stamp(_ path: FilePath) -> FileStamp?
  /// Two names of one folder, whether by links, mounts or letter case; false when either is no folder.
  func isSameFolder(_ one: FilePath, _ other: FilePath) -> Bool
  /// A regular file of this name holds, byte for byte, what was sent.
  func holds(_ path: FilePath, _ identity: FileIdentity) -> Bool
  /// Another name for the same file; `.fileExists` when the name is taken, `.improperLink` across file systems. On the disk when this
  /// returns.
  func link(_ path: FilePath, to target: FilePath) throws(Errno)
  /// A copy whose content is on the disk when this returns; `.fileExists` when the name is taken. Nothing is left behind on failure.
  func copy(_ path: FilePath, to target: FilePath) throws(Errno)
  /// Another name in the same folder; `.fileExists` when it is taken. On the disk when this returns.
  func rename(_ path: FilePath, to target: FilePath) throws(Errno)
  func remove(_ path: FilePath) throws(Errno)
  /// The file's name is on the disk when this returns.
  func synchronizeFolder(of path: FilePath) throws(Errno)
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

  func isSameFolder(_ one: FilePath, _ other: FilePath) -> Bool {
    var (first, second) = (stat(), stat())
    guard one.withPlatformString({ stat($0, &first) }) == 0, other.withPlatformString({ stat($0, &second) }) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  func holds(_ path: FilePath, _ identity: FileIdentity) -> Bool {
    guard let stamp = stamp(path), stamp.byteCount == identity.byteCount else { return false }
    var here = identity
    (here.device, here.inode, here.modifiedNanoseconds) = (stamp.device, stamp.inode, stamp.modifiedNanoseconds)
    do {
      // Whoever reads it to its end has seen the content that `identity` tells of, or gets an error.
      let reader = try DocumentContent(path: path, identity: here).makeReader()
      var buffer = [UInt8](repeating: 0, count: Self.piece)
      while try buffer.withUnsafeMutableBytes({ try reader.read(into: $0) }) > 0 {}
      return true
    } catch {
      return false
    }
  }

  func link(_ path: FilePath, to target: FilePath) throws(Errno) {
    // Unlike a rename, a link never replaces what is there.
    try check(path.withPlatformString { from in target.withPlatformString { linkat(AT_FDCWD, from, AT_FDCWD, $0, 0) } })
    do throws(Errno) { try target.synchronizeFolder() } catch {
      target.withPlatformString { _ = unlink($0) }
      throw error
    }
  }

  func copy(_ path: FilePath, to target: FilePath) throws(Errno) {
    do {
      let source = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .noFollow])
      defer { try? source.close() }
      let copy = try FileDescriptor.open(
        target, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec, .noFollow], permissions: [.ownerRead, .ownerWrite])
      do {
        var buffer = [UInt8](repeating: 0, count: Self.piece)
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
  }

  func rename(_ path: FilePath, to target: FilePath) throws(Errno) {
    do throws(Errno) {
      try check(path.withPlatformString { from in target.withPlatformString { cp_rename_without_replacing(from, $0) } })
    } catch {
      guard Self.cannotPromise.contains(error) else { throw error }
      // Killed in between, the file has both names, as when the first one cannot be removed.
      try link(path, to: target)
      try? remove(path)
      return
    }
    do throws(Errno) { try target.synchronizeFolder() } catch {
      _ = target.withPlatformString { from in path.withPlatformString { cp_rename_without_replacing(from, $0) } }
      throw error
    }
  }

  /// How file systems, and what watches over system calls, say that a rename may replace what is there.
  private static let cannotPromise: [Errno] = [.invalidArgument, .noFunction, .notSupported, .notPermitted]

  func remove(_ path: FilePath) throws(Errno) {
    try check(path.withPlatformString { unlink($0) })
    // Should a pulled plug bring it back, nobody is harmed.
    try? path.synchronizeFolder()
  }

  func synchronizeFolder(of path: FilePath) throws(Errno) { try path.synchronizeFolder() }

  /// Bytes that are read in one go.
  private static let piece = 256 * 1024

  private func check(_ result: CInt) throws(Errno) {
    if result != 0 { throw Errno(rawValue: errno) }
  }
}
