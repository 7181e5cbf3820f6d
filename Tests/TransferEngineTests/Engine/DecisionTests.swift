import ClinicalMessages
import Foundation
import RedoxAPI
import SafeText
import SystemPackage
import TestSupport
import Testing

@testable import TransferEngine

@Suite("Ways out of a doubt", .timeLimit(.minutes(1)))
struct DecisionTests {
  /// A transfer that nobody knows the end of.
  private func uncertain(_ world: EngineWorld, _ destination: PatientDestination, forced: DeliveryMethod? = nil) async throws
    -> TransferSnapshot.ID
  {
    let id = try await world.submit(forced: forced)
    if forced == .upload {
      await destination.open(1)
      destination.end()
    }
    await destination.open(1)
    destination.end(DestinationError(.timedOut, handover: .whole))
    _ = await world.state(id, is: "uncertain")
    await world.engine.drain()
    // The pause after a server's failure passes.
    world.time.advance(2)
    return id
  }

  @Test(
    "A person's word settles it, and is on the disk with who and when",
    arguments: [
      (Resolution.arrived, Settlement.Outcome.arrived, TransferDecision.What.arrived), (.giveUp, .givenUp, .giveUp),
    ])
  func settled(_ resolution: Resolution, _ outcome: Settlement.Outcome, _ what: TransferDecision.What) async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let id = try await uncertain(world, destination)
    try await world.engine.decide(resolution, on: id, by: "ann")
    let settlement = Settlement(outcome, by: "ann", at: world.time.now)
    #expect(await world.snapshot(id) { _ in true }?.state == .settled(settlement))
    #expect(try await world.outbox.transfer(id)?.state == .settled(settlement))
    #expect(try await world.engine.record(of: id)?.decisions == [TransferDecision(what, who: "ann", at: world.time.now)])
    // It is decided once.
    await #expect(throws: DecisionRefusal.notUncertain) { try await world.engine.decide(.giveUp, on: id, by: "bob") }
    await world.engine.retry(id)
    #expect(destination.begun.count == 1)
  }

  @Test("Sent again: the same message, the same upload, once; and it is recorded who had it done")
  func again() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let id = try await uncertain(world, destination, forced: .upload)
    let before = try await world.outbox.transfer(id)?.order
    try await world.engine.decide(.sendAgain(isConfirmed: false), on: id, by: "ann")
    await destination.open(1)
    destination.end()
    let accepted = try #require(await world.state(id, is: "accepted"))
    #expect(accepted.receipt.doubt?.code == "uncertain")
    #expect(destination.begun == [.upload, .send(uri: "https://blob.example/1"), .send(uri: "https://blob.example/1")])
    #expect(try await world.outbox.transfer(id)?.order == before)
    #expect(try await world.engine.record(of: id)?.decisions.map(\.what) == [.sendAgain])
  }

  @Test("In production it is sent again only when a person has confirmed it in the review")
  func production() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination, profile: Fixtures.profile(.production))
    let id = try await uncertain(world, destination)
    await #expect(throws: DecisionRefusal.needsConfirmation) {
      try await world.engine.decide(.sendAgain(isConfirmed: false), on: id, by: "ann")
    }
    #expect(destination.begun.count == 1)
    try await world.engine.decide(.sendAgain(isConfirmed: true), on: id, by: "ann")
    await destination.open(1)
    destination.end()
    #expect(await world.state(id, is: "accepted") != nil)
  }

  @Test("A repeat that dies before it begins is in doubt still, not failed", arguments: [true, false])
  func deathOfRepeat(_ isCancelled: Bool) async throws {
    let folder = try TemporaryFolder()
    let production = Fixtures.profile(.production)
    let id = TransferSnapshot.ID("t")
    var receipt = TransferReceipt()
    receipt.doubt = Fixtures.failure("uncertain")
    do {
      let dead = try Outbox(places: folder.places, owner: "dead", now: Date(timeIntervalSince1970: 1))
      try await dead.insert(Fixtures.stored("t", owner: "dead", binding: TransferBinding(production)))
      try await dead.record(id, state: .queued, receipt: receipt, failures: 0, changedAt: Date(timeIntervalSince1970: 2), attempt: nil)
      if isCancelled { try await dead.request(.cancel, of: id, now: Date(timeIntervalSince1970: 2)) }
    }
    let world = try EngineWorld(MemoryDestination(), folder: folder, profile: production)
    try await world.engine.start(adopting: true)
    guard case .uncertain(let failure) = await world.ended(id)?.state else { Issue.record("it is not uncertain"); return }
    #expect(failure.explanation.hasSuffix("What was sent before may have arrived."))
  }

  @Test("What a person knows holds after the profile has changed too; nothing is asked or sent through another connection")
  func changedProfile() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let id = try await uncertain(world, destination)
    let changed = Fixtures.profile(credentials: .clientAssertion(clientID: "another", keyID: "k", keyFile: "/key", scope: nil))
    let later = try EngineWorld(destination, folder: world.folder, owner: "later", profile: changed)
    try await later.engine.start(adopting: true)
    #expect(await later.snapshot(id) { _ in true } != nil)
    await #expect(throws: DecisionRefusal.self) { try await later.engine.decide(.sendAgain(isConfirmed: true), on: id, by: "ann") }
    await #expect(throws: DecisionRefusal.self) { _ = try await later.engine.check(id, by: "ann") }
    try await later.engine.decide(.giveUp, on: id, by: "ann")
    #expect(try await later.outbox.transfer(id)?.state == .settled(Settlement(.givenUp, by: "ann", at: later.time.now)))
    #expect(destination.begun.count == 1)
  }

  @Test("Asked and found: settled, with its place")
  func found() async throws {
    let destination = PatientDestination(finding: .found(locations: ["DocumentReference/7"]))
    let world = try EngineWorld(destination)
    let id = try await uncertain(world, destination)
    #expect(try await world.engine.check(id, by: "ann") == .found(locations: ["DocumentReference/7"]))
    let snapshot = try #require(await world.snapshot(id) { _ in true })
    #expect(snapshot.state == .settled(Settlement(.found, by: "ann", at: world.time.now)))
    #expect(snapshot.receipt.locations == ["DocumentReference/7"])
    #expect(try await world.engine.record(of: id)?.decisions.map(\.what) == [.checked])
  }

  @Test("Asked and not found proves nothing: it stays uncertain, and says when it was asked")
  func notFound() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let id = try await uncertain(world, destination)
    #expect(try await world.engine.check(id, by: "ann") == .notFound(at: world.time.now))
    let snapshot = try #require(await world.snapshot(id) { $0.receipt.notFoundAt != nil })
    #expect(StoredState(snapshot.state).word == "uncertain")
    #expect(snapshot.receipt.notFoundAt == world.time.now)
    // The way out is open still, to any process.
    let other = try EngineWorld(destination, folder: world.folder, owner: "other")
    try await other.engine.start(adopting: false)
    try await other.engine.decide(.arrived, on: id, by: "bob")
    await #expect(throws: DecisionRefusal.notUncertain) { try await world.engine.decide(.sendAgain(isConfirmed: true), on: id, by: "ann") }
  }

  @Test("Nobody to ask: the reason, and nothing else")
  func cannotAsk() async throws {
    let destination = PatientDestination(finding: .cannotAsk("No search here."))
    let world = try EngineWorld(destination)
    let id = try await uncertain(world, destination)
    #expect(try await world.engine.check(id, by: "ann") == .cannotAsk("No search here."))
    #expect(try await world.engine.record(of: id)?.decisions == [])
  }
}
