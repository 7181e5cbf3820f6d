public import Foundation

/// Redox's three kinds of environment, spelt as its FHIR URLs spell them.
public enum SandboxEnvironment: String, Sendable, CaseIterable, Codable {
  case development = "Development"
  case staging = "Staging"
  case production = "Production"
}

/// Sizes, counts and times that the stand-in enforces, with the documented values as defaults (MB = 10⁶ bytes).
public struct SandboxLimits: Sendable, Equatable {
  /// Largest uploaded file in bytes; above it 413.
  public var uploadBytes = 30_000_000
  /// Largest request of the API in bytes; above it 413.
  public var requestBytes = 40_000_000
  /// Largest file inside a message in bytes before base64; above it 413. Redox's pages conflict (10 or 40 MB); this is the cautious figure.
  public var embeddedBytes = 10_000_000
  /// Environments that may upload; elsewhere 403.
  public var uploadEnvironments: Set<SandboxEnvironment> = [.staging, .production]
  /// Requests within five minutes before 429, and the figure that the `X-RateLimit-Limit` header names.
  public var requestsPerFiveMinutes = 10_000
  public var advertisedRateLimit = 7_500
  /// Seconds that a client-assertion token and a legacy token live.
  public var tokenSeconds = 300
  public var legacyTokenSeconds = 86_400
  /// Seconds that an assertion may reach into the future, and by which clocks may differ.
  public var assertionSeconds = 300
  public var clockSkewSeconds = 30
  /// Seconds without a byte either way after which a connection is closed.
  public var idleSeconds = 150

  public init() {}
}

/// How one endpoint behaves beyond its rules.
public struct SandboxConduct: Sendable, Equatable {
  /// Thinking time between the request's last byte and the reply's first.
  public var latency: Duration
  /// Bytes of a request body that are read per second; nil reads as fast as they come.
  public var bytesPerSecond: Int?

  public init(latency: Duration = .zero, bytesPerSecond: Int? = nil) {
    self.latency = latency
    self.bytesPerSecond = bytesPerSecond
  }
}

/// The doors of the stand-in: what a conduct can be set for.
public enum SandboxEndpoint: String, Sendable, CaseIterable, Codable {
  case token, legacyAuthenticate, legacyRefresh, upload, dataModel, fhir, search
}

/// A destination that every source of the stand-in is subscribed to.
public struct SandboxDestination: Sendable, Equatable {
  public var id: String
  public var name: String
  public var slug: String

  public init(id: String, name: String, slug: String) {
    self.id = id
    self.name = name
    self.slug = slug
  }

  /// Redox's published development EHR.
  public static let redoxEMR = SandboxDestination(id: "af394f14-b34a-464f-8d24-895f370af4c9", name: "Redox EMR", slug: "redox-emr")
}

/// What a stand-in is started with.
public struct SandboxOptions: Sendable {
  /// Folder that keeps what is accepted (see `ReceivedStore`); made with mode 0700 when it is missing.
  public var directory: String
  /// Who may ask for tokens. Environments are told apart by client: one server plays all three at once.
  public var clients: [SandboxClient]
  /// 0 takes any free port. The server listens on 127.0.0.1 only.
  public var port = 0
  /// HTTPS with a certificate of a certificate authority that lives as long as the server.
  public var usesTLS = false
  /// How endpoints behave when `conducts` names nothing else.
  public var conduct = SandboxConduct()
  public var conducts: [SandboxEndpoint: SandboxConduct] = [:]
  /// What goes wrong on purpose; nothing by default.
  public var faults = FaultPlan()
  public var limits = SandboxLimits()
  public var destinations: [SandboxDestination] = [.redoxEMR]
  /// Patient numbers that the index marks as known. Unknown ones are accepted too, since Redox does not keep patients.
  public var knownPatients: Set<String> = []
  /// Values of `aud` accepted beside the server's own token URL.
  public var acceptedAudiences: Set<String> = []
  public var now: @Sendable () -> Date = { Date() }

  public init(directory: String, clients: [SandboxClient]) {
    self.directory = directory
    self.clients = clients
  }

  func conduct(of endpoint: SandboxEndpoint) -> SandboxConduct {
    conducts[endpoint] ?? conduct
  }
}
