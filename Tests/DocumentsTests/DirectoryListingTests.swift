import SafeText
import SystemPackage
import Testing

@testable import Documents

@Suite struct DirectoryListingTests {
  private func listing(_ names: [String], folders: Set<String> = []) -> DirectoryListing {
    var table = NameTable()
    for name in names {
      Array(name.utf8).withUnsafeBufferPointer { table.append($0, kind: folders.contains(name) ? .folder : .file) }
    }
    return DirectoryListing(path: "/folder", table: table)
  }

  private func names(_ listing: DirectoryListing) -> [String] {
    (0..<listing.count).map { String(decoding: listing[$0].name, as: UTF8.self) }
  }

  @Test func aRealFolderIsListedWithItsHostileNames() async throws {
    let folder = try TemporaryFolder()
    let hostile: [[UInt8]] = [
      Array("a\u{1B}[2J.txt".utf8), Array("two\nlines".utf8), [0xFF, 0x41], [UInt8](repeating: 0x7A, count: 255), Array("...".utf8),
      Array(" ".utf8),
    ]
    for name in hostile { try folder.write([1], to: name) }
    _ = try folder.folder("sub")
    _ = try folder.fifo("pipe")
    _ = try folder.link("gone", to: "nowhere")
    var listing = try await DirectoryReader().list(folder.path)
    listing.setShowsHidden(true)
    #expect(listing.totalCount == 9)
    let entries = (0..<listing.count).map { listing[$0] }
    #expect(Set(entries.map(\.name)) == Set(hostile + ["sub", "pipe", "gone"].map { Array($0.utf8) }))
    #expect(entries.first?.kind == .folder)
    #expect(entries.allSatisfy { entry in entry.displayName.string.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } })
    for entry in entries where entry.kind == .file {
      #expect(listing.path(of: entry.id).utf8Bytes == folder.path.utf8Bytes + [UInt8(ascii: "/")] + entry.name)
      #expect(try DocumentOpener.open(listing.path(of: entry.id)) { false }.identity.byteCount == 1)
    }
  }

  @Test func detailsFollowLinksAndLeaveOutWhatIsGone() async throws {
    let folder = try TemporaryFolder()
    try folder.write("12345", to: "file")
    _ = try folder.folder("sub")
    _ = try folder.link("toFolder", to: "sub")
    _ = try folder.link("dangling", to: "nowhere")
    func id(_ name: String) -> DirectoryEntry.ID { DirectoryEntry.ID(bytes: Array(name.utf8)) }
    let details = try await DirectoryReader().details(of: ["file", "toFolder", "dangling", "missing"].map(id), in: folder.path)
    #expect(details[id("file")]?.byteCount == 5)
    #expect(details[id("file")]?.isReadable == true)
    #expect(details[id("toFolder")]?.kind == .folder)
    #expect(details[id("dangling")] != nil)
    #expect(details[id("dangling")]?.kind == nil)
    #expect(details[id("missing")] == nil)
  }

