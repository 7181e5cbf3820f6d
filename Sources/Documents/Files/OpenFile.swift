internal import SystemPackage
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A file that is open for reading; closed when released. Reads say where, so that it has no position and may be shared.
final class OpenFile: Sendable {
  private let descriptor: CInt

  /// Opens what `path` itself names: a link as the last component fails with ELOOP, and a FIFO does not wait for a writer.
  init(_ path: FilePath) throws(Errno) {
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
    repeat {
      let opened = path.withPlatformString { open($0, flags) }
      if opened >= 0 {
        descriptor = opened
        return
      }
    } while errno == EINTR
    throw Errno(rawValue: errno)
  }

  deinit { close(descriptor) }

  func status() throws(Errno) -> FileStatus { try FileStatus.of(descriptor: descriptor).get() }

  /// Fills `buffer` from `offset` on. Less than a full buffer means the end of the file.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Errno) -> Int {
    var filled = 0
    while filled < buffer.count, let base = buffer.baseAddress {
      let got = pread(descriptor, base + filled, buffer.count - filled, off_t(offset + filled))
      if got < 0 {
        if errno == EINTR { continue }
        throw Errno(rawValue: errno)
      }
      if got == 0 { break }
      filled += got
    }
    return filled
  }
}
