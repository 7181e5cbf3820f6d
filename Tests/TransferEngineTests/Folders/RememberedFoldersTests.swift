import Documents
import Foundation
import SystemPackage
import Testing

@testable import TransferEngine

@Suite("Remembered folders")
struct RememberedFoldersTests {
  private let folder: TemporaryFolder
  private var file: FilePath { folder.path.appending("folders") }

  init() throws { folder = try TemporaryFolder() }

  @Test("Bookmarks come and go; the last folders are few and each is there once")
  func lists() {
    var folders = RememberedFolders()
    let states = ["/a", "/b", "/a"].map { folders.toggleBookmark(FilePath($0)) }
    #expect(states == [true, true, false])
    #expect(folders.bookmarks == ["/b"])
    for number in 0..<30 { folders.visit(FilePath("/f\(number)")) }
    folders.visit("/f25")
    #expect(folders.recent.first == "/f25")
    #expect(folders.recent.count == RememberedFolders.recentLimit)
    #expect(folders.recent.filter { $0 == "/f25" }.count == 1)
  }

  @Test("Paths are bytes: what is no text survives, and so does a line break")
  func roundTrip() throws {
    let path = file
    let store = RememberedFoldersFile(path)
    #expect(store.load() == RememberedFolders())
    let odd = FilePath(bytes: [0x2F, 0x61, 0xFF, 0x0A, 0x62])
    let folders = RememberedFolders(bookmarks: [odd, "/srv/scans"], recent: ["/home/ann/inbox"])
    #expect(store.save(folders))
    #expect(store.load() == folders)
    #expect(store.save(RememberedFolders(bookmarks: ["/only"])), "The second time it replaces what is there")
    #expect(store.load().bookmarks == ["/only"])
    let permissions = try FileManager.default.attributesOfItem(atPath: path.string)[.posixPermissions] as? Int
    #expect(permissions == 0o600)
  }

  @Test("A file that others can read or that makes no sense is not believed")
  func distrust() throws {
    let path = file
    let store = RememberedFoldersFile(path)
    #expect(store.save(RememberedFolders(bookmarks: ["/a"])))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path.string)
    #expect(store.load() == RememberedFolders())
    let odd = RememberedFolders(bytes: Array("b/a\0brelative\0x/unknown\0\0r/b\0b".utf8))
    #expect(odd == RememberedFolders(bookmarks: ["/a"], recent: ["/b"]))
    #expect(!RememberedFoldersFile("/nowhere/at/all").save(odd))
  }
}
