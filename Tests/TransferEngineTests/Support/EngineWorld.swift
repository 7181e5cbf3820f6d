import ClinicalMessages
import Documents
import Foundation
import Logging
import Patients
import RedoxAPI
import Synchronization
import TestSupport

@testable import TransferEngine

/// An engine with a world that the test moves by hand: time, the disk's documents, the destination.
final class EngineWorld: Sendable {
  let folder: TemporaryFolder
  let time = HandTime()
  let outbox: Outbox
  let engine: TransferEngine

  init(
    _ destination: any Destination, folder: TemporaryFolder? = nil, owner: String = "this", profile: Profile = Fixtures.profile(),
    simultaneous: Int = 3, files: any DocumentFiles = SystemDocumentFiles(),
    historyLimit: Int = 500, policy: RetryPolicy = RetryPolicy(),
    content: @escaping @Sendable (Int) -> any ContentSource = { TestContent(byteCount: $0) }
  ) throws {
    self.folder = try folder ?? TemporaryFolder()
    outbox = try Outbox(places: self.folder.places, owner: owner, now: time.now)
    engine = TransferEngine(
      profile: profile, limits: Limits(),
      parts: EngineParts(
        destination: destination, outbox: outbox,
        documents: DocumentAccess(
          inspect: { _ throws(DocumentError) in throw .notFound }, recheck: { _ in }, content: { content($1.byteCount) }),
        roster: { () throws(RosterError) in throw .unknownFormat }, messages: .standard, seams: time.seams,
        simultaneousTransfers: simultaneous,
        logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), documentFiles: files),
      policy: policy, historyLimit: historyLimit)
  }

  func submit(_ byteCount: Int = 1000, forced: DeliveryMethod? = nil, hold: Double = 0) async throws -> TransferSnapshot.ID {
    try await engine.submit(engine.plan(Fixtures.draft(byteCount, forced: forced, identity: engine.makeIdentity())), hold: hold)
  }

  /// The first picture of this transfer that `condition` likes.
  func snapshot(_ id: TransferSnapshot.ID, _ condition: @Sendable (TransferSnapshot) -> Bool) async -> TransferSnapshot? {
    for await snapshots in engine.snapshots() {
      if let snapshot = snapshots.first(where: { $0.id == id }), condition(snapshot) { return snapshot }
    }
    return nil
  }

  func ended(_ id: TransferSnapshot.ID) async -> TransferSnapshot? { await snapshot(id) { $0.state.isEnded } }

  func state(_ id: TransferSnapshot.ID, is word: String) async -> TransferSnapshot? {
    await snapshot(id) { StoredState($0.state).word == word }
  }
}

/// A clock that stands still until the test moves it; sleepers wake when their time has come.
final class HandTime: Sendable {
  private struct State {
    var elapsed = 0.0
    /// How far the machine's clock has been set aside.
    var jump = 0.0
    var ids = 0
    var sleepers: [Int: (due: Double, continuation: CheckedContinuation<Void, Never>)] = [:]
    var watchers: [(Int, CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())
  private let begin = Date(timeIntervalSince1970: 1_800_000_000)

  var now: Date { begin.addingTimeInterval(state.withLock { $0.elapsed + $0.jump }) }

  /// Sets the machine's clock; no time passes.
  func jump(_ seconds: Double) { state.withLock { $0.jump += seconds } }

  var seams: EngineSeams {
    EngineSeams(
      now: { self.now }, uptime: { self.state.withLock { $0.elapsed } }, sleep: { await self.sleep($0) },
      block: { self.advance($0) }, jitter: { 0 }, uuid: { UUID().uuidString.lowercased() })
  }

  func advance(_ seconds: Double) {
    let due = state.withLock { state in
      state.elapsed += seconds
      let due = state.sleepers.filter { $0.value.due <= state.elapsed }
      for key in due.keys { state.sleepers[key] = nil }
      return due.values.map(\.continuation)
    }
    for continuation in due { continuation.resume() }
  }

  /// Returns as soon as so many sleep.
  func sleepers(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.sleepers.count < count { state.watchers.append((count, continuation)) }
        return state.sleepers.count >= count
      }
      if isThere { continuation.resume() }
    }
  }

