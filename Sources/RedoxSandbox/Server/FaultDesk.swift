import Foundation
import Synchronization

/// Numbers the requests of a server, and hands out its faults. Shared by all connections.
final class FaultDesk: Sendable {
  private struct State {
    var decider: FaultDecider
    var number = 0
    /// Decided before the connection comes: one that is to be refused must find nobody listening.
    var upcoming: Fault?
  }

  /// Tells the servers apart that write to one log.
  let run = String(UInt32.random(in: .min ... .max), radix: 16)
  let needsSmallWindow: Bool
  private let state: Mutex<State>

  init(_ plan: FaultPlan) {
    needsSmallWindow = plan.needsSmallWindow
    var decider = FaultDecider(plan)
    let first = decider.nextConnection()
    state = Mutex(State(decider: decider, upcoming: first))
  }

  /// - Parameter endpoint: nil for a door that is not there, which no fault strikes.
  func admit(_ endpoint: SandboxEndpoint?) -> (number: Int, fault: Fault?) {
    state.withLock { state in
      state.number += 1
      return (state.number, endpoint.flatMap { state.decider.next(for: $0.faultEndpoint) })
    }
  }

  /// What is done with a connection that was made.
  enum Welcome {
    /// It slipped in before the listener could be closed.
    case refuse
    /// After a pause, if any; `isLast` says that the listener is to close behind it.
    case take(after: Duration?, isLast: Bool)
  }

  func connected() -> Welcome {
    state.withLock { state in
      let fault = state.upcoming
      if fault?.kind == .refuse { return .refuse }
      state.upcoming = state.decider.nextConnection()
      return .take(after: fault?.number.map { .milliseconds($0) }, isLast: state.upcoming?.kind == .refuse)
    }
  }

  /// How long nobody shall listen from now on; nil to listen. What comes after that is decided by it.
  func refusal() -> Duration? {
    state.withLock { state in
      guard let fault = state.upcoming, fault.kind == .refuse else { return nil }
      state.upcoming = state.decider.nextConnection()
      return .milliseconds(fault.number ?? 0)
    }
  }
}

extension SandboxEndpoint {
  public var faultEndpoint: FaultEndpoint {
    switch self {
    case .token, .legacyAuthenticate, .legacyRefresh: .token
    case .upload: .upload
    case .dataModel, .fhir: .message
    case .search: .search
    }
  }
}
