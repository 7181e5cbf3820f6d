import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Listens on 127.0.0.1 and takes connections, except while a fault has it refuse them.
struct Entrance: Sendable {
  typealias Listener = NIOAsyncChannel<Connection.Accepted, Never>

  let options: SandboxOptions
  let faults: FaultDesk
  let tls: NIOSSLContext?
  let group: MultiThreadedEventLoopGroup

  /// Serves until it is cancelled. Connections live on while the listener is closed for a while.
  func serve(_ first: Listener, port: Int, _ connection: Connection) async {
    await withDiscardingTaskGroup { connections in
      var listener: Listener? = first
      while let open = listener {
        // A listener that shall not be there yet is closed before it has taken anybody.
        var pause = faults.refusal()
        let isShut = pause != nil
        try? await open.executeThenClose { inbound in
          guard !isShut else { return }
          for try await accepted in inbound {
            connections.addTask { await connection.serve(accepted) }
            // What was taken already is served still.
            if accepted.isLast { open.channel.close(promise: nil) }
          }
        }
        pause = pause ?? faults.refusal()
        guard pause != nil else { break }
        while let time = pause {
          try? await Task.sleep(for: time)
          pause = Task.isCancelled ? nil : faults.refusal()
        }
        listener = await listenAgain(port: port)
      }
      connections.cancelAll()
    }
  }

  /// nil once cancelled. Until then it is tried on: somebody else may have the port for a moment.
  private func listenAgain(port: Int) async -> Listener? {
    while !Task.isCancelled {
      if let listener = try? await listen(port: port) { return listener }
      try? await Task.sleep(for: .milliseconds(50))
    }
    return nil
  }

  func listen(port: Int) async throws -> Listener {
    let idle = TimeAmount.seconds(Int64(options.limits.idleSeconds))
    let isSlow = faults.needsSmallWindow || ([options.conduct] + options.conducts.values).contains { $0.bytesPerSecond != nil }
    var bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
    if isSlow {
      // A kernel would take megabytes at once on loopback; a small window lets the sender feel the rate. Inherited by connections.
      bootstrap = bootstrap.serverChannelOption(.socketOption(.so_rcvbuf), value: 65_536)
        .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 16_384))
    }
    return try await bootstrap.bind(host: "127.0.0.1", port: port) { channel in
      switch faults.connected() {
      case .refuse: channel.eventLoop.makeCompletedFuture { try turnAway(channel) }
      case .take(nil, let isLast): channel.eventLoop.makeCompletedFuture { try prepare(channel, idle: idle, isLast: isLast) }
      case .take(let pause?, let isLast):
        channel.eventLoop.scheduleTask(in: TimeAmount(pause)) {
          // Nobody takes it over any more when the listener was closed meanwhile.
          guard channel.parent?.isActive == true else { return try turnAway(channel) }
          return try prepare(channel, idle: idle, isLast: isLast)
        }.futureResult
      }
    }
  }

  private func turnAway(_ channel: any Channel) throws -> Connection.Accepted {
    channel.close(promise: nil)
    throw ChannelError.ioOnClosedChannel
  }

  private func prepare(_ channel: any Channel, idle: TimeAmount, isLast: Bool) throws -> Connection.Accepted {
    let pipeline = channel.pipeline.syncOperations
    let witness = HandoverWitness()
    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
    try pipeline.addHandler(IdleStateHandler(allTimeout: idle))
    try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false)
    try pipeline.addHandler(CloseWhenIdle())
    try pipeline.addHandler(witness)
    return Connection.Accepted(
      channel: try NIOAsyncChannel(wrappingChannelSynchronously: channel), handovers: witness.handovers, isLast: isLast)
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
