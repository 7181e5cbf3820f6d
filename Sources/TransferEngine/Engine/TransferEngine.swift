public import ClinicalMessages
public import Documents
internal import Logging
public import Patients
internal import RedoxAPI
public import SafeText
public import SystemPackage

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Delivers documents for one profile: a few at a time, each state on the disk before the next step, and honest about what it knows.
///
/// What may happen when is `TransferMachine`'s business; this actor carries its actions out. It never calls a view: it publishes
/// snapshots, and whoever looks takes the latest.
public actor TransferEngine: TransferService {
  public nonisolated let profile: ProfileSummary

  nonisolated let planner: Planner
  nonisolated let parts: EngineParts
  let policy: RetryPolicy
  /// What the profile's name means in this process.
  nonisolated let binding: TransferBinding

  var entries: [TransferSnapshot.ID: TransferEntry] = [:]
  /// Newest first.
  var order: [TransferSnapshot.ID] = []
  var ready = ReadyQueue()
  /// Those that `drain` waits for.
  var busy: Set<TransferSnapshot.ID> = []
  var active: Set<TransferSnapshot.ID> = []
  var gate: ServerGate
  var gateTimer: Task<Void, Never>?
  var publisher = SnapshotPublisher()
  var drainers: [CheckedContinuation<Void, Never>] = []
  var resters: [CheckedContinuation<Void, Never>] = []
  var left = Leftovers()
  var health = ServiceHealth.well
  var healthWatchers: [Int: AsyncStream<ServiceHealth>.Continuation] = [:]

  /// Takes up what nobody works on.
  var isAdopting = false
  /// Other processes go on with the transfers: nothing begins here.
  var isOffDuty = false
  /// What the outbox could not take yet, and when it is asked again.
  var unrecorded: Set<TransferSnapshot.ID> = []
  var recorder: Task<Void, Never>?

  /// How many accepted documents' files are still to be moved or deleted, and the last piece of that work.
  var disposing = 0
  var disposer: Task<Void, Never>?

  /// Waits for other processes' writes.
  var watch: Task<Void, Never>?
  /// The outbox as it was when this engine looked last at what others do.
  var seenVersion: Int?
  var lookedAt = -Double.infinity

  /// Transfers of the past that are shown.
  let historyLimit: Int
  var endsSinceForgetting = 0
  /// Who is told of each end.
  var teller: AsyncStream<TransferSnapshot>.Continuation?
  /// What this start has ended before anybody could be told.
  var endedAtStart: [TransferSnapshot] = []

  init(profile: Profile, limits: Limits, parts: EngineParts, policy: RetryPolicy = RetryPolicy(), historyLimit: Int = 500) {
    self.historyLimit = historyLimit
    self.profile = profile.summary
    self.binding = TransferBinding(profile)
    self.planner = Planner(profile: profile, limits: limits, messages: parts.messages)
    self.parts = parts
    self.policy = policy
    self.gate = ServerGate(limit: parts.simultaneousTransfers, policy: policy)
  }

  /// Loads what the outbox holds for this profile.
  /// - Parameter adopting: goes on, now and whenever it turns up, with what nobody works on although its message was not on its way,
  ///   unless the profile means something else than when it was reviewed, or a process died over it and a person confirms each send; then
  ///   it ends as failed.
  public func start(adopting: Bool) async throws(OutboxError) {
    watchOthers()
    isAdopting = adopting
    let (adopted, ended) = adopting ? try await adoptable() : ([], [])
    left = Leftovers(adopted: adopted, needAttention: ended)
    let listed = try await parts.outbox.listed(profile: profile.name, binding: binding, limit: historyLimit)
    // What was submitted meanwhile is newer than anything that was read.
    let known = Set(listed.map(\.id))
    order = order.filter { !known.contains($0) } + listed.map(\.id)
    for transfer in listed where entries[transfer.id]?.isOwned != true {
      set(entry(transfer, isOwned: transfer.owner == parts.outbox.owner))
    }
    let away = try await parts.outbox.unseenEnds(profile: profile.name)
    left.finishedAway = away.map(\.id)
    left.awayStates = Dictionary(away.map { ($0.word, 1) }, uniquingKeysWith: +)
    let settled = parts.outbox.settled.filter { $0.profile == profile.name }.map(\.id)
    left.needAttention += listed.filter { if case .uncertain = $0.state { settled.contains($0.id) } else { false } }.map(\.id)
    endedAtStart = try await pictures(of: settled + ended)
    publish()
    if adopting { try await takeUpDisposals() }
    await post(.entered, toAll: adopted)
  }

  deinit { watch?.cancel() }

  public func leftovers() -> Leftovers { left }

  public func noteSeen() async {
    do throws(OutboxError) {
      try await parts.outbox.markSeen(profile: profile.name)
    } catch {
      parts.logger.error("outbox does not take what was seen")
    }
  }

  // MARK: What a person asks for

  public nonisolated func inspect(_ path: FilePath) async throws(DocumentError) -> Document { try await parts.documents.inspect(path) }

  public nonisolated func recheck(_ document: Document) async throws(DocumentContentError) { try await parts.documents.recheck(document) }

  public nonisolated func roster() async throws(RosterError) -> Roster { try await parts.roster() }

  public nonisolated func makeIdentity() -> MessageIdentity {
    MessageIdentity(documentID: parts.seams.uuid(), bundleID: parts.seams.uuid(), createdAt: parts.seams.now())
  }

  public nonisolated func defaultFields(for kind: MessageKind, document: Document) -> MessageFields {
    let defaults = planner.profile.defaults
    let type =
      defaults.documentTypes[kind] ?? DocumentTypeCatalog.defaultDocumentType(for: kind, mediaType: document.inspection.type.mediaType)
    return MessageFields(documentType: type, provider: defaults.provider)
  }

  public nonisolated var providers: [Provider] {
    let own = planner.profile.defaults.provider
    return [own].compactMap(\.self) + planner.profile.providers.filter { $0.id != own?.id || $0.idType != own?.idType }
  }

  public nonisolated func objection(toByteCount count: Int) -> DisplayText? { planner.policy.objection(toByteCount: count) }

  public nonisolated func plan(_ draft: Draft) -> Plan { planner.plan(draft) }

  public func drain() async {
    if isIdle { return }
    await withCheckedContinuation { drainers.append($0) }
  }

  public nonisolated var afterSentence: DisplayText? { planner.profile.after.reviewSentence }

  public nonisolated func patient(of id: TransferSnapshot.ID) async throws(OutboxError) -> Patient? {
    guard let order = try await parts.outbox.transfer(id)?.order, let sent = order.clinicalMessage else { return nil }
    return SentPatient.read(from: sent, id: Patient.ID(order.patientID))
  }

  public nonisolated func record(of id: TransferSnapshot.ID) async throws(OutboxError) -> HistoryRecord? {
    try await History(outbox: parts.outbox).record(id)
  }

  /// When this document was queued for this patient at this destination before, newest first.
  public nonisolated func earlierSends(of document: Document, to patient: Patient) async throws(OutboxError) -> [EarlierSend] {
    try await parts.outbox.earlierSends(sha256: document.identity.sha256, patient: patient.id.rawValue, to: binding)
  }

  // MARK: Parts

  func set(_ entry: TransferEntry) {
    entries[entry.id] = entry
    touch(entry.id)
  }

  /// Keeps the list of those that are busy.
  func touch(_ id: TransferSnapshot.ID) {
    if entries[id]?.isBusy == true { busy.insert(id) } else { busy.remove(id) }
  }

  func entry(_ listed: ListedTransfer, isOwned: Bool) -> TransferEntry {
    var listed = listed
    // One and the same for all, not a copy in each of thousands.
    if listed.summary.binding == binding { listed.summary.binding = binding }
    let method = DeliveryMethod(rawValue: listed.summary.method) ?? .embed
    let words = FailureWords(
      host: profile.host, environment: profile.environment, limits: planner.policy.limits, method: method,
      documentID: listed.summary.documentID, purpose: listed.summary.purpose.flatMap { TransferPurpose(rawValue: $0) } ?? .new)
    let machine = TransferMachine(
      method: method, state: listed.state, uploadURI: listed.receipt.uploadURI, receipt: listed.receipt, failures: listed.failures,
      changedAt: listed.changedAt, policy: policy, words: words)
    return TransferEntry(listed, machine: machine, isOwned: isOwned)
  }
}
