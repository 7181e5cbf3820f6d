import SafeText
import SystemPackage
import TransferEngine

/// Files that exist only here, with whatever is wrong with them.
final class MemoryFiles: TrustedFiles {
  private let contents: [FilePath: Result<String, TrustedFileError>]

  init(_ contents: [FilePath: Result<String, TrustedFileError>]) { self.contents = contents }

  func read(_ path: FilePath, isSecret: Bool) throws(TrustedFileError) -> String {
    try (contents[path] ?? .failure(.notFound)).get()
  }
}

enum Configurations {
  static let places = Places(
    configuration: "/home/ann/.config/chartdrop/config.toml", siteConfiguration: "/etc/chartdrop/config.toml",
    state: "/home/ann/.local/state/chartdrop",
    home: "/home/ann")

  static let minimal = """
    [profiles.main]
    environment = "Staging"
    destination_id = "af394f14-b34a-464f-8d24-895f370af4c9"
    destination_name = "Redox EMR"
    destination_slug = "redox-emr"
    [profiles.main.credentials]
    kind = "client_assertion"
    client_id = "client"
    key_id = "kid"
    key_file = "key.pem"

    """

  static func loader(user: String? = nil, site: String? = nil, others: [FilePath: Result<String, TrustedFileError>] = [:])
    -> ConfigurationLoader
  {
    var files = others
    if let user { files[places.configuration] = .success(user) }
    if let site { files[places.siteConfiguration] = .success(site) }
    return ConfigurationLoader(places: places, files: MemoryFiles(files))
  }

  static func load(user: String? = nil, site: String? = nil) throws(ConfigurationError) -> Configuration {
    try loader(user: user, site: site).load()
  }

  /// What loading complains about; empty when it does not.
  static func complaints(user: String? = nil, site: String? = nil) -> [String] {
    do throws(ConfigurationError) {
      _ = try load(user: user, site: site)
      return []
    } catch {
      return error.problems.map(\.sentence.string)
    }
  }
}
