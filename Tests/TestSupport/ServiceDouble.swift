public import ClinicalMessages
public import Documents
public import Patients
public import SafeText
internal import Synchronization
public import SystemPackage
public import TransferEngine
#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A `TransferService` that does what a test tells it, and remembers what it was asked. It sends nothing.
public final class ServiceDouble: TransferService {
  /// What a test may change at any time.
  public struct Script: Sendable {
    public var patients: Result<[Patient], RosterError> = .success(Samples.patients)
    /// By file name; every other file is a PDF document of 150 KB that may be sent.
    public var documents: [String: Result<Document, DocumentError>] = [:]
    /// Added to those that the message itself has.
    public var problems: [Problem] = []
    /// By file name, after `problems`.
    public var problemsByFile: [String: [Problem]] = [:]
    public var closed: [DeliveryMethod: DisplayText] = [:]
    public var submission: Result<Void, OutboxError> = .success(())
    public var largestFile = 30_000_000
    /// What looking at a file once more finds.
    public var recheck: Result<Void, DocumentContentError> = .success(())
    /// By file name, before `recheck`.
    public var rechecks: [String: DocumentContentError] = [:]
    public var providers = [Samples.provider, Samples.otherProvider]
    public var earlierSends: [Date] = []
    public var earlierStanding = EarlierSend.Standing.arrived
    /// By file name, before `earlierSends`.
    public var earlierSendsByFile: [String: [Date]] = [:]
    /// What forms begin with, by media type; every other file is a note.
    public var documentTypes: [String: CodedValue] = [:]
    public var leftovers = Leftovers()
    /// Why transfers cannot be paused or resumed.
    public var objections: [TransferSnapshot.ID: DisplayText] = [:]
    public var decision: Result<Void, DecisionRefusal> = .success(())
    public var finding: Result<CheckFinding, DecisionRefusal> = .success(.notFound(at: Samples.createdAt))
    /// Readings wait until `releaseInspections`.
    public var holdsInspections = false
    /// What may be corrected, by transfer.
    public var corrections: [TransferSnapshot.ID: Corrections] = [:]
    /// What becomes of a file once it is accepted.
    public var afterSentence: DisplayText?
    /// Whom messages name, by transfer; every other one names `otherSentPatient`.
    public var sentPatients: [TransferSnapshot.ID: Patient] = [:]
    public var otherSentPatient: Patient? = Samples.barbara
    public var records: [TransferSnapshot.ID: HistoryRecord] = [:]
    /// By the transfer that each retracts.
    public var retractions: [TransferSnapshot.ID: RetractionPlan] = [:]
  }

  /// What a person made of an uncertain transfer.
  public struct Decision: Sendable, Hashable {
    public var resolution: Resolution
    public var id: TransferSnapshot.ID
    public var person: DisplayText

    public init(resolution: Resolution, id: TransferSnapshot.ID, person: DisplayText) {
      self.resolution = resolution
      self.id = id
      self.person = person
    }
  }

  private struct State {
    var script = Script()
    var submitted: [Plan] = []
    var batches: [Int] = []
    var retracted: [RetractionPlan] = []
    var holds: [Double] = []
    var paused: [TransferSnapshot.ID] = []
    var resumed: [TransferSnapshot.ID] = []
    var decisions: [Decision] = []
    var checked: [TransferSnapshot.ID] = []
    var health = ServiceHealth.well
    var healthListeners: [AsyncStream<ServiceHealth>.Continuation] = []
    var looks = 0
    var handOvers = 0
    var takeBacks = 0
    var cancelled: [TransferSnapshot.ID] = []
    var retried: [TransferSnapshot.ID] = []
    var snapshots: [TransferSnapshot] = []
    var listeners: [AsyncStream<[TransferSnapshot]>.Continuation] = []
    var held: [CheckedContinuation<Void, Never>] = []
    var identities = 0
    var rechecks = 0
  }

  public let profile: ProfileSummary
  private let state = Mutex(State())

  public init(profile: ProfileSummary = .sample()) { self.profile = profile }

  // MARK: For tests

