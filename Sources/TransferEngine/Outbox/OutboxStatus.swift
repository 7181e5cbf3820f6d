public import SafeText

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// How the outbox is, as it was found; nothing was changed for it.
public struct OutboxStatus: Sendable, Hashable {
  public enum Health: String, Sendable, Hashable {
    case ok
    /// There is none yet.
    case missing
    /// Of a newer version of the program.
    case fromTheFuture = "from-the-future"
    case damaged
    /// Its key's file is gone.
    case keyMissing = "key-missing"
    /// The key is another one than it was written with, or no key at all.
    case keyWrong = "key-wrong"
    /// Wrong modes, a disk that does not answer …
    case unusable
  }

  public var health: Health
  /// What happened; nil when all is well.
  public var reason: DisplayText?
  /// The migrations that were applied, the last of them is the schema's version.
  public var versions: [String] = []
  /// Of the database with its journal.
  public var byteCount = 0
  /// Transfers in each state.
  public var counts: [String: Int] = [:]
  public var oldest: Date?
  /// Transfers from which what identifies a patient was removed.
  public var purgedCount = 0

  /// States in which nothing of a message has left yet.
  static let unsent: Set<String> = ["queued", "held", "preparing", "uploading", "waiting", "paused"]

  /// Transfers that nobody has sent yet.
  public var unsentCount: Int { counts.filter { Self.unsent.contains($0.key) }.values.reduce(0, +) }

  /// What it means, and what to do; nil when all is well.
  public var remedy: DisplayText? {
    switch health {
    case .ok, .missing: nil
    case .fromTheFuture: "Nothing can be sent with this version. Use the newer one, or begin a new outbox: chartdrop outbox set-aside"
    case .damaged: "Nothing can be sent. Bring the outbox back from a backup, or begin a new one: chartdrop outbox set-aside"
    case .keyMissing, .keyWrong:
      """
      Nothing can be sent: documents and patients of the outbox cannot be read without its key. Put the key back from a backup, or begin a \
      new outbox, which keeps the receipts: chartdrop outbox set-aside
      """
    case .unusable: "Nothing can be sent. Correct that and start the program again."
    }
  }
}
