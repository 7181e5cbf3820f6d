import Foundation
import Testing

@testable import RedoxSandbox

@Suite struct JSONTests {
  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "[01]", "[1.]", "[.5]", "[+1]", "[1e]", "nul", "[1] 2", "\"\\x\"", "\"\\u12\"",
    "\"a\nb\"",
    "\"\\ud800\"", "\"\\ud800x\"", "\"\\udc00\"", "{\"a\":1,\"a\":2}", "[1e999]", "\"open", "\"\u{1}0\"",
  ]) func whatIsNotJSONIsRefused(text: String) {
    #expect(throws: JSONError.self) { try JSON(parsing: Array(text.utf8)) }
  }

  @Test func bytesThatAreNotUTF8AreRefused() {
    #expect(throws: JSONError.self) { try JSON(parsing: [0x22, 0xC3, 0x28, 0x22]) }
  }

  @Test func deepNestingIsRefusedRatherThanOverflowing() {
    #expect(throws: JSONError.self) { try JSON(parsing: Array(String(repeating: "[", count: 100_000).utf8)) }
  }

  @Test func valuesAreReadAsWritten() throws {
    let text = #" {"a": [1, -2.5e1, true, false, null, "\u00e9\ud83d\ude00\/\n\"é"], "b": {}} "#
    #expect(
      try JSON(parsing: Array(text.utf8)) == ["a": [1, .number(-25), .bool(true), .bool(false), .null, "é😀/\n\"é"], "b": [:]])
  }

  @Test func writtenTextReadsBack() throws {
    let value: JSON = ["quote\"": "back\\slash\u{1}\u{1F}\t\r\n/é😀", "n": -3, "list": [.bool(true), .null, .number(0.5)]]
    #expect(try JSON(parsing: Array(value.text.utf8)) == value)
  }
}

@Suite struct JSONSieveTests {
  static let long = String(repeating: "QUJD/", count: 8000)
  static let text = "{\"a\":\"short \\\" one\",\"b\":\"" + long.replacing("/", with: "\\/") + "\",\"c\":[\"\\u0041\"]}"

  @Test(arguments: [1, 2, 7, 100, 16_383, 16_384, 16_385, 1_000_000]) func anySplitTakesOutTheSameString(size: Int) throws {
    try withScratch { scratch in
      var sieve = JSONSieve(longestString: 1_000_000)
      let bytes = Array(Self.text.utf8)
      for start in stride(from: 0, to: bytes.count, by: size) {
        try bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { try sieve.feed($0, scratch: scratch) }
      }
      let value = try JSON(parsing: sieve.remainder, long: sieve.spooled)
      let file = try #require(sieve.spooled.first)
      #expect(sieve.spooled.count == 1)
      #expect(sieve.remainder.count < 100)
      #expect(file.sha256 == sha256(Array(Self.long.utf8)))
      #expect(value == ["a": "short \" one", "b": .longString(file), "c": ["A"]])
    }
  }

  @Test func aStringOverTheLimitStopsTheReading() throws {
    try withScratch { scratch in
      var sieve = JSONSieve(longestString: 20_000)
      #expect(throws: JSONSieve.Failure.stringTooLong) {
        try Array(Self.text.utf8).withUnsafeBytes { try sieve.feed($0, scratch: scratch) }
      }
    }
  }

  @Test func theMarkerCannotBeForged() throws {
    try withScratch { scratch in
      var sieve = JSONSieve(longestString: 20_000)
      #expect(throws: JSONSieve.Failure.controlCharacter) {
        try Array("[\"\u{1}0\"]".utf8).withUnsafeBytes { try sieve.feed($0, scratch: scratch) }
      }
    }
  }

  @Test(arguments: [0, 1, 2, 3, 4, 196_605, 196_608, 400_000]) func base64IsDecodedFromMemoryAndFromFiles(count: Int) throws {
    try withScratch { scratch in
      let bytes = noise(count)
      let text = Data(bytes).base64EncodedString()
      #expect(try Base64File.decode(.string(text + "\n"), scratch: scratch)?.sha256 == sha256(bytes))
      let spool = try scratch.spool()
      try Array(text.utf8).withUnsafeBytes { try spool.write($0) }
      #expect(try Base64File.decode(.longString(try spool.finish()), scratch: scratch)?.sha256 == sha256(bytes))
    }
  }

  @Test(arguments: ["A", "AB=C", "AA==AAAA", "AAA\nAAAA", "QUJD-", "Q*JD", "===="]) func whatIsNotBase64IsFoundOut(text: String) throws {
    try withScratch { scratch in
      let decoded = try Base64File.decode(.string(text), scratch: scratch)
      #expect(decoded == nil)
    }
  }

  private func withScratch(_ body: (Scratch) throws -> Void) throws {
    let folder = Bench.temporaryFolder()
    try PrivateFiles.makeDirectory(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(Scratch(directory: folder))
  }
}
