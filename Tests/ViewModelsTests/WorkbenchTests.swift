import ClinicalMessages
import Documents
import SafeText
import Synchronization
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
@Suite("Beside the files", .timeLimit(.minutes(2)))
struct WorkbenchTests {
  @Test("The summary follows the cursor; the patient's plan is in it as soon as there is a patient")
  func follows() async throws {
    let eyes = Eyes()
    let user = try await RobotUser(folders: eyes.world)
    #expect(user.summaryName == "consent.pdf")
    #expect(user.browse?.summary.method == nil, "Without a patient nothing is planned")
    #expect(user.browse?.summary.advice == "Enter takes it and asks for the patient.")
    await user.press(.down)
    #expect(user.summaryName == "letter.pdf")
    await user.press(.character("p"))
    await user.type("walter")
    await user.press(.enter)
    #expect(user.browse?.summary.method?.method == "inside the message")
    #expect(user.browse?.summary.kind?.string.contains("FHIR") == true)
  }

  @Test("Nothing is looked at before the cursor rests, and what it has left is not looked at")
  func rests() async throws {
    let eyes = Eyes()
    let user = try await RobotUser(files: [], directories: MadeUpFolder(names: (0..<50).map { "f\($0)" }), folders: eyes.world)
    eyes.forget()
    eyes.holdsPauses = true
    for _ in 0..<20 { user.app.handle(.down) }
    #expect(user.nameUnderCursor == "f20", "No key waits")
    eyes.releasePauses()
    await user.app.idle()
    #expect(eyes.seen == ["f20"])
    #expect(user.summaryName == "f20")
  }

  @Test("A file that answers late is not shown beside another one's name")
  func lateAnswer() async throws {
    let eyes = Eyes()
    eyes.slow = "a"
    let user = try await RobotUser(files: [], directories: MadeUpFolder(names: ["0", "a", "b"]), folders: eyes.world)
    user.app.handle(.down)
    while !eyes.isHolding { await Task.yield() }
    user.app.handle(.down)
    eyes.releaseSlow()
    await user.app.idle()
    #expect(user.summaryName == "b")
  }

  @Test("Of a large file only what its beginning says is shown, and that Enter reads the rest")
  func large() async throws {
    let eyes = Eyes()
    eyes.large = "consent.pdf"
    let user = try await RobotUser(folders: eyes.world)
    #expect(user.browse?.summary.subject == .seen(name: "consent.pdf", type: "DICOM", size: "30 MB"))
    #expect(user.browse?.summary.advice?.string.contains("Enter reads all of it") == true)
    #expect(user.browse?.rows.first?.verdict == nil, "Nobody has judged it yet")
    let read = await eyes.document(user.folder.path.appending("consent.pdf"))
    user.service.script { $0.documents["consent.pdf"] = .success(read) }
    await user.press(.character("p"))
    await user.type("walter")
    await user.press(.enter)
    await user.press(.enter, .escape)
    #expect(user.browse?.rows.first?.verdict == .allowed)
    #expect(user.browse?.summary.method != nil)
  }

  @Test("What was sent to this patient before is marked, and not for another patient")
  func sentBefore() async throws {
    let eyes = Eyes()
    let user = try await RobotUser(folders: eyes.world)
    user.service.script { $0.earlierSends = [Samples.createdAt.addingTimeInterval(60 - 3 * 86_400)] }
    #expect(user.browse?.rows.first?.wasSent == false)
    await user.press(.character("p"))
    await user.type("walter")
    await user.press(.enter)
    #expect(user.browse?.rows.first?.wasSent == true)
    #expect(user.browse?.summary.earlier == "Sent to this patient 3 d ago.")
    user.service.script { $0.earlierSends = [] }
    await user.press(.character("p"))
    await user.type("1982-07-24")
    await user.press(.enter)
    #expect(user.browse?.rows.first?.wasSent == false)
  }

  @Test("What is said of an earlier send follows it: under way, in doubt, and no more once it was called off")
  func sentFollows() async throws {
    let user = try await RobotUser(folders: Eyes().world)
    user.service.script { $0.earlierSends = [Samples.createdAt.addingTimeInterval(60 - 3 * 86_400)] }
    user.service.script { $0.earlierStanding = .underWay }
    await user.press(.character("p"))
    await user.type("walter")
    await user.press(.enter)
    #expect(user.browse?.summary.earlier == "On its way to this patient already.")
    user.service.script { $0.earlierStanding = .uncertain }
    user.service.publish([.sample(state: .uncertain(TransferFailure(code: "died", explanation: "Nobody knows.", remedy: "Look.")))])
    await user.wait { user.browse?.summary.earlier == "Sent to this patient 3 d ago; whether it arrived is not known." }
    user.service.script { $0.earlierSends = [] }
    user.service.publish([.sample(state: .cancelled)])
    await user.wait { user.browse?.rows.first?.wasSent == false && user.browse?.summary.earlier == nil }
  }

