import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the program does to a terminal, and how it leaves it.
@Suite(.serialized, .ownThreads)
struct TerminalTests {
  private let program: Program

  init() throws { program = try Program() }

  private func open(_ arguments: String..., environment: [String: String?] = [:]) throws -> TerminalSession {
    try TerminalSession(in: program, environment: environment, command: [Program.binary, "--sandbox"] + arguments)
  }

  /// The parameters of all attribute sequences (SGR) that were printed.
  private func attributes(_ terminal: TerminalSession) -> [Int] {
    String(decoding: terminal.raw, as: UTF8.self).matches(of: #/\u{1B}\[([0-9;:]*)m/#)
      .flatMap { $0.1.split { $0 == ";" || $0 == ":" }.compactMap { Int($0) } }
  }

  private func hasColours(_ terminal: TerminalSession) -> Bool {
    attributes(terminal).contains { (30...38).contains($0) || (40...48).contains($0) || (90...107).contains($0) }
  }

  /// What has to hold of the terminal after the program has ended, however it did.
  private func expectRestored(_ terminal: TerminalSession) throws {
    #expect(try terminal.property("#{alternate_on}") == "0")
    #expect(try terminal.property("#{cursor_flag}#{keypad_cursor_flag}#{keypad_flag}#{mouse_any_flag}") == "1000")
    #expect(try terminal.areSettingsRestored())
    let left = try terminal.history()
    for word in ["BIXBY", "Timothy", "0000000001", "2008"] { #expect(!left.contains(word), "left on the screen:\n\(left)") }
  }

  @Test("The dark theme has colours, NO_COLOR has none")
  func colours() throws {
    let dark = try open()
    _ = try Operator(dark)
    #expect(hasColours(dark))
    let plain = try open(environment: ["NO_COLOR": "1"])
    _ = try Operator(plain)
    #expect(!hasColours(plain))
    #expect(attributes(plain).contains(7), "the cursor is shown by reverse video")
  }

  @Test("Any size: too small says so, and the screen comes back as it was")
  func resize() throws {
    let terminal = try open()
    let person = try Operator(terminal)
    try person.take("consent-form.pdf")
    try person.choosePatient("timothy", who: "BIXBY, Timothy Paul")
    let before = try terminal.wait(for: "Document type")
    for (columns, rows) in [(20, 5), (3, 2), (300, 100), (40, 12)] {
      try terminal.resize(columns: columns, rows: rows)
      try terminal.wait("what fits \(columns)×\(rows)") { $0.contains("Go on to the preview") == (columns >= 40) }
    }
    try terminal.resize(columns: 80, rows: 24)
    let lines = { (screen: String) in screen.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) } }
    try terminal.wait("the same screen") { lines($0) == lines(before) }
  }

  @Test("Suspended it gives the shell its terminal; brought back it draws its screen anew")
  func suspend() throws {
    let exports = program.environment.map { "\($0)=\($1)".quoted }.joined(separator: " ")
    let terminal = try TerminalSession(in: program, script: "exec env \(exports) PS1='ready> ' bash --norc --noprofile -i")
    try terminal.wait(for: "ready>")
    try terminal.type("stty -g >~/before; \(Program.binary.quoted) --sandbox\r")
    let person = try Operator(terminal)
    try person.take("consent-form.pdf")
    try person.choosePatient("timothy", who: "BIXBY, Timothy Paul")
    for _ in 0..<2 {
      try terminal.press("C-z")
      try terminal.wait("the shell") { $0.contains("Stopped") && $0.contains("ready>") }
      #expect(try terminal.property("#{alternate_on}") == "0")
      #expect(try !terminal.history().contains("BIXBY"))
      // Line editing works again.
      try terminal.type("echo it-\"echoes\"\r")
      try terminal.wait(for: "it-echoes")
      try terminal.type("clear; fg\r")
      try terminal.wait("the screen as before") { $0.contains("Document type") && $0.contains("BIXBY") }
    }
    try terminal.press("q")
    try terminal.wait(for: "Enter Open")
    try terminal.press("q")
    try terminal.wait(for: "q once more leaves")
    try terminal.press("q")
    try terminal.wait("the shell") { $0.contains("ready>") }
    try terminal.type("stty -g >~/after; cmp ~/before ~/after && echo same-\"settings\"\r")
    try terminal.wait(for: "same-settings")
  }

