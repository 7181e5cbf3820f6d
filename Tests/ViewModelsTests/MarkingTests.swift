import Documents
import SafeText
import SystemPackage
import TestSupport
import Testing
import TransferEngine
@testable import ViewModels

@MainActor
@Suite("Marking files", .timeLimit(.minutes(2)))
struct MarkingTests {
  private static let space = Key.character(" ")

  private func marked(_ user: RobotUser) -> [String] { user.browse?.rows.filter(\.isMarked).map(\.name.string) ?? [] }

  @Test("Space marks and steps down; again it unmarks; folders are not marked")
  func space() async throws {
    let user = try await RobotUser(files: ["archive/", "a.pdf", "b.pdf", "c.png"])
    await user.press(Self.space)
    #expect(user.notice == "Folders are not sent; mark files.")
    #expect(user.nameUnderCursor == "archive")
    await user.press(.down, Self.space)
    #expect(user.nameUnderCursor == "b.pdf")
    await user.press(Self.space, Self.space)
    #expect(marked(user) == ["a.pdf", "b.pdf", "c.png"])
    await user.press(Self.space)
    #expect(marked(user) == ["a.pdf", "b.pdf"], "At the last row the cursor stays, and the same file is unmarked")
  }

  @Test("How many, how much and of which kinds stands beside the files, also for those that are not on the screen")
  func summary() async throws {
    let files = (10..<40).map { "scan-\($0).pdf" } + ["x.png", "y.png", "z"]
    let user = try await RobotUser(files: files)
    user.app.setViewport(Viewport(rows: 5, columns: 80))
    await user.press(.character("a"))
    #expect(user.browse?.summary.marked == "33 files marked, 0 bytes")
    #expect(user.browse?.summary.markedKinds == "30 PDF, 2 PNG, 1 other")
    #expect(user.browse?.summary.advice == "Enter goes on with them. Esc unmarks.")
  }

  @Test("All in view are marked, or exactly the others; a filter narrows both, and what it hides keeps its mark")
  func filtered() async throws {
    let user = try await RobotUser(files: ["a.pdf", "b.pdf", "c.png", "sub/"])
    await user.press(.character("/"))
    await user.type("png")
    await user.press(.tab)
    #expect(user.browse?.prompt == BrowseState.Prompt.none)
    #expect(user.browse?.filter == "png", "Tab keeps the filter and takes nothing")
    await user.press(.character("a"), .escape)
    #expect(marked(user) == ["c.png"], "Esc takes the filter away first")
    await user.press(.character("A"))
    #expect(marked(user) == ["a.pdf", "b.pdf"])
    await user.press(.character("/"))
    await user.type("png")
    await user.press(.enter)
    #expect(user.browse?.filter == "png", "With marks Enter in the filter takes nothing")
    #expect(user.browse?.summary.markedKinds == "2 PDF", "Also what the filter hides is counted")
    await user.press(.escape, .escape)
    #expect(marked(user).isEmpty)
    #expect(user.notice == "2 marks were cleared.")
    await user.press(.escape)
    #expect(user.notice == "Nothing to clear. q leaves the program.")
  }

  @Test("No more than can be looked through go together, however they are marked")
  func limit() async throws {
    let limit = AppModel.markLimit
    let user = try await RobotUser(files: [], directories: MadeUpFolder(names: (0...limit).map { "f\($0)" }))
    await user.press(.character("a"))
    #expect(user.browse?.summary.marked == nil)
    #expect(user.notice?.hasPrefix("At most 50 files go together") == true)
    for _ in 0..<limit { await user.press(Self.space) }
    #expect(user.app.browse.marks.count == limit)
    await user.press(Self.space)
    #expect(user.app.browse.marks.count == limit)
    #expect(user.notice?.hasPrefix("At most 50 files go together") == true)
    await user.press(.character("A"))
    #expect(user.app.browse.marks.count == 1, "Inverted there is one")
  }

  @Test("Marks belong to a folder: leaving it clears them, and says so")
  func leaving() async throws {
    let user = try await RobotUser(files: ["sub/", "a.pdf", "b.pdf"])
    await user.press(.down, Self.space, Self.space, .character("h"))
    #expect(user.browse?.summary.marked == nil)
    #expect(user.notice == "Marks belong to one folder: 2 marks were cleared.")
    await user.press(.character("-"))
    #expect(marked(user).isEmpty)
  }

  @Test("Of files that are gone the marks go too, and it says so; those of others stay")
  func gone() async throws {
    let user = try await RobotUser(files: ["a.pdf", "b.pdf"])
    await user.press(Self.space, Self.space)
    try user.folder.remove("a.pdf")
    await user.press(.control("r"))
    #expect(marked(user) == ["b.pdf"])
    #expect(user.notice == "1 marked file is not there any more.")
  }
}
