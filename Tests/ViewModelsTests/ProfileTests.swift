import ClinicalMessages
import Documents
import Patients
import SafeText
import TestSupport
import Testing
import TransferEngine
@testable import ViewModels

@MainActor
@Suite("Profiles", .timeLimit(.minutes(2)))
struct ProfileTests {
  private let other = ServiceDouble(profile: .sample("live", environment: .production, isProduction: true))

  @Test("Another profile clears patient and message, and says so")
  func change() async throws {
    let user = try await RobotUser(others: [other])
    await user.goToForm()
    await user.press(.character("o"))
    #expect(user.profiles?.rows.map(\.isCurrent) == [true, false])
    await user.press(.down, .enter)
    #expect(user.app.state.profile.name == "live")
    #expect(user.browse?.inspection == BrowseState.Inspection.none)
    #expect(user.app.state.banner == nil)
    #expect(user.notice == "Profile live, Production. Patient and entries were cleared.")
    await user.press(.character("c"))
    #expect(user.notice == "No document is chosen yet.")
  }

  @Test("Choosing the profile in use, or leaving the list, changes nothing")
  func same() async throws {
    let user = try await RobotUser(others: [other])
    await user.goToForm()
    await user.press(.character("o"), .enter)
    #expect(user.message != nil)
    await user.press(.character("o"), .down, .escape)
    #expect(user.message != nil)
    #expect(user.app.state.profile.name == "main")
  }

  @Test("Transfers of the profile that was left still keep the program from leaving unasked")
  func running() async throws {
    let user = try await RobotUser(others: [other])
    user.service.publish([.sample(state: .uploading)])
    await user.wait { user.app.state.transfers.running == 1 }
    await user.press(.character("o"), .down, .enter, .character("q"))
    #expect(user.app.exit == nil)
    #expect(user.app.state.dialog != nil)
    #expect(user.app.state.transfers.text == "", "Each profile shows its own transfers")
  }

  @Test("A document goes through the engine of the profile in view")
  func engine() async throws {
    let user = try await RobotUser(others: [other])
    await user.press(.character("o"), .down, .enter)
    await user.goToForm()
    #expect(user.app.message?.plan.profile == "live")
  }
}
