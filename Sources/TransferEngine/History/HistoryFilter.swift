#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Which transfers a person looks for. Every condition that is set must hold.
public struct HistoryFilter: Sendable, Hashable {
  /// Words of states, of `allStates`. Empty means all.
  public var states: Set<String>
  /// Queued at this time or later.
  public var since: Date?
  /// Queued before this time.
  public var until: Date?
  /// The roster's reference; looked up by a keyed hash.
  public var patient: String?
  public var profile: String?
  /// The address's host, or the destination's number.
  public var destination: String?
  /// The document's number.
  public var document: String?

  public init(
    states: Set<String> = [], since: Date? = nil, until: Date? = nil, patient: String? = nil, profile: String? = nil,
    destination: String? = nil,
    document: String? = nil
  ) {
    self.states = states
    self.since = since
    self.until = until
    self.patient = patient
    self.profile = profile
    self.destination = destination
    self.document = document
  }

  /// Every word of a state, in the order of a transfer's life.
  public static let allStates = [
    "held", "queued", "preparing", "uploading", "sending", "finalizing", "waiting", "paused", "accepted", "refused", "failed", "cancelled",
    "uncertain", "found", "arrived", "given-up",
  ]

  /// States in which somebody should look.
  public static let failures: Set<String> = ["refused", "failed", "uncertain"]
}

/// A place in the history; a page begins behind it.
public struct HistoryCursor: Sendable, Hashable {
  var queuedMilliseconds: Int64
  var row: Int64
}

public struct HistoryPage: Sendable, Hashable {
  /// Newest first.
  public var entries: [HistoryEntry]
  /// Where the next page begins; nil when this is the last one.
  public var next: HistoryCursor?
}
