public import ClinicalMessages
public import SafeText

/// What a transfer does with its document at the destination.
public enum TransferPurpose: String, Sendable, Hashable, CaseIterable {
  /// Puts it into the chart.
  case new = "create"
  /// Puts it in the place of one that was accepted before.
  case replace
  /// Takes back one that was accepted before. Carries no document.
  case retract
}

/// A transfer whose document is to be corrected: what a correction must agree with.
public struct OriginalTransfer: Sendable, Hashable {
  public var id: TransferSnapshot.ID
  public var profile: String
  public var kind: MessageKind
  public var patient: Patient.ID
  /// The document's own number.
  public var documentID: String
  public var fileName: Redacted<DisplayText>

  public init(
    id: TransferSnapshot.ID, profile: String, kind: MessageKind, patient: Patient.ID, documentID: String, fileName: Redacted<DisplayText>
  ) {
    self.id = id
    self.profile = profile
    self.kind = kind
    self.patient = patient
    self.documentID = documentID
    self.fileName = fileName
  }
}

/// Which corrections a transfer allows, and for each why not.
public struct Corrections: Sendable, Hashable {
  /// For the `purpose` of a draft that is to replace the document.
  public var original: OriginalTransfer
  /// One plain sentence; nil when the document can be replaced.
  public var whyNotReplace: DisplayText?
  /// One plain sentence; nil when the document can be retracted.
  public var whyNotRetract: DisplayText?

  public init(original: OriginalTransfer, whyNotReplace: DisplayText? = nil, whyNotRetract: DisplayText? = nil) {
    self.original = original
    self.whyNotReplace = whyNotReplace
    self.whyNotRetract = whyNotRetract
  }
}

/// What would be sent to retract a document. A value, reviewed and confirmed like a `Plan`: making one sends nothing.
public struct RetractionPlan: Sendable, Hashable {
  public var original: OriginalTransfer
  /// As the accepted message names them. The roster may have changed since; what counts is whose chart the document is in.
  public var patient: Patient
  public var fileName: Redacted<DisplayText>
  /// Without a hole.
  public var message: ClinicalMessage
  /// Errors first.
  public var problems: [Problem]

  public init(
    original: OriginalTransfer, patient: Patient, fileName: Redacted<DisplayText>, message: ClinicalMessage, problems: [Problem] = []
  ) {
    self.original = original
    self.patient = patient
    self.fileName = fileName
    self.message = message
    self.problems = problems
  }
}
