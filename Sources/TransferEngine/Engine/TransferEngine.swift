public import ClinicalMessages
public import Documents
internal import Logging
public import Patients
internal import RedoxAPI
public import SafeText
public import SystemPackage

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Delivers documents for one profile: a few at a time, each state on the disk before the next step, and honest about what it knows.
///
/// What may happen when is `TransferMachine`'s business; this actor carries its actions out. It never calls a view: it publishes
/// snapshots, and whoever looks takes the latest.
public actor TransferEngine: TransferService {
  public nonisolated let profile: ProfileSummary

  nonisolated let planner: Planner
  nonisolated let parts: EngineParts
  private let policy: RetryPolicy
  /// What the profile's name means in this process.
  nonisolated let binding: TransferBinding

  var entries: [TransferSnapshot.ID: TransferEntry] = [:]
  /// Newest first.
  var order: [TransferSnapshot.ID] = []
  /// Waiting for room, the longest first.
  var ready: [TransferSnapshot.ID] = []
  var active: Set<TransferSnapshot.ID> = []
  var gate: ServerGate
  var gateTimer: Task<Void, Never>?
  var publisher = SnapshotPublisher()
  var drainers: [CheckedContinuation<Void, Never>] = []
  private var left = Leftovers()

  /// Waits for other processes' writes.
  var watch: Task<Void, Never>?
  /// The outbox as it was when this engine looked last at what others do.
  var seenVersion: Int?
  var lookedAt = -Double.infinity

  /// Transfers of the past that are shown.
  static let historyLimit = 500

  init(profile: Profile, limits: Limits, parts: EngineParts, policy: RetryPolicy = RetryPolicy()) {
    self.profile = profile.summary
    self.binding = TransferBinding(profile)
    self.planner = Planner(profile: profile, limits: limits, messages: parts.messages)
    self.parts = parts
    self.policy = policy
    self.gate = ServerGate(limit: parts.simultaneousTransfers, policy: policy)
  }

  /// Loads what the outbox holds for this profile.
  /// - Parameter adopting: goes on with transfers that a process left behind before their message was on its way, unless the profile means
  ///   something else than when they were reviewed, or asks for a person's confirmation of each send; then they end as failed.
  public func start(adopting: Bool) async throws(OutboxError) {
    watchOthers()
    var adopted: [StoredTransfer] = []
    if adopting {
      let found = try await parts.outbox.adopt(profile: profile.name, binding: binding, now: parts.seams.now()) {
        [binding, isProduction = profile.isProduction] transfer in
        transfer.order.binding.objection(to: binding)
          ?? (isProduction && !transfer.isHandedOver ? FailureWords.interruptedInProduction : nil)
      }
      adopted = found.goingOn
      left = Leftovers(adopted: found.goingOn.map(\.id), needAttention: found.ended)
    }
    let stored = try await parts.outbox.transfers(profile: profile.name, binding: binding, limit: Self.historyLimit)
    // What was submitted meanwhile is newer than anything that was read.
    let known = Set(stored.map(\.id))
    order = order.filter { !known.contains($0) } + stored.map(\.id)
    for transfer in stored where entries[transfer.id]?.isOwned != true {
      entries[transfer.id] = entry(transfer, isOwned: transfer.owner == parts.outbox.owner)
    }
    ready += adopted.map(\.id)
    left.needAttention += stored.map(\.id).filter { parts.outbox.settledUncertain.contains($0) }
    publish()
    schedule()
  }

  deinit { watch?.cancel() }

  public func leftovers() -> Leftovers { left }

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

  public func submit(_ plan: Plan) async throws(OutboxError) -> TransferSnapshot.ID {
    // A front end that lets such a plan through has a fault; it must not become a patient's.
    try await submit(
      TransferOrder(plan, binding: binding), requestByteCount: plan.requestByteCount, objection: Self.objection(to: plan, of: profile.name))
  }

  public func submit(_ plans: [Plan]) async throws(OutboxError) -> [TransferSnapshot.ID] {
    let objections = plans.map { Self.objection(to: $0, of: profile.name) }
    let isOneAmiss = objections.contains { $0 != nil }
    return try await submit(
      zip(plans, objections).map { plan, objection in
        (TransferOrder(plan, binding: binding), plan.requestByteCount, objection ?? (isOneAmiss ? Self.objectionToCompany : nil))
      })
  }

  /// Records an order and starts it, unless something stands against that.
  func submit(_ order: TransferOrder, requestByteCount: Int, objection: TransferFailure?) async throws(OutboxError) -> TransferSnapshot.ID {
    let ids = try await submit([(order, requestByteCount, objection)])
    return ids[0]
  }

  /// Records orders, all or none, and starts those that nothing stands against. One number for each.
  private func submit(
    _ orders: [(order: TransferOrder, requestByteCount: Int, objection: TransferFailure?)]
  ) async throws(OutboxError) -> [TransferSnapshot.ID] {
    var originals: [String: StoredTransfer] = [:]
    for origin in orders.compactMap(\.order.origin) { originals[origin] = try await parts.outbox.transfer(TransferSnapshot.ID(origin)) }
    let now = parts.seams.now()
    let stored = orders.map { newTransfer($0.order, requestByteCount: $0.requestByteCount, at: now) }
    try await parts.outbox.insert(stored)
    for (transfer, (_, _, objection)) in zip(stored, orders) {
      // Asked now, so that of two corrections at once the second one knows of the first.
      let objection = objection ?? self.objection(toCorrection: transfer.order, of: transfer.order.origin.flatMap { originals[$0] })
      entries[transfer.id] = entry(transfer, isOwned: true)
      order.insert(transfer.id, at: 0)
      if let objection { await post(.objected(objection), to: transfer.id) } else { ready.append(transfer.id) }
    }
    publish()
    schedule()
    return stored.map(\.id)
  }

  private func newTransfer(_ order: TransferOrder, requestByteCount: Int, at now: Date) -> StoredTransfer {
    StoredTransfer(
      id: TransferSnapshot.ID(String(parts.seams.uuid().filter { $0 != "-" }.prefix(12))), profile: profile.name, order: order,
      state: .queued, receipt: TransferReceipt(), failures: 0, owner: parts.outbox.owner, queuedAt: now, changedAt: now,
      origin: order.origin.map { TransferSnapshot.ID($0) }, purpose: order.transferPurpose.rawValue, requestByteCount: requestByteCount)
  }

  public func cancel(_ id: TransferSnapshot.ID) async {
    guard let entry = entries[id] else { return }
    if entry.isOwned { return await post(.cancelRequested, to: id) }
    // Whoever works on it sees this at once.
    do throws(OutboxError) {
      try await parts.outbox.request(.cancel, of: id, now: parts.seams.now())
      try await show(id)
    } catch {
      parts.logger.error("outbox does not take a request", metadata: ["transfer": "\(id.rawValue)"])
    }
  }

  /// Shows a transfer of another process, or of none, as it stands now.
  private func show(_ id: TransferSnapshot.ID) async throws(OutboxError) {
    if let current = try await parts.outbox.transfer(id) { entries[id] = entry(current, isOwned: false) }
    publish()
  }

  public func retry(_ id: TransferSnapshot.ID) async {
    // There a person confirms each send, and this is none.
    guard isAtRest(id), !profile.isProduction else { return }
    do throws(OutboxError) {
      let claim = try await parts.outbox.claim(id)
      // Asked twice, it may be under way by now; it must not begin a second time.
      guard isAtRest(id) else { return }
      guard let claimed = claim else {
        // Another process has it, or has brought it to an end: show that instead.
        return try await show(id)
      }
      // What the disk did not take is known here only; otherwise the disk knows best.
      if claimed.state.isEnded { entries[id] = entry(claimed, isOwned: true) }
    } catch {
      return parts.logger.error("outbox does not give a transfer", metadata: ["transfer": "\(id.rawValue)"])
    }
    let objection = entries[id]?.order.binding.objection(to: binding) ?? objection(toRepeating: id)
    await post(objection.map { .unfit($0) } ?? .retryRequested, to: id)
  }

  private func isAtRest(_ id: TransferSnapshot.ID) -> Bool {
    guard let entry = entries[id] else { return false }
    return entry.machine.state.isEnded && !entry.isHandling && entry.task == nil
  }

  public func drain() async {
    if isIdle { return }
    await withCheckedContinuation { drainers.append($0) }
  }

  /// Every try of a transfer, in order.
  public nonisolated func attempts(of id: TransferSnapshot.ID) async throws(OutboxError) -> [TransferAttempt] {
    try await parts.outbox.attempts(of: id)
  }

  /// When this document was queued for this patient before, newest first.
  public nonisolated func earlierSends(of document: Document, to patient: Patient) async throws(OutboxError) -> [Date] {
    try await parts.outbox.earlierSends(sha256: document.identity.sha256, patient: patient.id.rawValue)
  }

  // MARK: Events and actions

  /// Deals with an event. Those of one transfer are dealt with one after the other, each with everything that follows from it, so
  /// that no event sees a state that is not on the disk yet.
  func post(_ event: TransferMachine.Event, to id: TransferSnapshot.ID) async {
    guard entries[id] != nil else { return }
    entries[id]?.inbox.append(event)
    guard entries[id]?.isHandling == false else { return }
    entries[id]?.isHandling = true
    while let next = entries[id]?.inbox.first {
      entries[id]?.inbox.removeFirst()
      let actions = entries[id]?.machine.handle(next, at: parts.seams.now()) ?? []
      await perform(actions, for: id)
      // Overtaken on the way to its place: the place is given back.
      if case .start = next, actions.isEmpty { leave(id) }
    }
    entries[id]?.isHandling = false
    wakeDrainers()
  }

  private func perform(_ actions: [TransferMachine.Action], for id: TransferSnapshot.ID) async {
    for (index, action) in actions.enumerated() {
      switch action {
      case .commit:
        do throws(OutboxError) {
          try await commit(id)
        } catch {
          parts.logger.error("outbox does not take a state", metadata: ["transfer": "\(id.rawValue)"])
          await recover(from: error, before: actions[(index + 1)...], for: id)
          publish()
          return
        }
        publish()
      case .prepare:
        begin(.preparation, id) { destination, _ async throws(DestinationError) in
          _ = try await destination.authenticate()
          return .prepared
        }
      case .upload: upload(id)
      case .send(let uri): send(id, uploadURI: uri)
      case .stop: entries[id]?.task?.cancel()
      case .enqueue: enqueue(id)
      case .wake(let time): wake(id, at: time)
      case .end: leave(id)
      }
    }
  }

  private func commit(_ id: TransferSnapshot.ID) async throws(OutboxError) {
    guard let entry = entries[id] else { return }
    let machine = entry.machine
    let request = try await parts.outbox.record(
      id, state: machine.state, receipt: machine.receipt, failures: machine.failures, changedAt: machine.changedAt, attempt: entry.attempt)
    entries[id]?.attempt = nil
    entries[id]?.note(recorded: machine)
    if request == .cancel { entries[id]?.inbox.append(.cancelRequested) }
  }

  /// The disk has let us down. What was to follow is not done; what has happened stays true, though only this process knows it.
  private func recover(from error: OutboxError, before dropped: ArraySlice<TransferMachine.Action>, for id: TransferSnapshot.ID) async {
    let endsAnyway = dropped.contains { $0 == .end }
    if !dropped.isEmpty, !endsAnyway {
      let failure = TransferFailure(
        code: "outbox", explanation: "The transfer could not be recorded: \(error.sentence.string) So it was not sent.",
        remedy: "Make room or mend the state folder, then try again.")
      _ = entries[id]?.machine.handle(.notRecorded(failure), at: parts.seams.now())
    } else if entries[id]?.machine.state == .cancelled {
      // The disk still has it as under way, and the next start would believe the disk.
      let failure = TransferFailure(
        code: "outbox", explanation: "It was stopped, but that could not be recorded: \(error.sentence.string) The next start may send it.",
        remedy: "Make room or mend the state folder, start the program again, and cancel it there.")
      _ = entries[id]?.machine.handle(.notRecorded(failure), at: parts.seams.now())
    }
    if let machine = entries[id]?.machine { entries[id]?.note(recorded: machine) }
    if !dropped.isEmpty { leave(id) }
  }

  // MARK: Parts

  func entry(_ stored: StoredTransfer, isOwned: Bool) -> TransferEntry {
    let method = DeliveryMethod(rawValue: stored.order.method) ?? .embed
    let words = FailureWords(
      host: profile.host, environment: profile.environment, limits: planner.policy.limits, method: method,
      documentID: stored.order.documentID)
    let machine = TransferMachine(
      method: method, state: stored.state, uploadURI: stored.receipt.uploadURI, receipt: stored.receipt, failures: stored.failures,
      changedAt: stored.changedAt, policy: policy, words: words)
    return TransferEntry(stored, machine: machine, isOwned: isOwned)
  }

  private static let objectionToCompany = TransferFailure(
    code: "not-sendable", explanation: "Another document of the same send may not be sent. So none of them was sent.",
    remedy: "Send it anew, without the one that may not be sent.")

  private static func objection(to plan: Plan, of profile: String) -> TransferFailure? {
    if plan.profile != profile {
      return TransferFailure(
        code: "wrong-profile", explanation: "This was planned for another profile. It was not sent.",
        remedy: "Prepare it anew in this profile.")
    }
    if let problem = plan.problems.first(where: { $0.severity == .error }) {
      return notSendable(problem)
    }
    return nil
  }
}
