import ClinicalMessages
import Patients
import SafeText
import TestSupport
import Testing
import TransferEngine

@testable import ViewModels

@MainActor
@Suite("Typing a patient in", .timeLimit(.minutes(2)))
struct TypedPatientTests {
  private func fill(_ user: RobotUser, number: String = "9901", again: String = "9901") async {
    for text in ["Okafor", "Ngozi", "1990-03-05"] {
      await user.type(text)
      await user.press(.enter)
    }
    await user.press(.right, .enter)
    await user.type(number)
    await user.press(.tab)
    await user.type(again)
    await user.press(.tab, .tab, .tab, .enter)
  }

  @Test("Name, birth date and number twice; then the document is for that patient, and the review says how they came")
  func wholeWay() async throws {
    let user = try await RobotUser()
    await user.press(.enter, .control("o"))
    #expect(user.patient?.form?.rows.first?.label == "Family name")
    await fill(user)
    #expect(user.message != nil)
    let banner = try #require(user.app.state.banner)
    #expect(banner.name.reveal() == "OKAFOR, Ngozi")
    #expect(banner.born.reveal() == "Born 05-Mar-1990 (35y)")
    #expect(banner.gender == "Female")
    await user.press(.character("S"))
    #expect(user.review?.warnings.contains { $0.reason.string.contains("Typed in by hand") } == true)
    await user.press(.character("y"))
    #expect(user.service.submitted.map { $0.draft.patient.name.reveal().family } == ["Okafor"])
  }

  @Test("Two numbers that differ: nobody is chosen, and the cursor is where it is wrong")
  func differ() async throws {
    let user = try await RobotUser()
    await user.press(.character("p"), .control("o"))
    await fill(user, again: "9910")
    let form = try #require(user.patient?.form)
    #expect(form.rows.filter(\.isWrong).map(\.label) == ["Number, again"])
    #expect(form.rows.first(where: \.isUnderCursor)?.label == "Number, again")
    #expect(form.remark?.string.contains("differ") == true)
    #expect(user.app.patient == nil)
  }

  @Test("Esc goes back to the list and keeps what was typed; a patient who was typed in can be found again")
  func foundAgain() async throws {
    let user = try await RobotUser()
    await user.press(.character("p"), .control("o"))
    await user.type("Okafor")
    await user.press(.escape)
    #expect(user.patient?.form == nil)
    await user.press(.control("o"))
    guard case .text(let text) = user.patient?.form?.rows[0].input else { Issue.record("Should be a text"); return }
    #expect(text.text == "Okafor")
    await user.press(.control("u"))
    await fill(user)
    #expect(user.app.patient?.name.reveal().family == "Okafor")
    await user.press(.character("p"))
    await user.type("okafor")
    #expect(user.patient?.rows.map { $0.name.reveal().string } == ["OKAFOR, Ngozi"])
  }

  @Test("Without a patient list somebody can still be typed in")
  func withoutRoster() async throws {
    let user = try await RobotUser()
    user.service.script { $0.patients = .failure(.unreadable(2)) }
    await user.press(.character("p"), .control("o"))
    await fill(user)
    #expect(user.app.patient?.name.reveal().family == "Okafor")
    await user.press(.character("p"))
    #expect(user.patient?.rows.count == 1)
  }

  @Test("A profile that takes patients from its list only says so")
  func forbidden() async throws {
    var profile = ProfileSummary.sample()
    profile.takesTypedPatients = false
    let user = try await RobotUser(profile: profile)
    await user.press(.character("p"), .control("o"))
    #expect(user.patient?.form == nil)
    #expect(user.notice == "In this profile patients come from the list only.")
  }

  @Test("Another profile knows nobody who was typed in")
  func otherProfile() async throws {
    var other = ProfileSummary.sample()
    other.name = "other"
    let user = try await RobotUser(others: [ServiceDouble(profile: other)])
    await user.press(.character("p"), .control("o"))
    await fill(user)
    await user.press(.character("o"), .down, .enter, .character("p"))
    await user.type("okafor")
    #expect(user.patient?.rows.isEmpty == true)
  }
}

@MainActor
@Suite("Masked lists", .timeLimit(.minutes(2)))
struct MaskedListTests {
  @Test(arguments: [(MaskedLists.production, false, false), (.production, true, true), (.always, false, true), (.never, true, false)])
  func byConfiguration(masked: MaskedLists, isProduction: Bool, expected: Bool) async throws {
    var profile = ProfileSummary.sample()
    profile.isProduction = isProduction
    let user = try await RobotUser(profile: profile, maskedLists: masked)
    await user.press(.character("p"))
    #expect(user.patient?.isMasked == expected)
  }
}
