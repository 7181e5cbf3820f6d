import ClinicalMessages
import Documents
import SafeText
import SystemPackage
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
@Suite("Several documents at once", .timeLimit(.minutes(2)))
struct TogetherTests {
  static let space = Key.character(" ")
  static let png = DocumentType(name: "PNG image", mediaType: "image/png", fileType: "PNG")

  /// Three files of different content; the third is an image and too large for the inside of a message.
  func robot(profile: ProfileSummary = .sample(), memory: DefaultsMemory = .none) async throws -> RobotUser {
    let user = try await RobotUser(profile: profile, memory: memory)
    let path = user.folder.path
    user.service.script {
      $0.documents["letter.pdf"] = .success(ServiceDouble.document(path.appending("letter.pdf"), content: 0x11))
      $0.documents["scan.png"] = .success(
        ServiceDouble.document(path.appending("scan.png"), bytes: 900_000, type: Self.png, content: 0x22))
      $0.documentTypes["image/png"] = CodedValue(code: "72170-4", display: "Photographic image")
    }
    return user
  }

  /// All three, for Barbara Bixby.
  func goToForm(_ user: RobotUser) async {
    await user.press(.character("a"), .enter)
    await user.type("1982-07-24")
    await user.press(.enter)
  }

  func names(_ user: RobotUser) -> [String] { user.service.submitted.map { $0.draft.document.path.lastComponent?.string ?? "" } }

  func closed(_ user: RobotUser) -> String? {
    if case .closed(let reason) = user.review?.confirmation { reason.string } else { nil }
  }

  func leftOut(_ user: RobotUser) -> LeftOutState? {
    if case .leftOut(let state) = user.app.state.dialog { state } else { nil }
  }

  // MARK: The whole way

  @Test("Three documents take three keys more than one, are recorded in one go, and leave nothing marked")
  func sending() async throws {
    let user = try await robot()
    await user.press(Self.space, Self.space, Self.space, .enter)
    #expect(user.patient != nil)
    await user.type("1982-07-24")
    await user.press(.enter)
    #expect(user.message?.together?.total == "3 documents, 1.2 MB")
    await user.press(.character("S"))
    #expect(user.review?.documents.map { $0.document.name.reveal() } == ["consent.pdf", "letter.pdf", "scan.png"])
    #expect(user.review?.confirmation == .oneKey)
    await user.press(.character("y"))
    #expect(user.keyCount == 7)
    #expect(user.service.batches == [3])
    #expect(names(user) == ["consent.pdf", "letter.pdf", "scan.png"])
    #expect(Set(user.service.submitted.map(\.draft.identity.documentID)).count == 3, "Each has its own number")
    #expect(Set(user.service.submitted.map(\.draft.patient.id)) == [Samples.barbara.id])
    #expect(user.transfers?.rows.count == 3)
    #expect(user.notice == "3 documents recorded, and on their way to Staging.")
    await user.press(.character("q"))
    #expect(user.browse?.summary.marked == nil)
    #expect(user.app.state.banner != nil, "The patient stays")
    await user.press(.character("c"))
    #expect(user.notice == "No document is chosen yet.")
  }

  @Test("One marked file goes the way of a single one, and is unmarked when it was sent")
  func single() async throws {
    let user = try await robot()
    await user.press(Self.space, .down, .enter)
    await user.type("1982-07-24")
    await user.press(.enter)
    #expect(user.message?.document.name.reveal() == "consent.pdf", "What is marked, not what the cursor is on")
    #expect(user.message?.together == nil)
    await user.press(.character("S"), .character("y"))
    #expect(user.service.batches == [1])
    #expect(user.notice == "Recorded, and on its way to Staging.")
    await user.press(.character("q"))
    #expect(user.browse?.summary.marked == nil)
  }

  @Test("When they cannot be recorded none is sent, and everything is kept")
  func unrecorded() async throws {
    let user = try await robot()
    user.service.script { $0.submission = .failure(.diskFull) }
    await goToForm(user)
    await user.press(.character("S"), .character("y"))
    #expect(user.service.submitted.isEmpty)
    #expect(user.message?.together != nil)
    #expect(user.notice?.hasPrefix("Not sent: the disk is full") == true)
  }

  // MARK: Reading