  private func sleep(_ seconds: Double) async {
    let key = state.withLock { state in
      state.ids += 1
      return state.ids
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let (isOver, watchers) = state.withLock { state -> (Bool, [CheckedContinuation<Void, Never>]) in
          if seconds <= 0 || Task.isCancelled { return (true, []) }
          state.sleepers[key] = (state.elapsed + seconds, continuation)
          let count = state.sleepers.count
          let awake = state.watchers.filter { $0.0 <= count }.map(\.1)
          state.watchers.removeAll { $0.0 <= count }
          return (false, awake)
        }
        if isOver { continuation.resume() }
        for watcher in watchers { watcher.resume() }
      }
    } onCancel: {
      state.withLock { $0.sleepers.removeValue(forKey: key) }?.continuation.resume()
    }
  }
}

/// A destination whose every call waits for the test to say how it ends.
final class PatientDestination: Destination {
  enum Call: Sendable, Hashable { case authenticate, upload, send(uri: String?) }

  private struct State {
    var open: [(call: Call, continuation: CheckedContinuation<DestinationError?, Never>)] = []
    var watchers: [(Int, CheckedContinuation<Void, Never>)] = []
    var begun: [Call] = []
    var most = 0
    var report: ProgressHandler?
  }

  private let state = Mutex(State())
  private let waitsForToken: Bool
  /// How a cancelled message is reported.
  private let cancelledHandover: DestinationError.Handover
  private let finding: DocumentFinding
  /// A message asks at once whether its last part may leave; otherwise it never does.
  private let asksForRelease: Bool

  init(
    waitsForToken: Bool = false, cancelledHandover: DestinationError.Handover = .part, finding: DocumentFinding = .notFound,
    asksForRelease: Bool = false
  ) {
    self.asksForRelease = asksForRelease
    self.waitsForToken = waitsForToken
    self.finding = finding
    self.cancelledHandover = cancelledHandover
  }

  /// Every call so far, in order, tokens aside unless they wait.
  var begun: [Call] { state.withLock { $0.begun } }
  /// The most that were ever open at once.
  var most: Int { state.withLock { $0.most } }

  /// Returns once so many calls are open.
  func open(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.open.count < count { state.watchers.append((count, continuation)) }
        return state.open.count >= count
      }
      if isThere { continuation.resume() }
    }
  }

  /// Ends the call that has waited longest.
  func end(_ error: DestinationError? = nil) {
    let first = state.withLock { state in state.open.isEmpty ? nil : state.open.removeFirst() }
    first?.continuation.resume(returning: error)
  }

  func report(_ phase: DeliveryProgress.Phase, _ bytes: Int, of total: Int) {
    state.withLock { $0.report }?(DeliveryProgress(phase: phase, acknowledgedBytes: bytes, totalBytes: total))
  }

  func authenticate() async throws(DestinationError) -> AuthenticationReceipt {
    if waitsForToken { try await wait(.authenticate) { _ in } }
    return AuthenticationReceipt(expires: .distantFuture)
  }

  func upload(_ file: UploadRequest, progress: @escaping ProgressHandler) async throws(DestinationError) -> UploadReceipt {
    try await wait(.upload, progress)
    return UploadReceipt(uri: "https://blob.example/1", status: 201)
  }

  func send(
    _ request: MessageRequest, progress: @escaping ProgressHandler, release: @escaping ReleaseHandler
  ) async throws(DestinationError) -> MessageReceipt {
    var uri: String?
    if case .uploadURI(let given) = request.hole { uri = given }
    if asksForRelease, await !release() { throw DestinationError(.cancelled, handover: .part) }
    try await wait(.send(uri: uri), progress)
    return MessageReceipt(status: 200, logIDs: ["log-1"], locations: [], acceptedAt: Date(timeIntervalSince1970: 1_800_000_500))
  }

  func find(_ query: DocumentQuery) async throws(DestinationError) -> DocumentFinding { finding }

  private func wait(_ call: Call, _ progress: @escaping ProgressHandler) async throws(DestinationError) {
    let error: DestinationError? = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if Task.isCancelled { return continuation.resume(returning: DestinationError(.cancelled)) }
        let awake = state.withLock { state in
          state.begun.append(call)
          state.open.append((call, continuation))
          state.most = max(state.most, state.open.count)
          state.report = progress
          let count = state.open.count
          let awake = state.watchers.filter { $0.0 <= count }
          state.watchers.removeAll { $0.0 <= count }
          return awake
        }
        for watcher in awake { watcher.1.resume() }
      }
    } onCancel: {
      end(DestinationError(.cancelled, handover: call == .authenticate ? .nothing : cancelledHandover))
    }
    if let error { throw error }
  }
}
