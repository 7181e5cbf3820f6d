import Foundation
import SafeText
import TestSupport
import Testing

@testable import TransferEngine

@Suite("Corrections in the outbox")
struct OutboxCorrectionTests {
  private let folder: TemporaryFolder
  private let now = Date(timeIntervalSince1970: 1_800_000_100)
  private let origin = TransferSnapshot.ID("origin")
  private let rules = CorrectionRules(profile: "main", binding: Fixtures.binding)

  init() throws { folder = try TemporaryFolder() }

  private func open(_ owner: String) throws -> Outbox { try Outbox(places: folder.places, owner: owner, now: now) }

  private func correction(
    _ id: String, of origin: TransferSnapshot.ID, _ owner: String, state: TransferState = .queued
  ) -> StoredTransfer {
    var transfer = Fixtures.stored(id, state: state, owner: owner)
    (transfer.order.purpose, transfer.order.origin) = (TransferPurpose.replace.rawValue, origin.rawValue)
    (transfer.purpose, transfer.origin) = (TransferPurpose.replace.rawValue, origin)
    return transfer
  }

  private func submit(_ transfer: StoredTransfer, to outbox: Outbox) async throws -> TransferState {
    let stored = try await outbox.submit([transfer]) { [rules] in rules.objection(toCorrecting: $0) }
    return try #require(stored.first).state
  }

  @Test("Of many that come at once from several processes one goes on; the others stand there as refused, and are nobody's")
  func race() async throws {
    let outboxes = [try open("a"), try open("b"), try open("c")]
    for round in 0..<5 {
      let origin = TransferSnapshot.ID("origin-\(round)")
      try await outboxes[0].insert(Fixtures.stored(origin.rawValue, state: .accepted, owner: nil))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (number, outbox) in (outboxes + outboxes).enumerated() {
          group.addTask { _ = try await submit(correction("c\(round)-\(number)", of: origin, outbox.owner), to: outbox) }
        }
        try await group.waitForAll()
      }
      let stored = try await outboxes[1].transfers(profile: "main", limit: 100).filter { $0.origin == origin }
      #expect(stored.count == 6 && stored.filter { $0.state == .queued && $0.owner != nil }.count == 1)
      #expect(
        stored.filter {
          guard case .refused(let failure) = $0.state else { return false }
          return failure.explanation == "Its replacement is under way. It was not sent." && $0.owner == nil
            && $0.receipt.endedAt == $0.changedAt
        }.count == 5)
    }
  }

  @Test("All of one submission or none: the second correction in it is refused too")
  func sameSubmission() async throws {
    let outbox = try open("a")
    try await outbox.insert(Fixtures.stored(origin.rawValue, state: .accepted, owner: nil))
    let both = [correction("c1", of: origin, "a"), correction("c2", of: origin, "a")]
    let stored = try await outbox.submit(both) { [rules] in rules.objection(toCorrecting: $0) }
    #expect(stored.map(\.state.name) == ["queued", "refused"])
    #expect(try await outbox.transfers(profile: "main", limit: 10).filter { $0.origin == origin } == stored.reversed())
  }

  @Test("What is not known is not corrected")
  func unknown() async throws {
    #expect(try await submit(correction("c", of: TransferSnapshot.ID("nobody"), "a"), to: try open("a")).name == "refused")
  }

  @Test("One that a process takes up to try it again counts as under way, until that process lets go of it or dies")
  func claimed() async throws {
    let living = try open("living")
    try await living.insert(Fixtures.stored(origin.rawValue, state: .accepted, owner: nil))
    var failed = correction("failed", of: origin, "living", state: .failed(Fixtures.failure("busy")))
    failed.owner = nil
    try await living.insert(failed)
    do {
      let dead = try open("dead")
      #expect(try await dead.claim([failed.id], from: .unsent).map(\.rivals) == [[]])
      #expect(try await submit(correction("late", of: origin, "living"), to: living).name == "refused")
    }
    #expect(try await living.settleDead(now: now).isEmpty)
    #expect(try await submit(correction("later", of: origin, "living"), to: living) == .queued)
    // Whoever takes the failed one up now hears of it.
    let claim = try #require(try await living.claim([failed.id], from: .unsent).first)
    #expect(CorrectionRules.objection(toRepeatingBeside: claim.rivals)?.code == "not-correctable")
  }
}
