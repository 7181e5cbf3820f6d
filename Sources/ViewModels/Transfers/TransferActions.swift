internal import SafeText
internal import TransferEngine

/// What may be done to transfers, and why not. Pure.
///
/// A command acts on the marked ones, else on the one under the cursor. Of several it takes those that it can act on; it is closed only
/// when there is none, and then says why. What is decided or corrected is one alone.
enum TransferAction {
  case cancel, retry, pause, decide, correct

  /// Each has a patient and a document of its own to look at.
  private var isForOne: Bool { self == .decide || self == .correct }

  /// Why it cannot act on a transfer in this state; nil when it can.
  func objection(to state: TransferState) -> DisplayText? {
    switch self {
    case .cancel:
      if case .uncertain = state { return Words.Transfers.uncertainNoRetry }
      if state.isEnded { return Words.Transfers.alreadyEnded }
      return state == .finalizing ? Words.Transfers.finalizing : nil
    case .retry:
      switch state {
      case .accepted: return Words.Transfers.acceptedNoRetry
      case .uncertain: return Words.Transfers.uncertainNoRetry
      case .settled: return Words.Transfers.settledNoRetry
      case .failed, .refused, .cancelled: return nil
      case .held, .queued, .preparing, .uploading, .sending, .finalizing, .waiting, .paused: return Words.Transfers.stillRunning
      }
    case .pause:
      // The same key goes on with what is paused.
      return state.whyNotPaused == nil || state.whyNotResumed == nil ? nil : state.whyNotPaused
    case .correct:
      switch state {
      case .accepted, .settled: return nil
      default: return Words.Transfers.onlyAccepted
      }
    case .decide:
      if case .uncertain = state { return nil }
      return Words.Transfers.onlyUncertain
    }
  }

  func objection(to transfers: [TransferSnapshot]) -> DisplayText? {
    guard let first = transfers.first else { return Words.Why.noTransfer }
    if isForOne, transfers.count > 1 { return Words.Transfers.oneAtATime }
    return takes(transfers).isEmpty ? objection(to: first.state) : nil
  }

  /// Those that it can act on.
  func takes(_ transfers: [TransferSnapshot]) -> [TransferSnapshot] { transfers.filter { objection(to: $0.state) == nil } }
}

extension TransferState {
  var isHeld: Bool { if case .held = self { true } else { false } }
}
