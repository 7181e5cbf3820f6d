import Documents
import Foundation
import GRDB
import RedoxAPI
import SafeText
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TransferEngine

@Suite("What becomes of a file when its transfer is accepted", .timeLimit(.minutes(1)))
struct DisposalTests {
  private let files = RememberedFiles()

  private func profile(_ disposal: DocumentDisposal = .move("/sent")) -> Profile {
    var profile = Fixtures.profile()
    profile.after = disposal
    return profile
  }

  @Test("It is moved once, the history says so, and whoever waits for the end waits for that too")
  func moved() async throws {
    let world = try EngineWorld(MemoryDestination(), profile: profile(), files: files)
    files.hold()
    let id = try await world.submit()
    #expect(await world.ended(id)?.state == .accepted)
    #expect(await !world.engine.isIdle)
    // Stands in the outbox beside the acceptance: whoever comes after a death at this moment knows of it, and nobody does before.
    #expect(try await world.outbox.disposal(of: id)?.wanted == .move("/sent"))
    let other = try EngineWorld(MemoryDestination(), folder: world.folder, owner: "other", profile: profile(), files: files)
    #expect(try await other.outbox.claimDisposals(profile: "main").isEmpty)
    files.release()
    await world.engine.drain()
    #expect(files.calls == ["link /sent/bixby-consent.pdf", "remove /docs/bixby-consent.pdf"])
    let record = try #require(try await world.engine.record(of: id))
    #expect(record.decisions == [TransferDecision(.documentMoved, who: "chartdrop", at: world.time.now, note: "/sent/bixby-consent.pdf")])
    #expect(record.entry.state == "accepted")
    #expect(try await world.outbox.disposal(of: id) == nil)
    #expect(world.engine.afterSentence == "Once accepted, the file is moved to /sent.")
  }

  @Test("It stays where nothing else is configured, and when Redox does not accept the document")
  func kept() async throws {
    let kept = try EngineWorld(MemoryDestination(), profile: profile(.keep), files: files)
    _ = await kept.ended(try await kept.submit())
    #expect(kept.engine.afterSentence == nil)
    let destination = MemoryDestination()
    destination.script([.fail(DestinationError(.refused, handover: .whole)), .fail(DestinationError(.timedOut, handover: .whole))])
    let world = try EngineWorld(destination, profile: profile(.delete), files: files)
    for _ in 0..<2 { _ = await world.ended(try await world.submit()) }
    for engine in [kept.engine, world.engine] { await engine.drain() }
    #expect(files.calls.isEmpty)
  }

  @Test("What goes wrong says nothing about the transfer")
  func left() async throws {
    files.refuse(.permissionDenied)
    let world = try EngineWorld(MemoryDestination(), profile: profile(.delete), files: files)
    let id = try await world.submit()
    await world.engine.drain()
    let record = try #require(try await world.engine.record(of: id))
    #expect(record.decisions.map(\.what) == [.documentLeft])
    #expect(record.entry.state == "accepted")
  }

