internal import NIOCore
internal import NIOPosix

/// What the peer's TCP has acknowledged on a connection.
struct TCPProgress: Sendable {
  var acknowledgedBytes: Int
  /// Nothing waits in the kernel or is on its way.
  var isEverythingAcknowledged: Bool

  /// Asks the kernel; nil where it cannot be asked. Call on the channel's event loop.
  static func read(_ channel: any Channel) -> EventLoopFuture<TCPProgress>? {
    #if os(Linux)
    guard let options = channel as? any SocketOptionProvider else { return nil }
    let information: EventLoopFuture<LinuxTCPInfo> = options.unsafeGetSocketOption(
      level: .tcp, name: NIOBSDSocket.Option(rawValue: LinuxTCPInfo.option))
    return information.map { TCPProgress(acknowledgedBytes: $0.acknowledgedBytes, isEverythingAcknowledged: $0.isEverythingAcknowledged) }
    #else
    return nil
    #endif
  }
}

#if os(Linux)
/// The beginning of the kernel's `struct tcp_info` (linux/tcp.h), which only ever grows at its end. glibc's own declaration stops
/// before the byte counts. The kernel leaves what it does not know at zero.
private struct LinuxTCPInfo: Sendable {
  static let option: CInt = 11

  private var words: InlineArray<19, UInt64> = .init(repeating: 0)

  /// `tcpi_bytes_acked`, at byte 120.
  var acknowledgedBytes: Int { Int(clamping: words[15]) }

  /// `tcpi_unacked` (packets, at byte 24) and `tcpi_notsent_bytes` (at byte 144) are both zero.
  var isEverythingAcknowledged: Bool {
    UInt32(truncatingIfNeeded: words[3].littleEndian) == 0 && UInt32(truncatingIfNeeded: words[18].littleEndian) == 0
  }
}
#endif
