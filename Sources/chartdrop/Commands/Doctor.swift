import ArgumentParser
import Foundation
import Logging
import RedoxAPI
import SafeText
import SystemPackage
import TransferEngine

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Looks at every step from the configuration to Redox and says how it is.",
    discussion: "No patient data is sent: the farthest it goes is to fetch a token. Exit status 0 when nothing failed, 1 otherwise.")

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let session = common.sandbox ? try await Session.open(common) : nil
    let places = try Session.places(sandbox: common.sandbox)
    let environment = ProcessInfo.processInfo.environment
    let doctor = Doctor(places: places, loader: ConfigurationLoader(places: places), environment: environment, user: NSUserName()) {
      settings throws(DestinationError) in
      try RedoxDestination(settings: settings, proxies: ProxyEnvironment(environment), logger: .silent)
    }
    let file = session?.configuration.files.last ?? common.config.map { FilePath($0) }
    let findings = await doctor.examine(profile: common.profile, configuration: file) + TerminalCheck.findings(environment)
    for finding in findings {
      Console.print("\(finding.verdict.rawValue)\t\(finding.name): " + finding.sentence + (finding.remedy.map { " " + $0 } ?? ""))
    }
    if findings.contains(where: { $0.verdict == .fail }) { throw ExitStatus.notAccepted.asError }
  }
}
