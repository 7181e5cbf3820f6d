import ClinicalMessages
import Foundation
import RedoxAPI
import SafeText
import TestSupport
import Testing

@testable import TransferEngine

@Suite("Holding back, pausing, resuming", .timeLimit(.minutes(1)))
struct PauseTests {
  @Test("Held back: nothing leaves before its time, whatever the clock is set to meanwhile", arguments: [0, 86_400, -86_400] as [Double])
  func held(_ jump: Double) async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let id = try await world.submit(hold: 5)
    #expect(await world.snapshot(id) { _ in true }?.state == .held(until: world.time.now.addingTimeInterval(5)))
    await world.time.sleepers(1)
    world.time.jump(jump)
    world.time.advance(4)
    #expect(destination.begun.isEmpty)
    world.time.advance(1)
    await destination.open(1)
    destination.end()
    #expect(await world.ended(id)?.state == .accepted)
  }

  @Test("A retry comes at its time, whatever the clock is set to meanwhile", arguments: [86_400, -86_400] as [Double])
  func waiting(_ jump: Double) async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let id = try await world.submit()
    await destination.open(1)
    destination.end(DestinationError(.busy(retryAfter: 20), handover: .whole))
    _ = await world.state(id, is: "waiting")
    await world.time.sleepers(1)
    world.time.jump(jump)
    world.time.advance(20)
    await destination.open(1)
    destination.end()
    #expect(await world.ended(id)?.state == .accepted)
  }

  @Test("Called off while it is held, nothing has left; sent now, it begins at once")
  func undo() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let undone = try await world.submit(hold: 60)
    await world.engine.cancel(undone)
    #expect(await world.ended(undone)?.state == .cancelled)
    #expect(destination.begun.isEmpty)
    let hurried = try await world.submit(hold: 60)
    #expect(await world.engine.resume(hurried) == nil)
    await destination.open(1)
    destination.end()
    #expect(await world.ended(hurried)?.state == .accepted)
    await world.engine.drain()
  }

  @Test("A correction and what is sent again are held back too: nothing leaves before its time, and called off it is as it was")
  func heldCorrections() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let original = try await world.submit()
    await destination.open(1)
    destination.end()
    _ = await world.ended(original)
    let plan = try #require(try await world.engine.retractionPlan(of: original))
    let undone = try await world.engine.submit(plan, hold: 5)
    #expect(await world.snapshot(undone) { _ in true }?.state == .held(until: world.time.now.addingTimeInterval(5)))
    await world.engine.cancel(undone)
    #expect(await world.ended(undone)?.state == .cancelled)
    // The document can be corrected once more.
    #expect(try await world.engine.corrections(for: original)?.whyNotRetract == nil)
    await world.engine.retry([undone], hold: 5)
    #expect(await world.state(undone, is: "held") != nil)
    #expect(destination.begun.count == 1)
    await world.time.sleepers(1)
    world.time.advance(5)
    await destination.open(1)
    destination.end(DestinationError(.timedOut, handover: .whole))
    _ = await world.ended(undone)
    try await world.engine.decide(.sendAgain(isConfirmed: true), on: undone, by: "ann", hold: 5)
    await world.engine.cancel(undone)
    #expect(await world.ended(undone)?.state.name == "uncertain")
    #expect(destination.begun.count == 2)
    await world.engine.drain()
  }

  @Test("A dead process's held transfer goes on like a queued one, and a time that lies too far ahead is cut")
  func adoptedHold() async throws {
    let folder = try TemporaryFolder()
    do {
      let dead = try Outbox(places: folder.places, owner: "dead", now: Date(timeIntervalSince1970: 1))
      try await dead.insert(Fixtures.stored("held", state: .held(until: Date(timeIntervalSince1970: 1_800_086_400)), owner: "dead"))
    }
    let destination = PatientDestination()
    let world = try EngineWorld(destination, folder: folder)
    try await world.engine.start(adopting: true)
    let id = TransferSnapshot.ID("held")
    #expect(await world.snapshot(id) { _ in true }?.state == .held(until: world.time.now.addingTimeInterval(60)))
    await world.time.sleepers(1)
    world.time.advance(60)
    await destination.open(1)
    destination.end()
    #expect(await world.ended(id)?.state == .accepted)
  }

  @Test("An upload is stopped by a pause; nobody waits for it, no process begins it, and it goes on when resumed")
  func uploading() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let id = try await world.submit(forced: .upload)
    await destination.open(1)
    #expect(await world.engine.pause(id) == nil)
    _ = await world.state(id, is: "paused")
    await world.engine.drain()
    let other = try EngineWorld(MemoryDestination(), folder: world.folder, owner: "other")
    try await other.engine.start(adopting: true)
    await other.engine.drain()
    #expect(await other.snapshot(id) { _ in true }?.state == .paused)
    #expect(await other.engine.leftovers().adopted.isEmpty)
    // Any process may go on with it.
    #expect(await other.engine.resume(id) == nil)
    #expect(await other.ended(id)?.state == .accepted)
    #expect(destination.begun == [.upload])
  }

  @Test("Too late to pause once the message is on its way; the reason is told")
  func tooLate() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let id = try await world.submit()
    await destination.open(1)
    _ = await world.state(id, is: "sending")
    #expect(await world.engine.pause(id) == FailureWords.tooLateToPause)
    destination.end()
    #expect(await world.ended(id)?.state == .accepted)
    #expect(await world.engine.pause(id) == FailureWords.alreadyEnded)
    #expect(await world.engine.resume(id) == FailureWords.alreadyEnded)
  }

  @Test("Another process pauses, resumes, and sends at once what is held")
  func others() async throws {
    let destination = PatientDestination()
    let owner = try EngineWorld(destination)
    try await owner.engine.start(adopting: true)
    let id = try await owner.submit(forced: .upload)
    let held = try await owner.submit(hold: 60)
    await destination.open(1)
    let second = PatientDestination()
    let other = try EngineWorld(second, folder: owner.folder, owner: "other")
    try await other.engine.start(adopting: true)
    #expect(await other.engine.pause(id) == nil)
    #expect(await owner.state(id, is: "paused") != nil)
    #expect(await other.state(id, is: "paused") != nil)
    #expect(await other.engine.resume(held) == nil)
    await destination.open(1)
    destination.end()
    #expect(await other.state(held, is: "accepted") != nil)
    #expect(await other.engine.resume(id) == nil)
    await second.open(1)
    #expect(await owner.state(id, is: "uploading") != nil)
    await other.engine.cancel(id)
    await other.engine.drain()
    await owner.engine.drain()
  }

  @Test("Many at once: paused, resumed and cancelled with a few writes")
  func many() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination, simultaneous: 1)
    var ids: [TransferSnapshot.ID] = []
    for _ in 0..<50 { ids.append(try await world.submit()) }
    await destination.open(1)
    _ = await world.state(ids[0], is: "sending")
    #expect(await world.engine.pause(ids) == [ids[0]: FailureWords.tooLateToPause])
    for id in ids.dropFirst() { #expect(await world.snapshot(id) { _ in true }?.state == .paused) }
    destination.end()
    await world.engine.drain()
    #expect(await world.engine.resume(ids) == [ids[0]: FailureWords.alreadyEnded])
    await destination.open(1)
    await world.engine.cancel(ids)
    await world.engine.drain()
    for id in ids.dropFirst() { #expect(await world.ended(id)?.state == .cancelled) }
    #expect(destination.begun.count == 2)
  }
}
