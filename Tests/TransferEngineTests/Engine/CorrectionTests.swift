import ClinicalMessages
import Foundation
import RedoxAPI
import SafeText
import SystemPackage
import TestSupport
import Testing

@testable import TransferEngine

@Suite("Corrections", .timeLimit(.minutes(1)))
struct CorrectionTests {
  private let destination = MemoryDestination()

  /// Sends a document and waits for its end.
  private func sent(_ world: EngineWorld, kind: MessageKind = .media, _ byteCount: Int = 1000) async throws -> TransferSnapshot.ID {
    let draft = Fixtures.draft(byteCount, kind: kind, identity: world.engine.makeIdentity())
    let id = try await world.engine.submit(world.engine.plan(draft))
    _ = await world.ended(id)
    return id
  }

  private func replacement(_ world: EngineWorld, of id: TransferSnapshot.ID, kind: MessageKind = .media) async throws -> Plan {
    let corrections = try #require(try await world.engine.corrections(for: id))
    var draft = Fixtures.draft(2000, kind: kind, identity: world.engine.makeIdentity())
    draft.purpose = .replace(corrections.original)
    return world.engine.plan(draft)
  }

  private func retract(_ world: EngineWorld, _ id: TransferSnapshot.ID) async throws -> TransferSnapshot.ID {
    let plan = try #require(try await world.engine.retractionPlan(of: id))
    return try await world.engine.submit(plan)
  }

  private func code(_ state: TransferState?) -> String? {
    switch state {
    case .refused(let failure), .failed(let failure): failure.code
    default: nil
    }
  }

  @Test(
    "A retraction goes out without a document, is recorded as a transfer of its own, and points at what it retracts",
    arguments: [MessageKind.media, .notes], [1000, 300_000])
  func retracts(_ kind: MessageKind, _ byteCount: Int) async throws {
    let world = try EngineWorld(destination)
    let original = try await sent(world, kind: kind, byteCount)
    let plan = try #require(try await world.engine.retractionPlan(of: original))
    #expect(plan.problems.isEmpty && plan.patient.name == Samples.timothy.name && plan.fileName.reveal() == "bixby-consent.pdf")
    let id = try await world.engine.submit(plan)
    let snapshot = try #require(await world.ended(id))
    #expect(snapshot.state == .accepted && snapshot.purpose == .retract && snapshot.origin == original)
    #expect(snapshot.totalBytes == 0 && snapshot.documentID == plan.original.documentID && snapshot.receipt.logIDs.count == 1)
    #expect(destination.deliveries.last?.body == plan.message.prefix && destination.deliveries.last?.fileBytes == [])
    // Nothing was uploaded for it.
    #expect(destination.deliveries.count == (byteCount > 200_000 ? 3 : 2))
    #expect(try #require(try await world.engine.record(of: id)).attempts.map(\.step) == [.message])
    #expect(await world.snapshot(original) { _ in true }?.purpose == .new)
  }

  @Test("A replacement carries the new document and points at what it replaces", arguments: [MessageKind.media, .notes, .fhir])
  func replaces(_ kind: MessageKind) async throws {
    let world = try EngineWorld(destination)
    let original = try await sent(world, kind: kind)
    let plan = try await replacement(world, of: original, kind: kind)
    let id = try await world.engine.submit(plan)
    let snapshot = try #require(await world.ended(id))
    #expect(snapshot.state == .accepted && snapshot.purpose == .replace && snapshot.origin == original)
    #expect(destination.deliveries.last?.fileBytes == TestContent(byteCount: 2000).bytes)
    let number = try #require(await world.snapshot(original) { _ in true }?.documentID)
    #expect(destination.deliveries.last?.body.contains(Array(number.utf8)) == true && snapshot.documentID != number)
  }

