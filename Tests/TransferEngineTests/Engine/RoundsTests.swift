import ClinicalMessages
import Foundation
import RedoxAPI
import SafeText
import TestSupport
import Testing

@testable import TransferEngine

/// Working without a screen.
@Suite("Rounds of delivery", .timeLimit(.minutes(1)))
struct RoundsTests {
  private static let busy = DestinationError(.busy(retryAfter: 3), handover: .part)

  private func ends(of engine: TransferEngine) async -> [TransferSnapshot.ID] {
    let ends = await engine.ends()
    await engine.endTelling()
    return await ends.reduce(into: []) { $0.append($1.id) }
  }

  @Test("Once: each is tried once, what has to wait is left for the next round")
  func once() async throws {
    let memory = MemoryDestination()
    memory.script([.fail(Self.busy)])
    let world = try EngineWorld(memory)
    try await world.engine.start(adopting: true)
    let ids = [try await world.submit()]
    try await world.engine.work(.once)
    for id in ids {
      let left = try #require(try await world.outbox.transfer(id))
      #expect(StoredState(left.state).word == "waiting" && left.owner == nil)
    }
    #expect(memory.deliveries.isEmpty)
    #expect(await ends(of: world.engine).isEmpty)

    let later = try EngineWorld(memory, folder: world.folder, owner: "later")
    later.time.advance(60)
    try await later.engine.start(adopting: true)
    try await later.engine.work(.once)
    #expect(memory.deliveries.count == 1)
    #expect(Set(await ends(of: later.engine)) == Set(ids))
  }

  @Test("Once: what a dead server holds up is not waited for")
  func onceHeldUp() async throws {
    let memory = MemoryDestination()
    memory.script([.fail(DestinationError(.connectionLost, handover: .part))])
    let world = try EngineWorld(memory, simultaneous: 1)
    try await world.engine.start(adopting: true)
    let first = try await world.submit()
    let second = try await world.submit()
    try await world.engine.work(.once)
    #expect(StoredState(try #require(try await world.outbox.transfer(first)).state).word == "waiting")
    #expect(try await world.outbox.transfer(second)?.state == .queued)
    #expect(memory.deliveries.isEmpty)
  }

  @Test("Until drained: what waits is waited for, however long")
  func untilDrained() async throws {
    let memory = MemoryDestination()
    memory.script([.fail(Self.busy)])
    let world = try EngineWorld(memory)
    try await world.engine.start(adopting: true)
    let id = try await world.submit()
    let clock = Task {
      while !Task.isCancelled {
        world.time.advance(1)
        await Task.yield()
      }
    }
    try await world.engine.work(.untilDrained)
    clock.cancel()
    #expect(await world.ended(id)?.state == .accepted)
  }

  @Test("Follow: what dies meanwhile is taken up; ended, it leaves the rest to others")
  func follow() async throws {
    let memory = MemoryDestination()
    let world = try EngineWorld(memory)
    try await world.engine.start(adopting: true)
    let following = Task { try await world.engine.work(.follow) }
    await world.time.sleepers(1)
    do {
      let dead = try Outbox(places: world.folder.places, owner: "dead", now: world.time.now)
      try await dead.insert(Fixtures.stored("left", state: .uploading, owner: "dead"))
    }
    world.time.advance(5)
    #expect(await world.state(TransferSnapshot.ID("left"), is: "accepted") != nil)

    await world.engine.handOver()
    following.cancel()
    try await following.value
    let late = try await world.submit()
    await world.engine.drain()
    #expect(try await world.outbox.transfer(late)?.owner == nil)
    #expect(memory.deliveries.count == 1)
  }

  @Test("What dies meanwhile and may not go on is told of as well, whichever profile it is of")
  func followTells() async throws {
    let production = Fixtures.profile(.production)
    let world = try EngineWorld(MemoryDestination(), profile: production)
    try await world.engine.start(adopting: true)
    let ends = await world.engine.ends()
    let following = Task { try await world.engine.work(.follow) }
    await world.time.sleepers(1)
    do {
      let dead = try Outbox(places: world.folder.places, owner: "dead", now: world.time.now)
      for (id, state, profile) in [("left", TransferState.uploading, "main"), ("wire", .finalizing, "main"), ("far", .finalizing, "other")]
      {
        try await dead.insert(
          Fixtures.stored(id, state: state, owner: "dead", profile: profile, binding: TransferBinding(production)))
      }
    }
    world.time.advance(5)
    var told: Set<String> = []
    for await end in ends {
      told.insert("\(end.state.name) \(end.id.rawValue)")
      if told.count == 3 { break }
    }
    #expect(told == ["failed left", "uncertain wire", "uncertain far"])
    await world.engine.handOver()
    following.cancel()
    try await following.value
  }
}
