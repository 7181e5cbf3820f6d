/// A folder with all that a newcomer needs: keys, roster, documents, and a configuration that points at a running stand-in.
///
/// Folders have mode 0700 and files 0600. Nothing in it is worth protecting, but the program refuses looser ones.
public struct SandboxHome: Sendable {
  public let directory: String
  /// The clients of the profiles `development`, `staging`, `production-like` and `legacy`, in that order.
  public let clients: [SandboxClient]

  public var configurationPath: String { directory + "/config.toml" }
  public var rosterPath: String { directory + "/patients.csv" }
  public var documentsPath: String { directory + "/documents" }
  /// Where the stand-in keeps what it receives; what `ReceivedStore.list` reads.
  public var receivedPath: String { directory + "/received" }

  /// Writes keys, roster and sample documents, each only when it is missing. Safe to repeat; takes some seconds of writing the first time.
  ///
  /// - Parameter directory: made when it is missing, with the folders above it.
  public static func prepare(at directory: String) throws -> SandboxHome {
    try PrivateFiles.makeDirectory(directory)
    try PrivateFiles.makeDirectory(directory + "/keys")
    let clients = try SandboxProfile.all.map { try $0.client(in: directory) }
    let home = SandboxHome(directory: directory, clients: clients)
    try PrivateFiles.write(SampleRoster.csv, to: home.rosterPath)
    try SampleDocuments.write(to: home.documentsPath)
    return home
  }

  /// Options of a server for this home. Change port, TLS, conduct and so on before starting it.
  public var serverOptions: SandboxOptions {
    var options = SandboxOptions(directory: receivedPath, clients: clients)
    options.knownPatients = Set(SampleRoster.people.map(\.mrn))
    return options
  }

  /// Writes a configuration for a running server, and `ca.pem` beside it when the server speaks TLS. Returns the configuration's path.
  ///
  /// - Parameters:
  ///   - name: the file's name in this folder; servers that run at once need names of their own.
  ///   - profile: the default profile.
  @discardableResult
  public func writeConfiguration(for server: SandboxServer, named name: String = "config.toml", defaultProfile: String = "staging") throws
    -> String
  {
    let path = directory + "/" + name
    if let authority = server.certificateAuthorityPEM { try PrivateFiles.write(authority, to: directory + "/ca.pem") }
    try PrivateFiles.write(configuration(for: server, defaultProfile: defaultProfile), to: path)
    return path
  }

  private func configuration(for server: SandboxServer, defaultProfile: String) -> String {
    let destination = server.options.destinations.first ?? .redoxEMR
    let network = server.certificateAuthorityPEM == nil ? "" : "[network]\nca_file = \"ca.pem\"\n\n"
    let profiles = SandboxProfile.all.map { $0.configuration(baseURL: server.baseURL, destination: destination) }
    return """
      # Made by the sandbox for \(server.baseURL); written again at every start.
      default_profile = "\(defaultProfile)"


      """ + network + profiles.joined(separator: "\n")
  }
}
