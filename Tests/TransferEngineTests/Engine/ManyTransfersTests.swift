import Foundation
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
    let destination = MemoryDestination()
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
    #expect(destination.deliveries.count == total)
    for await snapshots in world.engine.snapshots() {
      #expect(snapshots.allSatisfy { $0.state == .accepted })
      break
    }
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
