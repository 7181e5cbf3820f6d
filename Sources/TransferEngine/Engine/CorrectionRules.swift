internal import SafeText

/// What stands against correcting a document. Pure: the outbox asks in the transaction that records the correction.
struct CorrectionRules: Sendable {
  /// The profile that the correction would go through, and what its name means now.
  let profile: String
  let binding: TransferBinding

  /// Why a correction must not be sent, whoever let it through; nil when it may be.
  func objection(toCorrecting corrected: Corrected) -> TransferFailure? {
    guard let original = corrected.original else {
      return Self.notCorrectable("The outbox does not have the transfer any more that is to be corrected.")
    }
    return objection(toCorrecting: original, known: corrected.known).map(Self.notCorrectable)
  }

  /// One plain sentence; nil when it may be corrected.
  func objection(toCorrecting original: StoredTransfer, known: [Correction]) -> DisplayText? {
    switch original.state {
    case .accepted: break
    case .settled(let settlement) where settlement.outcome != .givenUp: break
    case .settled: return "It was given up: nobody knows whether there is anything to correct."
    case .uncertain: return "Nobody knows whether it arrived; that must be settled first."
    default: return "Redox has not accepted it, so there is nothing to correct."
    }
    if original.profile != profile { return "It was sent through the profile \(original.profile)." }
    if original.order.transferPurpose == .retract { return "It took a document back, so there is nothing left to correct." }
    if original.order.binding.objection(to: binding) != nil {
      return "The profile has another address, destination, source or key now than when this was sent."
    }
    return Self.objection(besides: known)
  }

  /// Why a correction that has ended without acceptance must not be tried again: another one was quicker.
  /// - Parameter rivals: what else was ever to correct the same document.
  static func objection(toRepeatingBeside rivals: [Correction]) -> TransferFailure? { objection(besides: rivals).map(notCorrectable) }

  private static func objection(besides known: [Correction]) -> DisplayText? { known.lazy.compactMap(\.objectionToAnother).first }

  private static func notCorrectable(_ reason: DisplayText) -> TransferFailure {
    TransferFailure(
      code: "not-correctable", explanation: "\(reason.string) It was not sent.", remedy: "Look at the original and what has become of it.")
  }
}