  @Test("A file that another transfer still needs stays until that one has ended")
  func neededElsewhere() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination, profile: profile(.delete), files: files)
    let first = try await world.submit()
    await destination.open(1)
    let second = try await world.submit()
    await destination.open(2)
    destination.end()
    _ = await world.ended(first)
    while try await world.engine.record(of: first)?.decisions.isEmpty != false { await Task.yield() }
    #expect(try await world.engine.record(of: first)?.decisions.map(\.what) == [.documentLeft])
    #expect(files.calls.isEmpty)
    destination.end()
    await world.engine.drain()
    #expect(try await world.engine.record(of: second)?.decisions.map(\.what) == [.documentDeleted])
  }

  @Test("A retraction has no file")
  func retraction() async throws {
    let world = try EngineWorld(MemoryDestination(), profile: profile(.delete), files: files)
    let original = try await world.submit()
    await world.engine.drain()
    let plan = try #require(try await world.engine.retractionPlan(of: original))
    let id = try await world.engine.submit(plan)
    await world.engine.drain()
    #expect(files.calls == ["remove /docs/bixby-consent.pdf"])
    #expect(try await world.engine.record(of: id)?.decisions.isEmpty == true)
  }

  @Test("An acceptance that the disk takes late moves the file then, not before")
  func recordedLater() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination, profile: profile(.delete), files: files)
    let id = try await world.submit()
    await destination.open(1)
    try await world.outbox.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = ON") }
    destination.end()
    #expect(await world.ended(id)?.state == .accepted)
    #expect(files.calls.isEmpty)
    try await world.outbox.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = OFF") }
    await world.time.sleepers(1)
    world.time.advance(10)
    while await world.engine.unrecorded.contains(id) { await Task.yield() }
    await world.engine.drain()
    #expect(files.calls == ["remove /docs/bixby-consent.pdf"])
  }

  // MARK: After a death

  private static let left = TransferSnapshot.ID("left")

  /// A process that has died between an acceptance and what was to follow from it.
  private func folder(_ disposal: DocumentDisposal = .move("/sent"), accepted: Double = 2) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let dead = try Outbox(places: folder.places, owner: "dead", now: Date(timeIntervalSince1970: 1))
    try await dead.insert(Fixtures.stored("left", state: .finalizing, owner: "dead"))
    _ = try await dead.record([
      TransferRecord(
        id: Self.left, state: .accepted, receipt: TransferReceipt(), failures: 0, changedAt: Date(timeIntervalSince1970: accepted),
        disposal: disposal, ownership: .nobodys)
    ])
    return folder
  }

  private func decisions(_ world: EngineWorld) async throws -> [TransferDecision] {
    try #require(try await world.engine.record(of: Self.left)).decisions
  }

  @Test("What a dead process did not come to is done by the next one that takes things up, once")
  func resumed() async throws {
    let folder = try await folder()
    let viewer = try EngineWorld(MemoryDestination(), folder: folder, owner: "viewer", profile: profile(), files: files)
    try await viewer.engine.start(adopting: false)
    await viewer.engine.drain()
    #expect(files.calls.isEmpty)
    let world = try EngineWorld(MemoryDestination(), folder: folder, profile: profile(), files: files)
    try await world.engine.start(adopting: true)
    await world.engine.drain()
    // What may stand there of a copy goes first.
    #expect(files.calls == ["remove /sent/.chartdrop-left.part", "link /sent/bixby-consent.pdf", "remove /docs/bixby-consent.pdf"])
    #expect(
      try await decisions(world) == [
        TransferDecision(.documentMoved, who: "chartdrop", at: world.time.now, note: "/sent/bixby-consent.pdf")
      ])
    let third = try EngineWorld(MemoryDestination(), folder: folder, owner: "third", profile: profile(), files: files)
    try await third.engine.start(adopting: true)
    await third.engine.drain()
    #expect(files.calls.count == 3)
  }

  @Test("Whoever delivers without a screen does it too, for what dies meanwhile")
  func delivered() async throws {
    let folder = try await folder(.delete)
    let world = try EngineWorld(MemoryDestination(), folder: folder, profile: profile(.delete), files: files)
    try await world.engine.work(.untilDrained)
    #expect(files.calls == ["remove /docs/bixby-consent.pdf"])
    #expect(try await decisions(world).map(\.what) == [.documentDeleted])
  }

  @Test("Where the configuration says otherwise by now, the file stays; what stands there of a copy goes")
  func configuredOtherwise() async throws {
    let world = try EngineWorld(MemoryDestination(), folder: try await folder(), profile: profile(.keep), files: files)
    try await world.engine.start(adopting: true)
    await world.engine.drain()
    #expect(files.calls == ["remove /sent/.chartdrop-left.part"])
    #expect(try await decisions(world).map(\.note) == ["The configuration says otherwise by now."])
  }

  @Test(
    "A file that another transfer waits for stays, after a death too, and so does one that may have to be sent again",
    arguments: [
      .paused, .uncertain(TransferFailure(code: "died", explanation: "Nobody knows.", remedy: "Look.")),
    ] as [TransferState])
  func awaited(_ state: TransferState) async throws {
    let folder = try await folder(.delete)
    let world = try EngineWorld(MemoryDestination(), folder: folder, profile: profile(.delete), files: files)
    try await world.outbox.insert(Fixtures.stored("other", state: state, owner: nil))
    try await world.engine.start(adopting: true)
    await world.engine.drain()
    #expect(files.calls.isEmpty)
    #expect(try await decisions(world).map(\.note) == ["Another transfer may still need it."])
  }

  @Test("What nobody came to before the patient's data went is not done any more, and the history says so")
  func purged() async throws {
    let world = try EngineWorld(MemoryDestination(), folder: try await folder(), profile: profile(), files: files)
    #expect(try await world.outbox.purge(endedBefore: world.time.now, now: world.time.now, atMost: 5) == 1)
    try await world.engine.start(adopting: true)
    await world.engine.drain()
    #expect(files.calls.isEmpty)
    #expect(try await decisions(world) == [TransferDecision(.documentLeft, who: "chartdrop", at: world.time.now)])
  }
}

/// Files of which there is one, the fixtures' document; it remembers what was done to it.
private final class RememberedFiles: DocumentFiles {
  private let state = Mutex((calls: [String](), refusal: Errno?.none))
  private let gate = NSCondition()
  private let isHeld = Mutex(false)

  var calls: [String] { state.withLock { $0.calls } }
  func refuse(_ error: Errno) { state.withLock { $0.refusal = error } }

  /// Whatever looks at the file waits until `release`.
  func hold() { isHeld.withLock { $0 = true } }

  func release() {
    gate.lock()
    isHeld.withLock { $0 = false }
    gate.broadcast()
    gate.unlock()
  }

  func stamp(_ path: FilePath) -> FileStamp? {
    gate.lock()
    while isHeld.withLock({ $0 }) { gate.wait() }
    gate.unlock()
    let document = Fixtures.document(1000)
    return path == document.path ? FileStamp(document.identity) : nil
  }

  func isSameFolder(_ one: FilePath, _ other: FilePath) -> Bool { one == other }
  func holds(_ path: FilePath, _ identity: FileIdentity) -> Bool { false }
  func synchronizeFolder(of path: FilePath) throws(Errno) { try note("synchronize \(path)") }
  func link(_ path: FilePath, to target: FilePath) throws(Errno) { try note("link \(target)") }
  func rename(_ path: FilePath, to target: FilePath) throws(Errno) { try note("rename \(target)") }
  func copy(_ path: FilePath, to target: FilePath) throws(Errno) { try note("copy \(target)") }
  func remove(_ path: FilePath) throws(Errno) { try note("remove \(path)") }

  private func note(_ call: String) throws(Errno) {
    let refusal = state.withLock { state in
      state.calls.append(call)
      return state.refusal
    }
    if let refusal { throw refusal }
  }
}
