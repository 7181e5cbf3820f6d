import ClinicalMessages
import Documents
import SafeText
import SystemPackage
import Synchronization
import TestSupport
import Testing
import TransferEngine
@testable import ViewModels

@MainActor
@Suite("Browsing", .timeLimit(.minutes(2)))
struct BrowseTests {
  @Test("Leaving a folder puts the cursor on it")
  func parent() async throws {
    let user = try await RobotUser(files: ["a/", "b/", "b/inner/", "c/", "z.pdf"])
    await user.press(.down, .enter)
    #expect(user.browse?.directory.string.hasSuffix("/b") == true)
    #expect(user.nameUnderCursor == "inner")
    await user.press(.character("h"))
    #expect(user.nameUnderCursor == "b")
    await user.press(.character("-"))
    #expect(user.browse?.directory.string.hasSuffix("/b") == true)
  }

  @Test("A reload keeps the cursor on its file, wherever that has moved")
  func reload() async throws {
    let user = try await RobotUser(files: ["b.pdf", "c.pdf", "d.pdf"])
    await user.press(.down)
    #expect(user.nameUnderCursor == "c.pdf")
    try user.folder.add("a.pdf")
    try user.folder.add("a2.pdf")
    await user.press(.control("r"))
    #expect(user.nameUnderCursor == "c.pdf")
    try user.folder.remove("c.pdf")
    await user.press(.control("r"))
    #expect(user.browse?.rows.map(\.name.string) == ["a.pdf", "a2.pdf", "b.pdf", "d.pdf"])
  }

  @Test("Filtering as you type, Enter opens what is left, Escape shows all again")
  func filter() async throws {
    let user = try await RobotUser(files: ["alpha.pdf", "beta.pdf", "Betamax.pdf", "gamma.pdf"])
    await user.press(.end, .character("/"))
    await user.type("BETA")
    #expect(user.browse?.rows.map(\.name.string) == ["beta.pdf", "Betamax.pdf"])
    #expect(user.browse?.total == 4)
    await user.press(.escape)
    #expect(user.browse?.window.count == 4)
    await user.press(.character("/"))
    await user.type("max")
    await user.press(.enter)
    #expect(user.patient != nil, "Enter chose the file that was left")
    #expect(user.app.documents.first?.path.lastComponent?.string == "Betamax.pdf")
  }

  @Test("The cursor stays on its name while a filter narrows and widens around it")
  func filterKeepsCursor() async throws {
    let user = try await RobotUser(files: ["a1", "b1", "b2", "c1"])
    await user.press(.down, .down)
    #expect(user.nameUnderCursor == "b2")
    await user.press(.character("/"))
    await user.type("b")
    #expect(user.nameUnderCursor == "b2")
    await user.press(.backspace)
    #expect(user.nameUnderCursor == "b2")
  }

  @Test("A filter over 100,000 names leaves the one that fits, and Enter takes that one")
  func large() async throws {
    let names = (0..<100_000).map { "document-\($0).pdf" }
    let user = try await RobotUser(files: [], directories: MadeUpFolder(names: names))
    #expect(user.browse?.window.count == 100_000)
    #expect(user.browse?.rows.count == 20, "Only the rows on the screen are made")
    await user.press(.character("G"))
    #expect(user.nameUnderCursor == "document-99999.pdf")
    await user.press(.character("/"))
    await user.type("-77777.")
    #expect(user.browse?.rows.map(\.name.string) == ["document-77777.pdf"])
    await user.press(.enter)
    #expect(user.app.documents.first?.path.lastComponent?.string == "document-77777.pdf")
  }

  @Test("Sizes and ages are asked for the rows on the screen only")
  func lazyDetails() async throws {
    let folder = MadeUpFolder(names: (0..<1000).map { "f\($0)" })
    let user = try await RobotUser(files: [], directories: folder)
    user.app.setViewport(Viewport(rows: 5, columns: 80))
    await user.app.idle()
    await user.press(.pageDown)
    #expect(folder.asked.count <= 30)
    #expect(user.browse?.rows.allSatisfy { $0.size == "152 KB" } == true)
  }

