internal import Documents
internal import SafeText
internal import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The database and its companions, judged from outside.
///
/// A file that is there is never opened here: closing it would take away the locks that SQLite holds on it elsewhere in this process
/// (https://sqlite.org/howtocorrupt.html, 2.2). Their folder is this user's alone, so that nobody exchanges them meanwhile.
enum OutboxFiles {
  /// The journal and its index, which hold what the database holds.
  static func companions(of path: FilePath) -> [FilePath] { ["-wal", "-shm"].map { FilePath(path.string + $0) } }

  /// Makes the file, 0600, or refuses one that others can read; SQLite gives its companions the same mode.
  /// - Returns: its size in bytes; 0 when there is nothing in it yet.
  static func make(_ path: FilePath) throws(OutboxError) -> Int {
    do {
      let options: FileDescriptor.OpenOptions = [.create, .exclusiveCreate, .closeOnExec, .noFollow]
      try FileDescriptor.open(path, .readWrite, options: options, permissions: [.ownerRead, .ownerWrite]).close()
    } catch let error as Errno {
      switch error {
      case .fileExists: break
      case .noSpace: throw .diskFull
      default: throw .notWritable("\(DisplayText(path)): \(error.description).")
      }
    } catch {
      throw .notWritable(DisplayText(path))
    }
    return try judge(path)
  }

  /// Refuses files that others can read.
  /// - Returns: the database's size in bytes; 0 when there is none.
  @discardableResult
  static func judge(_ path: FilePath) throws(OutboxError) -> Int {
    let byteCount = try size(path)
    for companion in companions(of: path) { _ = try size(companion) }
    return byteCount
  }

  private static func size(_ path: FilePath) throws(OutboxError) -> Int {
    var status = stat()
    guard lstat(path.string, &status) == 0 else {
      if errno == ENOENT { return 0 }
      throw .notWritable("\(DisplayText(path)): \(Errno(rawValue: errno).description).")
    }
    do throws(TrustedFileError) {
      try SystemTrustedFiles.judge(mode: UInt32(status.st_mode), owner: status.st_uid, user: geteuid(), isSecret: true)
    } catch {
      let words = error.words(for: path)
      throw .notWritable(words.reason + " " + words.remedy)
    }
    guard access(path.string, W_OK) == 0 else { throw .notWritable("\(DisplayText(path)) cannot be written to.") }
    return Int(status.st_size)
  }
}
