#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A document that was confirmed for the same patient at the same destination before, and not turned down.
public struct EarlierSend: Sendable, Hashable {
  public enum Standing: Sendable, Hashable, CaseIterable {
    /// Redox has accepted it, or somebody knows that it arrived.
    case arrived
    /// Nobody knows whether it arrived.
    case uncertain
    /// It has not ended yet.
    case underWay
  }

  /// When it was confirmed.
  public var queuedAt: Date
  public var standing: Standing

  public init(queuedAt: Date, standing: Standing) {
    (self.queuedAt, self.standing) = (queuedAt, standing)
  }

  /// - Parameter word: of a state, as in `StoredState`.
  init(queuedAt: Date, word: String) {
    let standing: Standing =
      switch word {
      case "accepted", "arrived", "found": .arrived
      case "uncertain", "given-up": .uncertain
      default: .underWay
      }
    self.init(queuedAt: queuedAt, standing: standing)
  }
}
