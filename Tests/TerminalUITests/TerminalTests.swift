import CNcurses
import Glibc
import SafeText
import Testing
import ViewModels

@testable import TerminalUI

/// ncurses on a pseudo-terminal whose other end is read here.
@MainActor
private final class PseudoTerminal {
  private(set) var master: Int32 = -1
  private(set) var slave: Int32 = -1

  init(rows: UInt16 = 5, columns: UInt16 = 20) throws {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    try #require(openpty(&master, &slave, nil, nil, &size) == 0)
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
  }

  deinit {
    if master >= 0 { close(master) }
    close(slave)
  }

  func open(_ type: String = "xterm-256color") throws(TerminalError) -> Terminal {
    let terminal = try Terminal(environment: ["TERM": type], colorWish: nil, input: slave, output: slave)
    terminal.use(ThemeCatalog().theme(named: "dark").theme)
    return terminal
  }

  func written() -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(master, &buffer, buffer.count)
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  func type(_ text: String) { _ = write(master, text, text.utf8.count) }

  func hangUp() {
    close(master)
    master = -1
  }

  var modes: [UInt32] {
    var state = termios()
    tcgetattr(slave, &state)
    return [state.c_iflag, state.c_oflag, state.c_lflag]
  }
}

@MainActor
@Suite(.serialized)
struct TerminalTests {
  private func canvas(_ terminal: Terminal, _ text: DisplayText) -> Canvas {
    var canvas = Canvas(size: terminal.size)
    canvas.put(text, row: 1, column: 2, role: .title)
    canvas.put("unchanged", row: 3, column: 0, role: .text)
    return canvas
  }

  @Test func sendsWhatDiffersAndNothingElse() throws {
    let pty = try PseudoTerminal()
    let terminal = try pty.open()
    defer { terminal.leave() }
    #expect(terminal.size == Size(rows: 5, columns: 20))
    terminal.draw(canvas(terminal, "Grüße, 日本"))
    let first = pty.written()
    // Whoever runs the tests has a locale of their own.
    #expect(first.contains(terminal.usesUTF8 ? "Grüße, 日本" : "Gr??e, ????"))
    #expect(first.contains("\u{1B}[?1049h"))
    #expect(first.contains("\u{1B}[?2004h"))
    terminal.draw(canvas(terminal, "Grüße, 日本"))
    #expect(pty.written() == "")
    terminal.draw(canvas(terminal, "Grüßt, 日本"))
    let second = pty.written()
    #expect(second.contains("t"))
    #expect(!second.contains("unchanged") && second.utf8.count < 40)
    terminal.forgetScreen()
    terminal.draw(canvas(terminal, "Grüßt, 日本"))
    #expect(pty.written().contains("unchanged"))
  }

  @Test func neverChangesTheTerminalsPalette() throws {
    let pty = try PseudoTerminal()
    let terminal = try pty.open()
    terminal.draw(canvas(terminal, "x"))
    terminal.leave()
    let bytes = pty.written()
    #expect(!bytes.contains("\u{1B}]"))
  }

  @Test(arguments: ["xterm-256color", "vt100", "linux", "xterm-direct", "tmux-256color", "putty-256color", "xterm"])
  func leavesTheTerminalAsItWas(type: String) throws {
    let pty = try PseudoTerminal()
    let before = pty.modes
    let terminal = try pty.open(type)
    #expect(pty.modes != before)
    terminal.draw(canvas(terminal, "SMITH, Ann"))
    let shown = pty.written()
    terminal.leave()
    let farewell = pty.written()
    var modes: Set<Substring> = []
    for match in (shown + farewell).matches(of: #/\u{1B}\[\?([0-9;]+)([hl])/#) {
      for mode in match.1.split(separator: ";") { if match.2 == "h" { modes.insert(mode) } else { modes.remove(mode) } }
    }
    #expect(modes.isSubset(of: ["7", "25"]), "nothing is left on but line wrapping and the cursor")
    #expect(pty.modes == before)
    #expect(farewell.contains("\u{1B}[J") || farewell.contains("\u{1B}[2J"), "the screen is erased before it is left")
    if type.hasPrefix("xterm") { #expect(farewell.contains("\u{1B}[?1049l") && farewell.contains("\u{1B}[?2004l")) }
    terminal.leave()
    #expect(pty.written() == "")
    #expect(terminal.readKeys().isEmpty)
  }

  @Test func understandsKeys() throws {
    let pty = try PseudoTerminal()
    let terminal = try pty.open()
    defer { terminal.leave() }
    pty.type("jé\u{1B}OA\u{1B}[B\u{1B}[5~\u{1B}OP\u{C}\u{7F}\r\u{1B}[200~a\rb\u{1B}[201~")
    #expect(
      terminal.readKeys() == [
        .character("j"), .character("é"), .up, .down, .pageUp, .function(1), .control("l"), .backspace, .enter, .paste("a\nb"),
      ])
    #expect(terminal.readKeys().isEmpty)
    pty.type("typed ahead")
    terminal.discardInput()
    #expect(terminal.readKeys().isEmpty)
  }

  @Test func noticesThatTheOtherEndIsGone() throws {
    let pty = try PseudoTerminal()
    let terminal = try pty.open()
    #expect(!terminal.isHungUp)
    pty.type("x")
    #expect(!terminal.isHungUp)
    pty.hangUp()
    #expect(terminal.isHungUp)
    terminal.leave()
  }

  @Test func unknownTypesAreTreatedAsTheUsualOne() throws {
    let pty = try PseudoTerminal()
    let terminal = try pty.open("xterm-of-the-future")
    defer { terminal.leave() }
    #expect(terminal.remark?.string.contains("xterm-of-the-future") == true)
    terminal.draw(canvas(terminal, "here"))
    #expect(pty.written().contains("here"))
  }

  @Test func saysWhyThereIsNoScreen() throws {
    let pty = try PseudoTerminal()
    for type in ["", "dumb"] {
      #expect(throws: TerminalError.noScreen(type: DisplayText(escaping: type))) { _ = try pty.open(type) }
    }
    let null = open("/dev/null", O_RDWR)
    defer { close(null) }
    #expect(throws: TerminalError.notATerminal) {
      _ = try Terminal(environment: ["TERM": "xterm"], colorWish: nil, input: null, output: null)
    }
  }
}
