import ClinicalMessages
import Foundation
import GRDB
import RedoxAPI
import SystemPackage
import TestSupport
import Testing

@testable import TransferEngine

/// What is shown stands on the disk: whoever sees the end of a transfer may leave at once.
@Suite("Recorded before shown", .timeLimit(.minutes(1)))
struct RecordingTests {
  enum End: CaseIterable, Sendable {
    case accepted, refused, failed, uncertain, cancelled

    var error: DestinationError? {
      switch self {
      case .accepted, .cancelled: nil
      case .refused: DestinationError(.refused, handover: .whole)
      case .failed: DestinationError(.content(.changed), handover: .part)
      case .uncertain: DestinationError(.connectionLost, handover: .whole)
      }
    }
  }

  @Test("No end is shown, and nobody stops waiting, before it is on the disk", arguments: End.allCases)
  func ends(_ end: End) async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let id = try await world.submit()
    await destination.open(1)
    _ = await world.state(id, is: "sending")

    var configuration = GRDB.Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: world.folder.places.outbox.string, configuration: configuration)
    try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    if end == .cancelled { await world.engine.cancel(id) } else { destination.end(end.error) }
    while await world.engine.entries[id]?.machine.state.isEnded != true { await Task.yield() }
    #expect(await world.snapshot(id) { _ in true }?.state == .sending)
    #expect(await !world.engine.isIdle)
    try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }

    let shown = try #require(await world.ended(id))
    #expect(StoredState(shown.state).word == "\(end)")
    let stored = try await other.read { try String.fetchOne($0, sql: "SELECT state FROM transfer") }
    #expect(stored == "\(end)")
    await world.engine.drain()
  }

  @Test("A cancellation that the disk does not take is not shown as one")
  func unrecordedCancellation() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let id = try await world.submit()
    await destination.open(1)
    try await world.outbox.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = ON") }
    await world.engine.cancel(id)
    let snapshot = try #require(await world.ended(id))
    guard case .failed(let failure) = snapshot.state else { Issue.record("\(snapshot.state)"); return }
    #expect(failure.code == "outbox")
    #expect(failure.explanation.contains("The next start may send it."))
  }

  @Test("What the disk did not take is recorded as soon as it takes something again", arguments: [true, false])
  func recordedLater(_ isPaused: Bool) async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let id = try await world.submit(forced: .upload)
    await destination.open(1)
    try await world.outbox.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = ON") }
    if isPaused { await world.engine.pause(id) } else { await world.engine.cancel(id) }
    _ = await world.state(id, is: "failed")
    // Nobody waits for the disk, and the transfer stays this process's.
    await world.engine.drain()
    #expect(try await world.outbox.transfer(id)?.owner == "this")
    try await world.outbox.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = OFF") }
    await world.time.sleepers(1)
    world.time.advance(10)
    #expect(await world.state(id, is: isPaused ? "paused" : "cancelled") != nil)
    #expect(try await world.outbox.transfer(id)?.state == (isPaused ? .paused : .cancelled))
  }

  @Test("An acceptance that the disk did not take is shown as what it is, and recorded later")
  func acceptedUnrecorded() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let id = try await world.submit()
    await destination.open(1)
    try await world.outbox.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = ON") }
    destination.end()
    let shown = try #require(await world.ended(id))
    #expect(shown.state == .accepted && shown.isUnrecorded)
    #expect(try await world.outbox.transfer(id)?.state == .sending)
    try await world.outbox.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = OFF") }
    await world.time.sleepers(1)
    world.time.advance(10)
    while await world.engine.unrecorded.contains(id) { await Task.yield() }
    #expect(try await world.outbox.transfer(id)?.state == .accepted)
    #expect(await world.snapshot(id) { _ in true }?.isUnrecorded == false)
  }
}
