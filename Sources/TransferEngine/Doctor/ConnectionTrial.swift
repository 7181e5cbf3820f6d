internal import Dispatch
public import SafeText
internal import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Opens a TCP connection and closes it again.
public enum ConnectionTrial {
  public enum Result: Sendable, Hashable {
    case connected
    /// Why not, without a full stop.
    case failed(DisplayText)
  }

  /// Seconds for each of the host's addresses.
  static let patience: Int32 = 5

  public static func run(host: String, port: Int) async -> Result {
    // Name service and connect block; Swift's own threads must not.
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: attempt(host, port)) }
    }
  }

  private static func attempt(_ host: String, _ port: Int) -> Result {
    var hints = addrinfo()
    #if canImport(Glibc)
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    #else
    hints.ai_socktype = SOCK_STREAM
    #endif
    var found: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(host, String(port), &hints, &found)
    guard status == 0, let found else {
      return .failed(DisplayText(escaping: gai_strerror(status).map { String(cString: $0) } ?? "the name is unknown"))
    }
    defer { freeaddrinfo(found) }
    var last: Int32 = ECONNREFUSED
    var next: UnsafeMutablePointer<addrinfo>? = found
    while let address = next?.pointee {
      let error = connect(to: address)
      if error == 0 { return .connected }
      last = error
      next = address.ai_next
    }
    return .failed(DisplayText(escaping: Errno(rawValue: last).description))
  }

  /// errno, or 0.
  private static func connect(to address: addrinfo) -> Int32 {
    let handle = socket(address.ai_family, address.ai_socktype, address.ai_protocol)
    guard handle >= 0 else { return errno }
    defer { close(handle) }
    _ = fcntl(handle, F_SETFL, O_NONBLOCK)
    _ = fcntl(handle, F_SETFD, FD_CLOEXEC)
    #if canImport(Glibc)
    let result = Glibc.connect(handle, address.ai_addr, address.ai_addrlen)
    #elseif canImport(Musl)
    let result = Musl.connect(handle, address.ai_addr, address.ai_addrlen)
    #else
    let result = Darwin.connect(handle, address.ai_addr, address.ai_addrlen)
    #endif
    if result == 0 { return 0 }
    guard errno == EINPROGRESS else { return errno }
    var waiting = pollfd(fd: handle, events: Int16(POLLOUT), revents: 0)
    guard poll(&waiting, 1, patience * 1000) == 1 else { return ETIMEDOUT }
    var error: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(handle, SOL_SOCKET, SO_ERROR, &error, &length) == 0 ? error : errno
  }
}