  @Test("Of two folders asked for, the later one is shown, whichever answers first")
  func latestWins() async throws {
    let folders = SlowFolders()
    let user = try await RobotUser(files: ["slow/", "quick/"], directories: folders)
    await user.press(.character(":"))
    await user.type("slow")
    user.app.handle(.enter)
    user.app.handle(.character("~"))
    await user.wait { user.browse?.phase == .ready }
    await folders.release()
    await user.app.idle()
    #expect(user.browse?.directory == DisplayText(escaping: user.folder.path.string))
    #expect(user.browse?.phase == .ready)
  }

  @Test("Enter while a folder is still being read opens nothing")
  func staleEnter() async throws {
    let folders = SlowFolders()
    let user = try await RobotUser(files: ["slow/", "zz.pdf"], directories: folders)
    user.app.handle(.enter)
    user.app.handle(.enter)
    #expect(user.notice == "The folder is still being read.")
    await folders.release()
    await user.app.idle()
    #expect(user.app.documents.first == nil)
  }

  @Test("A path goes to its folder; a path to a file puts the cursor on it; a wrong one changes nothing and can be mended")
  func goTo() async throws {
    let user = try await RobotUser(files: ["a/", "a/deep.pdf", "top.pdf"])
    await user.press(.character(":"))
    await user.type("a/deep.pdf")
    await user.press(.enter)
    #expect(user.nameUnderCursor == "deep.pdf")
    await user.press(.character(":"))
    await user.type("no/such/place")
    await user.press(.enter)
    #expect(user.browse?.directory.string.hasSuffix("/a") == true)
    #expect(user.nameUnderCursor == "deep.pdf")
    #expect(user.notice == "There is no such file or folder.")
    #expect(user.browse?.prompt == .path(TextField("no/such/place")))
    await user.press(.control("u"))
    await user.type("~")
    await user.press(.enter)
    #expect(user.browse?.directory == DisplayText(escaping: user.folder.path.string))
  }

  @Test("Tab completes a path as far as the candidates agree, and a single folder with its slash")
  func completion() async throws {
    let user = try await RobotUser(files: ["scans-new/", "scans-old/", "scans-old/x.pdf"])
    await user.press(.character(":"))
    await user.type("s")
    await user.press(.tab)
    #expect(user.typedPath == "scans-")
    await user.type("o")
    await user.press(.tab)
    #expect(user.typedPath == "scans-old/")
    await user.press(.enter)
    #expect(user.nameUnderCursor == "x.pdf")
  }

  @Test("Hidden names appear on request; the cursor stays")
  func hidden() async throws {
    let user = try await RobotUser(files: [".hidden.pdf", "a.pdf", "b.pdf"])
    await user.press(.down)
    #expect(user.browse?.rows.map(\.name.string) == ["a.pdf", "b.pdf"])
    await user.press(.character("."))
    #expect(user.browse?.rows.map(\.name.string) == [".hidden.pdf", "a.pdf", "b.pdf"])
    #expect(user.nameUnderCursor == "b.pdf")
  }

  @Test("Names with escape sequences and wrong bytes are shown harmlessly and opened exactly")
  func hostileNames() async throws {
    let name: [UInt8] = Array("a\u{1B}[2J\n".utf8) + [0xFF] + Array(".pdf".utf8)
    let user = try await RobotUser(files: [], directories: MadeUpFolder(bytes: [name]))
    #expect(user.nameUnderCursor == "a\\x1B[2J\\n\\xFF.pdf")
    await user.press(.enter)
    #expect(user.app.documents.first?.path.lastComponent?.bytes == name)
  }

  @Test("A refused file stays in the list with its reason")
  func refused() async throws {
    let user = try await RobotUser()
    let path = user.folder.path.appending("consent.pdf")
    user.service.script { $0.documents["consent.pdf"] = .success(ServiceDouble.document(path, verdict: .refuse("It is a program."))) }
    await user.press(.enter)
    #expect(user.browse?.inspection == .refused(name: "consent.pdf", reason: "It is a program."))
    #expect(user.notice == "consent.pdf cannot be sent. It is a program.")
    await user.press(.character("c"))
    #expect(user.notice == "No document is chosen yet.")
  }

