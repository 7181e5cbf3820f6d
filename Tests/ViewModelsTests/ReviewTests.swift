import ClinicalMessages
import Documents
import SafeText
import TestSupport
import Testing
import TransferEngine
@testable import ViewModels
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@MainActor
@Suite("What the review knows", .timeLimit(.minutes(2)))
struct ReviewTests {
  private func closed(_ user: RobotUser) -> String? {
    if case .closed(let reason) = user.review?.confirmation { reason.string } else { nil }
  }

  private func labels(_ user: RobotUser) -> [String: String] {
    Dictionary(
      ((user.review?.place ?? []) + (user.review?.message ?? [])).map { ($0.label.string, $0.value.reveal().string) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test("A file that has changed by the time the review opens cannot be sent")
  func changedBefore() async throws {
    let user = try await RobotUser()
    user.service.script { $0.recheck = .failure(.changed) }
    await user.goToReview()
    #expect(closed(user)?.contains("changed or replaced") == true)
    await user.press(.character("y"))
    #expect(user.service.submitted.isEmpty)
    await user.press(.enter)
    #expect(user.message != nil)
  }

  @Test("A file that changes while the review stands is not sent either", arguments: [DocumentContentError.changed, .gone, .unreadable(5)])
  func changedMeanwhile(error: DocumentContentError) async throws {
    let user = try await RobotUser()
    await user.goToReview()
    #expect(user.review?.confirmation == .oneKey)
    user.service.script { $0.recheck = .failure(error) }
    await user.press(.character("y"))
    #expect(user.service.submitted.isEmpty)
    #expect(closed(user)?.hasSuffix("Go back to the files and choose it again.") == true)
    #expect(user.service.rechecks == 2)
  }

  @Test("Until the file was looked at, y sends nothing")
  func checking() async throws {
    let user = try await RobotUser()
    await user.goToForm()
    user.app.handle(.character("S"))
    #expect(user.review?.confirmation == .checking)
    user.app.handle(.character("y"))
    #expect(user.notice == "The file is still being looked at.")
    await user.app.idle()
    #expect(user.service.submitted.isEmpty)
    #expect(user.review?.confirmation == .oneKey)
  }

  @Test("Leaving the review while the file is looked at sends nothing, and says so")
  func leavingWhileChecking() async throws {
    let user = try await RobotUser()
    await user.goToReview()
    user.app.handle(.character("y"))
    user.app.handle(.escape)
    await user.app.idle()
    #expect(user.service.submitted.isEmpty)
    #expect(user.notice == "Nothing was sent.")
    // The answer to the first review must not open or send the second.
    user.app.handle(.character("S"))
    #expect(user.review?.confirmation == .checking)
    await user.app.idle()
    #expect(user.service.submitted.isEmpty)
  }

  @Test("Namesakes and similar names are counted apart")
  func names() async throws {
    let user = try await RobotUser()
    await user.goToReview()
    let warning = user.review?.warnings.first { $0.field == "Patient" }
    #expect(warning?.reason == "1 other patient is named BIXBY, Barbara.")
    #expect(warning?.remedy == "Compare birth date and number.")
  }

  @Test("A document that was sent for this patient before is pointed out, after other patients with this name")
  func sentBefore() async throws {
    let user = try await RobotUser()
    user.service.script {
      $0.earlierSends = [Samples.createdAt.addingTimeInterval(-3 * 86_400), Samples.createdAt.addingTimeInterval(-9 * 86_400)]
    }
    await user.goToReview()
    #expect(user.review?.warnings.first?.reason.string.contains("named BIXBY, Barbara") == true)
    #expect(user.review?.warnings[1].reason == "Already sent for this patient 3 d ago (02-Jan-2026 11:00).")
    #expect(user.review?.confirmation == .oneKey)
  }

  @Test(
    "Nothing is called sent that may not have arrived",
    arguments: [
      (.uncertain, "Sent for this patient 3 d ago (02-Jan-2026 11:00), and nobody knows whether it arrived: it may be in the chart."),
      (.underWay, "On its way for this patient already: confirmed 3 d ago (02-Jan-2026 11:00)."),
    ] as [(EarlierSend.Standing, String)])
  func sentBefore(_ standing: EarlierSend.Standing, _ reason: String) async throws {
    let user = try await RobotUser()
    user.service.script {
      $0.earlierSends = [Samples.createdAt.addingTimeInterval(-3 * 86_400)]
      $0.earlierStanding = standing
    }
    await user.goToReview()
    #expect(user.review?.warnings.contains { $0.reason.string == reason } == true)
  }

  @Test("The same warning is not shown twice, and errors come first")
  func ordered() {
    func line(_ reason: DisplayText, isError: Bool = false) -> ProblemLine {
      ProblemLine(isError: isError, field: "Patient", reason: reason, remedy: "")
    }
    let lines = ReviewWarnings.ordered(
      [line("a"), line("wrong", isError: true)], namesakes: line("named"), others: [line("b"), line("a"), line("b")])
    #expect(lines.map(\.reason.string) == ["wrong", "named", "b", "a"])
  }

  @Test("Changing the patient after choosing the document is pointed out; choosing the same one again is not")
  func changedPatient() async throws {
    let user = try await RobotUser()
    await user.goToForm()
    await user.press(.character("p"))
    await user.type("1982-07-24")
    await user.press(.enter, .character("S"))
    #expect(user.review?.warnings.contains { $0.reason == "You chose another patient after the document." } == false)
    await user.press(.enter, .character("p"))
    await user.type("carthwright")
    await user.press(.enter, .character("S"))
    #expect(user.review?.warnings.contains { $0.reason == "You chose another patient after the document." } == true)
  }

  @Test("It says where to, by whom, how and what comes next, each once")
  func facts() async throws {
    let user = try await RobotUser()
    await user.goToReview()
    let facts = labels(user)
    #expect(facts["To"] == "Redox EMR")
    #expect(facts["Server"] == "api.redoxengine.com")
    #expect(facts["Sent by"] == "ward7")
    #expect(facts["Method"] == "Inside the message. The file is small.")
    #expect(facts["Provider"] == "GRANITE, Pat MD, PhD (NPI 1234567893)")
    #expect(facts["Afterwards"]?.contains("cannot be taken back") == true)
    #expect(facts["Title"] == nil, "It is the file's name, which is there already")
    #expect(user.review?.documents.first?.document.fingerprint == "abababab")
  }

  @Test("A result without an order is called by its own event")
  func unsolicited() async throws {
    let user = try await RobotUser()
    await user.goToForm()
    await user.focus(.proceed)
    await user.press(.character("4"), .character("S"))
    #expect(labels(user)["Message"] == "Result, as Redox Results NewUnsolicited")
  }
}
