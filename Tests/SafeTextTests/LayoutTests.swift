import Testing

@testable import SafeText

@Suite struct LayoutTests {
  @Test(arguments: [
    ("abc", 3), ("日本", 4), ("e\u{301}", 1), ("ａ", 2), ("한", 2), ("\u{301}", 0), ("–", 1), ("", 0), ("\u{1F44D}", 2),
  ])
  func widths(text: String, width: Int) { #expect(CellWidth.of(text) == width) }

  @Test(arguments: [
    ("abcdef", 4, "abc…"), ("abcd", 4, "abcd"), ("日本語", 4, "日…"), ("日本語", 5, "日本…"), ("abc", 1, "…"), ("abc", 0, ""), ("abc", -3, ""),
  ])
  func cutsAtTheEnd(text: String, columns: Int, expected: String) {
    #expect(DisplayText(escaping: text).truncated(to: columns).string == expected)
  }

  @Test(arguments: [("a very long name.pdf", 12, "a very … pdf"), ("short.pdf", 12, "short.pdf"), ("abcdef", 2, "a…"), ("abcdef", 0, "")])
  func cutsInTheMiddle(text: String, columns: Int, expected: String) {
    let cut = DisplayText(escaping: text).truncatedInMiddle(to: columns)
    #expect(cut.width <= max(0, columns))
    if text.hasSuffix(".pdf"), columns > 8 { #expect(cut.string.hasSuffix("pdf")) } else { #expect(cut.string == expected) }
  }

  @Test func cutsAtTheStart() {
    #expect(DisplayText(escaping: "/home/ann/inbox").truncatedAtStart(to: 8).string == "…n/inbox")
    #expect(DisplayText(escaping: "/日本/語").truncatedAtStart(to: 5).string == "…/語")
    #expect(DisplayText(escaping: "/a").truncatedAtStart(to: 8).string == "/a")
  }

  @Test(arguments: [
    "The file is too large for this way.", "one", "", "averyveryverylongwordwithoutabreak and more", "日本語 の 文章 を 折り返す", "a  b   c",
  ])
  func wrapsWithoutLosingAnything(text: String) {
    for columns in 2...40 {
      let lines = DisplayText(escaping: text).wrapped(to: columns)
      #expect(!lines.isEmpty)
      #expect(lines.allSatisfy { $0.width <= columns }, "\(columns): \(lines.map(\.string))")
      let kept = lines.map(\.string).joined().filter { $0 != " " }
      #expect(kept == text.filter { $0 != " " })
    }
  }

  @Test func wrapsBetweenWords() {
    #expect(DisplayText("one two three four").wrapped(to: 9).map(\.string) == ["one two", "three", "four"])
  }
}
