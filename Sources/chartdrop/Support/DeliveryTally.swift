import SafeText
import Synchronization
import TransferEngine

/// Says of each transfer how it has ended, and remembers the worst of it. No patient data.
final class DeliveryTally: Sendable {
  private struct State {
    var statuses: [TransferSnapshot.ID: ExitStatus] = [:]
  }

  private let state = Mutex(State())

  var status: ExitStatus { state.withLock { $0.statuses.values.max { $0.rawValue < $1.rawValue } } ?? .done }

  func note(_ ended: TransferSnapshot) {
    // What could not be recorded may have been by now.
    let isNews = state.withLock { $0.statuses.updateValue(Self.status(of: ended), forKey: ended.id) == nil }
    guard isNews else { return }
    let (word, id) = (DisplayText(escaping: ended.state.name), DisplayText(escaping: ended.id.rawValue))
    Console.print("\(word)\t\(id)\t\(DisplayText(escaping: ended.documentID))")
    if ended.isUnrecorded { Console.complain("\(id) could not be recorded: the next start may call it uncertain.") }
  }

  private static func status(of snapshot: TransferSnapshot) -> ExitStatus {
    switch snapshot.state {
    case _ where snapshot.isUnrecorded: .uncertain
    case .uncertain: .uncertain
    case .refused, .failed: .notAccepted
    default: .done
    }
  }
}
