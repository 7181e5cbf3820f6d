import ClinicalMessages
import Foundation
import GRDB
import RedoxAPI
import SafeText
import TestSupport
import Testing

@testable import TransferEngine

@Suite("The engine", .timeLimit(.minutes(1)))
struct TransferEngineTests {
  @Test("A document arrives whole by either way, as each kind of message", arguments: MessageKind.allCases, [1000, 300_000])
  func arrives(_ kind: MessageKind, _ byteCount: Int) async throws {
    let destination = MemoryDestination()
    let world = try EngineWorld(destination)
    let plan = world.engine.plan(Fixtures.draft(byteCount, kind: kind))
    let id = try await world.engine.submit(plan)
    await world.engine.drain()
    let snapshot = try #require(await world.ended(id))
    #expect(snapshot.state == .accepted)
    #expect(snapshot.acknowledgedBytes == byteCount)
    #expect(snapshot.receipt.logIDs.count == 1)
    #expect(destination.deliveries.last?.fileBytes == TestContent(byteCount: byteCount).bytes)
    #expect(destination.deliveries.count == (byteCount > 200_000 ? 2 : 1))
    let attempts = try #require(try await world.engine.record(of: id)).attempts
    #expect(attempts.map(\.step) == (byteCount > 200_000 ? [.upload, .message] : [.message]))
    #expect(attempts.allSatisfy { $0.outcome == "done" })
    #expect(try await world.outbox.transfers(profile: "main", limit: 1).first?.state == .accepted)
  }

  @Test("The message that is sent is the one that was planned")
  func samePlan() async throws {
    let destination = MemoryDestination()
    let world = try EngineWorld(destination)
    let plan = world.engine.plan(Fixtures.draft(300))
    _ = try await world.engine.submit(plan)
    await world.engine.drain()
    let base64 = Array(Data(TestContent(byteCount: 300).bytes).base64EncodedData())
    #expect(destination.deliveries.first?.body == plan.message.prefix + base64 + plan.message.suffix)
  }

