internal import ClinicalMessages
internal import Documents
internal import Patients
internal import SafeText
public import SystemPackage

/// What `chartdrop config check` does: reads the configuration and every file that it names.
public struct ConfigurationCheck: Sendable {
  public struct Report: Sendable {
    /// Nil when the files themselves are wrong.
    public var configuration: Configuration?
    /// Empty when all is well.
    public var problems: [ConfigurationProblem]
  }

  private let loader: ConfigurationLoader

  public init(loader: ConfigurationLoader) { self.loader = loader }

  public func run(_ path: FilePath? = nil) -> Report {
    let configuration: Configuration
    do {
      configuration = try loader.load(path)
    } catch {
      return Report(configuration: nil, problems: error.problems)
    }
    var problems: [ConfigurationProblem] = []
    for profile in configuration.profiles {
      do {
        _ = try loader.redoxSettings(for: profile, of: configuration)
      } catch {
        problems += error.problems
      }
      problems += roster(of: profile, configuration) + leftovers(of: profile, configuration) + afterFolder(of: profile, configuration)
    }
    // Profiles may share a file.
    var seen: Set<ConfigurationProblem> = []
    return Report(configuration: configuration, problems: problems.filter { seen.insert($0).inserted })
  }

  /// Numbers that are still those of the template.
  func leftovers(of profile: Profile, _ configuration: Configuration) -> [ConfigurationProblem] {
    let table = ["profiles", profile.summary.name]
    var values = [(table + ["destination_id"], profile.routing.destinationID)]
    if case .clientAssertion(let client, _, _, _) = profile.credentials { values.append((table + ["credentials", "client_id"], client)) }
    return values.filter { $0.1 == "00000000-0000-0000-0000-000000000000" }.map {
      loader.problem($0.0, configuration, reason: "It is still the example's zeros.", remedy: "Fill in what Redox's dashboard shows.")
    }
  }

  private func afterFolder(of profile: Profile, _ configuration: Configuration) -> [ConfigurationProblem] {
    guard let problem = AfterFolder.problem(of: profile.after) else { return [] }
    let key = ["profiles", profile.summary.name, "after", "folder"]
    return [loader.problem(key, configuration, reason: problem.reason, remedy: problem.remedy)]
  }

  private func roster(of profile: Profile, _ configuration: Configuration) -> [ConfigurationProblem] {
    guard let path = profile.roster else { return [] }
    do throws(RosterError) {
      _ = try RosterLoader.load(path: path.string, columns: profile.rosterColumns)
      return []
    } catch {
      let key = ["profiles", profile.summary.name, "roster"]
      return [
        loader.problem(
          key, configuration, reason: error.sentence("The roster \(DisplayText(path))"), remedy: "Correct the file, or the path.")
      ]
    }
  }
}
