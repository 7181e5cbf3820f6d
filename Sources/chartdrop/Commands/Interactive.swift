import ArgumentParser
import ClinicalMessages
import Documents
import Foundation
import SafeText
import SystemPackage
import TerminalUI
import TransferEngine
import ViewModels

struct Interactive: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Opens the program on the terminal (the default command).")

  @OptionGroup var common: CommonOptions
  @Argument(help: "Begin in this folder.")
  var folder: String?
  @Option(help: "Use this theme; see `chartdrop theme list`.")
  var theme: String?
  @Option(help: "Colours: auto, always, never, 8, 16, 256 or direct.")
  var color: String?

  @MainActor
  func run() async throws {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      Console.complain("chartdrop opens on a terminal, and this is none. For scripts there is `chartdrop send --help`.")
      throw ExitStatus.usage.asError
    }
    let folder = try folder.map(Self.existingFolder)
    let themes = Themes.catalog()
    var common = common
    if !common.sandbox, try Session.isUnconfigured(common) {
      switch try await FirstStart.run(themes: themes, theme: theme, color: color) {
      case .sandbox: common.sandbox = true
      case .configured: break
      case nil: return
      }
    }
    let session = try await Session.open(common)
    let service = try await session.service(adopting: true, retries: RetryPolicy())
    let remembered = RememberedTheme(places: session.places)
    let themeName = self.theme ?? session.configuration.theme ?? remembered.read() ?? ThemeCatalog.defaultName
    let (theme, problems) = themes.theme(named: themeName)
    var dependencies = dependencies(of: session, profile: service.profile.name, folder: folder)
    dependencies.themes = Themes.menu(themes, current: theme.name, configured: session.configuration.theme, remembered: remembered)
    let model = AppModel(service: service, dependencies: dependencies)
    if let problem = problems.first { model.notify(Notice(.warning, Themes.complaint(problem, about: themeName, using: theme))) }
    let outcome: TerminalOutcome
    do throws(TerminalError) {
      outcome = try await TerminalApp.run(
        model: model,
        options: TerminalOptions(
          theme: theme, themeNamed: { themes.theme(named: $0).theme }, color: color, environment: ProcessInfo.processInfo.environment))
    } catch {
      Console.complain(error.sentence)
      throw ExitStatus.usage.asError
    }
    try await finish(outcome, model: model, session: session)
  }

  @MainActor
  private func finish(_ outcome: TerminalOutcome, model: AppModel, session: Session) async throws {
    switch outcome {
    case .left(.now):
      await model.noteSeenEverywhere()
      // Nothing is on its way, but an end may still be being written down.
      await model.drain()
    case .left(.afterTransfers):
      await model.noteSeenEverywhere()
      Console.print("Finishing what is on its way; Ctrl-C is not needed.")
      if await model.handOver() {
        Console.print("The rest is sent in the background. `chartdrop` says what became of it.")
      } else {
        await model.drain()
      }
    case .left(.hungUp):
      await model.drain()
    case .terminated(let signal):
      await session.close()
      throw ExitCode(128 + signal)
    }
    await session.close()
  }

  /// The folder that was named, or the one that the named file is in.
  private static func existingFolder(_ word: String) throws -> FilePath {
    let path = FilePath(FileManager.default.currentDirectoryPath).pushing(FilePath(word)).lexicallyNormalized()
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path.string, isDirectory: &isFolder) else {
      Console.complain("There is neither a command nor a folder called \(word). See chartdrop --help.")
      throw ExitStatus.usage.asError
    }
    return isFolder.boolValue ? path : path.removingLastComponent()
  }

  private func dependencies(of session: Session, profile: String, folder: FilePath?) -> AppDependencies {
    let current = FilePath(FileManager.default.currentDirectoryPath)
    let inbox = session.configuration.profiles.first { $0.summary.name == profile }?.inbox
    let start = folder ?? session.sampleDocuments ?? inbox ?? current
    // The stand-in inside this program ends with it: nobody could go on sending to it.
    let background: (@Sendable () -> Bool)? =
      session.hasServerInside ? nil : { @Sendable [delivery = BackgroundDelivery(common, folder: current)] in delivery.start() }
    return AppDependencies(
      profiles: session.configuration.profiles.map(\.summary),
      openProfile: { name throws(ProfileError) in
        do throws(EngineError) {
          return try await session.engine(profile: name)
        } catch {
          throw ProfileError(reason: error.sentences.joined(separator: " "))
        }
      },
      directories: DirectoryReader(), clock: .system, startFolder: start, home: session.places.home ?? current,
      limits: session.configuration.limits, sender: DisplayText(escaping: NSUserName()),
      maskedLists: session.configuration.maskedLists,
      memory: .file(of: session.places), folders: folders(of: session), holdSeconds: session.configuration.sending.holdSeconds,
      startBackground: background)
  }
}

extension Interactive {
  private func folders(of session: Session) -> FolderWorld {
    let file = RememberedFoldersFile(session.places.folders)
    let inboxes = session.configuration.profiles.map { ($0.summary.name, $0.inbox ?? session.sampleDocuments) }
    return FolderWorld(
      changes: { FolderWatch.changes(in: $0) }, glance: { try? await DocumentOpener().glance(at: $0) },
      pause: { try? await Task.sleep(for: $0) },
      inboxes: Dictionary(uniqueKeysWithValues: inboxes.compactMap { name, inbox in inbox.map { (name, $0) } }),
      remembered: file.load(), remember: { file.save($0) })
  }
}

extension WallClock {
  /// This machine's clock and time zone.
  static let system = WallClock(now: { Date() }, offset: { TimeZone.current.secondsFromGMT(for: $0) })
}
