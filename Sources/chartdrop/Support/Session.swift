import Documents
import Foundation
import Logging
import Patients
import RedoxSandbox
import SafeText
import SystemPackage
import TransferEngine

/// What a command works with: the configuration, the engines of its profiles, and the stand-in when there is one.
struct Session {
  let configuration: Configuration
  let places: Places
  /// The folder of sample documents; with the stand-in only.
  let sampleDocuments: FilePath?
  private let factory: EngineFactory
  private let profileName: String
  private let sandbox: SandboxServer?
  /// The stand-in runs in this process.
  var hasServerInside: Bool { sandbox != nil }

  static func open(_ options: CommonOptions) async throws -> Session {
    let places = try places(sandbox: options.sandbox)
    let environment = ProcessInfo.processInfo.environment
    let loader = ConfigurationLoader(places: places)
    var sandbox: SandboxServer?
    var home: SandboxHome?
    var configurationPath = options.config.map { FilePath($0) }
    if options.sandbox {
      let started = try await SandboxHost.startInside(places)
      (sandbox, home) = (started.server, started.home)
      configurationPath = FilePath(started.configurationPath)
    }
    do {
      let configuration = try loader.load(configurationPath)
      let name = try configuration.profile(options.profile).summary.name
      let factory = try EngineFactory(
        configuration: configuration, loader: loader, places: places, environment: environment,
        logger: .silent)
      return Session(
        configuration: configuration, places: places, sampleDocuments: home.map { FilePath($0.documentsPath) }, factory: factory,
        profileName: name, sandbox: sandbox)
    } catch let error as ConfigurationError {
      throw complain(error.problems.map(\.sentence))
    } catch let error as EngineError {
      throw complain(error.sentences)
    }
  }

  /// True where there is no configuration file at all: a newcomer's case.
  static func isUnconfigured(_ options: CommonOptions) throws -> Bool {
    guard options.config == nil else { return false }
    let loader = ConfigurationLoader(places: try places(sandbox: false))
    do throws(ConfigurationError) {
      _ = try loader.load()
      return false
    } catch {
      return error.kind == .missing
    }
  }

  static func places(sandbox: Bool) throws -> Places {
    guard let places = Places(environment: ProcessInfo.processInfo.environment, sandbox: sandbox) else {
      throw complain(["Neither HOME nor XDG_CONFIG_HOME and XDG_STATE_HOME are set, so there is no place for settings. Set HOME."])
    }
    return places
  }

  /// The engine of the profile that was asked for.
  /// - Parameter retries: a command would rather know at once that nobody answers.
  func service(adopting: Bool = false, retries: RetryPolicy = RetryPolicy(maximumConnectionAttempts: 1)) async throws -> TransferEngine {
    do {
      return try await factory.engine(profile: profileName, adopting: adopting, retries: retries)
    } catch {
      throw Self.complain(error.sentences)
    }
  }

  func engine(profile: String) async throws(EngineError) -> TransferEngine {
    try await factory.engine(profile: profile)
  }

  /// The engines that deliver without a screen: of the profile that was asked for, or of all that can be used.
  /// - Parameter opened: is called for each at once, which may have begun already, before the next one is opened.
  func deliveryEngines(all: Bool, opened: (TransferEngine) async -> Void) async throws -> [TransferEngine] {
    guard all else {
      let engine = try await service(adopting: true, retries: RetryPolicy())
      await opened(engine)
      return [engine]
    }
    var engines: [TransferEngine] = []
    for profile in configuration.profiles {
      do throws(EngineError) {
        let engine = try await factory.engine(profile: profile.summary.name)
        await opened(engine)
        engines.append(engine)
      } catch {
        // The others' documents must not wait for this one's key.
        error.sentences.forEach { Console.complain("\(DisplayText(escaping: profile.summary.name)): \($0)") }
      }
    }
    if engines.isEmpty { throw ExitStatus.configuration.asError }
    return engines
  }

  /// Why the file of an accepted document was not moved or deleted as the profile wants it; nil when it was, or was to stay. Known once the
  /// engine has drained; an outbox that cannot be read says nothing more about a document that was accepted.
  func reasonFileWasLeft(_ id: TransferSnapshot.ID) async -> DisplayText? {
    let decisions = try? await factory.history.record(id)?.decisions
    return decisions?.last { $0.what == .documentLeft }.map { DisplayText(escaping: $0.note ?? "") }
  }

  /// Why the roster of the profile that was asked for cannot be used.
  func sentence(for error: RosterError) -> DisplayText {
    guard let path = configuration.profiles.first(where: { $0.summary.name == profileName })?.roster else {
      return "The profile \(profileName) has no roster, so no patient can be chosen. Set `roster` in the configuration."
    }
    return error.sentence("The roster \(DisplayText(escapingBytes: path.utf8Bytes))")
  }

  /// Ends the stand-in, if there is one.
  func close() async {
    await sandbox?.stop()
  }

  static func complain(_ sentences: [DisplayText]) -> any Error {
    sentences.forEach(Console.complain)
    return ExitStatus.configuration.asError
  }
}

extension Logger {
  /// Logs nothing: on a terminal a log line would land between the cells.
  static var silent: Logger { Logger(label: "chartdrop") { _ in SwiftLogNoOpLogHandler() } }
}
