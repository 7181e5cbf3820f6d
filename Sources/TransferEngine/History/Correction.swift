public import SafeText

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A transfer that replaces or takes back what another has brought, by what is not encrypted.
public struct Correction: Sendable, Hashable, Identifiable {
  /// What it means for the document that it is to correct; the more it means, the later it stands here.
  public enum Standing: String, Sendable, Hashable, Comparable, CaseIterable {
    /// Refused, failed or cancelled: the document stands.
    case nothing
    /// A person has given up on it: whether it arrived is not known, and another one may be sent.
    case givenUp = "given-up"
    /// Nobody knows whether it arrived; a person has to settle that.
    case uncertain
    case underWay = "under-way"
    /// Redox has accepted it, or somebody knows that it arrived.
    case done

    public static func < (one: Standing, other: Standing) -> Bool { one.rank < other.rank }
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  public var id: TransferSnapshot.ID
  public var purpose: TransferPurpose
  /// A word of a state, as in `HistoryFilter.allStates`.
  public var state: String
  /// Nothing of it is under way, and no process has it in hand to try it again.
  public var hasEnded: Bool
  public var queuedAt: Date
  /// When it came into its state.
  public var changedAt: Date

  init(id: TransferSnapshot.ID, purpose: TransferPurpose, state: String, hasEnded: Bool, queuedAt: Date, changedAt: Date) {
    self.id = id
    self.purpose = purpose
    self.state = state
    self.hasEnded = hasEnded
    self.queuedAt = queuedAt
    self.changedAt = changedAt
  }

  /// Nil for a transfer that corrects nothing.
  public init?(_ snapshot: TransferSnapshot) {
    guard snapshot.purpose != .new, snapshot.origin != nil else { return nil }
    self.init(
      id: snapshot.id, purpose: snapshot.purpose, state: snapshot.state.name, hasEnded: snapshot.state.isEnded, queuedAt: snapshot.queuedAt,
      changedAt: snapshot.changedAt)
  }

  public var standing: Standing {
    switch state {
    case "accepted", "arrived", "found": .done
    case "uncertain": .uncertain
    case "given-up": .givenUp
    default: hasEnded ? .nothing : .underWay
    }
  }

  /// Of several, the one that says what has become of the document; nil when there is none, or none has come to anything.
  public static func decisive(_ corrections: [Correction]) -> Correction? {
    corrections.filter { $0.standing != .nothing }.max { ($0.standing, $0.queuedAt) < ($1.standing, $1.queuedAt) }
  }

  /// What has become of the document that it is to correct: `replaced`, `being taken back`; nil when that stands.
  public var fate: DisplayText? {
    let what: DisplayText = purpose == .retract ? "taken back" : "replaced"
    return switch standing {
    case .done: what
    case .underWay: "being \(what)"
    case .uncertain, .givenUp: "perhaps \(what)"
    case .nothing: nil
    }
  }

  /// Why there can be no other one beside it; nil when it has come to nothing. One that was given up stands in nobody's way: a person
  /// has decided so.
  var objectionToAnother: DisplayText? {
    let takesBack = purpose == .retract
    return switch standing {
    case .done: takesBack ? "It was taken back already." : "It was replaced already; correct the newer document."
    case .uncertain:
      takesBack
        ? "Nobody knows whether the wish to take it back arrived; that must be settled first."
        : "Nobody knows whether its replacement arrived; that must be settled first."
    case .underWay: takesBack ? "It is being taken back." : "Its replacement is under way."
    case .givenUp, .nothing: nil
    }
  }
}
