import Documents
import Foundation
import SafeText
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TransferEngine

@Suite("After acceptance")
struct AfterAcceptanceTests {
  let folder: TemporaryFolder
  let path: FilePath
  let target: FilePath
  private let id = TransferSnapshot.ID("t1")

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path.appending("scan.pdf")
    target = folder.path.appending("sent")
    try Data("a scan".utf8).write(to: URL(fileURLWithPath: path.string))
    try FileManager.default.createDirectory(atPath: target.string, withIntermediateDirectories: false)
  }

  private func identity() async throws -> FileIdentity { try await FileIdentity.ofFile(at: path) }

  private func exists(_ path: FilePath) -> Bool { FileManager.default.fileExists(atPath: path.string) }

  @Test("Kept, moved or deleted, as configured")
  func disposals() async throws {
    let identity = try await identity()
    #expect(await AfterAcceptance(.keep, of: id).carryOut(on: path, identity: identity) == .kept)
    #expect(exists(path))
    #expect(
      await AfterAcceptance(.move(target), of: id).carryOut(on: path, identity: identity) == .moved(to: target.appending("scan.pdf")))
    #expect(!exists(path))
    #expect(try Data(contentsOf: URL(fileURLWithPath: target.appending("scan.pdf").string)) == Data("a scan".utf8))
  }

  @Test("Deleted")
  func deletes() async throws {
    #expect(await AfterAcceptance(.delete, of: id).carryOut(on: path, identity: try await identity()) == .deleted)
    #expect(!exists(path))
  }

  @Test("A file that was exchanged, written to or removed since is left alone", arguments: [DocumentDisposal.delete, .move("/nowhere")])
  func changed(_ disposal: DocumentDisposal) async throws {
    let identity = try await identity()
    let after = AfterAcceptance(disposal, of: id)
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: path.string)
    #expect(await after.carryOut(on: path, identity: identity) == .left("The file is not the one that was sent any more."))
    try FileManager.default.removeItem(atPath: path.string)
    try FileManager.default.createSymbolicLink(atPath: path.string, withDestinationPath: target.string)
    #expect(await after.carryOut(on: path, identity: identity) == .left("There is no file of this name any more."))
    #expect(exists(path))
  }

  @Test("Nothing is ever written over: a number is added")
  func taken() async throws {
    for name in ["scan.pdf", "scan-2.pdf"] { try Data("other".utf8).write(to: URL(fileURLWithPath: target.appending(name).string)) }
    let outcome = await AfterAcceptance(.move(target), of: id).carryOut(on: path, identity: try await identity())
    #expect(outcome == .moved(to: target.appending("scan-3.pdf")))
    #expect(try Data(contentsOf: URL(fileURLWithPath: target.appending("scan.pdf").string)) == Data("other".utf8))
  }

  @Test(
    "Numbers stand before the extension, whatever bytes the name has",
    arguments: [
      ("scan.pdf", "scan-2.pdf"), ("letter", "letter-2"), (".hidden", ".hidden-2"), ("a.tar.gz", "a.tar-2.gz"),
    ])
  func names(_ name: String, _ expected: String) {
    #expect(AfterAcceptance.name(Array(name.utf8), 2) == Array(expected.utf8))
    #expect(AfterAcceptance.name([0xFF] + Array(name.utf8), 1) == [0xFF] + Array(name.utf8))
  }

  @Test("Onto another file system it is copied first, and removed only then")
  func acrossFileSystems() async throws {
    let files = ScriptedFiles(linking: .improperLink)
    let outcome = AfterAcceptance(.move("/other"), of: id, files: files).carryOutNow(
      on: "/here/scan.pdf", identity: ScriptedFiles.identity)
    #expect(outcome == .moved(to: "/other/scan.pdf"))
    #expect(
      files.calls == [
        "link /other/scan.pdf", "copy /other/.chartdrop-t1.part", "rename /other/scan.pdf", "remove /here/scan.pdf",
      ])
  }

  @Test(
    "What goes wrong leaves the file in its place, and says why",
    arguments: [
      (Errno.improperLink, Errno.noSpace, nil, ["link /other/scan.pdf", "copy /other/.chartdrop-t1.part"]),
      (.permissionDenied, nil, nil, ["link /other/scan.pdf"]), (.noSuchFileOrDirectory, nil, nil, ["link /other/scan.pdf"]),
      (nil, nil, .permissionDenied, ["link /other/scan.pdf", "remove /here/scan.pdf"]),
    ] as [(Errno?, Errno?, Errno?, [String])])
  func failures(_ linking: Errno?, _ copying: Errno?, _ removing: Errno?, _ calls: [String]) async throws {
    let files = ScriptedFiles(linking: linking, copying: copying, removing: removing)
    let outcome = AfterAcceptance(.move("/other"), of: id, files: files).carryOutNow(
      on: "/here/scan.pdf", identity: ScriptedFiles.identity)
    guard case .left = outcome else { Issue.record("\(outcome)"); return }
    #expect(files.calls == calls)
  }

  @Test("A copy that is not what was sent is not left under the document's name")
  func copiedSomethingElse() {
    let files = ScriptedFiles(linking: .improperLink, holds: false)
    let outcome = AfterAcceptance(.move("/other"), of: id, files: files).carryOutNow(on: "/here/scan.pdf", identity: ScriptedFiles.identity)
    #expect(outcome == .left("The file is not the one that was sent any more."))
    #expect(files.calls == ["link /other/scan.pdf", "copy /other/.chartdrop-t1.part", "remove /other/.chartdrop-t1.part"])
  }

  @Test("Copied once, however many names are taken; nothing of the copy stays when none is free")
  func copiedOnce() {
    let files = ScriptedFiles(linking: .improperLink, renaming: .fileExists)
    let outcome = AfterAcceptance(.move("/other"), of: id, files: files).carryOutNow(on: "/here/scan.pdf", identity: ScriptedFiles.identity)
    #expect(outcome == .left("/other has too many files of this name."))
    #expect(files.calls.filter { $0.hasPrefix("copy") }.count == 1)
    #expect(files.calls.last == "remove /other/.chartdrop-t1.part")
  }

  @Test("The history says what was done, and nothing when nothing was to be done")
  func decisions() {
    let now = Date(timeIntervalSince1970: 1)
    #expect(AfterAcceptance.decision(.kept, who: "ann", at: now) == nil)
    #expect(AfterAcceptance.decision(.deleted, who: "ann", at: now) == TransferDecision(.documentDeleted, who: "ann", at: now))
    #expect(
      AfterAcceptance.decision(.moved(to: "/sent/a"), who: "ann", at: now)
        == TransferDecision(.documentMoved, who: "ann", at: now, note: "/sent/a"))
    #expect(AfterAcceptance.decision(.left("why"), who: "ann", at: now)?.what == .documentLeft)
  }
}

