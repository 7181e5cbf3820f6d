import Testing
import ViewModels
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("README")
struct ReadmeTests {
  private static let path = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/README.md"
  private static let marks = (begin: "<!-- keys -->\n", end: "<!-- /keys -->")

  @Test("The table of keys is the one of the program; CHARTDROP_REGENERATE=1 writes it anew")
  func keys() throws {
    var text = try String(decoding: Data(contentsOf: URL(fileURLWithPath: Self.path)), as: UTF8.self)
    let begin = try #require(text.firstRange(of: Self.marks.begin)).upperBound
    let end = try #require(text[begin...].firstRange(of: Self.marks.end)).lowerBound
    if ProcessInfo.processInfo.environment["CHARTDROP_REGENERATE"] == "1" {
      text.replaceSubrange(begin..<end, with: KeyListing.markdown)
      try Data(text.utf8).write(to: URL(fileURLWithPath: Self.path), options: .atomic)
    } else {
      #expect(String(text[begin..<end]) == KeyListing.markdown)
    }
  }
}
