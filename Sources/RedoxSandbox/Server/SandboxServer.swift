import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Why a stand-in did not start, in a sentence for people.
public struct SandboxStartError: Error, Sendable, Equatable, CustomStringConvertible {
  public var description: String
}

/// A running stand-in for Redox on 127.0.0.1.
///
/// Threads, connections and open files end with `stop`. What it received stays in its folder (`ReceivedStore`).
public final class SandboxServer: Sendable {
  /// `http://127.0.0.1:PORT` or `https://…`, without a slash at the end.
  public let baseURL: String
  public let port: Int
  /// The certificate authority to trust, as PEM; nil without TLS.
  public let certificateAuthorityPEM: String?
  public let options: SandboxOptions

  private let group: MultiThreadedEventLoopGroup
  private let acceptance: Task<Void, Never>

  private typealias Listener = NIOAsyncChannel<Connection.Channel, Never>

  /// Listens and serves. Returns when requests can come.
  ///
  /// - Throws: `SandboxStartError` when the folder cannot be made or the port is taken.
  public static func start(_ options: SandboxOptions) async throws(SandboxStartError) -> SandboxServer {
    let store: ReceivedStore
    do { store = try ReceivedStore(directory: options.directory) } catch {
      throw SandboxStartError(description: "The folder \(options.directory) cannot be used: \(error)")
    }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    do {
      let authority = options.usesTLS ? try CertificateAuthority() : nil
      let tls = try authority?.serverContext()
      let listener = try await listen(options, tls: tls, on: group)
      guard let port = listener.channel.localAddress?.port else { throw SandboxStartError(description: "The port is not known") }
      return SandboxServer(options, store: store, listener: listener, port: port, authority: authority, group: group)
    } catch {
      store.close()
      try? await group.shutdownGracefully()
      throw error as? SandboxStartError ?? SandboxStartError(description: "127.0.0.1 port \(options.port) cannot be used: \(error)")
    }
  }

  private init(
    _ options: SandboxOptions, store: ReceivedStore, listener: Listener, port: Int, authority: CertificateAuthority?,
    group: MultiThreadedEventLoopGroup
  ) {
    let baseURL = "\(options.usesTLS ? "https" : "http")://127.0.0.1:\(port)"
    let desk = Desk(
      options: options, baseURL: baseURL, store: store, tokens: TokenBook(), rate: RateWindow(limit: options.limits.requestsPerFiveMinutes))
    self.options = options
    self.baseURL = baseURL
    self.port = port
    self.group = group
    certificateAuthorityPEM = authority?.certificatePEM
    acceptance = Task {
      await Self.accept(listener, Connection(desk: desk))
      store.close()
    }
  }

  /// Waits until the server has stopped, which it does only when told to.
  public func run() async {
    await acceptance.value
  }

  /// Breaks off open connections, stops listening and frees the threads. Safe to call twice.
  public func stop() async {
    acceptance.cancel()
    await acceptance.value
    try? await group.shutdownGracefully()
  }

  private static func accept(_ listener: Listener, _ connection: Connection) async {
    try? await listener.executeThenClose { inbound in
      try await withThrowingDiscardingTaskGroup { tasks in
        for try await channel in inbound {
          tasks.addTask { await connection.serve(channel) }
        }
        tasks.cancelAll()
      }
    }
  }

  private static func listen(_ options: SandboxOptions, tls: NIOSSLContext?, on group: MultiThreadedEventLoopGroup) async throws -> Listener
  {
    let idle = TimeAmount.seconds(Int64(options.limits.idleSeconds))
    let isSlow = ([options.conduct] + options.conducts.values).contains { $0.bytesPerSecond != nil }
    var bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
    if isSlow {
      // A kernel would take megabytes at once on loopback; a small window lets the sender feel the rate. Inherited by connections.
      bootstrap = bootstrap.serverChannelOption(.socketOption(.so_rcvbuf), value: 65_536)
        .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 16_384))
    }
    return try await bootstrap.bind(host: "127.0.0.1", port: options.port) { channel in
      channel.eventLoop.makeCompletedFuture {
        if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
        try channel.pipeline.syncOperations.addHandler(IdleStateHandler(allTimeout: idle))
        try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: false)
        try channel.pipeline.syncOperations.addHandler(CloseWhenIdle())
        return try Connection.Channel(wrappingChannelSynchronously: channel)
      }
    }
  }
}

/// Closes a connection on which nothing has moved for too long.
private final class CloseWhenIdle: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent {
      context.close(promise: nil)
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }
}
