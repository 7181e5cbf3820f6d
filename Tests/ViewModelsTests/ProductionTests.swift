import ClinicalMessages
import SafeText
import TestSupport
import Testing
import TransferEngine
@testable import ViewModels

@MainActor
@Suite("Confirming in production", .timeLimit(.minutes(2)))
struct ProductionTests {
  private func robot() async throws -> RobotUser {
    let user = try await RobotUser(profile: .sample("live", environment: .production, isProduction: true))
    await user.goToReview()
    return user
  }

  private func challenge(_ user: RobotUser) -> ReviewState.Challenge? {
    if case .retype(let challenge) = user.review?.confirmation { challenge } else { nil }
  }

  @Test("Initials and birth year, then y, send")
  func right() async throws {
    let user = try await robot()
    await user.type("bb")
    await user.press(.enter)
    await user.type("1982")
    await user.press(.enter)
    #expect(challenge(user)?.focus == .confirm)
    #expect(user.service.submitted.isEmpty, "Enter after the last entry compares and sends nothing")
    await user.press(.character("y"))
    #expect(user.service.submitted.count == 1)
  }

  @Test("Three misses abort, and nothing is sent")
  func threeMisses() async throws {
    let user = try await robot()
    for (initials, year, left) in [("xx", "1982", 2), ("bb", "1983", 1)] {
      await user.type(initials)
      await user.press(.enter)
      await user.type(year)
      await user.press(.enter)
      #expect(challenge(user)?.triesLeft == left)
      #expect(challenge(user)?.initials.isEmpty == true)
    }
    await user.press(.enter, .enter)
    #expect(user.review == nil)
    #expect(user.notice?.hasPrefix("Three times not the same") == true)
    #expect(user.service.submitted.isEmpty)
  }

  @Test("y cannot send before both fit: it is a letter of the initials")
  func yIsTyped() async throws {
    let user = try await robot()
    await user.press(.character("y"))
    #expect(challenge(user)?.initials.text == "y")
    #expect(user.service.submitted.isEmpty)
  }

  @Test("Pasting does not count as typing")
  func pasting() async throws {
    let user = try await robot()
    await user.press(.paste("bb"))
    #expect(challenge(user)?.initials.isEmpty == true)
    #expect(challenge(user)?.remark != nil)
  }

  @Test("Typing y ahead of the answer does not send")
  func typedAhead() async throws {
    let user = try await robot()
    await user.type("bb")
    await user.press(.enter)
    await user.type("1982")
    user.app.handle([.enter, .character("y")])
    await user.app.idle()
    #expect(user.app.takeRequests().contains(.flushInput))
    #expect(user.service.submitted.isEmpty)
  }

  @Test("Re-typing begins when all of the review was seen, and stops when it is not any more")
  func unseen() async throws {
    let user = try await robot()
    user.app.setReviewRoom(ReviewRoom(lines: 6, rows: 3, fingerprint: 1))
    #expect(challenge(user) == nil)
    await user.press(.character("b"))
    await user.press(.pageDown)
    user.app.setReviewRoom(ReviewRoom(lines: 6, rows: 3, fingerprint: 1))
    #expect(challenge(user)?.initials.isEmpty == true)
    await user.type("bb")
    await user.press(.enter)
    await user.type("1982")
    await user.press(.enter)
    user.app.setReviewRoom(ReviewRoom(lines: 9, rows: 3, fingerprint: 2))
    #expect(user.review?.confirmation == .unseen("Scroll down to see all of it first."))
    await user.press(.character("y"))
    #expect(user.service.submitted.isEmpty)
    for _ in 0..<2 {
      await user.press(.pageDown)
      user.app.setReviewRoom(ReviewRoom(lines: 9, rows: 3, fingerprint: 2))
    }
    #expect(challenge(user)?.remark == "Both fit. Press y to send, Enter to cancel.")
  }

  @Test("A patient without a birth date cannot be confirmed, and the review says why")
  func noBirthDate() async throws {
    let user = try await RobotUser(profile: .sample("live", environment: .production, isProduction: true))
    await user.press(.enter)
    await user.type("suharto")
    await user.press(.enter, .character("S"))
    guard case .closed(let reason) = user.review?.confirmation else {
      Issue.record("The review should be closed")
      return
    }
    #expect(reason.string.contains("no birth date"))
    await user.press(.character("y"))
    #expect(user.service.submitted.isEmpty)
  }

  @Test("What is typed is compared without accents, points, spaces and case")
  func folding() throws {
    var retyping = try #require(
      Retyping(
        Patient(
          id: Patient.ID("x"), identifiers: [], name: PersonName(family: "Émile", given: ["Ångström"]),
          birthDate: CalendarDate(iso: "1999-12-31"))))
    for character in "å. é." { _ = retyping.type(.character(character)) }
    _ = retyping.next()
    for character in " 1999" { _ = retyping.type(.character(character)) }
    #expect(retyping.next() == .passed)
  }
}