  @Test("Left by q, SIGTERM or SIGHUP, the terminal is as it was and shows nothing of a patient", arguments: ["q", "TERM", "HUP"])
  func leave(way: String) throws {
    let terminal = try open()
    let person = try Operator(terminal)
    try person.take("consent-form.pdf")
    try person.choosePatient("timothy", who: "BIXBY, Timothy Paul")
    let expected: Int32
    switch way {
    case "TERM":
      try terminal.signal(SIGTERM)
      expected = 128 + SIGTERM
    case "HUP":
      try terminal.signal(SIGHUP)
      expected = 0
    default:
      try person.backToFiles()
      try person.press("q")
      expected = 0
    }
    #expect(try terminal.waitForExit() == expected)
    try expectRestored(terminal)
  }

  @Test("A terminal without a screen gets a sentence", arguments: [nil, "", "dumb"])
  func noScreen(type: String?) throws {
    let terminal = try open(environment: ["TERM": type])
    #expect(try terminal.waitForExit() == 64)
    #expect(try terminal.history().contains("TERM=xterm-256color"))
  }

  @Test("Old and unknown terminals get a working screen", arguments: ["vt100", "no-such-terminal", "linux", "screen"])
  func otherTerminals(type: String) throws {
    let terminal = try open(environment: ["TERM": type])
    let person = try Operator(terminal)
    if type == "vt100" { #expect(!hasColours(terminal)) }
    try person.press("q")
    #expect(try terminal.waitForExit() == 0)
    #expect(try terminal.areSettingsRestored())
  }

  @Test("Outside UTF-8 the lines are ASCII, and nothing else reaches the terminal")
  func otherLocale() throws {
    let terminal = try open(environment: ["LANG": "C", "LC_ALL": "C"])
    try terminal.wait(for: "consent-form.pdf")
    try terminal.press("Down", "Enter")
    try terminal.wait(for: "Search:")
    try terminal.wait(for: "ANDERSEN")
    #expect(terminal.raw.allSatisfy { $0 < 0x80 })
    terminal.hangUp()
    try terminal.waitUntilNothingRuns()
  }

  @Test("Hostile names are shown, and never act on the terminal")
  func hostileNames() throws {
    let folder = program.home.path + "/hostile"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let names = [
      "\u{1B}]0;owned\u{07}.txt", "\u{1B}]52;c;b3duZWQ=\u{07}.txt", "\u{1B}[2J\u{1B}[31mred.txt", "line\nbreak.txt", "\u{202E}fdp.txt",
      "\u{9B}5m.txt",
    ]
    for name in names { try Data("A note of some words.\n".utf8).write(to: URL(fileURLWithPath: folder + "/" + name)) }
    try Data("A note of some words.\n".utf8).write(to: URL(fileURLWithPath: folder + "/zz-last.txt"))
    let terminal = try open(folder)
    let title = try terminal.property("#{pane_title}")
    let person = try Operator(terminal, sees: "zz-last.txt")
    try terminal.resize(columns: 120, rows: 24)
    let screen = try terminal.wait(for: "red.txt")
    #expect(screen.contains("break.txt") && screen.contains("owned"))
    try terminal.resize(columns: 80, rows: 24)
    try person.press("Enter")
    try person.choosePatient("timothy", who: "BIXBY, Timothy Paul")
    try person.review()
    try person.confirm()
    try person.awaitAccepted(1)
    try person.press("Enter")
    try terminal.wait(for: "Document number")
    let titleAfterwards = try terminal.property("#{pane_title}")
    #expect(titleAfterwards == title)
    let raw = String(decoding: terminal.raw, as: UTF8.self).unicodeScalars
    #expect(!raw.contains { (0x80...0x9F).contains($0.value) || $0 == "\u{202E}" || $0 == "\u{07}" })
    #expect(!String(decoding: terminal.raw, as: UTF8.self).contains("\u{1B}]"))
  }
}
