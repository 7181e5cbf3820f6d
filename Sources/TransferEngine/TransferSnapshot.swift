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
  /// `24-Jul-1982` and `MRN 0000000002`; nil where a version of the program that did not keep them has recorded it.
  public var patientBorn: Redacted<DisplayText>?
  public var patientNumber: Redacted<DisplayText>?
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
  /// It has not ended, and this process does not work on it: another one does, or none.
  public var isElsewhere: Bool
  /// The outbox could not take this state. When this process is gone, what the outbox has counts: what was on its way is uncertain then.
  public var isUnrecorded: Bool

  public init(
    id: ID, profile: String, kind: MessageKind, method: DeliveryMethod, state: TransferState, fileName: Redacted<DisplayText>,
    patientName: Redacted<DisplayText>, acknowledgedBytes: Int, totalBytes: Int, rate: Double? = nil, timeLeft: Double? = nil,
    queuedAt: Date, changedAt: Date, documentID: String, receipt: TransferReceipt = TransferReceipt(),
    purpose: TransferPurpose = .new, origin: ID? = nil, patientBorn: Redacted<DisplayText>? = nil,
    patientNumber: Redacted<DisplayText>? = nil, isElsewhere: Bool = false, isUnrecorded: Bool = false
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
    self.patientBorn = patientBorn
    self.patientNumber = patientNumber
    self.isElsewhere = isElsewhere
    self.isUnrecorded = isUnrecorded
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
  /// When the destination was asked last and did not have the document. No proof: one that queues what it takes may have it later.
  public var notFoundAt: Date?
  /// Why an earlier sending of the same document may have arrived: a person had it sent again. Such a transfer never ends as if nothing
  /// had reached Redox, and where it is accepted, the chart may hold the document twice.
  public var doubt: TransferFailure?

  public init() {}
}
