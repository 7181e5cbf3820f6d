public import Logging
internal import ClinicalMessages
internal import Documents
internal import Patients
public import RedoxAPI
public import SafeText
internal import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Why a profile cannot be used.
public enum EngineError: Error, Sendable, Hashable {
  case configuration(ConfigurationError)
  case outbox(OutboxError)
  /// The key, the certificates or an address cannot be used; the sentence says which and why.
  case destination(DisplayText)

  /// What is wrong and what to do, line by line.
  public var sentences: [DisplayText] {
    switch self {
    case .configuration(let error): error.problems.map(\.sentence)
    case .outbox(let error): [error.sentence + " " + error.remedy]
    case .destination(let sentence): [sentence]
    }
  }
}

/// Makes an engine for each profile that is used, one and the same however often it is asked for. All of them share one outbox.
public actor EngineFactory {
  public nonisolated let configuration: Configuration
  private let loader: ConfigurationLoader
  private let outbox: Outbox
  private let environment: [String: String]
  private let seams: EngineSeams
  private let logger: Logger
  private var engines: [String: TransferEngine] = [:]
  private let care: Task<Void, Never>

  /// What was sent through any profile.
  public nonisolated let history: History

  /// Opens the outbox.
  /// - Parameter environment: the process's environment variables, for proxies.
  public init(
    configuration: Configuration, loader: ConfigurationLoader, places: Places, environment: [String: String], logger: Logger,
    seams: EngineSeams = .system
  ) throws(EngineError) {
    self.configuration = configuration
    self.loader = loader
    self.environment = environment
    self.seams = seams
    self.logger = logger
    var places = places
    places.allowsNetworkState = configuration.allowsNetworkState
    do throws(OutboxError) {
      outbox = try Outbox(places: places, owner: seams.uuid(), now: seams.now(), seams: seams)
    } catch {
      throw .outbox(error)
    }
    history = History(outbox: outbox)
    let care = OutboxCare(outbox: outbox, settings: configuration.history, seams: seams, logger: logger)
    self.care = Task(priority: .utility) { await care.run() }
  }

  deinit { care.cancel() }

  /// An engine for a profile, with its outbox read.
  /// - Parameters:
  ///   - name: nil means the default profile.
  ///   - adopting: goes on with what a process has left behind; see `TransferEngine.start`.
  ///   - retries: when to try again, and how often; for an engine that is made now.
  ///   - wrapping: puts wrappers around the destination of an engine that is made now.
  public func engine(
    profile name: String? = nil, adopting: Bool = true, retries: RetryPolicy = RetryPolicy(),
    wrapping: @Sendable (any Destination) -> any Destination = { $0 }
  ) async throws(EngineError) -> TransferEngine {
    let profile: Profile
    let settings: RedoxSettings
    do throws(ConfigurationError) {
      profile = try configuration.profile(name)
      if let engine = engines[profile.summary.name] { return engine }
      settings = try loader.redoxSettings(for: profile, of: configuration)
    } catch {
      throw .configuration(error)
    }
    let destination: RedoxDestination
    do throws(DestinationError) {
      destination = try RedoxDestination(settings: settings, proxies: ProxyEnvironment(environment), now: seams.now, logger: logger)
    } catch {
      if case .configuration(let sentence) = error.cause { throw .destination(sentence) }
      throw .destination("The connection to Redox cannot be set up.")
    }
    let engine = TransferEngine(
      profile: profile, limits: configuration.limits,
      parts: EngineParts(
        destination: wrapping(destination), outbox: outbox, documents: .system, roster: Self.roster(of: profile), messages: .standard,
        seams: seams,
        simultaneousTransfers: configuration.network.simultaneousTransfers, logger: logger),
      policy: retries)
    engines[profile.summary.name] = engine
    do throws(OutboxError) {
      try await engine.start(adopting: adopting)
    } catch {
      engines[profile.summary.name] = nil
      throw .outbox(error)
    }
    return engine
  }

  private static func roster(of profile: Profile) -> @Sendable () async throws(RosterError) -> Roster {
    { [path = profile.roster, columns = profile.rosterColumns] () async throws(RosterError) in
      guard let path else { throw .notConfigured }
      return try await BlockingQueue(label: "roster").run(cancelled: .unreadable(ECANCELED)) { _ throws(RosterError) in
        try RosterLoader.load(path: path.string, columns: columns)
      }
    }
  }
}

extension Planner.Messages {
  /// The messages that Redox takes.
  static let standard = Planner.Messages(
    compose: { MessageComposer.compose($0, method: $1) }, problems: { MessageValidator.problems(in: $0, method: $1) })
}
