internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import SafeText
internal import Synchronization

/// One request, as the rest of the module sees it.
struct OutgoingRequest: Sendable {
  var address: WebAddress
  var url: String
  var headers: [(name: String, value: String)]
  var body: RequestBody
  /// Asked before the body's last part leaves.
  var release: ReleaseHandler = { true }
}

/// A request's end: a reply, however bad, or the error that came instead; and how far the request had come by then.
struct Exchange: Sendable {
  var result: Result<RawReply, TransportError>
  var handover: DestinationError.Handover
}

struct TransportError: Error, Sendable {
  var cause: DestinationError.Cause
}

/// Posts requests over async-http-client: HTTP/1.1, TLS verified, bodies streamed, nothing repeated.
final class HTTPTransport: Sendable {
  private let settings: RedoxSettings
  private let proxies: ProxyEnvironment
  private let threads: NIOThreadPool
  private let isTooLong: SilenceLimit
  private let registry = MeterRegistry()
  private let base: HTTPClient.Configuration
  /// One client per proxy and kind of connection: async-http-client takes both per client.
  private let clients = Mutex<[ClientKey: HTTPClient]>([:])

  private struct ClientKey: Hashable {
    var proxy: String?
    var isSecure: Bool
  }

  init(
    settings: RedoxSettings, proxies: ProxyEnvironment, threads: NIOThreadPool, isTooLong: SilenceLimit?
  ) throws(DestinationError) {
    self.settings = settings
    self.isTooLong = isTooLong ?? { $0 >= settings.idleTimeout }
    self.proxies = proxies
    self.threads = threads
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.certificateVerification = .fullVerification
    tls.minimumTLSVersion = .tlsv12
    if let pem = settings.extraCertificates {
      let certificates = (try? NIOSSLCertificate.fromPEMBytes(Array(pem.utf8))) ?? []
      guard !certificates.isEmpty else {
        throw DestinationError(
          .configuration("The file of further certificate authorities (network.ca_file) holds no certificate in PEM form."))
      }
      tls.additionalTrustRoots = [.certificates(certificates)]
    }
    var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
    configuration.httpVersion = .http1Only
    configuration.timeout = HTTPClient.Configuration.Timeout(connect: .nanoseconds(Int64(max(0.001, settings.connectTimeout) * 1e9)))
    configuration.connectionPool.retryConnectionEstablishment = false
    // A server that is about to drop an idle connection must not meet a message on it: that message's fate would be unknown.
    // Common servers wait 5 s or longer.
    configuration.connectionPool.idleTimeout = .seconds(3)
    // The caller bounds how many transfers run; here none must wait for another.
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 256
    base = configuration
  }

  deinit {
    for client in clients.withLock({ $0.values }) { client.shutdown { _ in } }
  }

  /// Sends a request and reads its reply. Ends soon after the task is cancelled.
  func post(_ request: OutgoingRequest, reporter: ProgressReporter) async -> Exchange {
    let proxy = proxies.proxy(for: request.url, configured: settings.proxy)
    let meter = RequestMeter(body: request.body, reporter: reporter, release: request.release)
    let key = registry.add(meter)
    defer {
      registry.remove(key)
      meter.finish()
    }
    let failures = FailureClassification(address: request.address, isProxied: proxy != nil, connectTimeout: settings.connectTimeout)
    do {
      let client = try client(proxy: proxy, isSecure: request.address.isSecure)
      var outgoing = HTTPClientRequest(url: request.url)
      outgoing.method = .POST
      for header in request.headers { outgoing.headers.add(name: header.name, value: header.value) }
      outgoing.headers.add(name: MeterRegistry.headerName, value: key)
      outgoing.body = .stream(BodyStream(meter: meter, threads: threads), length: .known(Int64(request.body.length)))
      try Task.checkCancellation()
      let response = try await client.execute(outgoing, deadline: .distantFuture)
      let reply = await read(response)
      // An answer that is there is the truth, even if nobody wanted to wait for it any more.
      if Task.isCancelled, !reply.isComplete { throw CancellationError() }
      return Exchange(result: judge(reply, meter), handover: meter.handover)
    } catch {
      let cause = cause(of: error, meter, failures)
      return Exchange(
        result: .failure(TransportError(cause: cause)), handover: cause == .cancelled ? meter.handoverWhenAbandoned : meter.handover)
    }
  }

  /// A reply that arrived early counts when it refuses. A server that accepts what it has not read cannot be believed.
  private func judge(_ reply: RawReply, _ meter: RequestMeter) -> Result<RawReply, TransportError> {
    guard (200..<300).contains(reply.status) else { return .success(reply) }
    if let failure = meter.contentFailure { return .failure(TransportError(cause: .content(failure))) }
    if !reply.isComplete, meter.hasTimedOut { return .failure(TransportError(cause: .timedOut)) }
    return .success(reply)
  }

  private func cause(of error: any Error, _ meter: RequestMeter, _ failures: FailureClassification) -> DestinationError.Cause {
    if Task.isCancelled { return .cancelled }
    if let failure = meter.contentFailure { return .content(failure) }
    if meter.hasTimedOut { return .timedOut }
    if let error = error as? DestinationError { return error.cause }
    return failures.cause(of: error, handover: meter.handover)
  }

  private func read(_ response: HTTPClientResponse) async -> RawReply {
    var reply = RawReply(status: Int(response.status.code), headers: response.headers.map { (name: $0.name, value: $0.value) })
    do {
      for try await piece in response.body {
        let room = RawReply.bodyLimit - reply.body.count
        reply.body.append(contentsOf: piece.readableBytesView.prefix(room))
        if piece.readableBytes > room {
          reply.isComplete = false
          break
        }
      }
    } catch {
      reply.isComplete = false
    }
    return reply
  }

  private func client(proxy: String?, isSecure: Bool) throws(DestinationError) -> HTTPClient {
    let key = ClientKey(proxy: proxy, isSecure: isSecure)
    var configuration = base
    if let proxy {
      guard let address = WebAddress(proxy), !address.isSecure else {
        throw DestinationError(.configuration("The proxy must be given as http://host:port."))
      }
      let authorization = address.user.map { HTTPClient.Authorization.basic(username: $0, password: address.password ?? "") }
      configuration.proxy = .server(host: address.host, port: address.port, authorization: authorization)
    }
    let registry = registry
    let isTooLong = isTooLong
    configuration.http1_1ConnectionDebugInitializer = { channel in
      channel.eventLoop.submit {
        let pipeline = channel.pipeline.syncOperations
        let encoder = try pipeline.handler(type: HTTPRequestEncoder.self)
        try pipeline.addHandler(ConnectionProbe(registry: registry, isTooLong: isTooLong, isSecure: isSecure), position: .after(encoder))
      }
    }
    let complete = configuration
    return clients.withLock { clients in
      if let client = clients[key] { return client }
      let client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: complete)
      clients[key] = client
      return client
    }
  }
}