  @Test("What one process has sent another one can correct")
  func acrossProcesses() async throws {
    let folder = try TemporaryFolder()
    let original = try await sent(try EngineWorld(destination, folder: folder, owner: "before"))
    let world = try EngineWorld(destination, folder: folder, owner: "after")
    try await world.engine.start(adopting: true)
    let id = try await retract(world, original)
    #expect(await world.ended(id)?.state == .accepted)
    let third = try EngineWorld(destination, folder: folder, owner: "third")
    try await third.engine.start(adopting: true)
    #expect(await third.snapshot(id) { _ in true }?.origin == original)
    #expect(try await third.engine.corrections(for: original)?.whyNotRetract == "It was taken back already.")
  }

  @Test("A retraction that a process left behind goes on in the next one")
  func adopted() async throws {
    let folder = try TemporaryFolder()
    let world = try EngineWorld(destination, folder: folder, owner: "before")
    let original = try await sent(world)
    let plan = try #require(try await world.engine.retractionPlan(of: original))
    let stored = try #require(try await world.outbox.transfer(original))
    var left = stored
    left.id = TransferSnapshot.ID("left")
    left.state = .queued
    left.owner = "dead"
    left.order = TransferOrder(retracting: stored.order, of: original, message: plan.message, binding: Fixtures.binding)
    try await world.outbox.insert(left)
    let next = try EngineWorld(destination, folder: folder, owner: "after")
    try await next.engine.start(adopting: true)
    #expect(await next.ended(left.id)?.state == .accepted)
    #expect(destination.deliveries.last?.body == plan.message.prefix)
  }

  // MARK: What is shown of what was sent

  @Test("The patient is read from the message that was sent, for every kind; there is none once removed", arguments: MessageKind.allCases)
  func sentPatient(_ kind: MessageKind) async throws {
    let world = try EngineWorld(destination)
    let id = try await sent(world, kind: kind)
    let patient = try #require(try await world.engine.patient(of: id))
    #expect(patient.id == Samples.timothy.id && patient.name == Samples.timothy.name && patient.birthDate == Samples.timothy.birthDate)
    let record = try #require(try await world.engine.record(of: id))
    #expect(record.attempts.map(\.step) == [.message] && record.decisions.isEmpty && record.entry.kind == kind.rawValue)

    #expect(try await world.outbox.purge(endedBefore: .distantFuture, now: world.time.now, atMost: 5) == 1)
    #expect(try await world.engine.patient(of: id) == nil)
    #expect(try await world.engine.record(of: id)?.details == nil)
    #expect(try await world.engine.patient(of: TransferSnapshot.ID("nobody")) == nil)
    #expect(try await world.engine.record(of: TransferSnapshot.ID("nobody")) == nil)
  }

  // MARK: When it is not possible

  @Test("Only what was accepted can be corrected, and nothing that is unknown")
  func onlyAccepted() async throws {
    let world = try EngineWorld(destination)
    destination.script([.fail(DestinationError(.refused, handover: .whole)), .fail(DestinationError(.timedOut, handover: .whole))])
    let (refused, uncertain) = (try await sent(world), try await sent(world))
    let nothing: DisplayText = "Redox has not accepted it, so there is nothing to correct."
    let doubt: DisplayText = "Nobody knows whether it arrived; that must be settled first."
    for (id, reason) in [(refused, nothing), (uncertain, doubt)] {
      let corrections = try #require(try await world.engine.corrections(for: id))
      #expect(corrections.whyNotReplace == reason && corrections.whyNotRetract == reason)
      #expect(try await world.engine.retractionPlan(of: id)?.problems.map(\.reason) == [reason])
    }
    #expect(try await world.engine.corrections(for: TransferSnapshot.ID("nobody")) == nil)
  }

