public import ClinicalMessages
public import Documents
public import Patients
public import SafeText
public import SystemPackage
#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// The engine as front ends see it: the terminal, the commands, and tests with a double. One service belongs to one profile.
public protocol TransferService: Sendable {
  var profile: ProfileSummary { get }

  /// Opens, reads and inspects a file. Cancellable; may take as long as the file is large.
  func inspect(_ path: FilePath) async throws(DocumentError) -> Document

  /// Makes sure that the file is still the one that was inspected. It is not read.
  func recheck(_ document: Document) async throws(DocumentContentError)

  /// Loads the profile's roster anew.
  func roster() async throws(RosterError) -> Roster

  /// A fresh identity for a document that was just chosen.
  func makeIdentity() -> MessageIdentity

  /// Fields filled with the profile's defaults for this kind of message.
  func defaultFields(for kind: MessageKind, document: Document) -> MessageFields

  /// Whom the form offers as the provider; the profile's own default comes first.
  var providers: [Provider] { get }

  /// Why a file of so many bytes cannot be sent, whatever it holds; nil when it may.
  func objection(toByteCount count: Int) -> DisplayText?

  /// Pure: the same draft gives the same plan.
  func plan(_ draft: Draft) -> Plan

  /// When this document was queued for this patient before and not turned down, newest first.
  func earlierSends(of document: Document, to patient: Patient) async throws(OutboxError) -> [Date]

  /// Commits the plan to the outbox and starts it. Returns once it is safely recorded.
  func submit(_ plan: Plan) async throws(OutboxError) -> TransferSnapshot.ID

  /// Commits several plans in one go, all or none, and starts them in their order. Returns once all are safely recorded, one number for
  /// each. When one of them may not be sent, none of them is.
  func submit(_ plans: [Plan]) async throws(OutboxError) -> [TransferSnapshot.ID]

  /// Which corrections of this transfer's document are possible, and why not; nil when the outbox does not have it.
  func corrections(for id: TransferSnapshot.ID) async throws(OutboxError) -> Corrections?

  /// What would retract this transfer's document; nil when the outbox does not have it or its kind of message has no such thing.
  func retractionPlan(of id: TransferSnapshot.ID) async throws(OutboxError) -> RetractionPlan?

  /// Commits a retraction to the outbox and starts it. Where a person confirms each send, one has confirmed this. Returns once it is
  /// safely recorded.
  func submit(_ plan: RetractionPlan) async throws(OutboxError) -> TransferSnapshot.ID

  /// The transfers of this profile, newest first: now, and whenever something changed (a few times a second at most; a slow
  /// reader gets the latest only).
  func snapshots() -> AsyncStream<[TransferSnapshot]>

  /// What the last process left behind, as it was found when this service began.
  func leftovers() async -> Leftovers

  func cancel(_ id: TransferSnapshot.ID) async
  /// Tries a failed, refused or cancelled transfer again, with the same document number. Does nothing in other states, and nothing in a
  /// profile where a person confirms each send.
  func retry(_ id: TransferSnapshot.ID) async

  /// Returns when no transfer of this process is running or queued any more.
  func drain() async
}

/// What a process has left behind.
public struct Leftovers: Sendable, Hashable {
  /// These go on by themselves.
  public var adopted: [TransferSnapshot.ID]
  /// These wait for a person: nobody knows whether they arrived, or they must be confirmed anew.
  public var needAttention: [TransferSnapshot.ID]

  public init(adopted: [TransferSnapshot.ID] = [], needAttention: [TransferSnapshot.ID] = []) {
    self.adopted = adopted
    self.needAttention = needAttention
  }
}

/// What every screen shows about the profile.
public struct ProfileSummary: Sendable, Hashable {
  public enum Environment: String, Sendable, Hashable, CaseIterable {
    case development = "Development"
    case staging = "Staging"
    case production = "Production"
  }

  public var name: String
  public var environment: Environment
  /// True when sending asks for initials and birth year. Follows from `environment` unless configured.
  public var isProduction: Bool
  public var destinationName: DisplayText
  /// Host of the messages' URL.
  public var host: DisplayText
  public var isSandbox: Bool
  /// Patients may be typed in who are not in the roster.
  public var takesTypedPatients: Bool

  public init(name: String, environment: Environment, isProduction: Bool, destinationName: DisplayText, host: DisplayText, isSandbox: Bool,
    takesTypedPatients: Bool = true
  ) {
    self.name = name
    self.environment = environment
    self.isProduction = isProduction
    self.destinationName = destinationName
    self.host = host
    self.isSandbox = isSandbox
    self.takesTypedPatients = takesTypedPatients
  }
}

/// Why the outbox could not record something. Nothing was sent.
public enum OutboxError: Error, Sendable, Hashable {
  case diskFull
  case notWritable(DisplayText)
  case damaged(DisplayText)
  /// The file is a database of a newer version of the program.
  case fromTheFuture
}
