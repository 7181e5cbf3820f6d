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
  private static let space = Key.character(" ")
  private static let png = DocumentType(name: "PNG image", mediaType: "image/png", fileType: "PNG")

  /// Three files of different content; the third is an image and too large for the inside of a message.
  private func robot(profile: ProfileSummary = .sample(), memory: DefaultsMemory = .none) async throws -> RobotUser {
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
  private func goToForm(_ user: RobotUser) async {
    await user.press(.character("a"), .enter)
    await user.type("1982-07-24")
    await user.press(.enter)
  }

  private func names(_ user: RobotUser) -> [String] { user.service.submitted.map { $0.draft.document.path.lastComponent?.string ?? "" } }

  private func closed(_ user: RobotUser) -> String? {
    if case .closed(let reason) = user.review?.confirmation { reason.string } else { nil }
  }

  private func leftOut(_ user: RobotUser) -> LeftOutState? {
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

  // MARK: Form and preview

  @Test("The type is each file's own until a person chooses one for all; so is the title; the way is by size")
  func form() async throws {
    let user = try await robot()
    await goToForm(user)
    #expect(user.field(.documentType)?.value.reveal() == "by file: 2 × Note, 1 × Photographic image")
    #expect(user.field(.title)?.placeholder == "each file's own name")
    #expect(user.field(.method) == nil)
    #expect(user.message?.method.method == "2 inside the message, 1 uploaded first")
    #expect(user.app.message?.plans.map(\.draft.fields.documentType.code) == ["34109-9", "34109-9", "72170-4"])
    await user.press(.character("3"))
    #expect(user.app.message?.plans.allSatisfy { $0.message.kind == .notes } == true)
    await user.press(.character("d"))
    await user.type("18842-5")
    await user.press(.enter)
    #expect(user.field(.documentType)?.value.reveal().string.contains("18842-5") == true)
    #expect(user.app.message?.plans.map(\.draft.fields.documentType.code) == ["18842-5", "18842-5", "18842-5"])
  }

  @Test("A type that nobody chose is not what the next form begins with; what was used before stays")
  func rememberedType() async throws {
    var before = RememberedDefaults()
    before.documentTypes[.fhir] = CodedValue(code: "59284-0", display: "Consent")
    let user = try await robot(memory: DefaultsMemory(load: { [before] _ in before }, save: { _, _ in }))
    await goToForm(user)
    #expect(user.app.message?.plans.map(\.draft.fields.documentType.code) == ["34109-9", "34109-9", "72170-4"])
    await user.press(.character("S"), .character("y"))
    #expect(user.app.session.remembered.documentTypes[.fhir]?.code == "59284-0")
  }

  @Test("Tab goes from one document's message to the next, around the end, with its place")
  func preview() async throws {
    let user = try await robot()
    await goToForm(user)
    await user.press(.character("v"))
    #expect(user.preview?.place?.number == "1 of 3")
    await user.press(.down, .down, .tab)
    #expect(user.preview?.place == .init(number: "2 of 3", name: Redacted("letter.pdf")))
    #expect(user.preview?.window.cursor == 2, "On the same line, to compare")
    #expect(text(user).contains("letter.pdf"))
    await user.press(.tab)
    #expect(user.preview?.method.method == "uploaded first")
    await user.press(.tab)
    #expect(user.preview?.place?.number == "1 of 3")
    await user.press(.backTab)
    #expect(user.preview?.place?.number == "3 of 3")
  }

  @Test("With a single document Tab says that there is no other")
  func previewOfOne() async throws {
    let user = try await robot()
    await user.goToForm()
    await user.press(.character("v"), .tab)
    #expect(user.notice == "There is only this document.")
    #expect(user.preview?.place == nil)
  }

  @Test("A document is left out from its preview; the others keep their numbers and what was filled in")
  func leavingOutLater() async throws {
    let user = try await robot()
    user.service.script {
      $0.problemsByFile["scan.png"] = [Problem(.error, field: "Document", reason: "It is too large.", remedy: "Split it.")]
    }
    await goToForm(user)
    await user.focus(.visitNumber)
    await user.press(.enter)
    await user.type("V-17")
    await user.press(.enter)
    let before = try #require(user.app.message?.plans.map(\.draft.identity.documentID))
    await user.press(.character("e"), .character("v"))
    #expect(user.preview?.place?.name.reveal() == "scan.png")
    await user.press(.character("X"))
    #expect(user.notice == "scan.png is left out; 2 documents remain.")
    #expect(user.preview?.place == .init(number: "2 of 2", name: Redacted("letter.pdf")))
    #expect(user.app.message?.plans.map(\.draft.identity.documentID) == Array(before.prefix(2)))
    #expect(user.app.message?.canBeSent == true)
    await user.press(.character("X"))
    #expect(user.preview?.place == nil, "What remains is an ordinary single document")
    await user.press(.character("X"))
    #expect(user.notice == "There is only this document.")
    await user.press(.character("S"), .character("y"))
    #expect(names(user) == ["consent.pdf"])
    #expect(user.service.submitted.first?.draft.fields.visitNumber == "V-17")
    await user.press(.character("q"))
    #expect(user.browse?.summary.marked == nil, "What was left out is not marked either")
  }

  private func text(_ user: RobotUser) -> String {
    user.app.setViewport(Viewport(rows: 10_000, columns: 80))
    return user.preview?.lines.flatMap(\.tokens).map { $0.text.reveal().string }.joined() ?? ""
  }

  @Test("Problems of all documents are named once, others by document; e goes to the document that has the next one")
  func problems() async throws {
    let user = try await robot()
    user.service.script {
      $0.problems = [Problem(.warning, field: "Visit number", reason: "It is missing.", remedy: "Type it.")]
      $0.problemsByFile["scan.png"] = [Problem(.error, field: "Document", reason: "It is too large.", remedy: "Split it.")]
      $0.problemsByFile["letter.pdf"] = [Problem(.warning, field: "Title", reason: "It is long.", remedy: "Shorten it.")]
    }
    await goToForm(user)
    let problems = try #require(user.message?.problems)
    #expect(problems.map(\.reason.string) == ["It is too large.", "It is missing.", "It is long."])
    #expect(problems.map { $0.document?.reveal().string } == ["scan.png", nil, "letter.pdf"])
    await user.press(.character("S"))
    #expect(user.review == nil && user.notice?.contains("cannot be sent yet") == true, "One of three is enough")
    await user.press(.character("v"), .character("e"))
    #expect(user.preview?.place?.number == "3 of 3")
    #expect(user.notice == "Problem 1 of 3 · scan.png · Document: It is too large.")
    await user.press(.character("v"), .character("e"), .character("e"))
    #expect(user.app.message?.shown == 1)
    await user.press(.character("E"))
    #expect(user.notice == "Problem 2 of 3 · Visit number: It is missing.")
  }

  @Test("Another patient takes all of them along, as other messages, without the first one's visit")
  func otherPatient() async throws {
    let user = try await robot()
    await goToForm(user)
    let first = try #require(user.app.message?.plans.map(\.draft.identity.documentID))
    await user.focus(.visitNumber)
    await user.press(.enter)
    await user.type("V-17")
    await user.press(.enter, .character("p"))
    await user.type("carthwright")
    await user.press(.enter)
    let plans = try #require(user.app.message?.plans)
    #expect(plans.map(\.draft.patient.id) == Array(repeating: Samples.walter.id, count: 3))
    #expect(plans.allSatisfy { $0.draft.fields.visitNumber == nil })
    #expect(Set(plans.map(\.draft.identity.documentID)).isDisjoint(with: first))
    await user.press(.character("S"))
    #expect(user.review?.warnings.contains { $0.reason == "You chose another patient after the document." } == true)
  }

  // MARK: Review

  @Test("The review lists each document with what speaks against it, and says what is true of all once")
  func review() async throws {
    let user = try await robot()
    user.service.script {
      $0.earlierSendsByFile["letter.pdf"] = [Samples.createdAt.addingTimeInterval(-3 * 86_400)]
      $0.documents["scan.png"] = .success(
        ServiceDouble.document(user.folder.path.appending("bixby-timothy.png"), bytes: 900_000, type: Self.png))
    }
    await goToForm(user)
    await user.press(.character("S"))
    let documents = try #require(user.review?.documents)
    #expect(documents.map(\.document.fingerprint.string) == ["abababab", "11111111", "abababab"])
    let warnings = documents.map { $0.warnings.map(\.reason.string) }
    #expect(warnings[0].isEmpty)
    #expect(warnings[1] == ["Already sent for this patient 3 d ago (02-Jan-2026 11:00)."])
    let otherPatient = "The file's name has the name or number of another patient in it."
    #expect(warnings[2] == [otherPatient, "It has the same content as consent.pdf, which is sent with it."])
    #expect(documents[2].facts.first == "Photographic image (72170-4)")
    #expect(documents[2].facts.last?.string.hasPrefix("uploaded first, ") == true)
    #expect(user.review?.warnings.map(\.reason.string) == ["1 other patient is named BIXBY, Barbara."])
    let facts = Dictionary(
      (user.review?.message ?? []).map { ($0.label.string, $0.value.reveal().string) }, uniquingKeysWith: { first, _ in first })
    #expect(facts["Documents"] == "3, 1.2 MB in all")
    #expect(facts["Method"] == "2 inside the message, 1 uploaded first")
    #expect(facts["Document type"] == nil, "It is not the same of all")
  }

  @Test("One changed file closes the review and is named; none is sent", arguments: [true, false])
  func changed(isBefore: Bool) async throws {
    let user = try await robot()
    await goToForm(user)
    if isBefore { user.service.script { $0.rechecks["letter.pdf"] = .changed } }
    await user.press(.character("S"))
    if !isBefore {
      #expect(user.review?.confirmation == .oneKey)
      user.service.script { $0.rechecks["letter.pdf"] = .gone }
    }
    await user.press(.character("y"))
    #expect(closed(user)?.hasPrefix("letter.pdf: The file ") == true)
    #expect(user.service.submitted.isEmpty)
    await user.press(.enter)
    #expect(user.message?.together != nil, "Back on the form, with everything kept")
  }

  @Test("All of the list has to have been on the screen before y sends")
  func seen() async throws {
    let user = try await robot()
    await goToForm(user)
    await user.press(.character("S"))
    let room = ReviewRoom(lines: 30, rows: 15, fingerprint: 1)
    user.app.setReviewRoom(room)
    await user.press(.character("y"))
    #expect(user.service.submitted.isEmpty)
    await user.press(.pageDown)
    user.app.setReviewRoom(room)
    await user.press(.character("y"))
    #expect(user.service.submitted.count == 3)
  }

  @Test("Production asks for initials and birth year once for all")
  func production() async throws {
    let user = try await robot(profile: .sample("live", environment: .production, isProduction: true))
    await goToForm(user)
    await user.press(.character("S"))
    await user.type("bb")
    await user.press(.enter)
    await user.type("1982")
    await user.press(.enter)
    #expect(user.service.submitted.isEmpty)
    await user.press(.character("y"))
    #expect(user.service.batches == [3])
  }

  @Test("Another profile clears what was chosen; the marks are of the folder and stay")
  func otherProfile() async throws {
    let other = ServiceDouble(profile: .sample("other"))
    let user = try await RobotUser(others: [other])
    await goToForm(user)
    await user.press(.character("o"), .down, .enter)
    #expect(user.app.documents.isEmpty && user.app.message == nil)
    #expect(user.browse?.summary.marked?.string.hasPrefix("3 files marked") == true)
  }
}

extension RobotUser {
  /// Waits until the reading has come so far.
  fileprivate func reading(_ place: DisplayText) async {
    await wait { if case .reading(_, place) = self.browse?.inspection { true } else { false } }
  }
}
