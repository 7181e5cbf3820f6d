import ClinicalMessages
import SafeText
import TestSupport
import Testing
import TransferEngine

@testable import ViewModels

@MainActor
@Suite("Correcting what was accepted", .timeLimit(.minutes(2)))
struct CorrectionTests {
  private static let id = TransferSnapshot.ID("a")
  private static let patient = Samples.patients[0]
  private static let original = OriginalTransfer(
    id: id, profile: "main", kind: .media, patient: patient.id, documentID: "af394f14-b34a-464f-8d24-895f370af4c9",
    fileName: Redacted("Xray Chest.dcm"))
  private static let failure = TransferFailure(code: "uncertain", explanation: "No answer came.", remedy: "Look.")

  private func show(
    _ state: TransferState = .accepted, profile: ProfileSummary = .sample(), corrections: Corrections = Corrections(original: original),
    holdSeconds: Double = 0
  ) async throws -> RobotUser {
    let user = try await RobotUser(profile: profile, holdSeconds: holdSeconds)
    user.service.script {
      $0.otherSentPatient = Self.patient
      $0.corrections = [Self.id: corrections]
      $0.retractions = [
        Self.id: RetractionPlan(
          original: Self.original, patient: Self.patient, fileName: Redacted("consent.pdf"),
          message: ClinicalMessage(withoutFile: .media, json: .object([])))
      ]
    }
    user.service.publish([.sample(id: "a", kind: .media, state: state)])
    await user.press(.character("w"))
    await user.wait { user.transfers?.rows.count == 1 }
    return user
  }

  @Test("Taking back: reviewed like a send, confirmed by a second key, and Enter changes nothing")
  func retracting() async throws {
    let user = try await show()
    await user.press(.character("C"), .down, .enter)
    let review = try #require(user.review)
    #expect(review.documents.isEmpty)
    #expect(review.patient.name.reveal() == PatientBanner(Self.patient, today: Samples.today).name.reveal())
    #expect(review.message.contains { $0.value.reveal() == "Takes the document back" })
    #expect(review.message.contains { $0.value.reveal().string == Self.original.documentID })
    await user.press(.enter)
    #expect(user.service.retracted.isEmpty && user.review == nil)
    await user.press(.character("C"), .down, .enter, .character("y"))
    #expect(user.service.retracted.map(\.original) == [Self.original])
    #expect(user.transfers != nil)
  }

  @Test("An answer about a transfer that the cursor has left meanwhile opens nothing")
  func leftMeanwhile() async throws {
    let user = try await show()
    user.service.publish([.sample(id: "a", kind: .media, state: .accepted), .sample(id: "b", kind: .media, state: .accepted)])
    await user.wait { user.transfers?.rows.count == 2 }
    user.app.handle([.character("g"), .character("C"), .down])
    await user.app.idle()
    #expect(user.app.state.dialog == nil)
    await user.press(.up, .character("C"))
    #expect(user.app.state.dialog != nil)
  }

  @Test("In production initials and birth year are typed again, of the patient whom the sent message names")
  func retractingInProduction() async throws {
    var profile = ProfileSummary.sample()
    profile.isProduction = true
    let user = try await show(profile: profile)
    await user.press(.character("C"), .down, .enter, .character("y"))
    #expect(user.service.retracted.isEmpty)
    guard case .retype = user.review?.confirmation else { Issue.record("Should ask to re-type"); return }
  }

  @Test("Replacing: the next document is for the same patient, by the same kind, and says whose place it takes")
  func replacing() async throws {
    let user = try await show()
    await user.press(.character("C"), .enter)
    #expect(user.browse != nil)
    #expect(user.notice?.contains("takes its place") == true)
    await user.press(.down, .up)
    #expect(user.browse?.summary.advice == "Enter takes it in place of Xray Chest.dcm. Esc gives that up.", "Also when the notice is gone")
    await user.press(.enter)
    #expect(user.message?.kind == .media)
    await user.press(.character("S"))
    #expect(user.review?.message.first?.label == "Replaces")
    await user.press(.character("y"))
    let draft = try #require(user.service.submitted.first?.draft)
    #expect(draft.purpose == .replace(Self.original))
    #expect(draft.patient.id == Self.patient.id)
    // The one after it is a new document again, and whose it is must be said.
    await user.press(.character("q"), .down, .enter)
    #expect(user.message == nil)
    await user.press(.enter, .character("S"), .character("y"))
    #expect(user.service.submitted.last?.draft.purpose == .new)
  }