  public func script(_ change: (inout Script) -> Void) { state.withLock { change(&$0.script) } }
  public var submitted: [Plan] { state.withLock { $0.submitted } }
  /// How many plans were handed over at once, each time.
  public var batches: [Int] { state.withLock { $0.batches } }
  public var retracted: [RetractionPlan] { state.withLock { $0.retracted } }
  /// How often a file was looked at once more.
  public var rechecks: Int { state.withLock { $0.rechecks } }
  public var cancelled: [TransferSnapshot.ID] { state.withLock { $0.cancelled } }
  public var retried: [TransferSnapshot.ID] { state.withLock { $0.retried } }
  /// Seconds that whatever was to be sent is held, in order: submissions, retries, decisions.
  public var holds: [Double] { state.withLock { $0.holds } }
  public var paused: [TransferSnapshot.ID] { state.withLock { $0.paused } }
  public var resumed: [TransferSnapshot.ID] { state.withLock { $0.resumed } }
  public var decisions: [Decision] { state.withLock { $0.decisions } }
  public var checked: [TransferSnapshot.ID] { state.withLock { $0.checked } }
  /// How often a person had the transfers before them.
  public var looks: Int { state.withLock { $0.looks } }
  public var handOvers: Int { state.withLock { $0.handOvers } }
  public var takeBacks: Int { state.withLock { $0.takeBacks } }

  /// Tells everybody who listens.
  public func publish(_ snapshots: [TransferSnapshot]) {
    let listeners = state.withLock {
      $0.snapshots = snapshots
      return $0.listeners
    }
    for listener in listeners { listener.yield(snapshots) }
  }

  /// Changes the newest transfer.
  public func publish(_ newest: TransferState, acknowledged: Int? = nil) {
    var snapshots = state.withLock { $0.snapshots }
    guard !snapshots.isEmpty else { return }
    snapshots[0].state = newest
    snapshots[0].acknowledgedBytes = acknowledged ?? snapshots[0].acknowledgedBytes
    publish(snapshots)
  }

  /// Lets the readings that wait go on; later ones do not wait.
  public func releaseInspections() {
    let held = state.withLock { state in
      state.script.holdsInspections = false
      let held = state.held
      state.held = []
      return held
    }
    for one in held { one.resume() }
  }

  /// Waits for a reading that waits, and lets it go on.
  public func releaseOneInspection() async {
    while true {
      if let one = state.withLock({ $0.held.isEmpty ? nil : $0.held.removeFirst() }) { return one.resume() }
      await Task.yield()
    }
  }

  public static func document(
    _ path: FilePath, bytes: Int = 150_000,
    type: DocumentType = DocumentType(name: "PDF document", mediaType: "application/pdf", fileType: "PDF"),
    verdict: Verdict = .allow, content: UInt8 = 0xAB
  ) -> Document {
    Document(
      path: path,
      identity: FileIdentity(
        device: 1, inode: 1, byteCount: bytes, modifiedNanoseconds: Int64(Samples.createdAt.timeIntervalSince1970) * 1_000_000_000,
        sha256: [UInt8](repeating: content, count: 32), sha1: [UInt8](repeating: 0xCD, count: 20)),
      inspection: Inspection(type: type, verdict: verdict))
  }

  // MARK: TransferService

  public func inspect(_ path: FilePath) async throws(DocumentError) -> Document {
    await withCheckedContinuation { continuation in
      let goesOn = state.withLock {
        if $0.script.holdsInspections { $0.held.append(continuation) }
        return !$0.script.holdsInspections
      }
      if goesOn { continuation.resume() }
    }
    let scripted = state.withLock { $0.script.documents[path.lastComponent?.string ?? ""] }
    return try scripted?.get() ?? Self.document(path)
  }

  public func recheck(_ document: Document) async throws(DocumentContentError) {
    state.withLock { $0.rechecks += 1 }
    let name = document.path.lastComponent?.string ?? ""
    try state.withLock { $0.script.rechecks[name].map(Result.failure) ?? $0.script.recheck }.get()
  }

  public func roster() async throws(RosterError) -> Roster {
    try Roster(state.withLock { $0.script.patients }.get())
  }

  public func makeIdentity() -> MessageIdentity {
    let number = state.withLock {
      $0.identities += 1
      return $0.identities
    }
    var identity = Samples.identity
    identity.documentID = "00000000-0000-4000-8000-00000000000\(number % 10)"
    return identity
  }

  public func defaultFields(for kind: MessageKind, document: Document) -> MessageFields {
    let scripted = state.withLock { $0.script.documentTypes[document.inspection.type.mediaType] }
    return MessageFields(documentType: scripted ?? CodedValue(code: "34109-9", display: "Note"), provider: Samples.provider)
  }

  public var providers: [Provider] { state.withLock { $0.script.providers } }

  public func objection(toByteCount count: Int) -> DisplayText? {
    let most = state.withLock { $0.script.largestFile }
    return count > most ? "The file has \(count) bytes; \(most) is the most." : nil
  }

