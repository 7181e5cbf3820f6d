import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A port of this machine where nobody listens: bound, so that nobody else gets it meanwhile.
final class UnusedPort {
  let number: UInt16
  private let descriptor: Int32

  init() { (descriptor, number) = boundSocket() }
  deinit { close(descriptor) }
}

/// A port whose queue of connections is full: a further one gets no answer at all.
final class DeafPort {
  let number: UInt16
  private let listener: Int32
  private var fillers: [Int32] = []

  init() {
    (listener, number) = boundSocket()
    listen(listener, 0)
    for _ in 0..<4 {
      let filler = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      _ = fcntl(filler, F_SETFL, O_NONBLOCK)
      var address = loopback(number)
      _ = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(filler, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
      }
      fillers.append(filler)
    }
  }

  deinit {
    for descriptor in fillers + [listener] { close(descriptor) }
  }
}

private func loopback(_ port: UInt16) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  return address
}

/// A TCP socket on a free port of 127.0.0.1, not listening yet.
func boundSocket() -> (descriptor: Int32, port: UInt16) {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  var address = loopback(0)
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
      _ = bind(descriptor, generic, length)
      _ = getsockname(descriptor, generic, &length)
    }
  }
  return (descriptor, UInt16(bigEndian: address.sin_port))
}