  @Test("Esc in Files gives the replacing up; several documents cannot take the place of one")
  func givingUp() async throws {
    let user = try await show()
    await user.press(.character("C"), .enter, .character(" "), .character(" "), .enter)
    #expect(user.message == nil)
    #expect(user.notice?.hasPrefix("One document takes the place of one.") == true)
    await user.press(.escape, .escape)
    #expect(user.notice == "Nothing is replaced.")
    await user.press(.enter)
    #expect(user.message == nil)
    await user.press(.enter, .character("S"), .character("y"))
    #expect(user.service.submitted.first?.draft.purpose == .new)
  }

  @Test("What cannot be done says why, before anything is reviewed")
  func reasons() async throws {
    let user = try await show(corrections: Corrections(original: Self.original, whyNotReplace: "Not this.", whyNotRetract: "Nor that."))
    await user.press(.character("C"))
    #expect(user.app.state.dialog == nil && user.notice == "Nor that.")
    let half = try await show(
      corrections: Corrections(original: Self.original, whyNotReplace: nil, whyNotRetract: "It was taken back already."))
    await half.press(.character("C"), .down, .enter)
    #expect(half.review == nil && half.notice == "It was taken back already.")
    let running = try await show(.uploading)
    await running.press(.character("C"))
    #expect(running.notice == "Only what was accepted can be replaced or taken back.")
  }

  @Test("An uncertain one is sent again only through the review")
  func sendingAgain() async throws {
    let user = try await show(.uncertain(Self.failure))
    await user.press(.character("D"), .down, .down, .enter)
    #expect(user.review?.message.contains { $0.value.reveal() == "Sends the same message once more" } == true)
    #expect(user.service.decisions.isEmpty)
    await user.press(.character("y"))
    #expect(user.service.decisions.map(\.resolution) == [.sendAgain(isConfirmed: true)])
  }

  @Test("What is taken back, sent again or tried again is held back as the configuration says, and the person is told until when")
  func held() async throws {
    let back = try await show(holdSeconds: 7)
    await back.press(.character("C"), .down, .enter, .character("y"))
    #expect(back.service.holds == [7])
    #expect(back.notice?.hasPrefix("Recorded. It leaves at ") == true && back.notice?.hasSuffix("until then x undoes it.") == true)
    back.service.publish([.sample(id: "r1", state: .uploading, purpose: .retract, origin: "a"), .sample(id: "a", state: .accepted)])
    await back.wait { back.transfers?.rows.first?.state == "uploading" }
    #expect(back.notice == "Recorded. The wish to take it back is on its way.", "Nothing can be undone any more")
    let again = try await show(.uncertain(Self.failure), holdSeconds: 7)
    await again.press(.character("D"), .down, .down, .enter, .character("y"))
    #expect(again.service.holds == [7] && again.notice?.hasSuffix("until then x undoes it.") == true)
    let retried = try await show(.failed(Self.failure), holdSeconds: 7)
    await retried.press(.character("r"), .character("y"))
    #expect(retried.service.holds == [7])
    #expect(retried.notice?.hasPrefix("It is tried again at ") == true && retried.notice?.hasSuffix("until then x undoes it.") == true)
    retried.service.publish([.sample(id: "a", state: .uploading)])
    await retried.wait { retried.transfers?.rows.first?.state == "uploading" }
    #expect(retried.notice == "Trying again, with the same document number.")
    let replacing = try await show(holdSeconds: 7)
    await replacing.press(.character("C"), .enter, .enter, .character("S"), .character("y"))
    #expect(replacing.service.holds == [7])
  }
}