  @Test("Refused files say so in the list and beside it")
  func refused() async throws {
    let eyes = Eyes()
    eyes.verdict = .refuse("It is a program.")
    let user = try await RobotUser(folders: eyes.world)
    #expect(user.browse?.rows.first?.verdict == .refused)
    guard case .read(let document) = user.browse?.summary.subject else {
      Issue.record("It was read")
      return
    }
    #expect(document.verdict == .refused("It is a program."))
    #expect(user.browse?.summary.kind == nil)
  }

  @Test("The chosen document waits while the cursor is elsewhere, and c goes on with it")
  func waiting() async throws {
    let user = try await RobotUser(folders: Eyes().world)
    await user.goToForm()
    await user.press(.escape, .down)
    #expect(user.browse?.summary.advice == "c goes on with consent.pdf.")
    await user.press(.character("c"))
    #expect(user.message?.document.name.reveal() == "consent.pdf")
  }
}

@MainActor
@Suite("Finding folders", .timeLimit(.minutes(2)))
struct PlacesTests {
  @Test("The order is chosen from a list; the cursor stays on its file")
  func order() async throws {
    let user = try await RobotUser(files: [], directories: SizedFolder(["a": 3, "b": 1, "c": 2]))
    await user.press(.down, .character("s"))
    #expect(user.pick?.rows.first { $0.isCurrent }?.label == "name")
    await user.press(.down, .down, .down, .down, .enter)
    #expect(user.browse?.order == "largest first")
    #expect(user.names == ["a", "c", "b"])
    #expect(user.nameUnderCursor == "b")
    await user.press(.character("s"), .escape)
    #expect(user.browse?.order == "largest first", "Leaving the list changes nothing")
    await user.press(.character("s"), .up, .up, .enter)
    #expect(user.browse?.order == "newest first")
    #expect(user.names == ["b", "c", "a"])
  }

  @Test("A folder stays in its order when it is read again, with a filter in force")
  func orderStays() async throws {
    let folder = SizedFolder(["a1": 3, "b1": 1, "c1": 2])
    let user = try await RobotUser(files: [], directories: folder)
    await user.press(.character("s"), .down, .down, .down, .down, .enter, .character("/"))
    await user.type("1")
    folder.sizes.withLock { $0 = ["a1": 3, "b1": 9, "c1": 2, "d1": 5] }
    await user.press(.enter, .escape)
    await user.press(.control("r"))
    #expect(user.names == ["b1", "d1", "a1", "c1"])
  }

  @Test("A change in the folder is shown without losing place, filter or what is typed")
  func watching() async throws {
    let (changes, change) = AsyncStream.makeStream(of: Void.self)
    let user = try await RobotUser(files: ["b.pdf", "c.pdf", "c.txt"], folders: FolderWorld(changes: { _ in changes }))
    await user.press(.down, .character("/"))
    await user.type(".pdf")
    #expect(user.nameUnderCursor == "c.pdf")
    try user.folder.add("a.pdf")
    change.yield()
    await user.wait { user.browse?.window.count == 3 }
    #expect(user.names == ["a.pdf", "b.pdf", "c.pdf"])
    #expect(user.nameUnderCursor == "c.pdf")
    #expect(user.browse?.prompt == .filter(TextField(".pdf")))
    try user.folder.remove("c.pdf")
    change.yield()
    await user.wait { user.browse?.window.count == 2 }
    #expect(user.nameUnderCursor == "b.pdf", "The row stays when its file is gone")
  }

