internal import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// How much room a disk has for an ordinary user.
enum FreeSpace {
  /// Nil when the system does not tell.
  static func bytes(at path: FilePath) -> Int? {
    var status = statvfs()
    guard statvfs(path.string, &status) == 0 else { return nil }
    return Int(clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
  }
}
