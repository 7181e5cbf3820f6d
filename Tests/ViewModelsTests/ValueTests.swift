import ClinicalMessages
import SafeText
import TestSupport
import Testing
@testable import ViewModels
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("Text field")
struct TextFieldTests {
  @Test("Typing, deleting and moving at the edges")
  func editing() {
    var field = TextField("abc")
    field.moveToStart()
    field.deleteBackward()
    field.moveLeft()
    field.insert("x")
    #expect(field.text == "xabc" && field.cursor == 1)
    field.moveToEnd()
    field.moveRight()
    field.deleteForward()
    field.deleteBackward()
    #expect(field.text == "xab")
    field.deleteWordBackward()
    #expect(field.isEmpty && field.cursor == 0)
  }

  @Test("One Backspace deletes what is seen as one character", arguments: ["e\u{301}", "👩‍🔬", "🇩🇪", "क्षि", "\u{1100}\u{1161}"])
  func graphemes(character: String) {
    var field = TextField("a" + character)
    field.deleteBackward()
    #expect(field.text == "a")
    field.insert(character)
    field.moveLeft()
    #expect(field.cursor == 1)
    field.deleteForward()
    #expect(field.text == "a")
  }

  @Test("A combining mark typed after its letter joins it, and the cursor stays behind both")
  func combining() {
    var field = TextField("e")
    field.insert("\u{301}")
    #expect(field.text == "é" && field.cursor == 1)
    field.moveToStart()
    field.insert("\u{301}")
    #expect(field.cursor <= 2)
    field.insert("x")
    #expect(field.text.contains("x"))
  }

  @Test("Breaks of a paste become single spaces; control characters never get in")
  func cleaning() {
    var field = TextField()
    field.insert("a\r\n\tb\u{1B}[31m\u{7F}\u{9B}c\u{2028}d")
    #expect(field.text == "a b[31mc d")
    let isClean = field.text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    #expect(isClean)
  }

  @Test("The limit holds for typing and pasting")
  func limit() {
    var field = TextField("12345", limit: 6)
    field.insert("6789")
    #expect(field.text == "123456")
    field.insert("x")
    #expect(field.text == "123456")
    #expect(TextField("123456789", limit: 3).text == "123")
  }

  @Test("Whatever is pressed, the cursor stays within the text and the halves make the whole")
  func invariants() {
    var random = SeededRandom(seed: 7)
    let keys: [Key] = [
      .left, .right, .home, .end, .backspace, .delete, .control("w"), .character("e"), .character("👍🏽"), .paste("\u{301}"), .paste("🇩"),
      .paste("🇪"),
      .paste("a b\nc"), .character(" "), .paste("\u{200D}"), .character("ö"),
    ]
    var field = TextField("", limit: 40)
    for _ in 0..<5000 {
      let key = keys[Int(random.next() % UInt64(keys.count))]
      let isTaken = field.handle(key)
      #expect(isTaken)
      #expect((0...field.text.count).contains(field.cursor))
      #expect(field.text.count <= 40)
      #expect(field.beforeCursor.string + field.afterCursor.string == field.display.string)
    }
    for key in [Key.enter, .function(1), .escape, .tab, .up] {
      let isTaken = field.handle(key)
      #expect(!isTaken, "That is the form's")
    }
  }
}

/// Gives the same numbers on every run (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

@Suite("List window")
struct ListWindowTests {
  @Test("Whatever happens, the cursor is on a row that is on the screen")
  func invariants() {
    var random = SeededRandom(seed: 3)
    var window = ListWindow()
    let commands: [Command] = [.up, .down, .pageUp, .pageDown, .first, .last]
    for _ in 0..<5000 {
      switch random.next() % 4 {
      case 0: window.replace(count: Int(random.next() % 60), cursor: Int(random.next() % 80) - 10)
      case 1: window.resize(rows: Int(random.next() % 30))
      default: window.move(commands[Int(random.next() % 6)])
      }
      #expect(window.rows >= 1)
      if window.count == 0 {
        #expect(window.visible.isEmpty && window.cursor == 0)
      } else {
        #expect(window.visible.contains(window.cursor))
        #expect(window.visible.count == min(window.rows, window.count), "No empty rows while there is something to show")
      }
    }
  }