  @Test("Bookmarks and the folders used lately are listed and gone to; files are never remembered")
  func places() async throws {
    let kept = Mutex(RememberedFolders())
    let user = try await RobotUser(
      files: ["scans/", "scans/x.pdf", "other/"],
      folders: FolderWorld(remember: { folders in kept.withLock { $0 = folders } }))
    let scans = user.folder.path.appending("scans")
    await user.press(.down, .enter, .character("B"))
    #expect(user.nameUnderCursor == "x.pdf")
    #expect(kept.withLock { $0.bookmarks } == [scans])
    await user.press(.enter, .escape)
    #expect(kept.withLock { $0.recent } == [scans])
    await user.press(.character("~"), .character("b"))
    #expect(user.pick?.rows.map(\.label.string) == ["Home", "Bookmark", "Lately"])
    await user.press(.down, .enter)
    #expect(user.browse?.directory == DisplayText(escapingBytes: scans.bytes))
    await user.press(.character("B"))
    #expect(kept.withLock { $0.bookmarks }.isEmpty)
  }

  @Test("The inbox of the profile is one key away; without one the key says how to get one")
  func inbox() async throws {
    let user = try await RobotUser(files: ["inbox/"])
    await user.press(.character("i"))
    #expect(user.notice?.contains("has no inbox") == true)
    let folder = user.folder.path.appending("inbox")
    let other = try await RobotUser(folders: FolderWorld(inboxes: ["main": folder]))
    await other.press(.character("i"))
    #expect(other.browse?.directory == DisplayText(escapingBytes: folder.bytes))
  }
}

extension RobotUser {
  var summaryName: String? {
    switch browse?.summary.subject {
    case .read(let document): document.name.reveal().string
    case .seen(let name, _, _): name.string
    case .folder(let name): name.string
    case .nothing, nil: nil
    }
  }
  var pick: PickState? { if case .pick(let state) = app.state.dialog { state } else { nil } }
  var names: [String]? { browse?.rows.map(\.name.string) }
}

/// Looks at files that need not exist, and waits where a test wants it to.
@MainActor
final class Eyes {
  private(set) var seen: [String] = []
  var large = ""
  var slow = ""
  var verdict = Verdict.allow
  var holdsPauses = false
  private(set) var isHolding = false
  private var pauses: [CheckedContinuation<Void, Never>] = []
  private var slowOnes: [CheckedContinuation<Void, Never>] = []

  var world: FolderWorld {
    FolderWorld(glance: { await self.glance($0) }, pause: { _ in await self.pause() })
  }

  func forget() { seen = [] }

  func releasePauses() {
    holdsPauses = false
    for one in pauses { one.resume() }
    pauses = []
  }

  func releaseSlow() {
    slow = ""
    for one in slowOnes { one.resume() }
    slowOnes = []
  }

  private func pause() async {
    if holdsPauses { await withCheckedContinuation { pauses.append($0) } }
  }

  private func glance(_ path: FilePath) async -> Glance? {
    let name = path.lastComponent?.string ?? ""
    seen.append(name)
    if name == slow {
      isHolding = true
      await withCheckedContinuation { slowOnes.append($0) }
    }
    if name == large { return .head(DocumentType(name: "DICOM", mediaType: "application/dicom", fileType: "DCM"), byteCount: 30_000_000) }
    return .whole(await document(path))
  }

  /// As its folder describes it.
  func document(_ path: FilePath) async -> Document {
    let name = path.lastComponent?.string ?? ""
    var bytes = 0
    var modified: Int64 = 0
    if let found = try? await DirectoryReader().details(of: [.init(bytes: Array(name.utf8))], in: path.removingLastComponent()).first?.value
    {
      (bytes, modified) = (found.byteCount, found.modifiedNanoseconds)
    } else {
      bytes = 152_400
    }
    var document = ServiceDouble.document(path, bytes: bytes, verdict: verdict)
    document.identity.modifiedNanoseconds = modified
    return document
  }
}

/// Files of these sizes; the larger, the older.
final class SizedFolder: DirectoryReading {
  let sizes: Mutex<[String: Int]>

  init(_ sizes: [String: Int]) { self.sizes = Mutex(sizes) }

  func list(_ path: FilePath) async throws(ListingError) -> DirectoryListing {
    DirectoryListing(path: path, entries: sizes.withLock { $0.keys.map { DirectoryEntry(name: Array($0.utf8), kind: .file) } })
  }

  func details(of ids: [DirectoryEntry.ID], in folder: FilePath) async throws(ListingError) -> [DirectoryEntry.ID: EntryDetails] {
    let sizes = sizes.withLock { $0 }
    return Dictionary(
      uniqueKeysWithValues: ids.map { id in
        let size = sizes[String(decoding: id.bytes, as: UTF8.self)] ?? 0
        return (id, EntryDetails(kind: .file, byteCount: size, modifiedNanoseconds: Int64(-size), isReadable: true))
      })
  }
}
