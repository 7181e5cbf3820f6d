import ClinicalMessages
import Foundation
import GRDB
import RedoxAPI
import SafeText
import TestSupport
import Testing

@testable import TransferEngine

@Suite("A message's last part", .timeLimit(.minutes(1)))
struct ReleaseTests {
  private func folder(_ state: TransferState) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let dead = try Outbox(places: folder.places, owner: "dead", now: Date(timeIntervalSince1970: 1))
    try await dead.insert(Fixtures.stored("left", state: state, owner: "dead"))
    return folder
  }

  @Test("It leaves when the disk says so")
  func recordedFirst() async throws {
    let destination = PatientDestination(asksForRelease: true)
    let world = try EngineWorld(destination)
    let id = try await world.submit()
    await destination.open(1)
    #expect(try await world.outbox.transfer(id)?.state == .finalizing)
    destination.end()
    #expect(await world.ended(id)?.state == .accepted)
  }

  @Test("It never leaves when the disk does not take that")
  func notRecorded() async throws {
    let destination = HeldDestination()
    let world = try EngineWorld(destination)
    let id = try await world.submit()
    await destination.arrived.wait()
    try await world.outbox.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = ON") }
    await destination.goOn.open()
    let snapshot = try #require(await world.ended(id))
    guard case .failed = snapshot.state else { Issue.record("\(snapshot.state)"); return }
    #expect(await destination.answers == [false])
  }

  @Test("Who died before it left is in no doubt: sent again, and where a person confirms each send, failed", arguments: [false, true])
  func diedEarlier(isProduction: Bool) async throws {
    let memory = MemoryDestination()
    let world = try EngineWorld(
      memory, folder: try await folder(.sending), profile: isProduction ? Fixtures.profile(.production) : Fixtures.profile())
    try await world.engine.start(adopting: true)
    await world.engine.drain()
    let snapshot = try #require(await world.ended(TransferSnapshot.ID("left")))
    #expect(StoredState(snapshot.state).word == (isProduction ? "failed" : "accepted"))
    #expect(memory.deliveries.count == (isProduction ? 0 : 1))
  }

  @Test("Who died after it was let go is in doubt")
  func diedLater() async throws {
    let memory = MemoryDestination()
    let world = try EngineWorld(memory, folder: try await folder(.finalizing))
    try await world.engine.start(adopting: true)
    await world.engine.drain()
    #expect(await world.state(TransferSnapshot.ID("left"), is: "uncertain") != nil)
    #expect(memory.deliveries.isEmpty)
  }
}

/// Opens once, for everybody.
private actor Latch {
  private var isOpen = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func open() {
    isOpen = true
    for one in waiting { one.resume() }
    waiting = []
  }

  func wait() async {
    if !isOpen { await withCheckedContinuation { waiting.append($0) } }
  }
}

/// Stops before a message's last part until the test lets it ask.
private actor HeldDestination: Destination {
  let arrived = Latch()
  let goOn = Latch()
  private(set) var answers: [Bool] = []

  func authenticate() async throws(DestinationError) -> AuthenticationReceipt { AuthenticationReceipt(expires: .distantFuture) }

  func upload(_ file: UploadRequest, progress: @escaping ProgressHandler) async throws(DestinationError) -> UploadReceipt {
    throw DestinationError(.refused)
  }

  func send(
    _ request: MessageRequest, progress: @escaping ProgressHandler, release: @escaping ReleaseHandler
  ) async throws(DestinationError) -> MessageReceipt {
    await arrived.open()
    await goOn.wait()
    let answer = await release()
    answers.append(answer)
    throw DestinationError(.cancelled, handover: answer ? .whole : .part)
  }

  func find(_ query: DocumentQuery) async throws(DestinationError) -> DocumentFinding { .notFound }
}