  @Test("No more at once than configured, the longest waiting first")
  func bounded() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination, simultaneous: 2)
    var ids: [TransferSnapshot.ID] = []
    for _ in 0..<5 { ids.append(try await world.submit()) }
    await destination.open(2)
    // The third has no room although it was asked for long ago.
    #expect(await world.snapshot(ids[2]) { _ in true }?.state == .queued)
    for remaining in stride(from: 5, to: 0, by: -1) {
      await destination.open(min(2, remaining))
      destination.end()
    }
    await world.engine.drain()
    #expect(destination.most == 2)
    for id in ids { #expect(await world.ended(id)?.state == .accepted) }
  }

  // MARK: Cancelling

  @Test("Cancel while it waits for room")
  func cancelQueued() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination, simultaneous: 1)
    let first = try await world.submit()
    await destination.open(1)
    let second = try await world.submit()
    await world.engine.cancel(second)
    #expect(await world.ended(second)?.state == .cancelled)
    destination.end()
    #expect(await world.ended(first)?.state == .accepted)
    #expect(destination.begun == [.send(uri: nil)])
  }

  @Test(
    "Cancel while the token is fetched, while it is uploaded, while the message goes out",
    arguments: [
      (true, nil), (false, .upload), (false, .embed),
    ] as [(Bool, DeliveryMethod?)])
  func cancelWorking(_ token: Bool, _ method: DeliveryMethod?) async throws {
    let destination = PatientDestination(waitsForToken: token)
    let world = try EngineWorld(destination)
    let id = try await world.submit(forced: method)
    await destination.open(1)
    await world.engine.cancel(id)
    #expect(await world.ended(id)?.state == .cancelled)
    await world.engine.drain()
  }

  @Test("Cancel after everything was handed over is honest: nobody knows")
  func cancelFinalizing() async throws {
    let destination = PatientDestination(cancelledHandover: .whole)
    let world = try EngineWorld(destination)
    let id = try await world.submit()
    await destination.open(1)
    destination.report(.finalizing, 1000, of: 1000)
    _ = await world.state(id, is: "finalizing")
    await world.engine.cancel(id)
    let snapshot = try #require(await world.ended(id))
    guard case .uncertain(let failure) = snapshot.state else { Issue.record("\(snapshot.state)"); return }
    #expect(failure.explanation.hasPrefix("It was cancelled after everything had been handed over."))
    await world.engine.retry(id)
    #expect(destination.begun.count == 1)
  }

  @Test("Cancel while it waits for the next attempt")
  func cancelWaiting() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let id = try await world.submit()
    await destination.open(1)
    destination.end(DestinationError(.cannotConnect("refused")))
    _ = await world.state(id, is: "waiting")
    await world.engine.cancel(id)
    #expect(await world.ended(id)?.state == .cancelled)
    await world.engine.drain()
  }

  // MARK: Failures

  @Test("A transient failure is tried again at its time, and an upload that is done is not repeated")
  func retriesItself() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let id = try await world.submit(forced: .upload)
    await destination.open(1)
    destination.end()
    await destination.open(1)
    destination.end(DestinationError(.connectionLost, handover: .part))
    let waiting = try #require(await world.state(id, is: "waiting"))
    guard case .waiting(let until, _) = waiting.state else { return }
    #expect(until == world.time.now.addingTimeInterval(1))
    await world.time.sleepers(1)
    world.time.advance(1)
    await destination.open(1)
    destination.end()
    #expect(await world.ended(id)?.state == .accepted)
    #expect(destination.begun == [.upload, .send(uri: "https://blob.example/1"), .send(uri: "https://blob.example/1")])
    #expect(try #require(try await world.engine.record(of: id)).attempts.map(\.outcome) == ["done", "connection-lost", "done"])
  }

  @Test("A dead server gets one caller, not one per document")
  func notHammered() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination, simultaneous: 1)
    var ids: [TransferSnapshot.ID] = []
    for _ in 0..<20 { ids.append(try await world.submit()) }
    await destination.open(1)
    destination.end(DestinationError(.cannotConnect("refused")))
    _ = await world.state(ids[0], is: "waiting")
    #expect(destination.begun.count == 1)
    // Time passes: one of them tries, the others still wait.
    await world.time.sleepers(1)
    world.time.advance(1)
    await destination.open(1)
    #expect(destination.begun.count == 2)
    for id in ids { await world.engine.cancel(id) }
    await world.engine.drain()
  }

  @Test("A refusal carries the server's words; a person's retry keeps the document's number")
  func refusal() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let id = try await world.submit()
    await destination.open(1)
    destination.end(
      DestinationError(.refused, handover: .whole, reply: ServerReply(status: 400, words: ["Required field missing"], logIDs: ["l1"])))
    let refused = try #require(await world.ended(id))
    guard case .refused(let failure) = refused.state else { Issue.record("\(refused.state)"); return }
    #expect(failure.code == "refused")
    #expect(refused.receipt.words == ["Required field missing"])
    #expect(refused.receipt.status == 400)
    // Undone in time, a retry has taken nothing away.
    await world.engine.retry([id], hold: 5)
    #expect(await world.state(id, is: "held")?.receipt.words == [])
    await world.engine.cancel(id)
    let undone = await world.ended(id)
    #expect(undone?.state == refused.state && undone?.receipt == refused.receipt)
    await world.engine.retry(id)
    await destination.open(1)
    destination.end()
    let accepted = try #require(await world.state(id, is: "accepted"))
    #expect(accepted.documentID == refused.documentID)
    #expect(accepted.receipt.words.isEmpty)
  }

  @Test("A retry that is asked for many times at once begins once")
  func impatience() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let id = try await world.submit()
    await destination.open(1)
    destination.end(DestinationError(.refused, handover: .whole))
    _ = await world.ended(id)
    await withTaskGroup { group in
      for _ in 0..<20 { group.addTask { await world.engine.retry(id) } }
    }
    await destination.open(1)
    destination.end()
    await world.engine.drain()
    #expect(destination.begun.count == 2)
    #expect(destination.most == 1)
  }

  @Test("403 for an upload from development is explained when it comes all the same")
  func forbidden() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let words = FailureWords(host: "h", environment: .development, limits: Limits(), method: .upload, documentID: "d")
    let failure = words.failure(DestinationError(.forbidden, handover: .whole), during: .upload)
    #expect(failure.explanation == "Redox takes no uploads from a development environment (403).")
    #expect(failure.remedy.contains("up to 10 MB"))
    let id = try await world.submit(forced: .upload)
    await destination.open(1)
    destination.end(DestinationError(.tooLarge, handover: .part))
    let snapshot = try #require(await world.ended(id))
    guard case .refused(let tooLarge) = snapshot.state else { Issue.record("\(snapshot.state)"); return }
    #expect(tooLarge.explanation.contains("413"))
    #expect(tooLarge.explanation.contains("30 MB"))
  }

  @Test(
    "A document that changed or vanished ends as such",
    arguments: [
      (TestContent.Fault.changedAtEnd, "document-changed"), (.missing, "document-gone"), (.unreadable(5, after: 0), "document-unreadable"),
    ])
  func documents(_ fault: TestContent.Fault, _ code: String) async throws {
    let world = try EngineWorld(MemoryDestination(), content: { TestContent(byteCount: $0, fault: fault) })
    let id = try await world.submit()
    let snapshot = try #require(await world.ended(id))
    guard case .failed(let failure) = snapshot.state else { Issue.record("\(snapshot.state)"); return }
    #expect(failure.code == code)
  }

  @Test("A plan with errors, or of another profile, is refused by the engine itself")
  func objections() async throws {
    let destination = MemoryDestination()
    let world = try EngineWorld(destination)
    let tooLarge = try await world.submit(40_000_000)
    var foreign = world.engine.plan(Fixtures.draft(10))
    foreign.profile = "another"
    let other = try await world.engine.submit(foreign)
    for (id, code) in [(tooLarge, "not-sendable"), (other, "wrong-profile")] {
      let snapshot = try #require(await world.ended(id))
      guard case .refused(let failure) = snapshot.state else { Issue.record("\(snapshot.state)"); return }
      #expect(failure.code == code)
    }
    #expect(destination.deliveries.isEmpty)
    #expect(destination.authentications == 0)
  }

  // MARK: Progress

  @Test("Progress: acknowledged bytes, rate and time left; never backwards, the end only after acceptance")
  func progress() async throws {
    let destination = PatientDestination()
    let world = try EngineWorld(destination)
    let id = try await world.submit(10_000)
    await destination.open(1)
    destination.report(.transmitting, 1000, of: 10_000)
    await world.time.sleepers(2)
    world.time.advance(1)
    destination.report(.transmitting, 2000, of: 10_000)
    await world.time.sleepers(2)
    world.time.advance(1)
    let moving = try #require(await world.snapshot(id) { $0.acknowledgedBytes == 2000 && $0.rate != nil })
    #expect(moving.rate == 500)
    #expect(moving.timeLeft == 16)
    // Nothing comes any more: no time is promised, without a single event.
    world.time.advance(3)
    let stalled = try #require(await world.snapshot(id) { $0.timeLeft == nil })
    #expect(stalled.acknowledgedBytes == 2000)
    world.time.advance(1)
    destination.report(.finalizing, 9999, of: 10_000)
    let finalizing = try #require(await world.state(id, is: "finalizing"))
    #expect(finalizing.acknowledgedBytes < 10_000)
    destination.end()
    let accepted = try #require(await world.ended(id))
    #expect(accepted.acknowledgedBytes == 10_000)
    #expect(accepted.rate == nil)
  }

  // MARK: Restarts

  @Test("What a dead process left in the queue is gone on with; what it had on the wire is uncertain")
  func restart() async throws {
    let folder = try TemporaryFolder()
    do {
      let dead = try Outbox(places: folder.places, owner: "dead", now: Date(timeIntervalSince1970: 1))
      try await dead.insert(Fixtures.stored("queued", owner: "dead"))
      try await dead.insert(Fixtures.stored("sending", state: .finalizing, owner: "dead"))
    }
    let destination = MemoryDestination()
    let world = try EngineWorld(destination, folder: folder)
    try await world.engine.start(adopting: true)
    await world.engine.drain()
    #expect(await world.ended(TransferSnapshot.ID("queued"))?.state == .accepted)
    #expect(await world.state(TransferSnapshot.ID("sending"), is: "uncertain") != nil)
    #expect(destination.deliveries.count == 1)
  }

  @Test("A command that only wants its own does not go on with others'")
  func notAdopting() async throws {
    let folder = try TemporaryFolder()
    do {
      let dead = try Outbox(places: folder.places, owner: "dead", now: Date(timeIntervalSince1970: 1))
      try await dead.insert(Fixtures.stored("queued", owner: "dead"))
    }
    let destination = MemoryDestination()
    let world = try EngineWorld(destination, folder: folder)
    try await world.engine.start(adopting: false)
    await world.engine.drain()
    #expect(destination.deliveries.isEmpty)
  }

  @Test("A disk that takes nothing more: nothing is sent on the strength of a state that was not recorded")
  func brokenDisk() async throws {
    let destination = PatientDestination(waitsForToken: true)
    let world = try EngineWorld(destination)
    let id = try await world.submit()
    await destination.open(1)
    try await world.outbox.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = ON") }
    destination.end()
    let snapshot = try #require(await world.ended(id))
    guard case .failed(let failure) = snapshot.state else { Issue.record("\(snapshot.state)"); return }
    #expect(failure.code == "outbox")
    #expect(destination.begun == [.authenticate])
    await #expect(throws: OutboxError.notWritable("The outbox's folder cannot be written to.")) { _ = try await world.submit() }
  }
}
