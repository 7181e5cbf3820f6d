import Testing
import ViewModels

@testable import TerminalUI

@Suite struct InputDecoderTests {
  private func keys(_ text: String) -> [Key] { keys(Array(text.utf8)) }

  private func keys(_ bytes: [UInt8]) -> [Key] {
    var decoder = InputDecoder()
    return bytes.flatMap { decoder.take(.byte($0)) } + decoder.finish()
  }

  @Test func plainKeys() {
    #expect(keys("aÉ日😀") == [.character("a"), .character("É"), .character("日"), .character("😀")])
    #expect(keys("\r\n\t\u{7F}\u{8}") == [.enter, .enter, .tab, .backspace, .backspace])
    #expect(keys("\u{C}\u{3}\u{1A}\u{0}\u{1F}") == [.control("l"), .control("c"), .control("z"), .control(" "), .control("_")])
  }

  @Test func escapeAloneAndWithAKey() {
    #expect(keys("\u{1B}") == [.escape])
    #expect(keys("\u{1B}\u{1B}") == [.escape, .escape])
    #expect(keys("\u{1B}x") == [.alt("x")])
    #expect(keys("\u{1B}\r") == [.escape, .enter])
    #expect(keys("\u{1B}[") == [.alt("[")])
  }

  @Test(arguments: [
    ("[A", Key.up), ("OB", .down), ("[1;5C", .right), ("[H", .home), ("[4~", .end), ("[5~", .pageUp), ("[6;3~", .pageDown),
    ("[3~", .delete),
    ("[Z", .backTab), ("OP", .function(1)), ("[[B", .function(2)), ("[11~", .function(1)), ("[15~", .function(5)), ("[17~", .function(6)),
    ("[21~", .function(10)), ("[24;2~", .function(12)), ("OM", .enter),
  ])
  func sequencesThatTheDescriptionLacks(sequence: String, key: Key) { #expect(keys("\u{1B}\(sequence)") == [key]) }

  @Test(arguments: [
    "[99y", "[?1;2c", "[<0;10;10M", "[I", "[200;1y", "Oy", "]11;rgb:ffff/ffff/ffff\u{7}", "]0;y\u{1B}\\", "P1$ry\u{1B}\\", "[[y",
  ])
  func unknownSequencesAreSwallowedWhole(sequence: String) {
    #expect(keys("\u{1B}\(sequence)q") == [.character("q")])
  }

  @Test func piecesBelongTogether() {
    var decoder = InputDecoder()
    let bytes = Array("日\u{1B}[B".utf8)
    var got: [Key] = []
    for (index, byte) in bytes.enumerated() {
      got += decoder.take(.byte(byte))
      // A pause inside a character does not lose it.
      if index == 0 { got += decoder.finish() }
    }
    #expect(got == [.character("日"), .down])
  }

  @Test func brokenUTF8IsDropped() {
    #expect(keys([0xFF, 0xC3, 0x28, 0x80, 0x61, 0xE6, 0x97]) == [.character("("), .character("a")])
    #expect(keys([0xED, 0xA0, 0x80, 0x61]) == [.character("a")])
  }

  @Test func pasteIsTextAndNothingElse() {
    #expect(keys("\u{1B}[200~y\ry\u{1B}[Bq\u{3}\u{1B}[201~z") == [.paste("y\ny\u{1B}[Bq\u{3}"), .character("z")])
    #expect(keys("\u{1B}[200~\u{1B}\u{1B}[201~") == [.paste("\u{1B}")])
    #expect(keys("\u{1B}[200~\u{1B}[20\u{1B}[201~") == [.paste("\u{1B}[20")])
  }

  @Test func pasteInPiecesAndAmongKnownKeys() {
    var decoder = InputDecoder()
    var got: [Key] = []
    for unit in "\u{1B}[200~ab".utf8 { got += decoder.take(.byte(unit)) }
    got += decoder.finish()
    got += decoder.take(.key(.down)) + decoder.take(.unknownKey)
    for unit in "y\u{1B}[201~".utf8 { got += decoder.take(.byte(unit)) + decoder.finish() }
    #expect(got == [.paste("aby")])
  }

  @Test func hugePasteIsCutOffAndEnds() {
    let got = keys("\u{1B}[200~" + String(repeating: "a", count: 200_000) + "\u{1B}[201~x")
    #expect(got.count == 2)
    #expect(got.last == .character("x"))
    if case .paste(let text) = got[0] { #expect(text.utf8.count <= 1 << 16) }
  }

  @Test func anyBytesAreSafe() {
    var state: UInt64 = 42
    for _ in 0..<2000 {
      let bytes = (0..<24).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let value = UInt8(truncatingIfNeeded: state >> 33)
        return value % 4 == 0 ? 0x1B : value % 4 == 1 ? 0x5B : value
      }
      _ = keys(bytes)
    }
  }

  @Test func framesThatNobodyAskedForArePaced() {
    var pacer = FramePacer(interval: 200)
    #expect(pacer.delay(at: 1000) == 0)
    #expect(pacer.delay(at: 1010) == 190)
    #expect(pacer.delay(at: 1199) == 1)
    #expect(pacer.delay(at: 1200) == 0)
    #expect(pacer.delay(at: 1300) == 100)
  }
}
