public import ClinicalMessages
public import Documents
public import Patients
public import SafeText
public import SystemPackage

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

  /// When this document was queued for this patient at the same destination before and not turned down, newest first.
  func earlierSends(of document: Document, to patient: Patient) async throws(OutboxError) -> [EarlierSend]

  /// Commits plans to the outbox in one go, all or none, and starts them in their order after so many seconds, at most 60. Until then
  /// nothing leaves, and `cancel` undoes them. Returns once all are safely recorded, one number for each. When one of them may not be
  /// sent, none of them is.
  func submit(_ plans: [Plan], hold seconds: Double) async throws(OutboxError) -> [TransferSnapshot.ID]

  /// What becomes of a document's file once it is accepted, in a sentence for the review; nil when it stays where it is.
  var afterSentence: DisplayText? { get }

  /// The patient as the message of this transfer names them: the roster may say something else by now. Nil when the outbox does not have
  /// it, when what identifies the patient was removed, and when a newer version of the program wrote the message.
  func patient(of id: TransferSnapshot.ID) async throws(OutboxError) -> Patient?

  /// Everything that is known about this transfer, each attempt and each decision with it; nil when the outbox does not have it.
  func record(of id: TransferSnapshot.ID) async throws(OutboxError) -> HistoryRecord?

  /// Which corrections of this transfer's document are possible, and why not; nil when the outbox does not have it.
  func corrections(for id: TransferSnapshot.ID) async throws(OutboxError) -> Corrections?

  /// What would retract this transfer's document; nil when the outbox does not have it or its kind of message has no such thing.
  func retractionPlan(of id: TransferSnapshot.ID) async throws(OutboxError) -> RetractionPlan?

  /// Commits a retraction to the outbox and starts it after so many seconds, as with what is sent. Where a person confirms each send, one
  /// has confirmed this. Returns once it is safely recorded.
  func submit(_ plan: RetractionPlan, hold seconds: Double) async throws(OutboxError) -> TransferSnapshot.ID

  /// The transfers of this profile, newest first: now, and whenever something changed (a few times a second at most; a slow
  /// reader gets the latest only).
  func snapshots() -> AsyncStream<[TransferSnapshot]>

  /// What was left behind, and what ended while nobody looked, as it was found when this service began.
  func leftovers() async -> Leftovers

  /// A person has the transfers before them: how these ended is no news any more. What cannot be recorded is news once more.
  func noteSeen() async

  /// Calls transfers off, whoever works on them. What is on its way is stopped; its state says what may have arrived.
  func cancel(_ ids: [TransferSnapshot.ID]) async

  /// Stops transfers until a person resumes them, whoever works on them. An upload that is under way is stopped, which harms nothing.
  /// - Returns: those that cannot be paused, and why: their message is on its way, or they have ended.
  @discardableResult
  func pause(_ ids: [TransferSnapshot.ID]) async -> [TransferSnapshot.ID: DisplayText]

  /// Goes on with paused transfers, and sends held ones at once.
  /// - Returns: those that cannot be resumed, and why.
  @discardableResult
  func resume(_ ids: [TransferSnapshot.ID]) async -> [TransferSnapshot.ID: DisplayText]

  /// Tries failed, refused or cancelled transfers again after so many seconds, at most 60, with the same document numbers; until then
  /// `cancel` undoes that. Does nothing in other states, and nothing in a profile where a person confirms each send.
  func retry(_ ids: [TransferSnapshot.ID], hold seconds: Double) async

  /// What a person makes of an uncertain transfer, recorded with who and when. What is sent again starts after so many seconds, at most
  /// 60; called off until then, it is as uncertain as before.
  func decide(
    _ resolution: Resolution, on id: TransferSnapshot.ID, by person: DisplayText, hold seconds: Double) async throws(DecisionRefusal)

  /// Asks the destination whether it has an uncertain transfer's document. If it has, the transfer is settled.
  /// - Parameter person: on whose wish, for the record.
  func check(_ id: TransferSnapshot.ID, by person: DisplayText) async throws(DecisionRefusal) -> CheckFinding

  /// Whether the destination answers: now, and whenever that changes. One element for an outage, however many transfers wait.
  func healthChanges() -> AsyncStream<ServiceHealth>

  /// Returns when no transfer of this process is under way or will be without anybody asking. Paused ones are not waited for.
  func drain() async

  /// Leaves the transfers to another process: what has not begun is let go of at once, an upload is stopped, a message on its way is
  /// finished. Returns when this process works on nothing. Snapshots go on, and show what others do.
  func handOver() async

  /// Goes on after `handOver` with whatever no other process has taken up.
  func takeBack() async throws(OutboxError)
}

extension TransferService {
  /// Commits the plan to the outbox and starts it at once.
  public func submit(_ plan: Plan, hold seconds: Double = 0) async throws(OutboxError) -> TransferSnapshot.ID {
    try await submit([plan], hold: seconds)[0]
  }
  /// Commits plans to the outbox and starts them at once.
  public func submit(_ plans: [Plan]) async throws(OutboxError) -> [TransferSnapshot.ID] { try await submit(plans, hold: 0) }
  public func cancel(_ id: TransferSnapshot.ID) async { await cancel([id]) }
  public func retry(_ ids: [TransferSnapshot.ID]) async { await retry(ids, hold: 0) }
  public func retry(_ id: TransferSnapshot.ID) async { await retry([id]) }
  /// Commits a retraction to the outbox and starts it at once.
  public func submit(_ plan: RetractionPlan) async throws(OutboxError) -> TransferSnapshot.ID { try await submit(plan, hold: 0) }
  /// What is sent again starts at once.
  public func decide(_ resolution: Resolution, on id: TransferSnapshot.ID, by person: DisplayText) async throws(DecisionRefusal) {
    try await decide(resolution, on: id, by: person, hold: 0)
  }
  /// - Returns: why it cannot be paused; nil when it is, or will be.
  @discardableResult
  public func pause(_ id: TransferSnapshot.ID) async -> DisplayText? { await pause([id])[id] }
  /// - Returns: why it cannot be resumed; nil when it goes on.
  @discardableResult
  public func resume(_ id: TransferSnapshot.ID) async -> DisplayText? { await resume([id])[id] }
}

/// What a process has left behind.
public struct Leftovers: Sendable, Hashable {
  /// These go on by themselves.
  public var adopted: [TransferSnapshot.ID]
  /// These wait for a person: nobody knows whether they arrived, or they must be confirmed anew.
  public var needAttention: [TransferSnapshot.ID]
  /// These ended while no person looked, the latest first; those that need attention are among them.
  public var finishedAway: [TransferSnapshot.ID]
  /// How many of them ended in each state, by its word.
  public var awayStates: [String: Int]

  public init(
    adopted: [TransferSnapshot.ID] = [], needAttention: [TransferSnapshot.ID] = [], finishedAway: [TransferSnapshot.ID] = [],
    awayStates: [String: Int] = [:]
  ) {
    self.adopted = adopted
    self.needAttention = needAttention
    self.finishedAway = finishedAway
    self.awayStates = awayStates
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

  public init(
    name: String, environment: Environment, isProduction: Bool, destinationName: DisplayText, host: DisplayText, isSandbox: Bool,
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
