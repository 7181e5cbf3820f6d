public import ClinicalMessages
public import Documents
public import SafeText

/// What a person has put together so far.
public struct Draft: Sendable, Hashable {
  /// What becomes of the document at the destination.
  public enum Purpose: Sendable, Hashable {
    case new
    /// It takes the place of one that was accepted, of the same patient, by the same kind of message, through the same profile.
    case replace(OriginalTransfer)
  }

  public var document: Document
  public var patient: Patient
  public var kind: MessageKind
  public var fields: MessageFields
  /// Nil lets the planner decide.
  public var forcedMethod: DeliveryMethod?
  /// Made by the engine when the document is chosen and kept until it ends.
  public var identity: MessageIdentity
  public var purpose: Purpose

  public init(
    document: Document, patient: Patient, kind: MessageKind, fields: MessageFields, forcedMethod: DeliveryMethod? = nil,
    identity: MessageIdentity, purpose: Purpose = .new
  ) {
    self.document = document
    self.patient = patient
    self.kind = kind
    self.fields = fields
    self.forcedMethod = forcedMethod
    self.identity = identity
    self.purpose = purpose
  }
}

/// What would be sent, how and where. A value: making one sends nothing; preview shows it, review shows it, sending sends it.
public struct Plan: Sendable, Hashable {
  public var draft: Draft
  public var profile: String
  public var method: MethodDecision
  public var message: ClinicalMessage
  /// Bytes of the message request, the file included when it is embedded.
  public var requestByteCount: Int
  /// Errors first.
  public var problems: [Problem]

  public var canBeSent: Bool { !problems.contains { $0.severity == .error } }

  public init(draft: Draft, profile: String, method: MethodDecision, message: ClinicalMessage, requestByteCount: Int, problems: [Problem]) {
    self.draft = draft
    self.profile = profile
    self.method = method
    self.message = message
    self.requestByteCount = requestByteCount
    self.problems = problems
  }
}

/// How the file travels and why, and for each way why not.
public struct MethodDecision: Sendable, Hashable {
  public var method: DeliveryMethod
  /// One plain sentence.
  public var reason: DisplayText
  /// Why this way is closed; a way that is absent here is open.
  public var closed: [DeliveryMethod: DisplayText]

  public init(method: DeliveryMethod, reason: DisplayText, closed: [DeliveryMethod: DisplayText]) {
    self.method = method
    self.reason = reason
    self.closed = closed
  }
}
