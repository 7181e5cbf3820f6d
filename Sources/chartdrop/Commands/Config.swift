import ArgumentParser
import Documents
import Foundation
import SafeText
import SystemPackage
import TransferEngine

struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Writes or checks the configuration.", subcommands: [ConfigInit.self, ConfigCheck.self])
}

struct ConfigInit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Writes a configuration with every setting explained.",
    discussion: "It is never written over an existing one. Fill in what Redox's dashboard shows, then run: chartdrop config check")

  @Option(help: ArgumentHelp("Where to write it; the usual place unless given.", valueName: "file"))
  var config: String?

  func run() async throws {
    let path = try config.map { FilePath($0) } ?? Session.places(sandbox: false).configuration
    do {
      try ConfigurationTemplate.write(to: path)
    } catch {
      error.problems.forEach { Console.complain($0.sentence) }
      throw ExitStatus.configuration.asError
    }
    Console.print("Written: \(DisplayText(path))")
    Console.print("Next: fill it in, then run chartdrop config check, then chartdrop doctor.")
  }
}

struct ConfigCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Reads the configuration and every file that it names, and says what is wrong with them.",
    discussion: "Each problem is one line: file, line, key, reason. Exit status 0 when all is well, 78 otherwise. Nothing is sent anywhere."
  )

  @Option(help: ArgumentHelp("Check this file in place of the usual ones.", valueName: "file"))
  var config: String?

  func run() async throws {
    let loader = ConfigurationLoader(places: try Session.places(sandbox: false))
    let report = ConfigurationCheck(loader: loader).run(config.map { FilePath($0) })
    report.problems.forEach { Console.complain($0.sentence) }
    guard let configuration = report.configuration, report.problems.isEmpty else { throw ExitStatus.configuration.asError }
    for profile in configuration.profiles {
      let mark: DisplayText = profile.summary.name == configuration.defaultProfile ? " (default)" : ""
      Console.print(
        "\(profile.summary.name)\(mark): \(profile.summary.environment.rawValue), \(profile.summary.destinationName), \(profile.summary.host)"
      )
    }
    Console.print("The configuration is in order.")
  }
}
