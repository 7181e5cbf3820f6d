public import ClinicalMessages
public import SafeText
#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// One transfer as a screen or a script sees it. Immutable; the engine publishes new ones a few times a second.
public struct TransferSnapshot: Sendable, Hashable, Identifiable {
  public struct ID: Sendable, Hashable, Codable {
    /// A short opaque word; says nothing about patient or document and may appear in logs.
    public let rawValue: String
    public init(_ rawValue: String) { self.rawValue = rawValue }
  }

  public var id: ID
  public var profile: String
  public var kind: MessageKind
  public var method: DeliveryMethod
  public var state: TransferState
  public var fileName: Redacted<DisplayText>
  public var patientName: Redacted<DisplayText>
  /// Bytes of the file that the peer has acknowledged, and the file's size.
  public var acknowledgedBytes: Int
  public var totalBytes: Int
  /// Bytes per second, smoothed; nil until measured.
  public var rate: Double?
  /// Seconds; nil when unknown.
  public var timeLeft: Double?
  public var queuedAt: Date
  public var changedAt: Date
  /// The document's own number, which a repeat would carry too.
  public var documentID: String
  /// Kept once Redox has accepted or refused.
  public var receipt: TransferReceipt
  public var purpose: TransferPurpose
  /// The transfer that this one replaces or retracts.
  public var origin: ID?

  public init(
    id: ID, profile: String, kind: MessageKind, method: DeliveryMethod, state: TransferState, fileName: Redacted<DisplayText>,
    patientName: Redacted<DisplayText>, acknowledgedBytes: Int, totalBytes: Int, rate: Double? = nil, timeLeft: Double? = nil,
    queuedAt: Date, changedAt: Date, documentID: String, receipt: TransferReceipt = TransferReceipt(),
    purpose: TransferPurpose = .new, origin: ID? = nil
  ) {
    self.id = id
    self.profile = profile
    self.kind = kind
    self.method = method
    self.state = state
    self.fileName = fileName
    self.patientName = patientName
    self.acknowledgedBytes = acknowledgedBytes
    self.totalBytes = totalBytes
    self.rate = rate
    self.timeLeft = timeLeft
    self.queuedAt = queuedAt
    self.changedAt = changedAt
    self.documentID = documentID
    self.receipt = receipt
    self.purpose = purpose
    self.origin = origin
  }
}

/// What is left of a transfer when it has ended: what an operator looks up in Redox's dashboard.
public struct TransferReceipt: Sendable, Hashable, Codable {
  public var uploadURI: String?
  public var logIDs: [String] = []
  public var locations: [String] = []
  /// The last HTTP status.
  public var status: Int?
  /// The server's own words, escaped.
  public var words: [String] = []
  public var endedAt: Date?

  public init() {}
}

/// Where a transfer stands.
///
/// queued → preparing → uploading → sending → finalizing → accepted; the rest are beside that way.
public enum TransferState: Sendable, Hashable {
  case queued
  case preparing
  case uploading
  case sending
  /// Everything is handed over; the answer is awaited.
  case finalizing
  /// Redox has queued it. Not proof of delivery into the chart.
  case accepted
  /// Will be tried again at this time.
  case waiting(until: Date, reason: DisplayText)
  case paused
  /// Redox or the site's policy said no.
  case refused(TransferFailure)
  case failed(TransferFailure)
  case cancelled
  /// The request left whole and no trustworthy answer came. Only a person decides what happens next.
  case uncertain(TransferFailure)

  public var isEnded: Bool {
    switch self {
    case .accepted, .refused, .failed, .cancelled, .uncertain: true
    case .queued, .preparing, .uploading, .sending, .finalizing, .waiting, .paused: false
    }
  }
}

/// Why a transfer ended without acceptance, in plain words.
public struct TransferFailure: Sendable, Hashable, Codable {
  /// A stable word for scripts: `too-large`, `cannot-connect` …
  public var code: String
  /// What happened, and what it means: a sentence or two.
  public var explanation: String
  /// What to do: one sentence.
  public var remedy: String

  public init(code: String, explanation: String, remedy: String) {
    self.code = code
    self.explanation = explanation
    self.remedy = remedy
  }
}
