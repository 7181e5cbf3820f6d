import NIOCore
import NIOHTTP1

/// One client's connection: its requests one after the other, kept alive or closed as HTTP says.
struct Connection: Sendable {
  /// A connection as the listener hands it over.
  struct Accepted: Sendable {
    var channel: NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>
    /// For each whole answer, whether the socket took it.
    var handovers: AsyncStream<Bool>
    /// Whether the listener is to close behind it.
    var isLast: Bool
  }

  let desk: Desk

  /// Returns when the connection is over, whatever ended it.
  func serve(_ accepted: Accepted) async {
    // A client that breaks off or breaks the protocol ends its own connection and nothing else.
    try? await accepted.channel.executeThenClose { inbound, outbound in
      let reader = RequestReader(parts: inbound.makeAsyncIterator(), outbound: outbound, now: desk.options.now)
      var exchange = Exchange(desk: desk, reader: reader, outbound: outbound, handovers: accepted.handovers.makeAsyncIterator())
      while let head = try await reader.head() {
        guard try await exchange.serve(head) else { return }
      }
    }
  }
}

/// Watches answers leave, nearest to the socket that whole answers can be told apart.
final class HandoverWitness: ChannelOutboundHandler, Sendable {
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  let handovers: AsyncStream<Bool>
  private let continuation: AsyncStream<Bool>.Continuation

  init() {
    (handovers, continuation) = AsyncStream.makeStream()
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard case .end = Self.unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
    let written = promise ?? context.eventLoop.makePromise()
    let continuation = continuation
    written.futureResult.whenComplete { result in
      if case .success = result { continuation.yield(true) } else { continuation.yield(false) }
    }
    context.write(data, promise: written)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    continuation.finish()
  }
}
