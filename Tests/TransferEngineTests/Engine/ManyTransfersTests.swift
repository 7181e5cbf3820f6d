import Foundation
import RedoxAPI
import Synchronization
import TestSupport
import Testing

@testable import TransferEngine

/// Some hundreds in every run. `CHARTDROP_MANY=10000` measures as many and prints the figures.
@Suite("Very many transfers", .timeLimit(.minutes(10)))
struct ManyTransfersTests {
  private let count = ProcessInfo.processInfo.environment["CHARTDROP_MANY"].flatMap { Int($0) }

  @Test("Opened, listed, paused, resumed and delivered")
  func many() async throws {
    let total = count ?? 520
    let folder = try TemporaryFolder()
    let ids = (0..<total).map { TransferSnapshot.ID("t\($0)") }
    do {
      let dead = try Outbox(places: folder.places, owner: "dead", now: Date(timeIntervalSince1970: 1))
      for (number, id) in ids.enumerated() {
        try await dead.insert(Fixtures.stored(id.rawValue, owner: "dead", queued: Double(number)))
      }
    }
    let memory = residentBytes
    let destination = CountingDestination()
    let world = try measured("outbox opened") { try EngineWorld(destination, folder: folder) }
    try await measured("engine started, first transfers begun") { try await world.engine.start(adopting: true) }
    let listed = await measured("listed") { () -> [TransferSnapshot] in
      for await snapshots in world.engine.snapshots() { return snapshots }
      return []
    }
    #expect(listed.map(\.id) == ids.reversed())
    let refused = await measured("all paused") { await world.engine.pause(ids) }
    await world.engine.drain()
    #expect(refused.count < 20)
    report("memory while all wait, MB", Double(residentBytes - memory) / 1_000_000)
    let notResumed = await measured("all resumed") { await world.engine.resume(ids) }
    #expect(notResumed.count < 20)
    await measured("all delivered") { await world.engine.drain() }
    report("memory at the end, MB", Double(residentBytes - memory) / 1_000_000)
    #expect(destination.count == total)
    for await snapshots in world.engine.snapshots() {
      #expect(snapshots.allSatisfy { $0.state == .accepted })
      break
    }
  }

  @Test("Ends beyond the newest are let go of, each is told once, and nothing that another process writes brings them back")
  func forgetting() async throws {
    let (total, limit) = (60, 10)
    let folder = try TemporaryFolder()
    let ids = (0..<total).map { TransferSnapshot.ID("t\($0)") }
    do {
      let dead = try Outbox(places: folder.places, owner: "dead", now: Date(timeIntervalSince1970: 1))
      try await dead.insert(ids.enumerated().map { Fixtures.stored($1.rawValue, owner: "dead", queued: Double($0)) })
    }
    let destination = CountingDestination()
    let world = try EngineWorld(destination, folder: folder, historyLimit: limit)
    try await world.engine.start(adopting: true)
    let ends = await world.engine.ends()
    let own = try await world.submit()
    await world.engine.drain()
    await world.engine.endTelling()
    var told: [TransferSnapshot.ID] = []
    for await end in ends where end.state == .accepted { told.append(end.id) }
    #expect(Set(told) == Set(ids + [own]) && told.count == total + 1 && destination.count == total + 1)

    // Twice the limit, and what has ended since it was last looked through.
    let kept = await world.engine.order
    #expect(kept.count <= 3 * limit && kept.first == own && Set(kept).isSuperset(of: ids.suffix(limit - 1)))
    #expect(await world.engine.entries.count == kept.count)
    let other = try Outbox(places: folder.places, owner: "other", now: world.time.now)
    try await other.insert(Fixtures.stored("new", owner: "other", queued: 1000))
    _ = await world.snapshot(TransferSnapshot.ID("new")) { _ in true }
    #expect(await world.engine.order.count <= kept.count + 1)
    #expect(try await world.engine.record(of: ids[0])?.entry.state == "accepted")
  }

  @Test("What another process has ended is shown so, also when it is not among the newest any more")
  func endedElsewhere() async throws {
    let folder = try TemporaryFolder()
    let other = try Outbox(places: folder.places, owner: "other", now: Date(timeIntervalSince1970: 1))
    try await other.insert((0..<9).map { Fixtures.stored("t\($0)", owner: "other", queued: Double($0)) })
    let world = try EngineWorld(CountingDestination(), folder: folder, historyLimit: 3)
    try await world.engine.start(adopting: true)
    let oldest = TransferSnapshot.ID("t0")
    #expect(await world.snapshot(oldest) { $0.isElsewhere } != nil)
    try await other.record(oldest, state: .accepted, receipt: TransferReceipt(), failures: 0, changedAt: world.time.now, attempt: nil)
    #expect(await world.ended(oldest)?.state == .accepted)
  }

  private func measured<Value>(_ what: String, _ work: () throws -> Value) rethrows -> Value {
    let begin = ContinuousClock.now
    defer { report(what, begin) }
    return try work()
  }

  private func measured<Value: Sendable>(_ what: String, _ work: () async throws -> Value) async rethrows -> Value {
    let begin = ContinuousClock.now
    defer { report(what, begin) }
    return try await work()
  }

  private func report(_ what: String, _ begin: ContinuousClock.Instant) {
    let elapsed = begin.duration(to: .now).components
    report(what + ", s", Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18)
  }

  private func report(_ what: String, _ figure: Double) {
    if count != nil { print("\(what): \((figure * 100).rounded() / 100)") }
  }

  /// Zero where the system does not say.
  private var residentBytes: Int {
    let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * 4096 : 0
  }
}

/// Accepts everything and keeps nothing, so that what is measured is the engine's.
private final class CountingDestination: Destination {
  private let accepted = Mutex(0)
  var count: Int { accepted.withLock { $0 } }

  func authenticate() async throws(DestinationError) -> AuthenticationReceipt { AuthenticationReceipt(expires: .distantFuture) }

  func upload(_ file: UploadRequest, progress: @escaping ProgressHandler) async throws(DestinationError) -> UploadReceipt {
    UploadReceipt(uri: "https://blob.example/1", status: 201)
  }

  func send(
    _ request: MessageRequest, progress: @escaping ProgressHandler, release: @escaping ReleaseHandler
  ) async throws(DestinationError) -> MessageReceipt {
    guard await release() else { throw DestinationError(.cancelled, handover: .part) }
    accepted.withLock { $0 += 1 }
    return MessageReceipt(
      status: 200, logIDs: ["5f2d7c1e-8f0a-4a39-9d53-3c5a8e1b7f10"], locations: [], acceptedAt: Date(timeIntervalSince1970: 1_800_000_500))
  }

  func find(_ query: DocumentQuery) async throws(DestinationError) -> DocumentFinding { .notFound }
}