  @Test("What was found or marked as arrived can be corrected like what was accepted; what was given up cannot")
  func settled() async throws {
    let world = try EngineWorld(destination)
    let reason: DisplayText = "It was given up: nobody knows whether there is anything to correct."
    let expectations: [(Settlement.Outcome, DisplayText?)] = [(.found, nil), (.arrived, nil), (.givenUp, reason)]
    for (outcome, expected) in expectations {
      let state = TransferState.settled(Settlement(outcome, by: "ann", at: world.time.now))
      try await world.outbox.insert(Fixtures.stored(outcome.rawValue, state: state, owner: nil))
      let corrections = try #require(try await world.engine.corrections(for: TransferSnapshot.ID(outcome.rawValue)))
      #expect(corrections.whyNotReplace == expected && corrections.whyNotRetract == expected)
    }
    #expect(await world.ended(try await retract(world, TransferSnapshot.ID("arrived")))?.state == .accepted)
  }

  @Test(
    "A correction counts however long ago it was: the outbox is asked, not the list",
    arguments: [
      ("accepted", "It was taken back already."), ("arrived", "It was taken back already."), ("paused", "It is being taken back."),
      ("uncertain", "Nobody knows whether the wish to take it back arrived; that must be settled first."), ("given-up", nil),
      ("refused", nil),
    ] as [(String, DisplayText?)])
  func longAgo(_ word: String, _ reason: DisplayText?) async throws {
    let world = try EngineWorld(destination)
    let original = try await sent(world)
    let plan = try #require(try await world.engine.retractionPlan(of: original))
    let stored = try #require(try await world.outbox.transfer(original))
    var old = stored
    old.id = TransferSnapshot.ID("old")
    old.state = try #require(StoredState.state(word: word, detail: StoredState.Detail()))
    old.order = TransferOrder(retracting: stored.order, of: original, message: plan.message, binding: Fixtures.binding)
    (old.origin, old.purpose, old.owner) = (original, TransferPurpose.retract.rawValue, nil)
    try await world.outbox.insert(old)
    #expect(await world.engine.entries[old.id] == nil)
    #expect(try await world.engine.corrections(for: original)?.whyNotReplace == reason)
    let replacement = try await world.engine.submit(try await replacement(world, of: original))
    #expect(code(await world.ended(replacement)?.state) == reason.map { _ in "not-correctable" })
  }

  @Test("A retraction's ends do not speak of a document that was sent")
  func words() throws {
    var words = Fixtures.words
    words.purpose = .retract
    let refused = words.failure(DestinationError(.refused, handover: .whole), during: .message)
    #expect(refused.explanation == "Redox refused to take it back. The document stays as it is.")
    let uncertain = words.uncertain(DestinationError(.timedOut, handover: .whole), cancelled: false)
    #expect(uncertain.explanation == "Everything was handed over, but no answer came in time. It may have been taken back or not.")
    #expect(!uncertain.remedy.contains("ask the destination") && uncertain.remedy.contains("doc-1"))
    let document = Fixtures.words.uncertain(DestinationError(.timedOut, handover: .whole), cancelled: false)
    #expect(document.remedy.contains("ask the destination") && document.explanation.hasSuffix("Redox may have the document or not."))
  }

  @Test("Results can neither be replaced nor retracted, FHIR documents not retracted")
  func byKind() async throws {
    let world = try EngineWorld(destination)
    let results = try await sent(world, kind: .results)
    let fhir = try await sent(world, kind: .fhir)
    let ofResults = try #require(try await world.engine.corrections(for: results))
    let ofFHIR = try #require(try await world.engine.corrections(for: fhir))
    #expect(ofResults.whyNotReplace != nil && ofResults.whyNotRetract != nil)
    #expect(ofFHIR.whyNotReplace == nil && ofFHIR.whyNotRetract != nil)
    #expect(try await world.engine.retractionPlan(of: fhir) == nil)
  }

  @Test("FHIR documents are retracted where the site says so, and only those that were uploaded")
  func fhirWhereConfigured() async throws {
    var profile = Fixtures.profile()
    profile.retractsFHIR = true
    let world = try EngineWorld(destination, profile: profile)
    let inside = try await sent(world, kind: .fhir)
    #expect(try await world.engine.corrections(for: inside)?.whyNotRetract?.string.contains("was inside its message") == true)
    #expect(try await world.engine.retractionPlan(of: inside) == nil)
    let uploaded = try await sent(world, kind: .fhir, 300_000)
    #expect(try await world.engine.corrections(for: uploaded)?.whyNotRetract == nil)
    let id = try await retract(world, uploaded)
    #expect(await world.ended(id)?.state == .accepted)
    let body = try #require(destination.deliveries.last?.body)
    #expect(String(decoding: body, as: UTF8.self).contains("\"status\": \"entered-in-error\""))
    #expect(destination.deliveries.filter { if case .upload = $0.call { true } else { false } }.count == 1)
  }

