import ClinicalMessages
import Documents
import SafeText
import SystemPackage
import TestSupport
import Testing
import TransferEngine
@testable import ViewModels

@MainActor
@Suite("From a file to a sent document", .timeLimit(.minutes(2)))
struct SendingFlowTests {
  @Test("The first document takes at most 20 keys, the second for the same patient at most 12")
  func keyCounts() async throws {
    let user = try await RobotUser()
    await user.press(.down, .enter)
    #expect(user.patient != nil)
    await user.type("bixby bar 1982")
    #expect(user.patient?.rows.map { $0.name.reveal().string } == ["BIXBY, Barbara"])
    await user.press(.enter)
    #expect(user.app.state.banner?.name.reveal() == "BIXBY, Barbara")
    await user.press(.enter)
    #expect(user.preview?.lines.isEmpty == false)
    await user.press(.character("S"))
    #expect(user.review?.confirmation == .oneKey)
    await user.press(.character("y"))
    #expect(user.transfers?.rows.first?.state == "queued")
    #expect(user.service.submitted.map(\.draft.patient.id) == [Samples.barbara.id])
    #expect(user.service.submitted.first?.draft.document.path.lastComponent?.string == "letter.pdf")
    user.service.publish(.accepted)
    await user.wait { user.transfers?.rows.first?.state == "accepted by Redox" }
    #expect(user.keyCount <= 20)
    #expect(user.keyCount == 6)

    user.resetKeyCount()
    await user.press(.character("q"), .down, .enter)
    #expect(user.message != nil, "The patient is still chosen")
    await user.press(.character("S"), .character("y"))
    #expect(user.service.submitted.count == 2)
    #expect(user.service.submitted.last?.draft.document.path.lastComponent?.string == "scan.png")
    #expect(user.service.submitted.last?.draft.patient.id == Samples.barbara.id)
    #expect(user.keyCount <= 12)
    let numbers = user.service.submitted.map(\.draft.identity.documentID)
    #expect(Set(numbers).count == 2, "Each document has its own number")
  }

  @Test("What is reviewed is what is sent")
  func samePlan() async throws {
    let user = try await RobotUser()
    await user.goToForm()
    await user.press(.up)
    for _ in 0..<20 { await user.press(.up) }
    await user.press(.character("3"))
    #expect(user.message?.kind == .notes)
    await user.press(.character("v"))
    let previewed = user.app.message?.plan
    await user.press(.character("S"), .character("y"))
    #expect(user.service.submitted == [try #require(previewed)])
    #expect(user.service.submitted.first?.message.kind == .notes)
  }

  @Test(
    "Enter, Escape, n and q on the review send nothing",
    arguments: [Key.enter, .escape, .character("q"), .character("n"), .control("c"), .function(10)])
  func cancelling(key: Key) async throws {
    let user = try await RobotUser()
    await user.goToReview()
    #expect(user.review != nil)
    await user.press(key)
    #expect(user.review == nil)
    #expect(user.message != nil, "Back on the form, with everything kept")
    #expect(user.service.submitted.isEmpty)
    #expect(user.notice == "Nothing was sent.")
  }

  @Test("Enter alone never sends, however often it is pressed")
  func enterNeverSends() async throws {
    let user = try await RobotUser()
    await user.goToForm()
    for _ in 0..<40 { await user.press(.enter) }
    await user.press(.character("S"))
    for _ in 0..<40 { await user.press(.enter) }
    #expect(user.service.submitted.isEmpty)
  }

  @Test("Pasted text confirms nothing, marked as pasted or not")
  func pasting() async throws {
    let user = try await RobotUser()
    await user.goToReview()
    await user.press(.paste("y\ny\n"))
    #expect(user.review != nil)
    user.app.handle([.character("y"), .enter, .character("y"), .enter])
    await user.app.idle()
    #expect(user.service.submitted.isEmpty)
    await user.press(.character("S"))
    user.app.handle([.character("y"), .character("y")])
    await user.app.idle()
    #expect(user.service.submitted.isEmpty)
    #expect(user.notice == "Several keys came at once. Look again, then press y once.")
    await user.press(.character("y"))
    #expect(user.service.submitted.count == 1)
  }

  @Test("Opening the review asks the terminal to forget what was typed ahead, and drops the rest of the same read")
  func typingAhead() async throws {
    let user = try await RobotUser()
    await user.goToForm()
    _ = user.app.takeRequests()
    user.app.handle([.character("S"), .character("y")])
    await user.app.idle()
    #expect(user.app.takeRequests() == [.flushInput])
    #expect(user.review != nil)
    #expect(user.service.submitted.isEmpty)
  }

  @Test("A second y while the first is being recorded sends nothing twice")
  func doublePress() async throws {
    let user = try await RobotUser()
    await user.goToReview()
    user.app.handle(.character("y"))
    user.app.handle(.character("y"))
    await user.app.idle()
    #expect(user.service.submitted.count == 1)
    #expect(user.transfers != nil)
  }

