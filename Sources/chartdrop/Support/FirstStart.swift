import ArgumentParser
import Documents
import Foundation
import RedoxAPI
import SafeText
import SystemPackage
import TerminalUI
import TransferEngine
import ViewModels

/// The screens for somebody who has no configuration yet.
enum FirstStart {
  /// - Returns: what to open then; nil when the person left.
  @MainActor
  static func run(themes: ThemeCatalog, theme: String?, color: String?) async throws -> SetupModel.Outcome? {
    let places = try Session.places(sandbox: false)
    let environment = ProcessInfo.processInfo.environment
    let setup = ProfileSetup(places: places, environment: environment) { settings throws(DestinationError) in
      try RedoxDestination(settings: settings, proxies: ProxyEnvironment(environment), logger: .silent)
    }
    let current = FilePath(FileManager.default.currentDirectoryPath)
    let model = SetupModel(service: setup) { typed in
      if typed.hasPrefix("~/") { return typed }
      return TypedPath(typed).absolute(from: current, home: places.home ?? current)?.lexicallyNormalized().string ?? typed
    }
    let name = theme ?? RememberedTheme(places: places).read() ?? ThemeCatalog.defaultName
    let outcome: TerminalOutcome
    do throws(TerminalError) {
      outcome = try await TerminalApp.run(
        model: model, options: TerminalOptions(theme: themes.theme(named: name).theme, color: color, environment: environment))
    } catch {
      Console.complain(error.sentence)
      throw ExitStatus.usage.asError
    }
    if case .terminated(let signal) = outcome { throw ExitCode(128 + signal) }
    return model.outcome
  }
}