  @Test func whatCannotBeListedIsNamed() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("x", to: "file")
    let ring = try folder.link("ring", to: "ring")
    let reader = DirectoryReader()
    await #expect(throws: ListingError.gone) { try await reader.list(folder.path("missing")) }
    await #expect(throws: ListingError.notADirectory) { try await reader.list(file) }
    await #expect(throws: ListingError.linkRing) { try await reader.list(ring) }
    #expect(throws: ListingError.cancelled) { try DirectoryReader.names(in: folder.path) { true } }
  }

  @Test func foldersComeFirstThenNamesAsPeopleCount() {
    let sorted = listing(["b10.txt", "B9.txt", "zoo", "a", ".hidden", "Attic"], folders: ["zoo", "Attic"])
    #expect(names(sorted) == ["Attic", "zoo", "a", "B9.txt", "b10.txt"])
    var reversed = sorted
    reversed.sort(by: .name, descending: true)
    #expect(names(reversed) == ["zoo", "Attic", "b10.txt", "B9.txt", "a"])
  }

  @Test func hiddenEntriesAppearOnRequestOnly() {
    var listing = listing([".profile", "a"])
    #expect(names(listing) == ["a"])
    listing.setShowsHidden(true)
    #expect(names(listing) == [".profile", "a"])
    listing.setFilter("prof")
    #expect(names(listing) == [".profile"])
    listing.setShowsHidden(false)
    #expect(listing.count == 0)
  }

  @Test(arguments: [
    ("CONS", ["Consent.pdf", "no consent.txt"]), ("é", ["Résumé.doc"]), ("É", ["Résumé.doc"]), ("\\x1B", ["a\u{1B}b"]), ("zz", []),
    ("", ["a\u{1B}b", "Consent.pdf", "no consent.txt", "Résumé.doc"]), (".pdf", ["Consent.pdf"]),
  ])
  func filterFindsWhatIsDisplayedInAnyCase(text: String, expected: [String]) {
    var listing = listing(["Consent.pdf", "no consent.txt", "Résumé.doc", "a\u{1B}b"])
    listing.setFilter(text)
    #expect(names(listing) == expected)
  }

  /// Typing letter by letter, and taking letters back, shows what the whole text shows.
  @Test func filteringStepByStepEqualsFilteringAtOnce() {
    let all = (0..<500).map { "scan \($0 * 7919 % 1000) of \($0 % 13).pdf" }
    var steps = listing(all)
    for text in ["s", "sc", "scan 1", "scan 12", "scan 1", "of 1", "", "7", "79", "x"] {
      steps.setFilter(text)
      var once = listing(all)
      once.setFilter(text)
      #expect(names(steps) == names(once))
      #expect(names(steps).allSatisfy { text.isEmpty || $0.contains(text) })
    }
  }

  @Test func rowsAreFoundByNameHoweverTheyMove() {
    var listing = listing(["b", "a", "c"])
    let id = DirectoryEntry.ID(bytes: Array("b".utf8))
    #expect(listing.row(of: id) == 1)
    listing.setFilter("b")
    #expect(listing.row(of: id) == 0)
    listing.setFilter("c")
    #expect(listing.row(of: id) == nil)
  }

  @Test func bySizeTheUnknownComeLastInEitherDirection() {
    var listing = listing(["small", "unknown", "large", "dir"], folders: ["dir"])
    func details(_ size: Int) -> EntryDetails {
      EntryDetails(kind: .file, byteCount: size, modifiedNanoseconds: Int64(-size), isReadable: true)
    }
    listing.note([.init(bytes: Array("small".utf8)): details(1), .init(bytes: Array("large".utf8)): details(9)])
    listing.sort(by: .size)
    #expect(names(listing) == ["dir", "small", "large", "unknown"])
    listing.sort(by: .size, descending: true)
    #expect(names(listing) == ["dir", "large", "small", "unknown"])
    listing.sort(by: .modified)
    #expect(names(listing) == ["dir", "large", "small", "unknown"])
  }

  @Test func byKindMeansByTheNamesEnding() {
    var listing = listing(["b.TXT", "a.txt", "z.PDF", "README", ".hidden", "dir", "9.pdf", "c.tx"], folders: ["dir"])
    listing.sort(by: .kind)
    #expect(names(listing) == ["dir", "README", "9.pdf", "z.PDF", "c.tx", "a.txt", "b.TXT"])
  }

  @Test func completionsBeginWithWhatIsTyped() {
    let listing = listing(["Consent", "consult", "Contact", ".config"], folders: ["Contact"])
    #expect(listing.completions(of: Array("Con".utf8)).map(\.displayName.string) == ["Contact", "Consent"])
    #expect(listing.completions(of: Array(".c".utf8)).map(\.displayName.string) == [".config"])
    #expect(listing.completions(of: []).count == 3)
  }
}
