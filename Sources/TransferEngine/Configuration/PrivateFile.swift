internal import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Writes files that only their owner can read: whole or not at all.
enum PrivateFile {
  enum Failure: Error, Hashable {
    case exists
    /// errno of the failed call.
    case failed(Int32)
  }

  /// Creates a file, 0600, that did not exist; it appears under its name only when its content is on the disk.
  static func create(_ path: FilePath, contents: [UInt8]) throws(Failure) {
    // Unlike a rename, a link never replaces what is there.
    try write(path, contents: contents) { link($0, $1) }
  }

  /// Writes a file, 0600, in place of one that may be there.
  static func replace(_ path: FilePath, contents: [UInt8]) throws(Failure) {
    try write(path, contents: contents) { rename($0, $1) }
  }

  private static func write(
    _ path: FilePath, contents: [UInt8], publish: (UnsafePointer<CChar>, UnsafePointer<CChar>) -> CInt
  ) throws(Failure) {
    let draft = FilePath(path.string + ".\(getpid()).\(UInt32.random(in: .min ... .max)).new")
    do {
      let file = try FileDescriptor.open(
        draft, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec, .noFollow], permissions: [.ownerRead, .ownerWrite])
      defer { unlink(draft.string) }
      do {
        try file.writeAll(contents)
        guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
      } catch {
        try? file.close()
        throw error
      }
      try file.close()
      guard publish(draft.string, path.string) == 0 else { throw Errno(rawValue: errno) }
    } catch let error as Errno {
      throw error == .fileExists ? .exists : .failed(error.rawValue)
    } catch {
      throw .failed(EIO)
    }
    try? path.synchronizeFolder()
  }

  /// Gives a file another name on the same file system; for places that nobody else writes to.
  static func move(_ path: FilePath, to target: FilePath) throws(Failure) {
    guard access(target.string, F_OK) != 0 else { throw .exists }
    guard rename(path.string, target.string) == 0 else { throw .failed(errno) }
    try? target.synchronizeFolder()
    try? path.synchronizeFolder()
  }

  /// The content of a file of this user that nobody else can read or write; nil for any other, and for one larger than `limit` bytes.
  static func read(_ path: FilePath, limit: Int) -> [UInt8]? {
    guard let file = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .noFollow, .nonBlocking]) else { return nil }
    defer { try? file.close() }
    var status = stat()
    guard fstat(file.rawValue, &status) == 0, UInt32(status.st_mode) & UInt32(S_IFMT) == UInt32(S_IFREG), status.st_uid == geteuid(),
      UInt32(status.st_mode) & 0o077 == 0, status.st_size <= limit
    else { return nil }
    return try? [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, filled in
      let room = UnsafeMutableRawBufferPointer(buffer)
      while filled < room.count {
        let got = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: room[filled...]))
        if got == 0 { break }
        filled += got
      }
    }
  }

  /// Makes a folder, 0700, and those above it.
  static func makeFolder(_ folder: FilePath) throws(Failure) {
    if folder.isEmpty || access(folder.string, F_OK) == 0 { return }
    try makeFolder(folder.removingLastComponent())
    guard mkdir(folder.string, 0o700) == 0 || errno == EEXIST else { throw .failed(errno) }
  }
}
