import SystemPackage
import Testing

@testable import Documents

@Suite struct TypedPathTests {
  private let folder = FilePath("/data/in")
  private let home = FilePath("/home/ann")

  @Test(arguments: [
    ("scan.pdf", "/data/in/scan.pdf"), ("/etc/x", "/etc/x"), ("~", "/home/ann"), ("~/x y", "/home/ann/x y"), ("~bob/x", "/data/in/~bob/x"),
    ("../x", "/data/in/../x"), ("sub//x", "/data/in/sub/x"), ("~//x", "/home/ann/x"), ("/", "/"),
  ])
  func typedPathsMeanTheseFiles(typed: String, expected: String) {
    #expect(TypedPath(typed).absolute(from: folder, home: home) == FilePath(expected))
  }

  @Test func nothingAndNulMeanNoFile() {
    #expect(TypedPath("").absolute(from: folder, home: home) == nil)
    #expect(TypedPath("a\u{0}b").absolute(from: folder, home: home) == nil)
  }

  @Test func withoutAHomeTheTildeIsAName() {
    #expect(TypedPath("~/x").absolute(from: folder, home: nil) == "/data/in/~/x")
  }

  @Test func bytesThatAreNoTextSurvive() {
    let path = TypedPath(bytes: [0xFF, 0x2E]).absolute(from: folder, home: home)
    #expect(path?.utf8Bytes == Array("/data/in/".utf8) + [0xFF, 0x2E])
  }

  @Test(arguments: [
    ("Con", "/data/in", "Con"), ("sub/Con", "/data/in/sub/", "Con"), ("~/", "/home/ann", ""), ("~", "/home/ann", ""),
    ("/etc/pa", "/etc/", "pa"),
    ("", "/data/in", ""),
  ])
  func completionLooksInTheFolderBeforeTheLastSlash(typed: String, expectedFolder: String, prefix: String) throws {
    let parts = try #require(TypedPath(typed).completionParts(from: folder, home: home))
    #expect(parts.folder == FilePath(expectedFolder))
    #expect(parts.prefix == Array(prefix.utf8))
  }

  @Test func completionGoesAsFarAsAllCandidatesAgree() {
    func entry(_ name: String, _ kind: DirectoryEntry.Kind = .file) -> DirectoryEntry { DirectoryEntry(name: Array(name.utf8), kind: kind) }
    #expect(TypedPath("x/Co").completed(with: [entry("Consent"), entry("Consult")]) == TypedPath("x/Cons"))
    #expect(TypedPath("Co").completed(with: [entry("Contact", .folder)]) == TypedPath("Contact/"))
    #expect(TypedPath("~/Co").completed(with: [entry("Consent")]) == TypedPath("~/Consent"))
    #expect(TypedPath("Zo").completed(with: []) == TypedPath("Zo"))
  }

  @Test func parentsEndAtTheRoot() {
    #expect(FilePath("/a/b").parentFolder == "/a")
    #expect(FilePath("/a").parentFolder == "/")
    #expect(FilePath("/").parentFolder == "/")
    #expect(FilePath("a").parentFolder == ".")
  }
}