  @Test("One correction at a time, and none of what was corrected already; the correction itself can be corrected")
  func onceOnly() async throws {
    let waiting = PatientDestination()
    let world = try EngineWorld(waiting)
    let draft = Fixtures.draft(1000, identity: world.engine.makeIdentity())
    let original = try await world.engine.submit(world.engine.plan(draft))
    await waiting.open(1)
    waiting.end()
    _ = await world.ended(original)

    let replacement = try await world.engine.submit(try await replacement(world, of: original))
    await waiting.open(1)
    #expect(try await world.engine.corrections(for: original)?.whyNotRetract == "Its replacement is under way.")
    // Whoever lets a second one through all the same does not get it sent.
    let second = try #require(try await world.engine.retractionPlan(of: original))
    let refused = await world.ended(try await world.engine.submit(second))?.state
    #expect(code(refused) == "not-sendable")
    waiting.end()
    _ = await world.ended(replacement)
    #expect(
      try await world.engine.corrections(for: original)?.whyNotReplace == "It was replaced already; correct the newer document.")
    #expect(waiting.begun.count == 2)

    let retraction = try await retract(world, replacement)
    await waiting.open(1)
    waiting.end()
    #expect(await world.ended(retraction)?.state == .accepted)
    #expect(try await world.engine.corrections(for: replacement)?.whyNotRetract == "It was taken back already.")
    let none = try #require(try await world.engine.corrections(for: retraction))
    #expect(none.whyNotReplace == "It took a document back, so there is nothing left to correct." && none.whyNotRetract != nil)
  }

  @Test("Of two corrections planned at once only the first is sent")
  func race() async throws {
    let world = try EngineWorld(destination)
    let original = try await sent(world)
    let first = try await replacement(world, of: original)
    let second = try #require(try await world.engine.retractionPlan(of: original))
    let before = destination.deliveries.count
    async let one = world.engine.submit(first)
    async let other = world.engine.submit(second)
    let states = [await world.ended(try await one)?.state, await world.ended(try await other)?.state]
    #expect(states.filter { $0 == .accepted }.count == 1)
    #expect(states.compactMap(code) == ["not-correctable"])
    #expect(destination.deliveries.count == before + 1)
  }

  @Test("Of two processes that correct the same document at the same moment only one sends; the other one is told why")
  func raceOfProcesses() async throws {
    let folder = try TemporaryFolder()
    let one = try EngineWorld(destination, folder: folder, owner: "one")
    let other = try EngineWorld(destination, folder: folder, owner: "other")
    for _ in 0..<10 {
      let original = try await sent(one)
      let replacement = try await replacement(one, of: original)
      let retraction = try #require(try await other.engine.retractionPlan(of: original))
      let before = destination.deliveries.count
      async let first = one.engine.submit(replacement)
      async let second = other.engine.submit(retraction)
      let states = [await one.ended(try await first)?.state, await other.ended(try await second)?.state]
      #expect(states.filter { $0 == .accepted }.count == 1)
      #expect(states.compactMap(code) == ["not-correctable"])
      #expect(destination.deliveries.count == before + 1)
    }
  }

  @Test("Of a process that tries a failed correction again and one that makes a new one at the same moment only one sends")
  func raceOfRepeat() async throws {
    let folder = try TemporaryFolder()
    let one = try EngineWorld(destination, folder: folder, owner: "one")
    let other = try EngineWorld(destination, folder: folder, owner: "other")
    for _ in 0..<10 {
      let original = try await sent(one)
      destination.script([.fail(DestinationError(.refused, handover: .whole))])
      let failed = try await retract(one, original)
      _ = await one.ended(failed)
      let plan = try await replacement(other, of: original)
      let before = destination.deliveries.count
      async let again: Void = one.engine.retry(failed)
      async let new = other.engine.submit(plan)
      let made = try await new
      await again
      for world in [one, other] { await world.engine.drain() }
      let states = [await one.ended(failed)?.state, await other.ended(made)?.state]
      #expect(states.filter { $0 == .accepted }.count == 1)
      #expect(destination.deliveries.count == before + 1)
    }
  }

  @Test("A correction that failed may be tried again, unless another one was quicker")
  func repeating() async throws {
    let world = try EngineWorld(destination)
    let original = try await sent(world)
    destination.script([.fail(DestinationError(.refused, handover: .whole))])
    let retraction = try await retract(world, original)
    #expect(code(await world.ended(retraction)?.state) == "refused")
    #expect(try await world.engine.corrections(for: original)?.whyNotReplace == nil)
    let replacement = try await world.engine.submit(try await replacement(world, of: original))
    #expect(await world.ended(replacement)?.state == .accepted)
    await world.engine.retry(retraction)
    #expect(code(await world.ended(retraction)?.state) == "not-correctable")

    let again = try await sent(world)
    destination.script([.fail(DestinationError(.refused, handover: .whole))])
    let retried = try await retract(world, again)
    _ = await world.ended(retried)
    await world.engine.retry(retried)
    #expect(await world.ended(retried)?.state == .accepted)
  }

  @Test("A profile that means another place now corrects nothing that was sent to the old one")
  func movedProfile() async throws {
    let folder = try TemporaryFolder()
    let original = try await sent(try EngineWorld(destination, folder: folder, owner: "before"))
    let world = try EngineWorld(destination, folder: folder, owner: "after", profile: Fixtures.profile(.production))
    try await world.engine.start(adopting: true)
    let corrections = try #require(try await world.engine.corrections(for: original))
    let reason: DisplayText = "The profile has another address, destination, source or key now than when this was sent."
    #expect(corrections.whyNotReplace == reason && corrections.whyNotRetract == reason)
    let plan = try await replacement(world, of: original)
    #expect(code(await world.ended(try await world.engine.submit(plan))?.state) == "not-correctable")
  }

  // MARK: What is stored

  @Test("Orders of versions that knew no corrections still open")
  func olderOrders() throws {
    let order = TransferOrder(Fixtures.planner().plan(Fixtures.draft(1000)), binding: Fixtures.binding)
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(order)) as? [String: Any]
    #expect(json?["purpose"] == nil && json?["origin"] == nil && json?["file"] != nil)
    let reopened = try JSONDecoder().decode(TransferOrder.self, from: JSONEncoder().encode(order))
    #expect(reopened == order && reopened.transferPurpose == .new && reopened.hasFile)
  }

  @Test("A retraction's order keeps the link, the message without a hole, and nothing of the file's place")
  func retractionOrder() throws {
    let plan = Fixtures.planner().plan(Fixtures.draft(300_000))
    let original = TransferOrder(plan, binding: Fixtures.binding)
    let message = try #require(Retraction.message(of: plan.message, uploadURI: nil, identity: Samples.laterIdentity))
    let order = TransferOrder(retracting: original, of: TransferSnapshot.ID("t1"), message: message, binding: Fixtures.binding)
    let reopened = try JSONDecoder().decode(TransferOrder.self, from: JSONEncoder().encode(order))
    #expect(reopened == order && reopened.clinicalMessage == message)
    #expect(!reopened.hasFile && reopened.path.isEmpty && reopened.file.byteCount == 0 && reopened.file.sha256.isEmpty)
    #expect(reopened.origin == "t1" && reopened.transferPurpose == .retract && reopened.method == "embed")
    #expect(reopened.documentID == original.documentID && reopened.patientID == original.patientID)
  }
}