  public func plan(_ draft: Draft) -> Plan {
    let name = draft.document.path.lastComponent?.string ?? ""
    let (all, closed) = state.withLock { ($0.script.problems + ($0.script.problemsByFile[name] ?? []), $0.script.closed) }
    let problems = all.filter { $0.severity == .error } + all.filter { $0.severity == .warning }
    let method = draft.forcedMethod ?? (draft.document.identity.byteCount <= 200_000 ? .embed : .upload)
    let document = draft.document
    let message = MessageComposer.compose(
      MessageDraft(
        kind: draft.kind, patient: draft.patient,
        document: DocumentDescription(
          fileName: document.path.lastComponent?.string ?? "", mediaType: document.inspection.type.mediaType,
          fileType: document.inspection.type.fileType, byteCount: document.identity.byteCount, sha1: document.identity.sha1,
          lastModified: document.identity.lastModified),
        fields: draft.fields, routing: Samples.routing, identity: draft.identity, purpose: Self.purpose(of: draft)), method: method)
    return Plan(
      draft: draft, profile: profile.name,
      method: MethodDecision(method: method, reason: method == .embed ? "The file is small." : "The file is large.", closed: closed),
      message: message,
      requestByteCount: method == .embed
        ? message.embeddedLength(fileByteCount: document.identity.byteCount) : message.prefix.count + message.suffix.count,
      problems: problems)
  }

  private static func purpose(of draft: Draft) -> MessagePurpose {
    switch draft.purpose {
    case .new: .new
    case .replace(let original): .replace(documentID: original.documentID)
    }
  }

  public func earlierSends(of document: Document, to patient: Patient) async throws(OutboxError) -> [EarlierSend] {
    state.withLock { state in
      let dates = state.script.earlierSendsByFile[document.path.lastComponent?.string ?? ""] ?? state.script.earlierSends
      return dates.map { EarlierSend(queuedAt: $0, standing: state.script.earlierStanding) }
    }
  }

  public func submit(_ plans: [Plan], hold seconds: Double) async throws(OutboxError) -> [TransferSnapshot.ID] {
    try state.withLock { $0.script.submission }.get()
    let (ids, snapshots) = state.withLock { state in
      var (ids, snapshots): ([TransferSnapshot.ID], [TransferSnapshot]) = ([], state.snapshots)
      state.batches.append(plans.count)
      for plan in plans {
        state.submitted.append(plan)
        state.holds.append(seconds)
        let id = TransferSnapshot.ID("t\(state.submitted.count)")
        ids.append(id)
        snapshots.insert(Self.snapshot(of: plan, id: id, hold: seconds), at: 0)
      }
      return (ids, snapshots)
    }
    publish(snapshots)
    return ids
  }

  private static func snapshot(of plan: Plan, id: TransferSnapshot.ID, hold seconds: Double) -> TransferSnapshot {
    var snapshot = TransferSnapshot.sample(
      id: id.rawValue, kind: plan.draft.kind, method: plan.method.method, state: begun(hold: seconds),
      total: plan.draft.document.identity.byteCount)
    if case .replace(let original) = plan.draft.purpose {
      snapshot.purpose = .replace
      snapshot.origin = original.id
    }
    return snapshot
  }

  private static func begun(hold seconds: Double) -> TransferState {
    seconds > 0 ? .held(until: Samples.createdAt.addingTimeInterval(seconds)) : .queued
  }

  public var afterSentence: DisplayText? { state.withLock { $0.script.afterSentence } }

  public func patient(of id: TransferSnapshot.ID) async throws(OutboxError) -> Patient? {
    state.withLock { $0.script.sentPatients[id] ?? $0.script.otherSentPatient }
  }

  public func record(of id: TransferSnapshot.ID) async throws(OutboxError) -> HistoryRecord? { state.withLock { $0.script.records[id] } }

  public func corrections(for id: TransferSnapshot.ID) async throws(OutboxError) -> Corrections? {
    state.withLock { $0.script.corrections[id] }
  }

  public func retractionPlan(of id: TransferSnapshot.ID) async throws(OutboxError) -> RetractionPlan? {
    state.withLock { $0.script.retractions[id] }
  }

