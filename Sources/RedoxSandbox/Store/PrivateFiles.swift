import Foundation
#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Files and folders for their owner only.
enum PrivateFiles {
  /// Makes the folder, and missing ones above it, with mode 0700; one that is there gets that mode.
  static func makeDirectory(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    guard chmod(path, 0o700) == 0 else { throw FileFailure.last("chmod") }
  }

  /// Writes a file with mode 0600 at once or not at all: under another name first, then renamed.
  static func write(to path: String, _ produce: (borrowing Spool) throws -> Void) throws {
    let temporary = path + "." + String(UInt32.random(in: .min ... .max), radix: 16)
    let spool = try Spool(path: temporary)
    do {
      try produce(spool)
      _ = try spool.finish()
      guard rename(temporary, path) == 0 else { throw FileFailure.last("rename") }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  static func write(_ text: String, to path: String) throws {
    try write(to: path) { spool in
      try Array(text.utf8).withUnsafeBytes { try spool.write($0) }
    }
  }
}