/// A file system that refuses as it is told.
private final class ScriptedFiles: DocumentFiles {
  static let identity = FileIdentity(device: 1, inode: 2, byteCount: 3, modifiedNanoseconds: 4, sha256: [], sha1: [])

  private let linking: Errno?
  private let copying: Errno?
  private let renaming: Errno?
  private let removing: Errno?
  private let isWhole: Bool
  private let log = Mutex<[String]>([])
  var calls: [String] { log.withLock { $0 } }

  init(linking: Errno? = nil, copying: Errno? = nil, renaming: Errno? = nil, removing: Errno? = nil, holds: Bool = true) {
    self.linking = linking
    self.copying = copying
    self.renaming = renaming
    self.removing = removing
    isWhole = holds
  }

  func stamp(_ path: FilePath) -> FileStamp? { FileStamp(Self.identity) }

  func isSameFolder(_ one: FilePath, _ other: FilePath) -> Bool { one == other }

  func holds(_ path: FilePath, _ identity: FileIdentity) -> Bool { isWhole }

  func synchronizeFolder(of path: FilePath) throws(Errno) { try call("synchronize \(path)", nil) }

  func link(_ path: FilePath, to target: FilePath) throws(Errno) { try call("link \(target)", linking) }

  func copy(_ path: FilePath, to target: FilePath) throws(Errno) { try call("copy \(target)", copying) }

  func rename(_ path: FilePath, to target: FilePath) throws(Errno) { try call("rename \(target)", renaming) }

  func remove(_ path: FilePath) throws(Errno) { try call("remove \(path)", removing) }

  private func call(_ name: String, _ error: Errno?) throws(Errno) {
    log.withLock { $0.append(name) }
    if let error { throw error }
  }
}
