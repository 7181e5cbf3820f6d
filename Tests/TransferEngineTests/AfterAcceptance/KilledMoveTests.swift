import Documents
import Foundation
import SafeText
import Synchronization
import SystemPackage
import Testing

@testable import TransferEngine

/// A process that dies over a move, at any moment of it, and the next one that goes on.
@Suite("Killed over a move")
struct KilledMoveTests {
  private static let content = Data((0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 256) })
  private let folder: TemporaryFolder
  private let path: FilePath
  private let target: FilePath
  private let id = TransferSnapshot.ID("t1")

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path.appending("scan.pdf")
    target = folder.path.appending("sent")
    try Self.content.write(to: URL(fileURLWithPath: path.string))
    try FileManager.default.createDirectory(atPath: target.string, withIntermediateDirectories: false)
  }

  private func content(_ path: FilePath) -> Data? { FileManager.default.contents(atPath: path.string) }

  private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: target.string).sorted() }

  private func move(_ files: any DocumentFiles, _ identity: FileIdentity, isResumed: Bool = false) -> AfterAcceptance.Outcome {
    AfterAcceptance(.move(target), of: id, files: files, isResumed: isResumed).carryOutNow(on: path, identity: identity)
  }

  @Test(
    "The whole file is in its place or in the folder, never a part under its name; the next process ends it, with one file and nothing else",
    arguments: MortalFiles.Way.allCases, [0, 0.5, 1, 2, 3, 4])
  func anyMoment(_ way: MortalFiles.Way, _ life: Double) async throws {
    let identity = try await FileIdentity.ofFile(at: path)
    _ = move(MortalFiles(way, life: life), identity)
    for name in try names() where !name.hasPrefix(".") {
      #expect(name == "scan.pdf" && content(target.appending(name)) == Self.content)
    }
    #expect(content(path) == Self.content || content(target.appending("scan.pdf")) == Self.content)

    #expect(move(MortalFiles(way), identity, isResumed: true) == .moved(to: target.appending("scan.pdf")))
    #expect(try names() == ["scan.pdf"])
    #expect(content(target.appending("scan.pdf")) == Self.content && content(path) == nil)
  }

  @Test("Another file of the same name is not taken for the one that was moved", arguments: MortalFiles.Way.allCases)
  func stranger(_ way: MortalFiles.Way) async throws {
    let identity = try await FileIdentity.ofFile(at: path)
    let other = Data(Self.content.reversed())
    try other.write(to: URL(fileURLWithPath: target.appending("scan.pdf").string))
    _ = move(MortalFiles(way, life: 0.5), identity)
    #expect(move(MortalFiles(way), identity, isResumed: true) == .moved(to: target.appending("scan-2.pdf")))
    #expect(content(target.appending("scan.pdf")) == other && content(target.appending("scan-2.pdf")) == Self.content)
  }

  @Test("What was written to after the death stays, beside what was sent", arguments: MortalFiles.Way.allCases)
  func changed(_ way: MortalFiles.Way) async throws {
    let identity = try await FileIdentity.ofFile(at: path)
    _ = move(MortalFiles(way, life: 2), identity)
    try Data("a newer scan".utf8).write(to: URL(fileURLWithPath: path.string), options: .atomic)
    guard case .left = move(MortalFiles(way), identity, isResumed: true) else { Issue.record("It was taken away."); return }
    #expect(content(path) == Data("a newer scan".utf8))
    #expect(try names().allSatisfy { !$0.hasPrefix(".") })
  }

  @Test("Gone from its place and not in the folder either, it is not said to be moved")
  func vanished() async throws {
    let identity = try await FileIdentity.ofFile(at: path)
    try FileManager.default.removeItem(atPath: path.string)
    #expect(move(SystemDocumentFiles(), identity, isResumed: true) == .left("There is no file of this name any more."))
  }

  @Test(
    "A file that lies in the folder already is never taken for its own copy, whatever name the folder goes by", arguments: [false, true])
  func folderByAnotherName(isResumed: Bool) async throws {
    let alias = folder.path.appending("alias")
    try FileManager.default.createSymbolicLink(atPath: alias.string, withDestinationPath: target.string)
    let inside = target.appending("scan.pdf")
    try FileManager.default.moveItem(atPath: path.string, toPath: inside.string)
    let after = AfterAcceptance(.move(alias), of: id, isResumed: isResumed)
    #expect(after.carryOutNow(on: inside, identity: try await FileIdentity.ofFile(at: inside)) == .left("It is in that folder already."))
    #expect(content(inside) == Self.content)
    #expect(try names() == ["scan.pdf"])
  }

  @Test("A copy whose name the disk does not confirm does not cost the original")
  func unconfirmed() async throws {
    let identity = try await FileIdentity.ofFile(at: path)
    _ = move(MortalFiles(.copy, life: 2), identity)
    guard case .left = move(ForgetfulFiles(), identity, isResumed: true) else { Issue.record("The original was taken away."); return }
    #expect(content(path) == Self.content)
  }

  @Test("A deletion that a process died over is one, before it and after it", arguments: [0.0, 1])
  func deleted(_ life: Double) async throws {
    let identity = try await FileIdentity.ofFile(at: path)
    _ = AfterAcceptance(.delete, of: id, files: MortalFiles(.link, life: life)).carryOutNow(on: path, identity: identity)
    #expect((content(path) == nil) == (life == 1))
    #expect(AfterAcceptance(.delete, of: id, isResumed: true).carryOutNow(on: path, identity: identity) == .deleted)
    #expect(content(path) == nil)
  }

  /// A memory disk, where this machine has one.
  private static let otherDisk = FilePath("/dev/shm")
  private static var hasOtherDisk: Bool {
    func device(_ path: String) -> Int? { try? FileManager.default.attributesOfItem(atPath: path)[.systemNumber] as? Int }
    let (here, there) = (device(NSTemporaryDirectory()), device(otherDisk.string))
    return there != nil && there != here && FileManager.default.isWritableFile(atPath: otherDisk.string)
  }

  @Test("Onto another disk: the same bytes, nothing beside them, and nothing written over", .enabled(if: hasOtherDisk))
  func otherDisk() async throws {
    let there = Self.otherDisk.appending("chartdrop-\(UUID().uuidString)")
    try FileManager.default.createDirectory(atPath: there.string, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: there.string) }
    try Data("other".utf8).write(to: URL(fileURLWithPath: there.appending("scan.pdf").string))
    let outcome = AfterAcceptance(.move(there), of: id).carryOutNow(on: path, identity: try await FileIdentity.ofFile(at: path))
    #expect(outcome == .moved(to: there.appending("scan-2.pdf")))
    #expect(content(there.appending("scan-2.pdf")) == Self.content && content(there.appending("scan.pdf")) == Data("other".utf8))
    #expect(content(path) == nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: there.string).sorted() == ["scan-2.pdf", "scan.pdf"])
  }
}

