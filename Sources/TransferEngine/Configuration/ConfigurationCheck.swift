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
        let key = DisplayText(escaping: "profiles.\(profile.summary.name)")
        problems += error.problems.map {
          var problem = $0
          problem.key = problem.key ?? key
          return problem
        }
      }
    }
    return Report(configuration: configuration, problems: problems)
  }
}
