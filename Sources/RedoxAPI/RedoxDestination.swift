internal import ClinicalMessages
public import Logging
internal import NIOPosix
internal import SafeText
#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Redox over HTTP: tokens, the upload endpoint, the Data Model endpoint and FHIR.
///
/// Files are read on threads of their own and streamed; memory does not grow with them. Connections are closed when the destination
/// is released. The log gets the number of a request, statuses and causes: no URL, no name, no content.
public final class RedoxDestination: Destination {
  private let settings: RedoxSettings
  private let transport: HTTPTransport
  private let exchange: TokenExchange
  private let tokens: TokenStore
  private let now: @Sendable () -> Date
  private let random: RandomSource
  private let logger: Logger

  /// Checks the key, the certificates and the URL for tokens; the other URLs are checked when they are used. Connects to nothing.
  ///
  /// - Parameters:
  ///   - proxies: names the proxy for each URL when `settings` has none.
  ///   - now: this machine's clock.
  ///   - random: for the assertion's `jti` and the multipart boundary.
  /// - Throws: `.configuration` with a sentence that says what to mend.
  public convenience init(
    settings: RedoxSettings, proxies: ProxyEnvironment = ProxyEnvironment([:]), now: @escaping @Sendable () -> Date = { Date() },
    random: @escaping RandomSource = RedoxDestination.systemRandom, logger: Logger
  ) throws(DestinationError) {
    try self.init(settings: settings, proxies: proxies, now: now, random: random, isTooLong: nil, logger: logger)
  }

  /// - Parameter isTooLong: judges the silence of a connection in place of `settings.idleTimeout`; tests do without a clock by it.
  package init(
    settings: RedoxSettings, proxies: ProxyEnvironment, now: @escaping @Sendable () -> Date, random: @escaping RandomSource,
    isTooLong: SilenceLimit?,
    logger: Logger
  ) throws(DestinationError) {
    self.settings = settings
    self.now = now
    self.random = random
    self.logger = logger
    let transport = try HTTPTransport(settings: settings, proxies: proxies, threads: NIOThreadPool.singleton, isTooLong: isTooLong)
    let exchange = try TokenExchange(settings: settings, transport: transport, now: now, random: random)
    self.transport = transport
    self.exchange = exchange
    tokens = TokenStore(now: now) { old throws(DestinationError) in try await exchange.obtain(replacing: old) }
  }

  public func authenticate() async throws(DestinationError) -> AuthenticationReceipt {
    let token = try await tokens.token()
    return AuthenticationReceipt(expires: token.expires, clockSkew: token.clockSkew)
  }

  public func upload(_ file: UploadRequest, progress: @escaping ProgressHandler) async throws(DestinationError) -> UploadReceipt {
    let address = try WebAddress.checked(settings.uploadURL, for: "the upload")
    let form = MultipartForm(
      partName: settings.uploadPartName, fileName: file.fileName.reveal(), mediaType: file.mediaType,
      boundary: "chartdrop-" + randomHex(random))
    let request = OutgoingRequest(
      address: address, url: settings.uploadURL, headers: [("Content-Type", form.contentType), ("Accept", "application/json")],
      body: RequestBody(prefix: form.prefix, file: RequestBody.File(content: file.content, encoding: .raw), suffix: form.suffix))
    return try await perform("upload", request, progress) { reply in
      reply.uploadURI.map { UploadReceipt(uri: $0, status: reply.status) }
    }
  }

  public func send(
    _ request: MessageRequest, progress: @escaping ProgressHandler, release: @escaping ReleaseHandler
  ) async throws(DestinationError) -> MessageReceipt {
    let message = request.message
    let isFHIR = message.kind == .fhir
    if isFHIR, exchange.isLegacy {
      throw DestinationError(
        .configuration(
          "FHIR messages need an OAuth API key; this profile has a legacy one. Send as Media, Notes or Results, or configure an OAuth key.")
      )
    }
    let url = isFHIR ? settings.fhirURL : settings.endpointURL
    let address = try WebAddress.checked(url, for: isFHIR ? "FHIR messages" : "messages")
    // Otherwise a message would say that it brings a file and bring none.
    guard message.hasHole == request.hasFilling else {
      throw DestinationError(.configuration("The message and its document do not belong together. It was not sent."))
    }
    var headers = [("Content-Type", message.mediaType), ("Accept", message.mediaType)]
    if isFHIR, let name = settings.sourceIDHeader, let source = settings.sourceID { headers.append((name, source)) }
    let body: RequestBody
    switch request.hole {
    case .base64(let content):
      body = RequestBody(prefix: message.prefix, file: RequestBody.File(content: content, encoding: .base64), suffix: message.suffix)
    case .uploadURI(let uri):
      body = RequestBody(prefix: message.body(withUploadURI: uri))
    case .absent: body = RequestBody(prefix: message.prefix)
    }
    let outgoing = OutgoingRequest(address: address, url: url, headers: headers, body: body, release: release)
    return try await perform("send", outgoing, progress) { [now] reply in
      guard reply.isReadable else { return nil }
      return MessageReceipt(status: reply.status, logIDs: reply.logIDs, locations: reply.locations, acceptedAt: now())
    }
  }