  @Test("They are read one after the other, which can be stopped; no key waits")
  func reading() async throws {
    let user = try await robot()
    await user.press(.character("a"))
    user.service.script { $0.holdsInspections = true }
    user.app.handle(.enter)
    await user.reading("1 of 3")
    await user.service.releaseOneInspection()
    await user.reading("2 of 3")
    user.app.handle(.enter)
    user.app.handle(.escape)
    #expect(user.notice == "Stopped reading. Nothing was chosen.")
    user.service.releaseInspections()
    await user.app.idle()
    #expect(user.browse?.inspection == BrowseState.Inspection.none)
    #expect(user.browse?.summary.marked == "3 files marked, 0 bytes", "The marks stay")
    #expect(user.app.documents.isEmpty)
  }

  @Test("What cannot be sent is listed with its reason, and a person decides; going back keeps the marks")
  func leavingOut() async throws {
    let user = try await robot()
    let path = user.folder.path.appending("letter.pdf")
    user.service.script {
      $0.documents["letter.pdf"] = .success(ServiceDouble.document(path, verdict: .refuse("Programs may not be sent.")))
      $0.documents["scan.png"] = .failure(.permissionDenied)
    }
    await user.press(.character("a"), .enter)
    #expect(user.app.takeRequests() == [.flushInput], "What was typed before the question is no answer")
    let question = try #require(leftOut(user))
    #expect(question.title == "2 of 3 files cannot be sent")
    #expect(question.rows.map { $0.name.reveal() } == ["letter.pdf", "scan.png"])
    #expect(question.rows.map(\.reason.string).first == "Programs may not be sent.")
    #expect(question.choices.map(\.label.string) == ["Back", "Go on with 1"])
    await user.press(.enter)
    #expect(user.browse?.summary.marked?.string.hasPrefix("3 files marked") == true)
    await user.press(.character("c"))
    #expect(user.notice == "No document is chosen yet.")
    await user.press(.enter)
    user.app.handle([.character("y"), .character("y")])
    #expect(leftOut(user) != nil, "Two keys at once are no answer")
    await user.press(.character("y"))
    #expect(user.patient != nil)
    await user.type("1982-07-24")
    await user.press(.enter)
    #expect(user.message?.document.name.reveal() == "consent.pdf")
    await user.press(.escape)
    #expect(user.browse?.summary.marked?.string.hasPrefix("1 file marked") == true, "Only what goes on is marked still")
  }

  @Test("When none can be sent there is only the way back")
  func noneLeft() async throws {
    let user = try await robot()
    user.service.script { script in
      for name in ["consent.pdf", "letter.pdf", "scan.png"] { script.documents[name] = .failure(.notFound) }
    }
    await user.press(.character("a"), .enter)
    #expect(leftOut(user)?.title == "None of the 3 files can be sent")
    #expect(leftOut(user)?.choices.count == 1)
    await user.press(.character("y"))
    #expect(user.notice == "None of them can be sent. Enter goes back to the files.")
    await user.press(.enter)
    #expect(user.browse != nil && user.app.state.dialog == nil)
  }

  @Test("Somebody who has gone elsewhere is told, and asked when they come back to it")
  func elsewhere() async throws {
    let user = try await robot()
    user.service.script {
      $0.documents["scan.png"] = .failure(.permissionDenied)
      $0.holdsInspections = true
    }
    await user.press(.character("a"))
    user.app.handle(.enter)
    user.app.handle(.character("k"))
    user.app.handle(.function(6))
    user.service.releaseInspections()
    await user.app.idle()
    #expect(user.transfers != nil && user.app.state.dialog == nil)
    #expect(user.notice == "1 of 3 files cannot be sent. Press c to see which.")
    await user.press(.character("q"), .character("c"))
    #expect(leftOut(user) != nil)
    await user.press(.character("y"))
    #expect(user.app.documents.count == 2)
  }

  @Test("Warnings are counted where they are read, and listed by document in the form")
  func warned() async throws {
    let user = try await robot()
    let path = user.folder.path.appending("letter.pdf")
    user.service.script { $0.documents["letter.pdf"] = .success(ServiceDouble.document(path, verdict: .warn("It is old."), content: 1)) }
    await user.press(.character("a"), .enter)
    #expect(user.notice == "1 of 3 files has a warning; the message lists it.")
  }
}

extension RobotUser {
  /// Waits until the reading has come so far.
  fileprivate func reading(_ place: DisplayText) async {
    await wait { if case .reading(_, place) = self.browse?.inspection { true } else { false } }
  }
}
