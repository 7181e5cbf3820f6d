import ClinicalMessages
import Foundation
import RedoxAPI
import SafeText
import TestSupport
import Testing

@testable import TransferEngine

@Suite("From process to process", .timeLimit(.minutes(1)))
struct HandOverTests {
  @Test(
    "What waits and what uploads goes on elsewhere, a message on its way ends here",
    arguments: [
      ProfileSummary.Environment.staging, .production,
    ])
  func handOver(_ environment: ProfileSummary.Environment) async throws {
    let destination = PatientDestination()
    let profile = Fixtures.profile(environment)
    let leaving = try EngineWorld(destination, profile: profile, simultaneous: 2)
    try await leaving.engine.start(adopting: true)
    let uploading = try await leaving.submit(forced: .upload)
    await destination.open(1)
    let sending = try await leaving.submit()
    await destination.open(2)
    _ = await leaving.state(sending, is: "sending")
    let queued = try await leaving.submit()
    let held = try await leaving.submit(hold: 60)
    let paused = try await leaving.submit(hold: 60)
    await leaving.engine.pause(paused)

    async let left: Void = leaving.engine.handOver()
    _ = await leaving.state(uploading, is: "queued")
    #expect(await leaving.snapshot(sending) { _ in true }?.state == .sending)
    destination.end()
    await left
    #expect(await leaving.snapshot(sending) { _ in true }?.state == .accepted)

    let memory = MemoryDestination()
    let coming = try EngineWorld(memory, folder: leaving.folder, owner: "coming", profile: profile)
    try await coming.engine.start(adopting: true)
    #expect(Set(await coming.engine.leftovers().adopted) == [uploading, queued, held])
    #expect(await coming.engine.resume(held) == nil)
    await coming.engine.drain()
    for id in [uploading, queued, held] {
      #expect(await coming.snapshot(id) { _ in true }?.state == .accepted)
      // Whoever has left sees it all the same.
      #expect(await leaving.state(id, is: "accepted") != nil)
    }
    #expect(await coming.snapshot(paused) { _ in true }?.state == .paused)
    #expect(memory.deliveries.count == 4)
    #expect(destination.begun == [.upload, .send(uri: nil)])
  }

  @Test("Taken back before anybody else came, it goes on here")
  func takeBack() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    try await world.engine.start(adopting: true)
    let id = try await world.submit(forced: .upload)
    await destination.open(1)
    await world.engine.handOver()
    #expect(try await world.outbox.transfer(id)?.owner == nil)
    try await world.engine.takeBack()
    await destination.open(1)
    destination.end()
    await destination.open(1)
    destination.end()
    #expect(await world.ended(id)?.state == .accepted)
    #expect(destination.begun == [.upload, .upload, .send(uri: "https://blob.example/1")])
  }

  @Test("A process that is already there takes up what another leaves, and ends what it may not send")
  func running() async throws {
    let memory = MemoryDestination()
    let destination = PatientDestination()
    let leaving = try EngineWorld(destination)
    try await leaving.engine.start(adopting: true)
    let staying = try EngineWorld(memory, folder: leaving.folder, owner: "staying")
    try await staying.engine.start(adopting: true)
    let id = try await leaving.submit(hold: 60)
    await leaving.engine.handOver()
    _ = await staying.state(id, is: "held")
    #expect(await staying.engine.resume(id) == nil)
    #expect(await staying.ended(id)?.state == .accepted)
  }

  @Test("A stopped process keeps what it has, for ten minutes and longer: no second send")
  func stopped() async throws {
    let destination = PatientDestination()
    let stopped = try EngineWorld(destination, simultaneous: 1)
    try await stopped.engine.start(adopting: true)
    let sending = try await stopped.submit()
    let queued = try await stopped.submit()
    await destination.open(1)
    _ = await stopped.state(sending, is: "sending")
    let memory = MemoryDestination()
    let other = try EngineWorld(memory, folder: stopped.folder, owner: "other")
    try await other.engine.start(adopting: true)
    other.time.advance(600)
    let own = try await other.submit()
    #expect(await other.ended(own)?.state == .accepted)
    try await other.engine.takeBack()
    await other.engine.retry([sending, queued])
    _ = await other.engine.resume([sending, queued])
    await other.engine.drain()
    #expect(memory.deliveries.count == 1)
    // It wakes up.
    stopped.time.advance(600)
    destination.end()
    await destination.open(1)
    destination.end()
    #expect(await other.state(sending, is: "accepted") != nil)
    #expect(await other.state(queued, is: "accepted") != nil)
    #expect(destination.begun.count == 2)
  }

  @Test("What ended while nobody looked is news once")
  func away() async throws {
    let folder = try TemporaryFolder()
    let worker = try EngineWorld(MemoryDestination(), folder: folder, owner: "worker")
    let accepted = try await worker.submit()
    let refused = try await worker.submit(40_000_000)
    await worker.engine.drain()
    _ = await worker.ended(refused)
    let person = try EngineWorld(MemoryDestination(), folder: folder, owner: "person")
    try await person.engine.start(adopting: true)
    let left = await person.engine.leftovers()
    #expect(Set(left.finishedAway) == [accepted, refused])
    #expect(left.awayStates == ["accepted": 1, "refused": 1])
    await person.engine.noteSeen()
    let later = try EngineWorld(MemoryDestination(), folder: folder, owner: "later")
    try await later.engine.start(adopting: true)
    #expect(await later.engine.leftovers().finishedAway.isEmpty)
  }

  @Test("An outage is told once, however many transfers meet it, and its end once")
  func outage() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination, simultaneous: 3)
    var health = world.engine.healthChanges().makeAsyncIterator()
    #expect(await health.next() == .well)
    var ids: [TransferSnapshot.ID] = []
    for _ in 0..<3 { ids.append(try await world.submit()) }
    await destination.open(3)
    let since = world.time.now
    for _ in 0..<3 { destination.end(DestinationError(.cannotConnect("No route."))) }
    for id in ids { _ = await world.state(id, is: "waiting") }
    #expect(await health.next() == .down(since: since, reason: "api.redoxengine.com cannot be reached: No route."))
    await world.time.sleepers(3)
    world.time.advance(1)
    await destination.open(1)
    destination.end(DestinationError(.cannotConnect("No route.")))
    // The next news is not the second failure.
    await world.time.sleepers(2)
    world.time.advance(2)
    await destination.open(1)
    destination.end()
    #expect(await health.next() == .recovered(at: world.time.now))
    await world.engine.cancel(ids)
    await world.engine.drain()
  }
}
