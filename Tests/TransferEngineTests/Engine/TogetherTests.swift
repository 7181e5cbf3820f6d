import ClinicalMessages
import Foundation
import GRDB
import RedoxAPI
import SafeText
import TestSupport
import Testing

@testable import TransferEngine

@Suite("Several documents recorded in one go", .timeLimit(.minutes(1)))
struct TogetherTests {
  private func plans(_ world: EngineWorld, _ sizes: [Int]) -> [Plan] {
    sizes.map { world.engine.plan(Fixtures.draft($0, identity: world.engine.makeIdentity())) }
  }

  @Test("All are recorded and sent, each with its own number, in their order")
  func all() async throws {
    let destination = MemoryDestination()
    let world = try EngineWorld(destination, simultaneous: 1)
    let plans = plans(world, [1000, 300_000, 2000])
    let ids = try await world.engine.submit(plans)
    await world.engine.drain()
    #expect(destination.deliveries.count == 4, "Three messages, and an upload for the large one")
    for (id, plan) in zip(ids, plans) {
      let snapshot = try #require(await world.ended(id))
      #expect(snapshot.state == .accepted)
      #expect(snapshot.documentID == plan.draft.identity.documentID)
    }
  }

  @Test("When one of them cannot be written, none is")
  func oneUnwritable() async throws {
    let world = try EngineWorld(MemoryDestination())
    let stored = ["a", "b", "a"].map { Fixtures.stored($0, owner: "this") }
    await #expect(throws: OutboxError.self) { try await world.outbox.insert(stored) }
    #expect(try await world.outbox.transfers(profile: "main", limit: 10).isEmpty)
  }

  @Test("When they cannot be recorded nothing is shown and nothing is sent")
  func unrecorded() async throws {
    let destination = MemoryDestination()
    let world = try EngineWorld(destination)
    try await world.outbox.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = ON") }
    let plans = plans(world, [1000, 2000])
    await #expect(throws: OutboxError.self) { try await world.engine.submit(plans) }
    await world.engine.drain()
    #expect(await world.engine.entries.isEmpty)
    #expect(destination.deliveries.isEmpty)
  }

  @Test("When one of them may not be sent, none is, and each says why")
  func objection() async throws {
    let destination = MemoryDestination()
    let world = try EngineWorld(destination)
    let ids = try await world.engine.submit(plans(world, [1000, 40_000_000]))
    var explanations: [String] = []
    for id in ids {
      guard case .refused(let failure) = await world.ended(id)?.state else { Issue.record("It was sent"); return }
      #expect(failure.code == "not-sendable")
      explanations.append(failure.explanation)
    }
    #expect(explanations.first == "Another document of the same send may not be sent. So none of them was sent.")
    #expect(explanations.last?.contains("The file has 40 MB") == true)
    #expect(destination.deliveries.isEmpty)
  }
}
