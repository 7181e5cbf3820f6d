import Crypto
#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A finished file of bytes that came in.
struct SpooledFile: Sendable, Equatable {
  var path: String
  var byteCount: Int
  /// SHA-256 in lower-case hexadecimal.
  var sha256: String
}

/// A system call that failed, by the name of what was tried and `errno`.
struct FileFailure: Error {
  var operation: String
  var code: Int32

  static func last(_ operation: String) -> FileFailure { FileFailure(operation: operation, code: errno) }
}

/// A file in the making, mode 0600, hashed as it grows.
///
/// Writes block the calling thread: what a loopback server gains by handing every 64 KiB to another thread is less than that costs.
final class Spool {
  let path: String
  private(set) var byteCount = 0
  private var digest = SHA256()
  private var descriptor: Int32

  init(path: String) throws(FileFailure) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .last("open") }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    try writeFully(descriptor, bytes)
    digest.update(bufferPointer: bytes)
    byteCount += bytes.count
  }

  func finish() throws(FileFailure) -> SpooledFile {
    let open = descriptor
    descriptor = -1
    guard close(open) == 0 else { throw .last("close") }
    return SpooledFile(path: path, byteCount: byteCount, sha256: digest.finalize().hexadecimal)
  }

  deinit {
    if descriptor >= 0 { _ = close(descriptor) }
  }
}

/// Writes all of `bytes`, going on after interruptions and short writes.
func writeFully(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
    if count < 0 {
      if errno == EINTR { continue }
      throw .last("write")
    }
    rest = rest.dropFirst(count)
  }
}

/// The files that one request makes on its way; what was not kept is removed by `clear`.
final class Scratch {
  private let directory: String
  private var paths: [String] = []

  init(directory: String) {
    self.directory = directory
  }

  func spool() throws(FileFailure) -> Spool {
    let path = directory + "/" + String(UInt64.random(in: .min ... .max), radix: 16)
    paths.append(path)
    return try Spool(path: path)
  }

  func clear() {
    for path in paths { unlink(path) }
    paths = []
  }
}

extension Sequence<UInt8> {
  var hexadecimal: String {
    reduce(into: "") { text, byte in
      text += byte < 16 ? "0" : ""
      text += String(byte, radix: 16)
    }
  }
}
