import Foundation
import NIOHTTP1

/// Where requests are answered: the rules of every endpoint, over one set of tokens and one store.
struct Desk: Sendable {
  let options: SandboxOptions
  let baseURL: String
  let store: ReceivedStore
  let tokens: TokenBook
  let rate: RateWindow
  let faults: FaultDesk
  let log: RequestLog

  /// Answers one request. Throws `RequestCutOff` and I/O errors of the connection; everything else becomes a reply.
  func answer(_ head: HTTPRequestHead, for target: Route, _ body: RequestReader) async throws -> Reply {
    var reply: Reply
    do {
      guard await rate.admits(at: options.now()) else { throw Refusal(.errorDetail(429, "Too many requests")) }
      reply = try await route(head, to: target, body)
    } catch let refusal as Refusal {
      reply = refusal.reply
    } catch let failure as FileFailure {
      reply = .errorDetail(500, "The stand-in could not keep what it received (\(failure.operation): \(failure.code))")
    }
    reply.headers.append(("x-ratelimit-limit", String(options.limits.advertisedRateLimit)))
    return reply
  }

  private func route(_ head: HTTPRequestHead, to target: Route, _ body: RequestReader) async throws -> Reply {
    switch target {
    case .refused(let status, let reason):
      return .errorDetail(status, reason)
    case .endpoint(let endpoint):
      return try await answer(endpoint, body) {
        switch endpoint {
        case .token: try await token(head, body)
        case .legacyAuthenticate: try await legacyAuthenticate(head, body)
        case .legacyRefresh: try await legacyRefresh(head, body)
        case .upload: try await upload(head, body)
        case .dataModel, .fhir, .search: try await dataModel(head, body)
        }
      }
    case .fhir(let slug, let environment):
      return try await answer(.fhir, body) { try await fhir(head, body, slug: slug, environment: environment) }
    case .search(let slug, let environment):
      return try await answer(.search, body) { try await search(head, body, slug: slug, environment: environment) }
    }
  }

  private func answer(_ endpoint: SandboxEndpoint, _ body: RequestReader, _ work: () async throws -> Reply) async throws -> Reply {
    let conduct = options.conduct(of: endpoint)
    body.slow(to: conduct.bytesPerSecond)
    let reply: Reply
    do {
      reply = try await work()
    } catch let refusal as Refusal {
      reply = refusal.reply
    }
    if conduct.latency > .zero { try await Task.sleep(for: conduct.latency) }
    return reply
  }
}

extension Desk {
  /// The grant behind a request's bearer token; throws the endpoint's own form of 401.
  func grant(of head: HTTPRequestHead, refuse: (String) -> Reply) async throws -> Grant {
    guard head.headers["authorization"].count == 1 else { throw Refusal(refuse("An Authorization header is required")) }
    guard let token = bearerToken(of: head), let grant = await tokens.grant(for: token, now: options.now()) else {
      throw Refusal(refuse("The access token is missing, unknown or expired"))
    }
    return grant
  }

  func bearerToken(of head: HTTPRequestHead) -> String? {
    let parts = head.headers.first(name: "authorization")?.split(separator: " ", maxSplits: 1) ?? []
    return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : nil
  }

  /// The header's media type without parameters, in lower case.
  func mediaType(_ head: HTTPRequestHead) -> String? {
    head.headers.first(name: "content-type").flatMap { HeaderValue($0)?.value }
  }

  func timestamp(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  func newID() -> String { UUID().uuidString.lowercased() }
}

/// Counts requests in a sliding window of five minutes.
actor RateWindow {
  private let limit: Int
  private var times: [Date] = []
  private var first = 0

  init(limit: Int) {
    self.limit = limit
  }

  func admits(at now: Date) -> Bool {
    let start = now.addingTimeInterval(-300)
    while first < times.count, times[first] <= start { first += 1 }
    if first > 1024 {
      times.removeFirst(first)
      first = 0
    }
    guard times.count - first < limit else { return false }
    times.append(now)
    return true
  }
}
