import SafeText
import SystemPackage
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@testable import Documents

@Suite struct DocumentOpenerTests {
  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  @Test func identityIsTheFilesOwn() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("abc", to: "a.txt")
    TemporaryFolder.setModified(file, nanoseconds: 1_700_000_000_123_456_789)
    let document = try await DocumentOpener().open(file)
    #expect(document.path == file)
    #expect(document.chosenPath == nil)
    #expect(document.identity.byteCount == 3)
    #expect(document.identity.modifiedNanoseconds == 1_700_000_000_123_456_789)
    #expect(hex(document.identity.sha256) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(hex(document.identity.sha1) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    #expect(document.inspection.verdict == .allow)
  }

  @Test func aFileLargerThanAPieceIsHashedWhole() throws {
    let folder = try TemporaryFolder()
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    let file = try folder.write(bytes, to: Array("million.txt".utf8))
    let document = try DocumentOpener.open(file) { false }
    #expect(hex(document.identity.sha256) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    #expect(document.identity.byteCount == 1_000_000)
  }

  @Test func aLinkIsFollowedAndBothPathsAreKept() async throws {
    let folder = try TemporaryFolder()
    let target = try folder.write("text", to: "target.txt")
    _ = try folder.link("middle", to: "target.txt")
    let link = try folder.link("link.txt", to: "middle")
    let document = try await DocumentOpener().open(link)
    #expect(document.path == target)
    #expect(document.chosenPath == link)
  }

  @Test func theNamesOfALinkAndOfItsTargetAreBothHeard() throws {
    let folder = try TemporaryFolder()
    try folder.write("text", to: "run.bat")
    try folder.write("text", to: "note.txt")
    for (link, target) in [("note2.txt", "run.bat"), ("run2.bat", "note.txt")] {
      let document = try DocumentOpener.open(try folder.link(link, to: target)) { false }
      #expect(word(document.inspection.verdict) == "refuse")
    }
  }

  @Test func danglingLinksAndRingsAreNamed() throws {
    let folder = try TemporaryFolder()
    let dangling = try folder.link("dangling", to: "nowhere")
    let ring = try folder.link("ring", to: "ring2")
    _ = try folder.link("ring2", to: "ring")
    for path in [dangling, ring] {
      #expect(throws: DocumentError.danglingLink) { try DocumentOpener.open(path) { false } }
    }
    #expect(throws: DocumentError.notFound) { try DocumentOpener.open(folder.path("missing")) { false } }
    #expect(throws: DocumentError.notFound) { try DocumentOpener.open(FilePath("")) { false } }
  }

  @Test func whatIsNoRegularFileIsNamedAndNeverWaitedFor() throws {
    let folder = try TemporaryFolder()
    let fifo = try folder.fifo("fifo")
    let linkToFifo = try folder.link("link", to: "fifo")
    #expect(throws: DocumentError.notRegular("named pipe")) { try DocumentOpener.open(fifo) { false } }
    #expect(throws: DocumentError.notRegular("named pipe")) { try DocumentOpener.open(linkToFifo) { false } }
    #expect(throws: DocumentError.isDirectory) { try DocumentOpener.open(folder.path) { false } }
    #expect(throws: DocumentError.notRegular("device")) { try DocumentOpener.open(FilePath("/dev/null")) { false } }
    #expect(throws: DocumentError.notRegular("device")) { try DocumentOpener.open(FilePath("/dev/zero")) { false } }
  }

  @Test func aFileThatMayNotBeReadIsNamed() throws {
    // Root may read everything.
    guard getuid() != 0 else { return }
    let folder = try TemporaryFolder()
    let file = try folder.write("x", to: "secret.txt")
    chmod(file.string, 0)
    #expect(throws: DocumentError.permissionDenied) { try DocumentOpener.open(file) { false } }
  }

  @Test(arguments: [
    Array("esc\u{1B}]52;c;x\u{07}.txt".utf8), Array("line\nbreak\r.txt".utf8), [0xFF, 0xFE, 0x80] + Array(".txt".utf8),
    [UInt8](repeating: 0x61, count: 251) + Array(".txt".utf8), Array("-rf ..txt".utf8), Array("\u{202E}txt.".utf8),
  ])
  func anyNameIsOpenedByItsBytes(name: [UInt8]) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Array("some text".utf8), to: name)
    #expect(try DocumentOpener.open(file) { false }.path.utf8Bytes == file.utf8Bytes)
  }

  @Test func aFileThatGrowsShrinksOrIsTouchedWhileItIsReadIsRefused() throws {
    let folder = try TemporaryFolder()
    let changes: [(FilePath) throws -> Void] = [
      { try folder.append("more", to: $0) }, { truncate($0.string, 10) }, { TemporaryFolder.setModified($0, nanoseconds: 1) },
    ]
    for (number, change) in changes.enumerated() {
      let file = try folder.write([UInt8](repeating: 0x61, count: 600_000), to: Array("f\(number).txt".utf8))
      var pieces = 0
      #expect(throws: DocumentError.changedWhileReading) {
        try DocumentOpener.open(file) {
          pieces += 1
          if pieces == 2 { try? change(file) }
          return false
        }
      }
    }
  }

  @Test func readingStopsBetweenPiecesWhenCancelled() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write([UInt8](repeating: 0x61, count: 600_000), to: Array("f.txt".utf8))
    var asked = 0
    #expect(throws: DocumentError.cancelled) {
      try DocumentOpener.open(file) {
        asked += 1
        return asked == 2
      }
    }
    #expect(asked == 2)

    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await DocumentOpener().open(file)
    }
    await #expect(throws: DocumentError.cancelled) { try await task.value }
  }
}