  @Test(
    "What cannot be read says why",
    arguments: [
      (DocumentError.permissionDenied, "You may not read it."), (.danglingLink, "It is a link that leads nowhere."),
      (.notRegular("FIFO"), "It is no document but a FIFO."), (.changedWhileReading, "It changed while it was read."),
    ])
  func unreadable(error: DocumentError, words: String) async throws {
    let user = try await RobotUser()
    user.service.script { $0.documents["consent.pdf"] = .failure(error) }
    await user.press(.enter)
    #expect(user.notice?.contains(words) == true)
    #expect(user.patient == nil)
  }

  @Test("Reading can be stopped, and a reading that ends later is not listened to")
  func stopReading() async throws {
    let user = try await RobotUser()
    user.service.script { $0.holdsInspections = true }
    user.app.handle(.enter)
    #expect(user.browse?.inspection == .reading(name: "consent.pdf"))
    user.app.handle(.escape)
    #expect(user.browse?.inspection == BrowseState.Inspection.none)
    await user.letReadingsEnd()
    #expect(user.browse != nil)
    #expect(user.app.documents.first == nil)
  }

  @Test("Letters typed while a file is read begin the search of the patient; Enter among them chooses nobody")
  func typedWhileReading() async throws {
    let user = try await RobotUser()
    user.service.script { $0.holdsInspections = true }
    user.app.handle(.enter)
    user.app.handle([.character("w"), .character("a"), .enter, .character("l")])
    #expect(user.transfers == nil, "w is a letter now, no command")
    await user.letReadingsEnd()
    #expect(user.patient?.search.text == "wal")
    #expect(user.app.patient == nil)
  }

  @Test("A warning goes on to the next screen and is shown there")
  func warned() async throws {
    let user = try await RobotUser()
    let path = user.folder.path.appending("consent.pdf")
    user.service.script { $0.documents["consent.pdf"] = .success(ServiceDouble.document(path, verdict: .warn("It contains macros."))) }
    await user.press(.enter)
    #expect(user.patient != nil)
    #expect(user.app.state.notice == Notice(.warning, "Please look: It contains macros."))
  }
}

extension RobotUser {
  var typedPath: String? { if case .path(let field) = browse?.prompt { field.text } else { nil } }

  /// Waits until the readings that are held have begun, then lets them end.
  func letReadingsEnd() async {
    await Task.yield()
    service.releaseInspections()
    await app.idle()
  }
}

/// A folder that exists nowhere.
final class MadeUpFolder: DirectoryReading {
  private let entries: [DirectoryEntry]
  private let log = Mutex<Set<DirectoryEntry.ID>>([])

  init(bytes: [[UInt8]]) { entries = bytes.map { DirectoryEntry(name: $0, kind: .file) } }
  convenience init(names: [String]) { self.init(bytes: names.map { Array($0.utf8) }) }

  /// Entries whose details were asked for.
  var asked: Set<DirectoryEntry.ID> { log.withLock { $0 } }

  func list(_ path: FilePath) async throws(ListingError) -> DirectoryListing { DirectoryListing(path: path, entries: entries) }

  func details(of ids: [DirectoryEntry.ID], in folder: FilePath) async throws(ListingError) -> [DirectoryEntry.ID: EntryDetails] {
    log.withLock { $0.formUnion(ids) }
    let known = EntryDetails(kind: .file, byteCount: 152_400, modifiedNanoseconds: 0, isReadable: true)
    return Dictionary(uniqueKeysWithValues: ids.map { ($0, known) })
  }
}

/// Real folders; one named `slow` waits until it is released, and answers even when nobody listens any more.
actor SlowFolders: DirectoryReading {
  private let reader = DirectoryReader()
  private var isReleased = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func release() {
    isReleased = true
    for one in waiting { one.resume() }
    waiting = []
  }

  private func wait() async {
    if isReleased { return }
    await withCheckedContinuation { waiting.append($0) }
  }

  func list(_ path: FilePath) async throws(ListingError) -> DirectoryListing {
    if path.lastComponent?.string == "slow" {
      await wait()
      return DirectoryListing(path: path, entries: [])
    }
    return try await reader.list(path)
  }

  func details(of ids: [DirectoryEntry.ID], in folder: FilePath) async throws(ListingError) -> [DirectoryEntry.ID: EntryDetails] {
    try await reader.details(of: ids, in: folder)
  }
}
