internal import CPlatform
#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// Makes one write of each frame.
///
/// ncurses writes a frame in many small pieces, which SSH may send as many packets, and which flicker. While a frame is drawn its
/// descriptor leads to a piece of memory; what has gathered there is then written at once.
struct FrameBuffer {
  private let descriptor: Int32
  private let terminal: Int32
  /// -1 where there is no such memory; then ncurses writes as it likes.
  private let memory: Int32

  /// - Parameters:
  ///   - descriptor: What ncurses writes to: a duplicate of the terminal's, so that it can be led elsewhere.
  ///   - terminal: Where the frames go.
  init(descriptor: Int32, terminal: Int32) {
    self.descriptor = descriptor
    self.terminal = terminal
    memory = cp_memory_file()
  }

  func collect(_ draw: () -> Void) {
    guard memory >= 0, lead(to: memory) else { return draw() }
    draw()
    _ = lead(to: terminal)
    let count = Int(lseek(memory, 0, SEEK_CUR))
    guard count > 0 else { return }
    withUnsafeTemporaryAllocation(byteCount: count, alignment: 1) { buffer in
      lseek(memory, 0, SEEK_SET)
      let filled = read(memory, buffer.baseAddress, count)
      lseek(memory, 0, SEEK_SET)
      if filled > 0 { Self.writeAll(UnsafeRawBufferPointer(rebasing: buffer[..<filled]), to: terminal) }
    }
  }

  /// No program that is started from here shall hold the terminal open.
  private func lead(to target: Int32) -> Bool {
    dup2(target, descriptor) >= 0 && fcntl(descriptor, F_SETFD, FD_CLOEXEC) >= 0
  }

  /// Waits where the terminal is slow; gives up when it is gone, which the next read finds out too.
  static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if errno == EAGAIN {
        var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        if poll(&state, 1, -1) < 0, errno != EINTR { return }
        if state.revents & Int16(POLLHUP | POLLERR) != 0 { return }
      } else if errno != EINTR {
        return
      }
    }
  }
}
