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

/// From the form to the review.
extension TogetherTests {
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
