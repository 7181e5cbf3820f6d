import ClinicalMessages
import Patients
import RedoxSandbox
import SafeText
import SystemPackage
import TransferEngine

/// Tells "nothing was sent for this patient" from "there is no such patient": a mistyped word must not calm anybody.
struct HistorySubject {
  let history: History
  let options: CommonOptions
  let patient: String?

  /// For a list that has turned out empty. What the history has ever heard of is known, also when the configuration no longer has it.
  /// - Throws: the exit status, once it has said which word is unknown.
  func check() async throws {
    let isProfileKnown = if let name = options.profile { try await isKnown(HistoryFilter(profile: name)) } else { true }
    let isPatientKnown = if let patient { try await isKnown(HistoryFilter(patient: patient)) } else { true }
    if isProfileKnown && isPatientKnown { return }
    let loader = ConfigurationLoader(places: try Session.places(sandbox: options.sandbox))
    let path = try await configurationPath()
    let configuration: Configuration
    do throws(ConfigurationError) {
      configuration = try loader.load(path)
      if !isProfileKnown { _ = try configuration.profile(options.profile) }
    } catch {
      throw Session.complain(error.problems.map(\.sentence))
    }
    guard let patient, !isPatientKnown else { return }
    let profiles = configuration.profiles.filter { options.profile == nil || $0.summary.name == options.profile }
    let isInRoster = profiles.contains { profile in
      guard let path = profile.roster else { return false }
      return (try? RosterLoader.load(path: path.string, columns: profile.rosterColumns))?.patient(Patient.ID(patient)) != nil
    }
    if isInRoster { return }
    Console.complain("Neither the history nor a roster has this patient's reference. Find it with: chartdrop patients search")
    throw ExitStatus.notFound.asError
  }

  private func isKnown(_ filter: HistoryFilter) async throws -> Bool {
    let page = try await OutboxAccess.explaining { () async throws(OutboxError) in try await history.page(filter, limit: 1) }
    return !page.entries.isEmpty
  }

  /// The stand-in writes its own when it starts.
  private func configurationPath() async throws -> FilePath? {
    guard options.sandbox else { return options.config.map { FilePath($0) } }
    let started = try await SandboxHost.startInside(try Session.places(sandbox: true))
    await started.server.stop()
    return FilePath(started.configurationPath)
  }
}
