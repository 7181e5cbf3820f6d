import SystemPackage
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@testable import Documents

@Suite struct RecheckTests {
  @Test func theSameFilePassesWithoutBeingRead() async throws {
    let folder = try TemporaryFolder()
    let document = try await DocumentOpener().open(try folder.write("abc", to: "a.txt"))
    try await DocumentOpener().recheck(document)
    // Asking the file system needs no right to read.
    _ = document.path.withPlatformString { chmod($0, 0) }
    try await DocumentOpener().recheck(document)
  }

  @Test func anotherTimeSizeOrFileIsAChange() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("abc", to: "a.txt")
    TemporaryFolder.setModified(file, nanoseconds: 1_700_000_000_000_000_000)
    let document = try DocumentOpener.open(file) { false }
    TemporaryFolder.setModified(file, nanoseconds: 1_700_000_000_000_000_001)
    #expect(throws: DocumentContentError.changed) { try DocumentOpener.recheck(document) }
    try folder.write("abcd", to: "a.txt")
    TemporaryFolder.setModified(file, nanoseconds: 1_700_000_000_000_000_000)
    #expect(throws: DocumentContentError.changed) { try DocumentOpener.recheck(document) }
    _ = file.withPlatformString { unlink($0) }
    #expect(throws: DocumentContentError.gone) { try DocumentOpener.recheck(document) }
    _ = try folder.link("a.txt", to: "elsewhere")
    #expect(throws: DocumentContentError.changed) { try DocumentOpener.recheck(document) }
  }

  @Test func aLinkThatLeadsElsewhereIsAChange() throws {
    let folder = try TemporaryFolder()
    try folder.write("abc", to: "a.txt")
    try folder.write("abc", to: "b.txt")
    let link = try folder.link("link.txt", to: "a.txt")
    let document = try DocumentOpener.open(link) { false }
    try DocumentOpener.recheck(document)
    _ = link.withPlatformString { unlink($0) }
    _ = try folder.link("link.txt", to: "b.txt")
    #expect(throws: DocumentContentError.changed) { try DocumentOpener.recheck(document) }
    _ = link.withPlatformString { unlink($0) }
    #expect(throws: DocumentContentError.gone) { try DocumentOpener.recheck(document) }
  }
}
