import SafeText
import Synchronization
import TestSupport
import Testing
@testable import ViewModels

@MainActor
@Suite("Choosing colours", .timeLimit(.minutes(2)))
struct ThemePickerTests {
  /// What was kept, and what keeping answers.
  private final class Keeper: Sendable {
    let kept = Mutex<[String]>([])
    let answer: DisplayText?
    init(answer: DisplayText? = nil) { self.answer = answer }
  }

  private func user(_ keeper: Keeper) async throws -> RobotUser {
    try await RobotUser(
      themes: ThemeMenu(
        choices: ["dark", "light", "mono"].map { ThemeMenu.Choice(name: $0, about: "") }, current: "light",
        keep: { name in
          keeper.kept.withLock { $0.append(name) }
          return keeper.answer
        }))
  }

  private func rows(_ user: RobotUser) -> [ThemesState.Row]? {
    if case .themes(let state) = user.app.state.dialog { state.rows } else { nil }
  }

  @Test("The list begins at the theme in use; moving shows a theme at once, Esc brings the old one back and keeps nothing")
  func looking() async throws {
    let keeper = Keeper()
    let user = try await user(keeper)
    await user.press(.character("T"))
    #expect(rows(user)?.map(\.isCurrent) == [false, true, false])
    #expect(user.requests.isEmpty)
    await user.press(.down)
    #expect(user.requests == [.useTheme("mono")])
    await user.press(.down)
    #expect(user.requests.isEmpty, "There is none further down")
    await user.press(.escape)
    #expect(user.requests == [.useTheme("light")])
    #expect(rows(user) == nil)
    await user.press(.character("T"), .escape)
    #expect(user.requests.isEmpty)
    #expect(keeper.kept.withLock { $0 } == [])
  }

  @Test("Enter keeps the theme under the cursor, and the list begins there the next time")
  func keeping() async throws {
    let keeper = Keeper()
    let user = try await user(keeper)
    await user.press(.character("T"), .up, .enter)
    #expect(keeper.kept.withLock { $0 } == ["dark"])
    #expect(user.requests.isEmpty, "It is what is shown already")
    #expect(user.notice == "The colours are now dark, also the next time.")
    await user.press(.character("T"))
    #expect(rows(user)?.first?.isCurrent == true)
    #expect(rows(user)?.first?.isUnderCursor == true)
  }

  @Test("Where the choice cannot be kept the reason is said")
  func notKept() async throws {
    let user = try await user(Keeper(answer: "Only until you leave."))
    await user.press(.character("T"), .up, .enter)
    #expect(user.notice == "Only until you leave.")
  }

  @Test("A program without themes to choose from says so")
  func none() async throws {
    let user = try await RobotUser()
    await user.press(.character("T"))
    #expect(user.app.state.dialog == nil)
    #expect(user.notice == "There are no other colours to choose from.")
  }
}