  @Test("A row keeps its height on the screen when rows come in above it")
  func steady() {
    var window = ListWindow(count: 100, cursor: 50, top: 45, rows: 10)
    window.replace(count: 103, cursor: 53)
    #expect(window.top == 48)
  }
}

@Suite("Numbers and times in words")
struct FormatTests {
  @Test(
    "Sizes, never rounded up to a limit",
    arguments: [
      (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1 KB"), (152_400, "152 KB"), (199_999, "199 KB"), (999_999, "999 KB"),
      (1_000_000, "1 MB"), (4_149_999, "4.1 MB"), (9_999_999, "9.9 MB"), (10_000_000, "10 MB"), (29_999_999, "29.9 MB"),
      (2_500_000_000, "2.5 GB"),
    ])
  func sizes(bytes: Int, text: String) {
    #expect(Format.size(bytes).string == text)
  }

  @Test(
    "Durations and ages",
    arguments: [
      (0.0, "0 s", "now"), (59.2, "1 min", "now"), (125, "2 min 5 s", "2 min"), (3600, "1 h", "1 h"), (93_840, "26 h 4 min", "1 d"),
    ])
  func durations(seconds: Double, duration: String, age: String) {
    #expect(Format.duration(seconds).string == duration)
    #expect(Format.age(seconds: seconds).string == age)
  }

  @Test("Numbers that are none say nothing")
  func nonsense() {
    #expect(Format.duration(.infinity) == "")
    #expect(Format.duration(-1) == "")
    #expect(Format.rate(.nan) == "")
    #expect(Format.age(seconds: -500) == "now")
    #expect(Format.size(-3) == "0 bytes")
  }

  @Test(
    "Local dates across zones, leap days and the turn of the year",
    arguments: [
      (1_767_607_200, 0, "05-Jan-2026 10:00"), (1_767_225_599, 0, "31-Dec-2025 23:59"), (1_767_225_599, 3600, "01-Jan-2026 00:59"),
      (1_709_164_800, 0, "29-Feb-2024 00:00"), (1_709_164_800, -18_000, "28-Feb-2024 19:00"), (-1, 0, "31-Dec-1969 23:59"),
      (951_782_400, 0, "29-Feb-2000 00:00"),
    ])
  func dates(seconds: Int, offset: Int, text: String) {
    let clock = WallClock(now: { Date(timeIntervalSince1970: 0) }, offset: { _ in offset })
    #expect(clock.dateAndTime(Date(timeIntervalSince1970: Double(seconds))).string == text)
  }

  @Test(
    "What is typed as a date is shown as the same",
    arguments: ["1970-01-01 00:00", "2024-02-29 23:59", "2026-12-31 12:00", "1900-03-01 07:05"])
  func roundTrip(text: String) throws {
    for offset in [-39_600, 0, 20_700, 50_400] {
      let clock = WallClock(now: { Date(timeIntervalSince1970: 0) }, offset: { _ in offset })
      #expect(clock.typed(try #require(clock.date(typed: text))) == text)
    }
  }

  @Test(
    "What is no date is not taken",
    arguments: [
      "", "2026-02-29", "2026-1-2", "02.01.2026", "2026-01-02T10:00", "2026-01-02 24:00", "2026-01-02 1:00", "2026-01-02 10:00 x",
    ])
  func wrongDates(text: String) {
    let clock = WallClock(now: { Date(timeIntervalSince1970: 0) }, offset: { _ in 0 })
    #expect(clock.date(typed: text) == nil)
  }
}