  public func submit(_ plan: RetractionPlan, hold seconds: Double) async throws(OutboxError) -> TransferSnapshot.ID {
    try state.withLock { $0.script.submission }.get()
    let (id, snapshots) = state.withLock { state in
      state.holds.append(seconds)
      state.retracted.append(plan)
      var snapshot = TransferSnapshot.sample(
        id: "r\(state.retracted.count)", kind: plan.original.kind, state: Self.begun(hold: seconds), total: 0)
      snapshot.documentID = plan.original.documentID
      snapshot.purpose = .retract
      snapshot.origin = plan.original.id
      return (snapshot.id, [snapshot] + state.snapshots)
    }
    publish(snapshots)
    return id
  }

  public func snapshots() -> AsyncStream<[TransferSnapshot]> {
    let (stream, continuation) = AsyncStream.makeStream(of: [TransferSnapshot].self, bufferingPolicy: .bufferingNewest(1))
    let now = state.withLock {
      $0.listeners.append(continuation)
      return $0.snapshots
    }
    continuation.yield(now)
    return stream
  }

  public func leftovers() async -> Leftovers { state.withLock { $0.script.leftovers } }
  public func noteSeen() async { state.withLock { $0.looks += 1 } }
  public func cancel(_ ids: [TransferSnapshot.ID]) async { state.withLock { $0.cancelled += ids } }
  public func retry(_ ids: [TransferSnapshot.ID], hold seconds: Double) async {
    state.withLock {
      $0.retried += ids
      $0.holds.append(seconds)
    }
  }

  public func pause(_ ids: [TransferSnapshot.ID]) async -> [TransferSnapshot.ID: DisplayText] {
    state.withLock { state in
      state.paused += ids
      return state.script.objections.filter { ids.contains($0.key) }
    }
  }

  public func resume(_ ids: [TransferSnapshot.ID]) async -> [TransferSnapshot.ID: DisplayText] {
    state.withLock { state in
      state.resumed += ids
      return state.script.objections.filter { ids.contains($0.key) }
    }
  }

  public func decide(
    _ resolution: Resolution, on id: TransferSnapshot.ID, by person: DisplayText, hold seconds: Double
  ) async throws(DecisionRefusal) {
    try state.withLock { state in
      state.holds.append(seconds)
      state.decisions.append(Decision(resolution: resolution, id: id, person: person))
      return state.script.decision
    }.get()
  }

  public func check(_ id: TransferSnapshot.ID, by person: DisplayText) async throws(DecisionRefusal) -> CheckFinding {
    try state.withLock { state in
      state.checked.append(id)
      return state.script.finding
    }.get()
  }

  public func healthChanges() -> AsyncStream<ServiceHealth> {
    let (stream, continuation) = AsyncStream.makeStream(of: ServiceHealth.self, bufferingPolicy: .bufferingNewest(1))
    let now = state.withLock {
      $0.healthListeners.append(continuation)
      return $0.health
    }
    continuation.yield(now)
    return stream
  }

  /// Tells everybody who listens whether the destination answers.
  public func publish(_ health: ServiceHealth) {
    let listeners = state.withLock {
      $0.health = health
      return $0.healthListeners
    }
    for listener in listeners { listener.yield(health) }
  }

  public func drain() async {}
  public func handOver() async { state.withLock { $0.handOvers += 1 } }
  public func takeBack() async throws(OutboxError) { state.withLock { $0.takeBacks += 1 } }
}

extension ProfileSummary {
  public static func sample(
    _ name: String = "main", environment: Environment = .staging, isProduction: Bool = false, isSandbox: Bool = false
  ) -> ProfileSummary {
    ProfileSummary(
      name: name, environment: environment, isProduction: isProduction, destinationName: "Redox EMR", host: "api.redoxengine.com",
      isSandbox: isSandbox)
  }
}

extension TransferSnapshot {
  public static func sample(
    id: String = "t1", kind: MessageKind = .fhir, method: DeliveryMethod = .embed, state: TransferState = .queued, acknowledged: Int = 0,
    total: Int = 150_000, rate: Double? = nil, timeLeft: Double? = nil, receipt: TransferReceipt = TransferReceipt(),
    purpose: TransferPurpose = .new, origin: String? = nil
  ) -> TransferSnapshot {
    TransferSnapshot(
      id: ID(id), profile: "main", kind: kind, method: method, state: state, fileName: Redacted("consent.pdf"),
      patientName: Redacted("BIXBY, Barbara"), acknowledgedBytes: acknowledged, totalBytes: total, rate: rate, timeLeft: timeLeft,
      queuedAt: Samples.createdAt, changedAt: Samples.createdAt, documentID: Samples.identity.documentID, receipt: receipt,
      purpose: purpose, origin: origin.map { ID($0) })
  }
}