  /// By FHIR's search, whatever kind of message the document went in. No source says whether a destination that takes Data Model messages
  /// answers there, nor how soon after it took one.
  public func find(_ query: DocumentQuery) async throws(DestinationError) -> DocumentFinding {
    guard !exchange.isLegacy else { return .cannotAsk("Asking needs an OAuth API key; this profile has a legacy one.") }
    guard let url = settings.searchURL else {
      return .cannotAsk("There is no address to ask at: the profile has neither destination_slug nor urls.fhir_search.")
    }
    let address = try WebAddress.checked(url, for: "the search")
    var headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/fhir+json")]
    if let name = settings.sourceIDHeader, let source = settings.sourceID { headers.append((name, source)) }
    let request = OutgoingRequest(address: address, url: url, headers: headers, body: RequestBody(prefix: Array(query.form.utf8)))
    return try await perform("find", request, { _ in }) { reply in
      reply.json.flatMap { SearchReply.finding(in: $0, query) }
    }
  }

  // MARK: One request with its token

  /// Sends a request with a token, and once more with a new token if the first is refused.
  ///
  /// - Parameter receipt: what a reply that accepts proves; nil when it lacks what it must contain.
  private func perform<Receipt>(
    _ name: Logger.MetadataValue, _ request: OutgoingRequest, _ progress: @escaping ProgressHandler, receipt: (ParsedReply) -> Receipt?
  ) async throws(DestinationError) -> Receipt {
    var logger = logger
    logger[metadataKey: "operation"] = name
    logger[metadataKey: "request"] = "\(String(random(), radix: 36))"
    let reporter = ProgressReporter(totalBytes: request.body.fileByteCount, handler: progress)
    var accepted = false
    defer { reporter.close(accepted: accepted) }
    do throws(DestinationError) {
      reporter.report(.connecting, acknowledgedBytes: 0)
      var token = try await tokens.token()
      logger.debug("request begins", metadata: ["bytes": "\(request.body.length)"])
      var (reply, handover) = try await attempt(request, token, reporter)
      if reply.status == 401 {
        logger.info("token refused, renewing it")
        token = try await tokens.token(insteadOf: token.value)
        (reply, handover) = try await attempt(request, token, reporter)
      }
      let verdict = StatusVerdict(reply)
      guard verdict == .accepted else { throw DestinationError(verdict.cause, handover: handover, reply: reply.serverReply) }
      // Whoever accepts what has not arrived cannot be believed.
      guard handover == .whole, let receipt = receipt(reply) else {
        throw DestinationError(.unreadableReply, handover: handover, reply: reply.serverReply)
      }
      accepted = true
      logger.info("request accepted", metadata: ["status": "\(reply.status)"])
      return receipt
    } catch {
      logger.notice(
        "request failed",
        metadata: [
          "cause": "\(error.cause.name)", "handover": "\(error.handover)", "status": "\(error.reply.map { String($0.status) } ?? "none")",
        ])
      throw error
    }
  }

  private func attempt(
    _ request: OutgoingRequest, _ token: AccessToken, _ reporter: ProgressReporter
  ) async throws(DestinationError) -> (ParsedReply, DestinationError.Handover) {
    var request = request
    request.headers += [("Authorization", "Bearer " + token.value), ("User-Agent", "chartdrop")]
    let exchange = await transport.post(request, reporter: reporter)
    switch exchange.result {
    case .failure(let error): throw DestinationError(error.cause, handover: exchange.handover)
    case .success(let raw): return (ReplyParser.parse(raw, now: now()), exchange.handover)
    }
  }
}

extension MessageRequest {
  fileprivate var hasFilling: Bool { if case .absent = hole { false } else { true } }
}

extension DestinationError.Cause {
  /// The case's name alone, for a log: the texts may hold what a log must not.
  var name: String {
    switch self {
    case .cannotConnect: "cannotConnect"
    case .tls: "tls"
    case .timedOut: "timedOut"
    case .connectionLost: "connectionLost"
    case .unauthorized: "unauthorized"
    case .forbidden: "forbidden"
    case .tooLarge: "tooLarge"
    case .busy: "busy"
    case .refused: "refused"
    case .serverFailure: "serverFailure"
    case .unreadableReply: "unreadableReply"
    case .content: "content"
    case .configuration: "configuration"
    case .cancelled: "cancelled"
    }
  }
}
