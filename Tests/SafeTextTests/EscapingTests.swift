import Testing

@testable import SafeText

@Suite struct EscapingTests {
  @Test(arguments: [
    ("plain name.pdf", "plain name.pdf"), ("a\nb\tc\rd", "a\\nb\\tc\\rd"), ("\u{1B}]0;x\u{7}", "\\x1B]0;x\\x07"), ("\u{9B}31m", "\\x9B31m"),
    ("\u{7F}", "\\x7F"), ("\u{202E}fdp", "\\u{202E}fdp"), ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"), ("a\u{2028}b", "a\\u{2028}b"),
    ("a\u{200B}b", "a\\u{200B}b"), ("\u{FEFF}x", "\\u{FEFF}x"), ("\u{E000}", "\\u{E000}"), ("👩\u{200D}⚕\u{FE0F}", "👩⚕"),
    ("e\u{301}", "e\u{301}"),
    ("\u{E0041}", "\\u{E0041}"), ("日本", "日本"), ("", ""),
  ])
  func whatIsReplacedByWhat(text: String, expected: String) { #expect(DisplayText(escaping: text).string == expected) }

  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62], "a\\xFFb"), ([0xC3], "\\xC3"), ([0xC3, 0xA9], "é"), ([0xE6, 0x97], "\\xE6\\x97"), ([0xC0, 0xAF], "\\xC0\\xAF"),
      ([0xED, 0xA0, 0x80], "\\xED\\xA0\\x80"), ([0xF5, 0x80], "\\xF5\\x80"), ([0x1B, 0x5B], "\\x1B["), ([], ""),
    ] as [([UInt8], String)])
  func bytesThatAreNoText(bytes: [UInt8], expected: String) { #expect(DisplayText(escapingBytes: bytes).string == expected) }

  @Test func noScalarOfTheOutputCanHarm() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let output = DisplayText(escaping: String(Character(scalar))).string
      for result in output.unicodeScalars {
        let isHarmless =
          ![.control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned].contains(
            result.properties.generalCategory)
        if !isHarmless || result.value == 0x1B { Issue.record("U+\(String(value, radix: 16)) gives \(output.debugDescription)") }
      }
    }
  }

  @Test func interpolationEscapesWhatComesFromOutside() {
    let outside = "a\u{1B}b"
    #expect(("name: \(outside), \(7), \(DisplayText(escaping: outside))" as DisplayText).string == "name: a\\x1Bb, 7, a\\x1Bb")
  }

  @Test func redactedNeverPrints() {
    let secret = Redacted("SMITH, Ann")
    var dumped = ""
    dump(secret, to: &dumped)
    for text in ["\(secret)", String(describing: secret), String(reflecting: secret), dumped, "\([secret])", "\(Optional(secret) as Any)"] {
      #expect(!text.contains("SMITH"))
    }
    #expect(secret.reveal() == "SMITH, Ann")
  }
}
