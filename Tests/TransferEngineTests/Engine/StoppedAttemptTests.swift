import ClinicalMessages
import Foundation
import RedoxAPI
import TestSupport
import Testing

@testable import TransferEngine

@Suite("Attempts that were stopped", .timeLimit(.minutes(1)))
struct StoppedAttemptTests {
  enum Wish: CaseIterable {
    case cancel, pause, handOver

    var outcome: String {
      switch self {
      case .cancel: "cancelled"
      case .pause: "paused"
      case .handOver: "handed-over"
      }
    }

    fileprivate func ask(_ engine: TransferEngine, _ id: TransferSnapshot.ID) async {
      switch self {
      case .cancel: await engine.cancel(id)
      case .pause: _ = await engine.pause(id)
      case .handOver: await engine.handOver()
      }
    }
  }

  /// The outcomes that the history has, and that other programs are given.
  private func outcomes(_ world: EngineWorld, _ id: TransferSnapshot.ID) async throws -> [String] {
    let record = try #require(try await world.engine.record(of: id))
    let export = HistoryExport(record.entry)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(export.json.utf8)) as? [String: Any])
    #expect(object["lastAttempt"] as? String == record.attempts.last?.outcome)
    let cells = zip(export.csvHeader.split(separator: ","), export.csv.split(separator: ",", omittingEmptySubsequences: false))
    #expect(cells.first { $0.0 == "lastAttempt" }?.1 ?? "none" == record.attempts.last?.outcome ?? "")
    return record.attempts.map(\.outcome)
  }

  @Test("The history says what stopped an upload", arguments: Wish.allCases)
  func uploading(_ wish: Wish) async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let id = try await world.submit(forced: .upload)
    await destination.open(1)
    await wish.ask(world.engine, id)
    await world.engine.drain()
    #expect(try await outcomes(world, id) == [wish.outcome])
  }

  @Test("A pause that was overtaken by a cancellation is one", arguments: [true, false])
  func both(_ pausesFirst: Bool) async throws {
    let destination = PatientDestination(waitsForToken: true)
    let world = try EngineWorld(destination)
    let id = try await world.submit()
    await destination.open(1)
    let wishes: [Wish] = pausesFirst ? [.pause, .cancel] : [.cancel, .pause]
    for wish in wishes { await wish.ask(world.engine, id) }
    await world.engine.drain()
    let ended = try #require(try await world.outbox.transfer(id)).state
    #expect(try await outcomes(world, id) == [ended == .paused ? "paused" : "cancelled"])
  }

  @Test("Before the first attempt there is nothing to tell, and a finished one stays what it was")
  func others() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let held = try await world.submit(hold: 60)
    await world.engine.pause(held)
    #expect(try await outcomes(world, held).isEmpty)
    let id = try await world.submit(forced: .upload)
    await destination.open(1)
    destination.end()
    await destination.open(1)
    await world.engine.cancel(id)
    await world.engine.drain()
    #expect(try await outcomes(world, id) == ["done", "cancelled"])
  }
}
