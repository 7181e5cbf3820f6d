public import Documents
public import SafeText
public import SystemPackage
public import TransferEngine

/// What the models need from the world. All of it is injected; the models read no clock, no folder and no environment themselves.
public struct AppDependencies: Sendable {
  public typealias ServiceFactory = @Sendable (_ profile: String) async throws(ProfileError) -> any TransferService

  /// All profiles of the configuration, in its order; at least the one of the first service.
  public var profiles: [ProfileSummary]
  /// Makes the engine for a profile. Called once per profile.
  public var openProfile: ServiceFactory
  public var directories: any DirectoryReading
  public var clock: WallClock
  /// Where browsing begins.
  public var startFolder: FilePath
  public var home: FilePath
  public var limits: Limits
  /// Who sits at the terminal, for the review: the login name.
  public var sender: DisplayText
  public var themes: ThemeMenu
  public var maskedLists: MaskedLists
  public var folders: FolderWorld

  /// What forms began with, profile by profile.
  public var memory: DefaultsMemory
  /// Saves a message that is looked at; its own file, which only the owner can read.
  public var save: PrivateSaving
  /// Seconds that a send is held back, so that it can be undone.
  public var holdSeconds: Double
  /// Starts a process that goes on with what is handed over; false when it cannot be started. Nil where none could: the stand-in
  /// inside the program ends with it.
  public var startBackground: (@Sendable () -> Bool)?

  public init(
    profiles: [ProfileSummary], openProfile: @escaping ServiceFactory, directories: any DirectoryReading, clock: WallClock,
    startFolder: FilePath, home: FilePath, limits: Limits = Limits(), sender: DisplayText, themes: ThemeMenu = ThemeMenu(),
    maskedLists: MaskedLists = .production,
    memory: DefaultsMemory = .none,
    save: @escaping PrivateSaving = saveToDisk,
    folders: FolderWorld = FolderWorld(), holdSeconds: Double = 0, startBackground: (@Sendable () -> Bool)? = nil
  ) {
    self.profiles = profiles
    self.openProfile = openProfile
    self.directories = directories
    self.clock = clock
    self.startFolder = startFolder
    self.home = home
    self.limits = limits
    self.sender = sender
    self.memory = memory
    self.save = save
    self.themes = themes
    self.maskedLists = maskedLists
    self.folders = folders
    self.holdSeconds = holdSeconds
    self.startBackground = startBackground
  }
}

/// Why a profile cannot be opened, in plain words; the current profile stays.
public struct ProfileError: Error, Sendable, Hashable {
  public var reason: DisplayText

  public init(reason: DisplayText) { self.reason = reason }
}

/// Reads folders away from the main actor. `DirectoryReader` is the real one.
public protocol DirectoryReading: Sendable {
  func list(_ path: FilePath) async throws(ListingError) -> DirectoryListing
  func details(of ids: [DirectoryEntry.ID], in folder: FilePath) async throws(ListingError) -> [DirectoryEntry.ID: EntryDetails]
}

extension DirectoryReader: DirectoryReading {}
