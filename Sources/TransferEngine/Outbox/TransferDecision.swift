#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// What a person decided about a transfer, or what the program did with the document on the site's behalf: kept with the history.
public struct TransferDecision: Sendable, Hashable {
  /// A stable word. Open, so that words of a newer version survive.
  public struct What: RawRepresentable, Sendable, Hashable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A person has found the document in the chart.
    public static let arrived = What(rawValue: "arrived")
    /// A person lets it be: not sent again, whatever became of it.
    public static let giveUp = What(rawValue: "give-up")
    /// A person had it sent again, with the same identifier.
    public static let sendAgain = What(rawValue: "send-again")
    /// The destination was asked; `note` says what it answered.
    public static let checked = What(rawValue: "checked")
    /// What was done with the document after acceptance, and what could not be done.
    public static let documentMoved = What(rawValue: "document-moved")
    public static let documentDeleted = What(rawValue: "document-deleted")
    public static let documentLeft = What(rawValue: "document-left")

    /// The doubt about an uncertain transfer is over; what identifies the patient may be removed when its time has come.
    public var settles: Bool { self == .arrived || self == .giveUp }
  }

  public var what: What
  /// The account's name.
  public var who: String
  public var at: Date
  /// More about it, such as where a document was moved to. May name a patient: kept encrypted, and removed with what else does.
  public var note: String?

  public init(_ what: What, who: String, at: Date, note: String? = nil) {
    self.what = what
    self.who = who
    self.at = at
    self.note = note
  }
}

/// An end that no person has seen yet.
public struct UnseenEnd: Sendable, Hashable {
  public var id: TransferSnapshot.ID
  /// `accepted`, `refused`, `failed`, `cancelled` or `uncertain`.
  public var word: String
  public var endedAt: Date
}
