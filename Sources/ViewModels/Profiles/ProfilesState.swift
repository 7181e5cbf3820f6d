public import SafeText
public import TransferEngine

/// The profiles of the configuration, and which is in use.
public struct ProfilesState: Sendable, Hashable {
  public struct Row: Sendable, Hashable {
    public var name: DisplayText
    public var environment: ProfileSummary.Environment
    public var isProduction: Bool
    public var destination: DisplayText
    public var isSandbox: Bool
    /// The one in use.
    public var isCurrent: Bool
    public var isUnderCursor: Bool

    public init(
      name: DisplayText, environment: ProfileSummary.Environment, isProduction: Bool, destination: DisplayText, isSandbox: Bool,
      isCurrent: Bool,
      isUnderCursor: Bool
    ) {
      self.name = name
      self.environment = environment
      self.isProduction = isProduction
      self.destination = destination
      self.isSandbox = isSandbox
      self.isCurrent = isCurrent
      self.isUnderCursor = isUnderCursor
    }
  }

  /// Rows on the screen only.
  public var rows: [Row]
  public var window: ListWindow
  /// The profile that is being opened.
  public var opening: DisplayText?

  public init(rows: [Row] = [], window: ListWindow = ListWindow(), opening: DisplayText? = nil) {
    self.rows = rows
    self.window = window
    self.opening = opening
  }
}
