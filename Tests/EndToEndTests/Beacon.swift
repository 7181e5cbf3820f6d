import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A named pipe that processes hold open while they live, so that the end of the last one can be waited for, whosever children they are.
final class Beacon {
  let path: String
  private let descriptor: Int32

  init(in program: Program) throws {
    path = program.home.path + "/alive-\(UUID().uuidString.prefix(8))"
    guard mkfifo(path, 0o600) == 0 else { throw ChildProcess.Failure(description: "no named pipe") }
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
  }

  deinit { close(descriptor) }

  /// Returns when somebody has held it open and nobody does any more.
  func waitUntilReleased() throws {
    var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&poller, 1, Int32(ChildProcess.patience * 1000)) > 0 else {
      throw ChildProcess.Failure(description: "what was started does not end")
    }
  }
}
