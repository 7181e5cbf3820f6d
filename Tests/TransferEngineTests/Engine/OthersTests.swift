import ClinicalMessages
import RedoxAPI
import SafeText
import TestSupport
import Testing

@testable import TransferEngine

/// Two processes with one outbox.
@Suite("Other processes", .timeLimit(.minutes(1)))
struct OthersTests {
  @Test(
    "Another process sees a transfer come, cancels it, and sees the truth",
    arguments: [(true, nil), (false, .upload), (false, .embed)] as [(Bool, DeliveryMethod?)])
  func cancelled(_ token: Bool, _ method: DeliveryMethod?) async throws {
    let destination = PatientDestination(waitsForToken: token)
    let owner = try EngineWorld(destination)
    try await owner.engine.start(adopting: true)
    let other = try EngineWorld(MemoryDestination(), folder: owner.folder, owner: "other")
    try await other.engine.start(adopting: true)
    let id = try await owner.submit(forced: method)
    await destination.open(1)
    _ = await other.snapshot(id) { !$0.state.isEnded }
    await other.engine.cancel(id)
    #expect(await owner.ended(id)?.state == .cancelled)
    #expect(await other.ended(id)?.state == .cancelled)
    await owner.engine.drain()
    await other.engine.drain()
  }

  @Test("A transfer that waits for its next attempt is cancelled too")
  func waiting() async throws {
    let destination = PatientDestination()
    let owner = try EngineWorld(destination)
    try await owner.engine.start(adopting: true)
    let id = try await owner.submit()
    await destination.open(1)
    destination.end(DestinationError(.cannotConnect("refused")))
    _ = await owner.state(id, is: "waiting")
    let other = try EngineWorld(MemoryDestination(), folder: owner.folder, owner: "other")
    try await other.engine.start(adopting: true)
    await other.engine.cancel(id)
    #expect(await owner.ended(id)?.state == .cancelled)
    await owner.engine.drain()
  }

  @Test("What another process brings to an end is shown as ended, and its retry as running")
  func ends() async throws {
    let destination = PatientDestination()
    let owner = try EngineWorld(destination)
    try await owner.engine.start(adopting: true)
    let id = try await owner.submit()
    await destination.open(1)
    destination.end(DestinationError(.refused, handover: .whole))
    #expect(await owner.ended(id) != nil)
    let second = PatientDestination()
    let other = try EngineWorld(second, folder: owner.folder, owner: "other")
    try await other.engine.start(adopting: true)
    await other.engine.retry(id)
    await second.open(1)
    #expect(await owner.state(id, is: "sending") != nil)
    second.end()
    #expect(await owner.state(id, is: "accepted") != nil)
    await other.engine.drain()
  }

  @Test("Without word from the kernel, progress is reason enough to look")
  func progress() async throws {
    let destination = PatientDestination()
    let owner = try EngineWorld(destination)
    let id = try await owner.submit()
    await destination.open(1)
    let other = try Outbox(places: owner.folder.places, owner: "other", now: owner.time.now)
    try await other.request(.cancel, of: id, now: owner.time.now)
    destination.report(.transmitting, 10, of: 1000)
    #expect(await owner.ended(id)?.state == .cancelled)
    await owner.engine.drain()
  }
}
