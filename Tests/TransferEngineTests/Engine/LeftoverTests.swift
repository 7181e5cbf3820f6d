import ClinicalMessages
import Foundation
import SafeText
import SystemPackage
import TestSupport
import Testing

@testable import TransferEngine

/// What a process left behind goes on only where it was reviewed for, and where no person has to confirm it.
@Suite("What was left behind", .timeLimit(.minutes(1)))
struct LeftoverTests {
  private let id = TransferSnapshot.ID("left")

  private func folder(_ reviewed: Profile, state: TransferState = .queued) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let dead = try Outbox(places: folder.places, owner: "dead", now: Date(timeIntervalSince1970: 1))
    try await dead.insert(Fixtures.stored("left", owner: "dead", binding: TransferBinding(reviewed)))
    if state != .queued {
      try await dead.record(
        id, state: state, receipt: TransferReceipt(), failures: 0, changedAt: Date(timeIntervalSince1970: 2), attempt: nil)
    }
    return folder
  }

  private static func changed(_ change: (inout Profile) -> Void) -> Profile {
    var profile = Fixtures.profile()
    change(&profile)
    return profile
  }

  private static let others: [Profile] = [
    Fixtures.profile(.development), Fixtures.profile(.production),
    changed { $0.summary.isProduction = true },
    changed { $0.summary.host = "another.example" },
    changed { $0.routing.destinationID = "another" },
    changed { $0.routing.sourceID = "another" },
    changed { $0.credentials = .clientAssertion(clientID: "another", keyID: "k", keyFile: "/key", scope: nil) },
    changed { $0.urls.endpoint = "https://api.redoxengine.com:8443/endpoint" },
    changed { $0.urls.fhir = "https://api.redoxengine.com/fhir/another" },
  ]

  @Test("A name that means something else by now gets nothing of it, neither at the start nor by a retry", arguments: others.indices)
  func profileChanged(_ index: Int) async throws {
    let destination = MemoryDestination()
    let world = try EngineWorld(destination, folder: try await folder(Fixtures.profile()), profile: Self.others[index])
    try await world.engine.start(adopting: true)
    await world.engine.drain()
    await world.engine.retry(id)
    await world.engine.drain()
    // It is listed: a person must hear of it.
    let snapshot = try #require(await world.ended(id))
    guard case .failed(let failure) = snapshot.state else { Issue.record("\(snapshot.state)"); return }
    #expect(failure.code == "profile-changed")
    #expect(failure.explanation.hasSuffix("It was not sent."))
    #expect(destination.deliveries.isEmpty && destination.authentications == 0)
    #expect(await world.engine.leftovers() == Leftovers(needAttention: [id], finishedAway: [id], awayStates: ["failed": 1]))
  }

  @Test("The sentence says what it was reviewed for and what the profile means now")
  func sentence() {
    let failure = TransferBinding(Fixtures.profile()).objection(to: TransferBinding(Fixtures.profile(.production)))
    #expect(
      failure?.explanation
        == "This was reviewed for Staging at api.redoxengine.com; the profile means Production at api.redoxengine.com now. It was not sent."
    )
  }

  @Test("The stand-in inside the program may listen at another port")
  func sandboxPort() {
    func binding(_ port: Int) -> TransferBinding {
      TransferBinding(
        Self.changed {
          $0.summary.isSandbox = true
          $0.urls.endpoint = "http://127.0.0.1:\(port)/endpoint"
        })
    }
    #expect(binding(1).objection(to: binding(2)) == nil)
  }

  @Test("What another configuration sent under the same name is not listed")
  func listing() async throws {
    let world = try EngineWorld(
      MemoryDestination(), folder: try await folder(Self.others[4], state: .accepted), profile: Fixtures.profile())
    try await world.engine.start(adopting: true)
    let own = try await world.submit()
    #expect(await world.snapshot(own) { _ in true } != nil)
    for await snapshots in world.engine.snapshots() {
      #expect(snapshots.map(\.id) == [own])
      break
    }
    await world.engine.drain()
  }

  @Test("Nothing goes out to production at a start, and a retry is no confirmation")
  func production() async throws {
    let destination = MemoryDestination()
    let production = Fixtures.profile(.production)
    let world = try EngineWorld(destination, folder: try await folder(production), profile: production)
    try await world.engine.start(adopting: true)
    await world.engine.retry(id)
    await world.engine.drain()
    let snapshot = try #require(await world.ended(id))
    #expect(snapshot.state == .failed(FailureWords.interruptedInProduction))
    #expect(destination.deliveries.isEmpty)
    #expect(await world.engine.leftovers() == Leftovers(needAttention: [id], finishedAway: [id], awayStates: ["failed": 1]))
  }

  @Test("Elsewhere it goes on, and the start says so; what was on the wire needs attention")
  func counted() async throws {
    let staging = try EngineWorld(MemoryDestination(), folder: try await folder(Fixtures.profile()))
    try await staging.engine.start(adopting: true)
    await staging.engine.drain()
    #expect(await staging.engine.leftovers() == Leftovers(adopted: [id]))
    #expect(await staging.ended(id)?.state == .accepted)

    let uncertain = try EngineWorld(MemoryDestination(), folder: try await folder(Fixtures.profile(), state: .finalizing))
    try await uncertain.engine.start(adopting: true)
    #expect(await uncertain.engine.leftovers() == Leftovers(needAttention: [id], finishedAway: [id], awayStates: ["uncertain": 1]))
  }

  // MARK: Ends that no work led to

  private func told(_ engine: TransferEngine) async -> [String] {
    let ends = await engine.ends()
    await engine.endTelling()
    return await ends.reduce(into: []) { $0.append("\($1.state.name) \($1.id.rawValue)") }
  }

  @Test("Whoever listens hears of what a start has ended, once: what must be confirmed anew, and what died on the wire")
  func toldAtStart() async throws {
    let production = Fixtures.profile(.production)
    let unconfirmed = try EngineWorld(MemoryDestination(), folder: try await folder(production), profile: production)
    try await unconfirmed.engine.start(adopting: true)
    #expect(await told(unconfirmed.engine) == ["failed left"])
    #expect(await told(unconfirmed.engine).isEmpty)

    let uncertain = try EngineWorld(MemoryDestination(), folder: try await folder(Fixtures.profile(), state: .finalizing))
    let other = TransferEngine(
      profile: Fixtures.profile(name: "other"), limits: Limits(), parts: uncertain.engine.parts)
    for engine in [other, uncertain.engine] { try await engine.start(adopting: true) }
    #expect(await told(other).isEmpty)
    #expect(await told(uncertain.engine) == ["uncertain left"])
  }

  @Test("The same for a cancellation that the owner died over")
  func toldCancelled() async throws {
    let folder = try TemporaryFolder()
    do {
      let dead = try Outbox(places: folder.places, owner: "dead", now: Date(timeIntervalSince1970: 1))
      try await dead.insert(Fixtures.stored("left", state: .uploading, owner: "dead"))
      let other = try Outbox(places: folder.places, owner: "other", now: Date(timeIntervalSince1970: 1))
      try await other.request(.cancel, of: id, now: Date(timeIntervalSince1970: 2))
    }
    let world = try EngineWorld(MemoryDestination(), folder: folder)
    try await world.engine.start(adopting: true)
    #expect(await told(world.engine) == ["cancelled left"])
    #expect(await world.engine.leftovers().needAttention.isEmpty)
  }
}