/// The disk, for as long as the process lives: what is done to it later is not done.
final class MortalFiles: DocumentFiles {
  enum Way: CaseIterable {
    case link
    /// The folder is on another disk …
    case copy
    /// … which cannot rename without replacing.
    case copyAndLink
  }

  private let disk = SystemDocumentFiles()
  private let way: Way
  private let life: Mutex<Double>

  /// - Parameter life: changes to the disk before the end; a half is a copy that was begun.
  init(_ way: Way, life: Double = .infinity) {
    self.way = way
    self.life = Mutex(life)
  }

  /// What is left of its life for this change: 1 or more for all of it.
  private func spend() -> Double {
    life.withLock { life in
      defer { life = max(0, life - 1) }
      return life
    }
  }

  func stamp(_ path: FilePath) -> FileStamp? { disk.stamp(path) }
  func isSameFolder(_ one: FilePath, _ other: FilePath) -> Bool { disk.isSameFolder(one, other) }
  func holds(_ path: FilePath, _ identity: FileIdentity) -> Bool { disk.holds(path, identity) }
  func synchronizeFolder(of path: FilePath) throws(Errno) { if spend() >= 1 { try disk.synchronizeFolder(of: path) } }

  func link(_ path: FilePath, to target: FilePath) throws(Errno) {
    if way != .link { throw .improperLink }
    if spend() >= 1 { try disk.link(path, to: target) }
  }

  func copy(_ path: FilePath, to target: FilePath) throws(Errno) {
    let life = spend()
    if life > 0 { try disk.copy(path, to: target) }
    if life < 1 { _ = truncate(target.string, 300_000) }
  }

  func rename(_ path: FilePath, to target: FilePath) throws(Errno) {
    guard way == .copyAndLink else {
      if spend() >= 1 { try disk.rename(path, to: target) }
      return
    }
    if spend() >= 1 { try disk.link(path, to: target) }
    if spend() >= 1 { try disk.remove(path) }
  }

  func remove(_ path: FilePath) throws(Errno) {
    if spend() >= 1 { try disk.remove(path) }
  }
}

/// A disk that cannot say of any name that it will keep it.
private struct ForgetfulFiles: DocumentFiles {
  private let disk = SystemDocumentFiles()

  func stamp(_ path: FilePath) -> FileStamp? { disk.stamp(path) }
  func isSameFolder(_ one: FilePath, _ other: FilePath) -> Bool { disk.isSameFolder(one, other) }
  func holds(_ path: FilePath, _ identity: FileIdentity) -> Bool { disk.holds(path, identity) }
  func link(_ path: FilePath, to target: FilePath) throws(Errno) { throw .ioError }
  func copy(_ path: FilePath, to target: FilePath) throws(Errno) { throw .ioError }
  func rename(_ path: FilePath, to target: FilePath) throws(Errno) { throw .ioError }
  func remove(_ path: FilePath) throws(Errno) { try disk.remove(path) }
  func synchronizeFolder(of path: FilePath) throws(Errno) { throw .ioError }
}

extension FileIdentity {
  /// Of a file as it is now.
  static func ofFile(at path: FilePath) async throws -> FileIdentity { try await DocumentOpener().open(path).identity }
}
