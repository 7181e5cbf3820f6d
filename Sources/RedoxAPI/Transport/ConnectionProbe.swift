internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Synchronization

/// Which meter belongs to the request that a connection is about to send.
///
/// async-http-client does not say which connection serves a request. A header that never leaves this process does: the transport adds
/// it, the probe takes it off before the request is encoded.
final class MeterRegistry: Sendable {
  static let headerName = "x-chartdrop-meter"

  private let meters = Mutex<(next: Int, live: [String: RequestMeter])>((0, [:]))

  func add(_ meter: RequestMeter) -> String {
    meters.withLock { meters in
      meters.next += 1
      let key = String(meters.next)
      meters.live[key] = meter
      return key
    }
  }

  func remove(_ key: String) { meters.withLock { meters in meters.live[key] = nil } }

  func meter(_ key: String) -> RequestMeter? { meters.withLock { $0.live[key] } }
}

/// Decides whether a connection has been silent for too long; takes the silence in seconds.
package typealias SilenceLimit = @Sendable (Double) -> Bool

/// Sits between HTTP and the socket on one connection: counts what the kernel takes and what the peer acknowledges, reports it some
/// eighteen times a second, and closes a connection on which nothing has moved for too long.
final class ConnectionProbe: ChannelDuplexHandler {
  typealias OutboundIn = HTTPClientRequestPart
  typealias OutboundOut = HTTPClientRequestPart
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private static let period = TimeAmount.milliseconds(55)

  private let registry: MeterRegistry
  private let isTooLong: SilenceLimit
  private let isSecure: Bool
  private var meter: RequestMeter?
  private var ticker: RepeatedTask?
  /// Bytes that the peer had acknowledged on this connection before the body, with the head counted in.
  private var acknowledgedBefore: Int?
  private var receivedBytes = 0
  /// Ticks in a row on which nothing moved. Counted rather than measured, so that a stopped process does not wake up to a time-out.
  private var stillTicks = 0
  private var lastCounts = (accepted: -1, acknowledged: -1, received: -1)

  init(registry: MeterRegistry, isTooLong: @escaping SilenceLimit, isSecure: Bool) {
    self.registry = registry
    self.isTooLong = isTooLong
    self.isSecure = isSecure
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(var head):
      let key = head.headers[MeterRegistry.headerName].first
      head.headers.remove(name: MeterRegistry.headerName)
      if let meter = key.flatMap(registry.meter) { begin(meter, head, context) }
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .body(let data):
      let written = promise ?? context.eventLoop.makePromise(of: Void.self)
      if let meter {
        let count = data.readableBytes
        written.futureResult.whenSuccess { meter.accepted(count) }
      }
      context.write(wrapOutboundOut(.body(data)), promise: written)
    case .end:
      context.write(data, promise: promise)
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    receivedBytes += unwrapInboundIn(data).readableBytes
    context.fireChannelRead(data)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { end() }

  private func begin(_ meter: RequestMeter, _ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    end()
    self.meter = meter
    meter.headWritten()
    stillTicks = 0
    lastCounts = (-1, -1, -1)
    acknowledgedBefore = nil
    let headLength = ConnectionProbe.encodedLength(of: head)
    TCPProgress.read(context.channel)?.assumeIsolated().whenSuccess { [self] before in
      acknowledgedBefore = before.acknowledgedBytes + headLength
    }
    let bound = NIOLoopBound((probe: self, context: context), eventLoop: context.eventLoop)
    ticker = context.eventLoop.scheduleRepeatedTask(initialDelay: ConnectionProbe.period, delay: ConnectionProbe.period) { _ in
      bound.value.probe.tick(bound.value.context)
    }
  }

  private func end() {
    ticker?.cancel()
    ticker = nil
    meter = nil
  }

  private func tick(_ context: ChannelHandlerContext) {
    guard let meter, !meter.isOver else { return end() }
    let accepted = meter.acceptedBytes
    guard let reading = TCPProgress.read(context.channel) else {
      // Nothing better than the kernel's word is to be had on this system.
      return moved(meter, context, accepted: accepted, acknowledged: accepted, isAllAcknowledged: accepted >= meter.body.length)
    }
    reading.assumeIsolated().whenSuccess { [self] progress in
      guard self.meter === meter else { return }
      let isAll = accepted >= meter.body.length && progress.isEverythingAcknowledged
      var body = max(0, progress.acknowledgedBytes - (acknowledgedBefore ?? 0))
      // A TLS record carries up to 16,384 bytes and, in TLS 1.3 with AES-GCM, 22 more.
      if isSecure { body = body * 16_384 / 16_406 }
      moved(
        meter, context, accepted: accepted, acknowledged: isAll ? accepted : min(body, accepted), isAllAcknowledged: isAll,
        rawAcknowledged: progress.acknowledgedBytes)
    }
  }

  private func moved(
    _ meter: RequestMeter, _ context: ChannelHandlerContext, accepted: Int, acknowledged: Int, isAllAcknowledged: Bool,
    rawAcknowledged: Int = 0
  ) {
    meter.report(acknowledgedBodyBytes: acknowledged, isAllAcknowledged: isAllAcknowledged)
    let counts = (accepted: accepted, acknowledged: rawAcknowledged, received: receivedBytes)
    if counts != lastCounts {
      lastCounts = counts
      stillTicks = 0
      return
    }
    stillTicks += 1
    if isTooLong(Double((ConnectionProbe.period * stillTicks).nanoseconds) / 1e9) {
      meter.timedOut()
      end()
      context.close(promise: nil)
    }
  }

  /// Bytes of a request's head on the wire.
  private static func encodedLength(of head: HTTPRequestHead) -> Int {
    let line = head.method.rawValue.utf8.count + head.uri.utf8.count + " HTTP/1.1\r\n".utf8.count + 1
    return head.headers.reduce(line + 2) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
  }
}
