import SystemPackage
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@testable import Documents

/// A folder of its own for one test, removed with everything in it. Paths are bytes, so that any name can be made.
final class TemporaryFolder: Sendable {
  let path: FilePath

  init() throws {
    var template = Array("/tmp/chartdrop-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil, let resolved = realpath(template, nil) else { throw Errno(rawValue: errno) }
    defer { free(resolved) }
    path = FilePath(platformString: resolved)
  }

  deinit { remove(path) }

  private func remove(_ path: FilePath) {
    if let table = try? DirectoryReader.names(in: path, isCancelled: { false }) {
      for index in 0..<table.count {
        let child = path.appending(entry: table.name(index))
        if table.kinds[index] == .folder { remove(child) } else { _ = child.withPlatformString { unlink($0) } }
      }
    }
    _ = path.withPlatformString { rmdir($0) }
  }

  func path(_ name: String) -> FilePath { path.appending(entry: Array(name.utf8)) }

  @discardableResult
  func write(_ bytes: [UInt8], to name: [UInt8]) throws -> FilePath {
    let file = path.appending(entry: name)
    let descriptor = try FileDescriptor.open(file, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
    try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
    return file
  }

  @discardableResult
  func write(_ text: String, to name: String) throws -> FilePath { try write(Array(text.utf8), to: Array(name.utf8)) }

  func append(_ text: String, to file: FilePath) throws {
    let descriptor = try FileDescriptor.open(file, .writeOnly, options: [.append])
    try descriptor.closeAfter { _ = try descriptor.writeAll(Array(text.utf8)) }
  }

  func link(_ name: String, to target: String) throws -> FilePath {
    let file = path(name)
    guard symlink(target, file.string) == 0 else { throw Errno(rawValue: errno) }
    return file
  }

  func fifo(_ name: String) throws -> FilePath {
    let file = path(name)
    guard mkfifo(file.string, 0o600) == 0 else { throw Errno(rawValue: errno) }
    return file
  }

  func folder(_ name: String) throws -> FilePath {
    let folder = path(name)
    guard mkdir(folder.string, 0o700) == 0 else { throw Errno(rawValue: errno) }
    return folder
  }

  /// Sets the modification time back to what it was, as a careful forger would.
  static func setModified(_ file: FilePath, nanoseconds: Int64) {
    let time = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    _ = utimensat(AT_FDCWD, file.string, [time, time], 0)
  }
}
