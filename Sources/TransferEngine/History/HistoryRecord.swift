public import SafeText

/// Everything that the outbox knows about one transfer.
public struct HistoryRecord: Sendable, Hashable {
  /// What identifies a patient or comes from a server.
  public struct Details: Sendable, Hashable {
    public var fileName: Redacted<DisplayText>
    /// As lists show it.
    public var patientName: Redacted<DisplayText>
    /// The roster's reference.
    public var patientID: Redacted<String>
    public var sha256: [UInt8]

    public init(fileName: Redacted<DisplayText>, patientName: Redacted<DisplayText>, patientID: Redacted<String>, sha256: [UInt8]) {
      self.fileName = fileName
      self.patientName = patientName
      self.patientID = patientID
      self.sha256 = sha256
    }
  }

  public var entry: HistoryEntry
  /// Nil once removed.
  public var details: Details?
  /// Why it ended without acceptance; its words are gone once removed.
  public var failure: TransferFailure?
  /// The server's words are gone once removed.
  public var receipt: TransferReceipt
  public var attempts: [TransferAttempt]
  public var decisions: [TransferDecision]
  /// Everything that was ever to replace this transfer's document or to take it back, the oldest first.
  public var corrections: [Correction]

  public init(
    entry: HistoryEntry, details: Details? = nil, failure: TransferFailure? = nil, receipt: TransferReceipt = TransferReceipt(),
    attempts: [TransferAttempt] = [], decisions: [TransferDecision] = [], corrections: [Correction] = []
  ) {
    self.entry = entry
    self.details = details
    self.failure = failure
    self.receipt = receipt
    self.attempts = attempts
    self.decisions = decisions
    self.corrections = corrections
  }
}
