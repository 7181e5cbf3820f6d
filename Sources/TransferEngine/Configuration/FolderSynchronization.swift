internal import Documents
internal import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

extension FilePath {
  /// Brings the names in this file's folder to the disk.
  func synchronizeFolder() throws(Errno) {
    // A folder that one may only put something into cannot be opened.
    guard let folder = try? FileDescriptor.open(parentFolder, .readOnly, options: [.directory, .closeOnExec]) else { return }
    defer { try? folder.close() }
    // Some network file systems have no such thing for a folder; they write names through.
    if fsync(folder.rawValue) != 0, errno != EINVAL, errno != ENOTSUP { throw Errno(rawValue: errno) }
  }
}
