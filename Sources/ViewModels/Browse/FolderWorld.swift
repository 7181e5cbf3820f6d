public import Documents
public import SystemPackage
public import TransferEngine

/// What the file list needs of the world beside the folders themselves. All of it may be absent.
public struct FolderWorld: Sendable {
  /// Tells that something changed in a folder; nil where nobody watches.
  public var changes: (@Sendable (FilePath) -> AsyncStream<Void>)?
  /// A short look at a file; nil when it cannot be looked at. Ends soon after its task is cancelled.
  public var glance: @Sendable (FilePath) async -> Glance?
  /// Waits; ends early when its task is cancelled.
  public var pause: @Sendable (Duration) async -> Void
  /// Where scans arrive, by the profile's name.
  public var inboxes: [String: FilePath]
  public var remembered: RememberedFolders
  /// Keeps what is remembered now.
  public var remember: @Sendable (RememberedFolders) -> Void

  public init(
    changes: (@Sendable (FilePath) -> AsyncStream<Void>)? = nil, glance: @escaping @Sendable (FilePath) async -> Glance? = { _ in nil },
    pause: @escaping @Sendable (Duration) async -> Void = { _ in }, inboxes: [String: FilePath] = [:],
    remembered: RememberedFolders = RememberedFolders(), remember: @escaping @Sendable (RememberedFolders) -> Void = { _ in }
  ) {
    self.changes = changes
    self.glance = glance
    self.pause = pause
    self.inboxes = inboxes
    self.remembered = remembered
    self.remember = remember
  }
}
