import SafeText
import Synchronization
import TransferEngine

/// Says of each transfer how it has ended, and remembers the worst of it. No patient data.
final class DeliveryTally: Sendable {
  private struct State {
    var told: Set<TransferSnapshot.ID> = []
    var status = ExitStatus.done
  }

  private let state = Mutex(State())

  var status: ExitStatus { state.withLock { $0.status } }

  func note(_ ended: [TransferSnapshot]) {
    for snapshot in ended {
      let isNews = state.withLock { state in
        state.status = worse(state.status, Self.status(of: snapshot.state))
        return state.told.insert(snapshot.id).inserted
      }
      if isNews {
        let word = DisplayText(escaping: snapshot.state.name)
        Console.print("\(word)\t\(DisplayText(escaping: snapshot.id.rawValue))\t\(DisplayText(escaping: snapshot.documentID))")
      }
    }
  }

  private static func status(of state: TransferState) -> ExitStatus {
    switch state {
    case .uncertain: .uncertain
    case .refused, .failed: .notAccepted
    default: .done
    }
  }

  private func worse(_ one: ExitStatus, _ other: ExitStatus) -> ExitStatus { one.rawValue >= other.rawValue ? one : other }
}
