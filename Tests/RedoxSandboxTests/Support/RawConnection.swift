import NIOCore
import NIOPosix

@testable import RedoxSandbox

/// A TCP connection whose bytes a test chooses, for what a well-behaved client would never send.
struct RawConnection {
  typealias Channel = NIOAsyncChannel<ByteBuffer, ByteBuffer>

  private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  private var text = ""

  static func open(_ server: SandboxServer, _ body: (inout RawConnection) async throws -> Void) async throws {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(host: "127.0.0.1", port: server.port) {
      channel in
      channel.eventLoop.makeCompletedFuture { try Channel(wrappingChannelSynchronously: channel) }
    }
    try await channel.executeThenClose { inbound, outbound in
      var connection = RawConnection(inbound: inbound.makeAsyncIterator(), outbound: outbound)
      try await body(&connection)
    }
  }

  private init(inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator, outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>) {
    self.inbound = inbound
    self.outbound = outbound
  }

  func send(_ text: String) async throws { try await outbound.write(ByteBuffer(string: text)) }
  func send(_ bytes: [UInt8]) async throws { try await outbound.write(ByteBuffer(bytes: bytes)) }

  /// What has come once it holds `mark`, or once the server has closed.
  mutating func read(until mark: String) async throws -> String {
    while !text.contains(mark), let piece = try await inbound.next() { text += String(buffer: piece) }
    return text
  }

  mutating func readToEnd() async throws -> String {
    while let piece = try await inbound.next() { text += String(buffer: piece) }
    return text
  }
}
