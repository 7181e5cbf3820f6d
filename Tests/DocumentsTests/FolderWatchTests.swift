import SystemPackage
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@testable import Documents

@Suite(.timeLimit(.minutes(1))) struct FolderWatchTests {
  /// The watch begins on a thread of its own; until it has, changes go unnoticed, so that one is repeated until it is told.
  private func begin(_ folder: TemporaryFolder, in name: String = "", _ iterator: inout AsyncStream<Void>.Iterator) async {
    let writing = Task {
      while !Task.isCancelled {
        try folder.write("x", to: name + "early")
        await Task.yield()
      }
    }
    #expect(await iterator.next() != nil)
    writing.cancel()
    _ = await writing.result
  }

  @Test func changesAreToldAndManyAtOnceAreOne() async throws {
    let folder = try TemporaryFolder()
    let changes = FolderWatch.changes(in: folder.path)
    var iterator = changes.makeAsyncIterator()
    await begin(folder, &iterator)
    for number in 0..<50 { try folder.write("x", to: "late-\(number)") }
    #expect(await iterator.next() != nil)
  }

  @Test func endsWithItsFolder() async throws {
    let folder = try TemporaryFolder()
    let inner = try folder.folder("inner")
    var iterator = FolderWatch.changes(in: inner).makeAsyncIterator()
    await begin(folder, in: "inner/", &iterator)
    _ = folder.path("inner/early").withPlatformString { unlink($0) }
    #expect(inner.withPlatformString { rmdir($0) } == 0)
    while await iterator.next() != nil {}
  }

  @Test func whatIsNoFolderIsNotWatched() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("x", to: "file")
    for await _ in FolderWatch.changes(in: file) { Issue.record("Nothing changes in a file") }
    for await _ in FolderWatch.changes(in: folder.path("missing")) { Issue.record("Nothing changes in what is not there") }
  }
}
