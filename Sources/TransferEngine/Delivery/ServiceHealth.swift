public import SafeText
#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Whether the destination answers: one notice for an outage, however many transfers wait for its end.
public enum ServiceHealth: Sendable, Hashable {
  case well
  /// Nothing begins until it answers again; the reason is a sentence or two.
  case down(since: Date, reason: DisplayText)
  case recovered(at: Date)

  /// - Returns: whether this is news.
  mutating func noteFailure(_ reason: DisplayText, at now: Date) -> Bool {
    if case .down = self { return false }
    self = .down(since: now, reason: reason)
    return true
  }

  /// - Returns: whether this is news.
  mutating func noteAnswer(at now: Date) -> Bool {
    guard case .down = self else { return false }
    self = .recovered(at: now)
    return true
  }
}
