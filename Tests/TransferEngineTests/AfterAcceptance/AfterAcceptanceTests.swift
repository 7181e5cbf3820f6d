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

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path.appending("scan.pdf")
    target = folder.path.appending("sent")
    try Data("a scan".utf8).write(to: URL(fileURLWithPath: path.string))
    try FileManager.default.createDirectory(atPath: target.string, withIntermediateDirectories: false)
  }

  private func identity() throws -> FileIdentity {
    let stamp = try #require(SystemDocumentFiles().stamp(path))
    return FileIdentity(
      device: stamp.device, inode: stamp.inode, byteCount: stamp.byteCount, modifiedNanoseconds: stamp.modifiedNanoseconds, sha256: [],
      sha1: [])
  }

  private func exists(_ path: FilePath) -> Bool { FileManager.default.fileExists(atPath: path.string) }

  @Test("Kept, moved or deleted, as configured")
  func disposals() async throws {
    let identity = try identity()
    #expect(await AfterAcceptance(disposal: .keep).carryOut(on: path, identity: identity) == .kept)
    #expect(exists(path))
    #expect(
      await AfterAcceptance(disposal: .move(target)).carryOut(on: path, identity: identity) == .moved(to: target.appending("scan.pdf")))
    #expect(!exists(path))
    #expect(try Data(contentsOf: URL(fileURLWithPath: target.appending("scan.pdf").string)) == Data("a scan".utf8))
  }

  @Test("Deleted")
  func deletes() async throws {
    #expect(await AfterAcceptance(disposal: .delete).carryOut(on: path, identity: try identity()) == .deleted)
    #expect(!exists(path))
  }

  @Test("A file that was exchanged, written to or removed since is left alone", arguments: [DocumentDisposal.delete, .move("/nowhere")])
  func changed(_ disposal: DocumentDisposal) async throws {
    let identity = try identity()
    let after = AfterAcceptance(disposal: disposal)
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
    let outcome = await AfterAcceptance(disposal: .move(target)).carryOut(on: path, identity: try identity())
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
    let outcome = AfterAcceptance(disposal: .move("/other"), files: files).carryOutNow(
      on: "/here/scan.pdf", identity: ScriptedFiles.identity)
    #expect(outcome == .moved(to: "/other/scan.pdf"))
    #expect(files.calls == ["link /other/scan.pdf", "copy /other/scan.pdf", "remove /here/scan.pdf"])
  }

  @Test(
    "What goes wrong leaves the file in its place, and says why",
    arguments: [
      (Errno.improperLink, Errno.noSpace, nil, ["link /other/scan.pdf", "copy /other/scan.pdf"]),
      (.permissionDenied, nil, nil, ["link /other/scan.pdf"]), (.noSuchFileOrDirectory, nil, nil, ["link /other/scan.pdf"]),
      (nil, nil, .permissionDenied, ["link /other/scan.pdf", "remove /here/scan.pdf"]),
    ] as [(Errno?, Errno?, Errno?, [String])])
  func failures(_ linking: Errno?, _ copying: Errno?, _ removing: Errno?, _ calls: [String]) async throws {
    let files = ScriptedFiles(linking: linking, copying: copying, removing: removing)
    let outcome = AfterAcceptance(disposal: .move("/other"), files: files).carryOutNow(
      on: "/here/scan.pdf", identity: ScriptedFiles.identity)
    guard case .left = outcome else { Issue.record("\(outcome)"); return }
    #expect(files.calls == calls)
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
  private let removing: Errno?
  private let log = Mutex<[String]>([])
  var calls: [String] { log.withLock { $0 } }

  init(linking: Errno? = nil, copying: Errno? = nil, removing: Errno? = nil) {
    self.linking = linking
    self.copying = copying
    self.removing = removing
  }

  func stamp(_ path: FilePath) -> FileStamp? { FileStamp(device: 1, inode: 2, byteCount: 3, modifiedNanoseconds: 4) }

  func link(_ path: FilePath, to target: FilePath) throws(Errno) { try call("link \(target)", linking) }

  func copy(_ path: FilePath, to target: FilePath) throws(Errno) { try call("copy \(target)", copying) }

  func remove(_ path: FilePath) throws(Errno) { try call("remove \(path)", removing) }

  private func call(_ name: String, _ error: Errno?) throws(Errno) {
    log.withLock { $0.append(name) }
    if let error { throw error }
  }
}
