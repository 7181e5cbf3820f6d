internal import Documents
internal import SafeText
public import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Where the program keeps its files. The sandbox has a state of its own, so that nothing of it mixes with what is real.
public struct Places: Sendable, Hashable {
  /// The user's configuration file.
  public var configuration: FilePath
  /// The site's configuration file.
  public var siteConfiguration: FilePath
  /// The state folder: outbox, keys, locks.
  public var state: FilePath
  public var home: FilePath?
  public var isSandbox: Bool
  /// The state folder may lie on a network file system, as configured.
  public var allowsNetworkState = false

  public init(
    configuration: FilePath, siteConfiguration: FilePath = "/etc/chartdrop/config.toml", state: FilePath, home: FilePath? = nil,
    isSandbox: Bool = false
  ) {
    self.configuration = configuration
    self.siteConfiguration = siteConfiguration
    self.state = state
    self.home = home
    self.isSandbox = isSandbox
  }

  /// The usual places, by the XDG base directory specification.
  /// - Returns: nil when the environment names neither a home nor the folders themselves.
  public init?(environment: [String: String], sandbox: Bool = false) {
    func absolute(_ name: String) -> FilePath? {
      // The specification: a relative path is invalid and to be ignored.
      environment[name].map { FilePath($0) }.flatMap { $0.isAbsolute ? $0 : nil }
    }
    let home = absolute("HOME")
    guard let configuration = absolute("XDG_CONFIG_HOME") ?? home?.appending(".config"),
      let state = absolute("XDG_STATE_HOME") ?? home?.appending(".local/state")
    else { return nil }
    self.init(
      configuration: configuration.appending("chartdrop/config.toml"),
      state: state.appending(sandbox ? "chartdrop-sandbox" : "chartdrop"), home: home, isSandbox: sandbox)
    // A site's file speaks of real destinations.
    if sandbox { siteConfiguration = self.state.appending("no-site-configuration") }
  }

  public var outbox: FilePath { state.appending("outbox.sqlite") }
  /// Apart from the database, so that a copy of that alone tells nothing.
  public var outboxKey: FilePath { keys.appending("outbox.key") }
  public var keys: FilePath { state.appending("keys") }
  /// Bookmarks and folders used lately.
  public var folders: FilePath { state.appending("folders") }
  /// One file for each process that works on transfers.
  public var locks: FilePath { state.appending("locks") }

  /// What was set aside to begin anew.
  public var aside: FilePath { state.appending("set-aside") }

  /// Makes the state folders, 0700, and refuses those that others can enter and those on a network file system.
  public func prepare() throws(OutboxError) { try prepare(fileSystem: FileSystemKind.of) }

  /// - Parameter fileSystem: what a folder lies on; nil when the system does not tell.
  func prepare(fileSystem: (FilePath) -> String?) throws(OutboxError) {
    try Self.prepare(state)
    if !allowsNetworkState, let kind = fileSystem(state), let name = FileSystemKind.networkName(of: kind) {
      throw .notWritable(
        """
        The state folder \(DisplayText(state)) is on a network file system (\(name)). Locks and the outbox's journal cannot be relied on there: \
        a document could be sent twice or a state be lost. Set XDG_STATE_HOME to a folder on this machine's own disk, or accept the risk \
        with `allow_network_folder = true` under [state] in the configuration.
        """)
    }
    for folder in [keys, locks] { try Self.prepare(folder) }
  }

  private static func prepare(_ folder: FilePath) throws(OutboxError) {
    let name = DisplayText(folder)
    do {
      try PrivateFile.makeFolder(folder)
    } catch .failed(let number) where number == ENOSPC || number == EDQUOT {
      throw .diskFull
    } catch .failed(let number) {
      throw .notWritable("\(name) cannot be made: \(Errno(rawValue: number).description).")
    } catch {
      throw .notWritable("\(name) cannot be made.")
    }
    var status = stat()
    guard stat(folder.string, &status) == 0 else { throw .notWritable("\(name): \(Errno(rawValue: errno).description).") }
    guard UInt32(status.st_mode) & UInt32(S_IFMT) == UInt32(S_IFDIR) else { throw .notWritable("\(name) is not a folder.") }
    guard status.st_uid == geteuid() else { throw .notWritable("\(name) belongs to somebody else.") }
    guard UInt32(status.st_mode) & 0o077 == 0 else { throw .notWritable("Others can enter \(name). Run `chmod 700 \(name)`.") }
    guard access(folder.string, W_OK | X_OK) == 0 else { throw .notWritable("\(name) cannot be written to.") }
  }
}