  @Test("A record that cannot be written is told, and the form is kept")
  func outboxFailure() async throws {
    let user = try await RobotUser()
    user.service.script { $0.submission = .failure(.diskFull) }
    await user.goToReview()
    await user.press(.character("y"))
    #expect(user.message != nil)
    #expect(user.notice?.hasPrefix("Not sent: the disk is full") == true)
  }

  @Test("A message with errors can be previewed and not reviewed")
  func errors() async throws {
    let user = try await RobotUser()
    user.service.script {
      $0.problems = [Problem(.error, field: "Provider", reason: "The provider has no number.", remedy: "Type the provider's number.")]
    }
    await user.goToForm()
    #expect(user.field(.provider)?.isFocused == true, "The first field with an error has the focus")
    #expect(user.field(.provider)?.remark == "The provider has no number.")
    await user.press(.character("S"))
    #expect(user.review == nil)
    #expect(user.notice?.contains("cannot be sent yet") == true)
    await user.press(.character("v"))
    #expect(user.preview?.canBeSent == false)
    #expect(user.preview?.problems.first?.field == "Provider")
  }

  @Test("What is said about a transfer is taken back when it has ended")
  func staleNotice() async throws {
    let user = try await RobotUser()
    await user.goToReview()
    await user.press(.character("y"))
    await user.wait { user.transfers?.rows.isEmpty == false }
    #expect(user.notice?.hasPrefix("Recorded") == true)
    user.service.publish(.accepted)
    await user.wait { user.transfers?.rows.first?.glyph == .accepted }
    #expect(user.notice == nil)
  }

  private func isSendOpen(_ user: RobotUser) -> Bool? { user.app.state.hints.first { $0.key == "y" }?.isEnabled }

  @Test("A review is confirmed once every line of it was on the screen")
  func scrolledReview() async throws {
    let user = try await RobotUser()
    await user.goToReview()
    let room = ReviewRoom(lines: 10, rows: 4, fingerprint: 1)
    #expect(user.app.setReviewRoom(room), "The first frame shows four lines")
    #expect(!user.app.setReviewRoom(room), "and the same again changes nothing")
    #expect(isSendOpen(user) == false)
    await user.press(.character("y"))
    #expect(user.service.submitted.isEmpty)
    #expect(user.notice == "Scroll down to see all of it first.")
    // To the end and back leaves out the middle.
    await user.press(.character("G"))
    user.app.setReviewRoom(room)
    #expect(user.review?.window.visible == 6..<10)
    #expect(user.review?.confirmation == .unseen("Some lines further up were not on the screen yet: k, PgUp."))
    await user.press(.pageUp)
    user.app.setReviewRoom(room)
    #expect(user.review?.confirmation == .oneKey)
    #expect(isSendOpen(user) == true)
    await user.press(.character("y"))
    #expect(user.service.submitted.count == 1)
  }

  @Test("Pages that were passed between two frames were not seen")
  func scrolledBlindly() async throws {
    let user = try await RobotUser()
    await user.goToReview()
    let room = ReviewRoom(lines: 10, rows: 3, fingerprint: 1)
    user.app.setReviewRoom(room)
    user.app.handle([.pageDown, .pageDown, .pageDown])
    user.app.setReviewRoom(room)
    await user.press(.character("y"))
    #expect(user.service.submitted.isEmpty)
  }

  @Test("After a change of size all must be seen anew; a smaller part of the same lines counts still")
  func resizedReview() async throws {
    let user = try await RobotUser()
    await user.goToReview()
    user.app.setReviewRoom(ReviewRoom(lines: 10, rows: 10, fingerprint: 1))
    #expect(user.review?.confirmation == .oneKey)
    user.app.setReviewRoom(ReviewRoom(lines: 10, rows: 2, fingerprint: 1))
    #expect(user.review?.confirmation == .oneKey)
    user.app.setReviewRoom(ReviewRoom(lines: 20, rows: 4, fingerprint: 2))
    await user.press(.character("y"))
    #expect(user.service.submitted.isEmpty)
    user.app.setReviewRoom(ReviewRoom(lines: 1, rows: 0, fingerprint: 0))
    #expect(isSendOpen(user) == false, "Nothing is seen where there is no room")
  }

  @Test("Choosing another patient for the same document makes another message, without the first one's visit")
  func otherPatient() async throws {
    let user = try await RobotUser()
    await user.goToForm()
    let first = try #require(user.app.message?.plan.draft)
    while user.field(.visitNumber)?.isFocused != true { await user.press(.up) }
    await user.press(.enter)
    await user.type("V-17")
    await user.press(.enter)
    #expect(user.app.message?.plan.draft.fields.visitNumber == "V-17")
    await user.press(.character("p"))
    #expect(user.app.state.banner == nil, "No banner where several patients are shown")
    await user.type("carthwright")
    await user.press(.enter)
    let second = try #require(user.app.message?.plan.draft)
    #expect(second.patient.id == Samples.walter.id)
    #expect(second.fields.visitNumber == nil)
    #expect(second.identity.documentID != first.identity.documentID)
    #expect(second.document == first.document)
  }
}
