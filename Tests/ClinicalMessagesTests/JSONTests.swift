import ClinicalMessages
import Foundation
import SafeText
import TestSupport
import Testing

@Suite struct JSONTests {
  private func message(_ json: JSONValue, method: DeliveryMethod = .embed) -> ClinicalMessage {
    ClinicalMessage(kind: .media, method: method, json: json)
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func isIndentedByTwoSpacesALevelWithTheQuotesOfTheHoleOutsideOfIt() {
    let message = message(
      .object([
        .init("a", .array([.number(-7), .bool(true), .object([])])), .init("b", .object([.init("c", .hole)])), .init("d", .array([])),
      ]))
    #expect(text(message.prefix) == "{\n  \"a\": [\n    -7,\n    true,\n    {}\n  ],\n  \"b\": {\n    \"c\": \"")
    #expect(text(message.suffix) == "\"\n  },\n  \"d\": []\n}")
  }

  @Test(arguments: [
    ("plain / text", "plain / text"), ("\"quoted\" \\", #"\"quoted\" \\"#), ("a\nb\rc\td\u{8}e\u{C}f", #"a\nb\rc\td\be\ff"#),
    ("\0\u{1B}[2J\u{7F}\u{85}", #"\u0000\u001b[2J\u007f\u0085"#), ("\u{2028}\u{2029}", #"\u2028\u2029"#),
    ("ab\u{202E}fdp.exe", #"ab\u202efdp.exe"#), ("Zoë Łódź 山田 🔬", "Zoë Łódź 山田 🔬"), ("👩\u{200D}🔬", #"👩\u200d🔬"#),
    ("\u{F0000}", #"\udb80\udc00"#),
  ])
  func escapesWhatJSONOrATerminalMustNotBeGiven(plain: String, escaped: String) {
    let message = message(.array([.hole, .string(plain)]))
    #expect(text(message.suffix) == "\",\n  \"\(escaped)\"\n]")
  }

  @Test(arguments: 0..<200) func anyTextSurvives(seed: UInt64) throws {
    var random = Seeded(seed)
    let (key, value) = (random.text(upTo: 40), random.text(upTo: 200))
    let message = message(.object([.init("hole", .hole), .init("k" + key, .string(value))]))
    let parsed = try JSONSerialization.jsonObject(with: Data(message.prefix + message.suffix))
    let object = try #require(parsed as? [String: String])
    #expect(object.first { $0.key != "hole" }.map { Array($0.key.unicodeScalars) } == Array(("k" + key).unicodeScalars))
    #expect(object.first { $0.key != "hole" }.map { Array($0.value.unicodeScalars) } == Array(value.unicodeScalars))
  }

  @Test(arguments: 0..<50) func thePreviewIsWhatIsSent(seed: UInt64) {
    var random = Seeded(seed)
    let json = JSONValue.object([
      .init(random.text(upTo: 20), .string(random.text(upTo: 100))),
      .init("list", .array([.string(random.text(upTo: 100)), .hole, .number(3)])), .init("empty", .object([])),
    ])
    let message = message(json, method: .upload)
    let preview = JSONPreview(of: message, document: Samples.document)
    #expect(preview.plainText == text(message.prefix) + "⟨upload URI, known after the upload⟩" + text(message.suffix))
  }

  @Test func theFileIsElidedByNameAndSize() {
    var document = Samples.document
    document.byteCount = 182_344
    let message = Samples.message(method: .embed)
    let preview = JSONPreview(of: message, document: document)
    #expect(preview.plainText == text(message.prefix) + "⟨base64, 182,344 bytes of consent.pdf⟩" + text(message.suffix))
    let elided = preview.lines.flatMap(\.tokens).filter { $0.kind == .elided }
    #expect(elided.map(\.text) == ["⟨base64, 182,344 bytes of consent.pdf⟩"])
  }

  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (30_000_000, "30,000,000")])
  func sizesAreGroupedByCommas(size: Int, written: String) {
    var document = Samples.document
    document.byteCount = size
    #expect(JSONPreview(of: Samples.message(), document: document).plainText.contains("⟨base64, \(written) bytes of "))
  }

  @Test func aHostileFileNameIsShownSafely() {
    var document = Samples.document
    document.fileName = Redacted("\u{1B}[2J\u{202E}.pdf")
    let preview = JSONPreview(of: Samples.message(), document: document)
    #expect(preview.plainText.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    #expect(preview.plainText.contains(#"bytes of \x1B[2J\u{202E}.pdf⟩"#))
  }

  @Test func tokensHaveTheirKindsAndDepths() {
    let preview = JSONPreview(
      of: message(.object([.init("k", .array([.hole, .string("s"), .number(1), .bool(false)]))])), document: Samples.document)
    #expect(
      preview.lines.map { $0.tokens.map(\.kind) } == [
        [.punctuation], [.key, .punctuation, .punctuation], [.string, .elided, .string, .punctuation], [.string, .punctuation],
        [.number, .punctuation], [.literal], [.punctuation], [.punctuation],
      ])
    #expect(preview.lines.map(\.depth) == [0, 1, 2, 2, 2, 2, 1, 0])
    #expect(preview.lines.allSatisfy { line in line.tokens.allSatisfy { $0.depth == line.depth } })
    #expect(preview.lines.map(\.closingLine) == [7, 6, nil, nil, nil, nil, nil, nil])
  }

  @Test func foldingSkipsExactlyWhatStandsInBrackets() {
    let lines = JSONPreview(of: Samples.message(), document: Samples.document).lines
    for (index, line) in lines.enumerated() {
      let opens = line.text.string.hasSuffix("{") || line.text.string.hasSuffix("[")
      #expect((line.closingLine != nil) == opens)
      guard let closing = line.closingLine else { continue }
      #expect(lines[closing].depth == line.depth)
      #expect(lines[(index + 1)..<closing].allSatisfy { $0.depth > line.depth })
    }
  }

  @Test func lengthsAreWhatTheyPromise() {
    for size in 0...7 {
      let message = Samples.message()
      let base64 = Data(repeating: 7, count: size).base64EncodedString()
      #expect(message.embeddedLength(fileByteCount: size) == message.prefix.count + base64.utf8.count + message.suffix.count)
    }
  }

  @Test func aURIIsEscapedIntoTheHole() throws {
    let body = Samples.message(kind: .media, method: .upload).body(withUploadURI: "https://blob.example/a\"b\\c?d=é")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
    #expect((object["Media"] as? [String: Any])?["FileContents"] as? String == "https://blob.example/a\"b\\c?d=é")
  }

  @Test func nothingOfAMessageIsPrintedIntoALog() {
    let message = Samples.message()
    let preview = JSONPreview(of: message, document: Samples.document)
    var dumped = ""
    dump(message, to: &dumped)
    dump(preview, to: &dumped)
    for text in ["\(message)", String(reflecting: message), "\(preview)", String(reflecting: preview), dumped] {
      #expect(!text.contains("Bixby") && !text.contains("consent"))
    }
  }

  @Test func aMessageWithoutAHoleOrWithTwoIsAMistakeOfTheProgram() async {
    await #expect(processExitsWith: .failure) { _ = ClinicalMessage(kind: .media, method: .embed, json: .object([])) }
    await #expect(processExitsWith: .failure) { _ = ClinicalMessage(kind: .media, method: .embed, json: .array([.hole, .hole])) }
    await #expect(processExitsWith: .failure) { _ = ClinicalMessage(withoutFile: .media, json: .array([.hole])) }
  }
}
