internal import RedoxAPI
internal import SafeText

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A transfer as the outbox holds it.
struct StoredTransfer: Sendable, Hashable {
  var id: TransferSnapshot.ID
  var profile: String
  var order: TransferOrder
  var state: TransferState
  var receipt: TransferReceipt
  var failures: Int
  /// The process that works on it; nil when none does.
  var owner: String?
  var queuedAt: Date
  var changedAt: Date
  /// A process let go of it on purpose, so that another one goes on without asking a person again.
  var isHandedOver = false
  /// The transfer that this one corrects or repeats.
  var origin: TransferSnapshot.ID?
  /// What the message does at the destination: `create`, `replace` …
  var purpose = "create"
  /// Bytes of the message request, as planned; nil when unknown.
  var requestByteCount: Int?

  /// Ends it before it has begun.
  mutating func refuse(_ failure: TransferFailure) {
    state = .refused(failure)
    receipt.endedAt = changedAt
    owner = nil
  }
}

/// Where a transfer stands, by what is not encrypted.
struct TransferMark: Sendable, Hashable {
  var id: TransferSnapshot.ID
  /// As in `StoredState`.
  var word: String
  var owner: String?
  var changedAt: Date
}

/// One try at one step, for the history.
public struct TransferAttempt: Sendable, Hashable {
  public enum Step: String, Sendable, Hashable { case preparation, upload, message }

  public var step: Step
  public var startedAt: Date
  public var endedAt: Date
  /// HTTP status, if there was an answer.
  public var status: Int?
  /// Bytes of the file that the peer had acknowledged.
  public var acknowledgedBytes: Int
  /// `done`, the code of the failure, or why it was stopped: `cancelled`, `paused`, `handed-over`, `interrupted`.
  public var outcome: String
  /// The server's own words, escaped.
  public var words: [String]
  public var logIDs: [String]
  /// Those of them that say nothing of a patient, whatever the server.
  public var plainLogIDs: [String] { PlainLogIDs.opaque(logIDs) }

  public init(
    step: Step, startedAt: Date, endedAt: Date, status: Int?, acknowledgedBytes: Int, outcome: String, words: [String], logIDs: [String]
  ) {
    self.step = step
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.status = status
    self.acknowledgedBytes = acknowledgedBytes
    self.outcome = outcome
    self.words = words
    self.logIDs = logIDs
  }
}

/// A transfer state as two columns: a word that can be looked for, and what else belongs to it (encrypted: it may hold a server's
/// words, and those may name a patient).
struct StoredState: Sendable, Hashable {
  struct Detail: Sendable, Hashable, Codable {
    var failure: TransferFailure?
    var until: Date?
    var reason: String?
    var settlement: Settlement?
  }

  var word: String
  var detail: Detail

  init(_ state: TransferState) {
    switch state {
    case .held(let until): (word, detail) = ("held", Detail(until: until))
    case .queued: (word, detail) = ("queued", Detail())
    case .preparing: (word, detail) = ("preparing", Detail())
    case .uploading: (word, detail) = ("uploading", Detail())
    case .sending: (word, detail) = ("sending", Detail())
    case .finalizing: (word, detail) = ("finalizing", Detail())
    case .accepted: (word, detail) = ("accepted", Detail())
    case .waiting(let until, let reason): (word, detail) = ("waiting", Detail(until: until, reason: reason.string))
    case .paused: (word, detail) = ("paused", Detail())
    case .refused(let failure): (word, detail) = ("refused", Detail(failure: failure))
    case .failed(let failure): (word, detail) = ("failed", Detail(failure: failure))
    case .cancelled: (word, detail) = ("cancelled", Detail())
    case .uncertain(let failure): (word, detail) = ("uncertain", Detail(failure: failure))
    case .settled(let settlement): (word, detail) = (settlement.outcome.rawValue, Detail(settlement: settlement))
    }
  }

  /// Nil for a word of a newer version.
  static func state(word: String, detail: Detail) -> TransferState? {
    let failure = detail.failure ?? TransferFailure(code: word, explanation: "", remedy: "")
    if let outcome = Settlement.Outcome(rawValue: word) {
      return .settled(detail.settlement ?? Settlement(outcome, by: "", at: .distantPast))
    }
    switch word {
    case "held": return .held(until: detail.until ?? .distantPast)
    case "queued": return .queued
    case "preparing": return .preparing
    case "uploading": return .uploading
    case "sending": return .sending
    case "finalizing": return .finalizing
    case "accepted": return .accepted
    case "waiting": return .waiting(until: detail.until ?? .distantPast, reason: DisplayText(escaping: detail.reason ?? ""))
    case "paused": return .paused
    case "refused": return .refused(failure)
    case "failed": return .failed(failure)
    case "cancelled": return .cancelled
    case "uncertain": return .uncertain(failure)
    default: return nil
    }
  }
}
