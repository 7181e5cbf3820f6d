internal import CNcurses
internal import CPlatform
public import SafeText
internal import ViewModels
#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// Why there can be no screen.
public enum TerminalError: Error, Sendable, Hashable {
  /// Input or output is a file or a pipe.
  case notATerminal
  /// `TERM` is unset, empty or `dumb`.
  case noScreen(type: DisplayText)
  /// Neither the named type nor the usual ones are described on this machine.
  case unknownType(DisplayText)

  /// What happened and what to do, for standard error.
  public var sentence: DisplayText {
    switch self {
    case .notATerminal:
      "The screen needs a terminal for input and output. In a script, use the commands instead: chartdrop --help."
    case .noScreen(let type):
      type.isEmpty
        ? "TERM is not set, so the terminal's abilities are unknown. Try: TERM=xterm-256color chartdrop"
        : "A terminal of type \(type) cannot show a screen. Try: TERM=xterm-256color chartdrop, or use the commands: chartdrop --help."
    case .unknownType(let type):
      "This machine has no description of the terminal type \(type), nor of xterm or vt100. Install ncurses-term, or set TERM."
    }
  }
}

/// The terminal, by ncurses. The only file that calls it.
///
/// A frame is compared with the one before, row by row here and cell by cell in ncurses, and what differs is written. ncurses is
/// not thread-safe: everything happens on the main actor.
@MainActor
final class Terminal {
  /// A sentence for the person about something that is not as it should be; nil when all is well.
  let remark: DisplayText?
  let usesUTF8: Bool
  let tier: ColorTier

  private let screen: OpaquePointer
  private let input: Int32
  private let output: Int32
  /// Keys are read through a pad of its own: reading through the screen's window would also draw it.
  private let keys: UnsafeMutablePointer<WINDOW>?
  private var decoder = InputDecoder()
  private var shown: Canvas?
  private var attributes: [Role: (attributes: attr_t, pair: Int32)] = [:]
  private var isActive = true
  private var isCursorShown = false
  private let hasPaste: Bool
  private let frames: FrameBuffer

  init(environment: [String: String], colorWish: String?, input: Int32 = 0, output: Int32 = 1) throws(TerminalError) {
    let type = environment["TERM"] ?? ""
    guard !type.isEmpty, type != "dumb" else { throw .noScreen(type: "\(type)") }
    guard isatty(input) == 1, cp_remember_terminal_modes(output) == 0 else { throw .notATerminal }
    let isUTF8 = cn_adopt_locale()
    var remarks: [DisplayText] = []
    let own = fcntl(output, F_DUPFD_CLOEXEC, 3)
    var opened = cn_newterm(type, own, fcntl(input, F_DUPFD_CLOEXEC, 3))
    if opened == nil {
      for substitute in ["xterm-256color", "vt100"] {
        opened = cn_newterm(substitute, own, fcntl(input, F_DUPFD_CLOEXEC, 3))
        guard opened != nil else { continue }
        remarks.append("This machine does not know the terminal type \(type); it is treated as \(substitute).")
        break
      }
    }
    guard let screen = opened else { throw .unknownType("\(type)") }
    if !isUTF8 { remarks.append("The locale is not UTF-8: signs and accents are shown as plain ASCII.") }
    self.screen = screen
    self.input = input
    self.output = output
    self.frames = FrameBuffer(descriptor: own, terminal: output)
    self.usesUTF8 = isUTF8
    self.remark = remarks.isEmpty ? nil : remarks.joined(separator: " ")
    self.keys = newpad(1, 1)

    set_escdelay(25)
    raw()
    noecho()
    nonl()
    _ = CNcurses.curs_set(0)
    keypad(keys, true)
    nodelay(keys, true)
    leaveok(cn_stdscr(), false)
    typeahead(-1)

    let hasColors = has_colors()
    if hasColors {
      start_color()
      use_default_colors()
    }
    self.tier = ColorTier.choose(colors: hasColors ? Int(cn_colors()) : 0, wish: colorWish, noColor: environment["NO_COLOR"])
    // A terminal that can address its cursor by `ESC [` ignores private modes that it does not know.
    self.hasPaste = Self.capability("cup").starts(with: [0x1B, 0x5B])
    setPaste(true)
    guardAgainstFaults()
    adoptSize()
  }

  var size: Size {
    let window = cn_stdscr()
    return Size(rows: Int(getmaxy(window)), columns: Int(getmaxx(window)))
  }

  // MARK: Looks

  /// From now on roles look like this. The next frame is drawn whole.
  func use(_ theme: Theme) {
    attributes = [:]
    var pairs: [[Int]: Int32] = [:]
    for role in Role.allCases {
      let style = theme.resolved(role, tier: tier)
      attributes[role] = (Self.bits(style.attributes), pair(style, among: &pairs))
    }
    shown = nil
  }

  private func pair(_ style: ResolvedStyle, among pairs: inout [[Int]: Int32]) -> Int32 {
    guard tier != .mono, style.foreground != -1 || style.background != -1 else { return 0 }
    let colors = [style.foreground, style.background]
    if let known = pairs[colors] { return known }
    let number = Int32(pairs.count + 1)
    guard number < cn_color_pairs(), init_extended_pair(number, Int32(colors[0]), Int32(colors[1])) != ERR else { return 0 }
    pairs[colors] = number
    return number
  }

  private static func bits(_ attributes: TextAttributes) -> attr_t {
    var bits: attr_t = 0
    if attributes.contains(.bold) { bits |= cn_A_BOLD }
    if attributes.contains(.dim) { bits |= cn_A_DIM }
    if attributes.contains(.underline) { bits |= cn_A_UNDERLINE }
    if attributes.contains(.reverse) { bits |= cn_A_REVERSE }
    if attributes.contains(.italic) { bits |= cn_A_ITALIC }
    return bits
  }

  // MARK: Drawing

  /// Shows `canvas`; what is on the screen already is not sent again.
  func draw(_ canvas: Canvas) {
    guard isActive else { return }
    let frame = usesUTF8 ? canvas : canvas.asciified
    guard frame != shown else { return }
    let window = cn_stdscr()
    for row in 0..<frame.size.rows where shown?.size != frame.size || shown?.row(row) != frame.row(row) {
      draw(frame.row(row), row: row, on: window)
    }
    let cursor = frame.cursor.flatMap { frame[$0.row, $0.column] == nil ? nil : $0 }
    if let cursor { wmove(window, Int32(cursor.row), Int32(cursor.column)) }
    wnoutrefresh(window)
    frames.collect {
      if (cursor != nil) != isCursorShown { _ = CNcurses.curs_set(cursor == nil ? 0 : 1) }
      doupdate()
    }
    isCursorShown = cursor != nil
    shown = frame
  }

  private func draw(_ cells: ArraySlice<Cell>, row: Int, on window: UnsafeMutablePointer<WINDOW>?) {
    var bytes: [CChar] = []
    var role: Role?
    wmove(window, Int32(row), 0)
    func flush() {
      guard let role, !bytes.isEmpty else { return }
      let look = attributes[role] ?? (0, 0)
      cn_set_attributes(window, look.attributes, look.pair)
      waddnstr(window, bytes, Int32(bytes.count))
      bytes.removeAll(keepingCapacity: true)
    }
    for cell in cells {
      if cell.role != role {
        flush()
        role = cell.role
      }
      for byte in cell.text.utf8 { bytes.append(CChar(bitPattern: byte)) }
    }
    flush()
  }

  /// Forgets what is on the screen, so that the next frame is drawn whole. For `^L`, and after something else wrote there.
  func forgetScreen() {
    clearok(cn_curscr(), true)
    shown = nil
  }

  /// Takes the terminal's size. True when it has changed.
  @discardableResult
  func adoptSize() -> Bool {
    var (rows, columns): (Int32, Int32) = (0, 0)
    guard isActive, cn_window_size(output, &rows, &columns), is_term_resized(rows, columns) else { return false }
    resizeterm(rows, columns)
    shown = nil
    return true
  }

  // MARK: Keys

  /// Everything that is waiting, without waiting for more.
  func readKeys() -> [Key] {
    guard isActive else { return [] }
    var result: [Key] = []
    while true {
      let code = wgetch(keys)
      if code == ERR { break }
      result += decoder.take(Self.unit(code))
    }
    return result + decoder.finish()
  }

  /// Throws away what was typed ahead. It is read, not flushed in the kernel: half a paste would be left otherwise.
  func discardInput() { _ = readKeys() }

  /// True when nobody is at the other end any more.
  var isHungUp: Bool {
    var state = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    guard poll(&state, 1, 0) > 0 else { return false }
    if state.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { return true }
    // Readable without a byte to read is the end of the input.
    return state.revents & Int16(POLLIN) != 0 && cn_waiting_bytes(input) <= 0
  }

  private static func unit(_ code: Int32) -> InputUnit {
    if code < 256 { return .byte(UInt8(truncatingIfNeeded: code)) }
    switch code {
    case KEY_UP: return .key(.up)
    case KEY_DOWN: return .key(.down)
    case KEY_LEFT: return .key(.left)
    case KEY_RIGHT: return .key(.right)
    case KEY_HOME: return .key(.home)
    case KEY_END: return .key(.end)
    case KEY_PPAGE: return .key(.pageUp)
    case KEY_NPAGE: return .key(.pageDown)
    case KEY_ENTER: return .key(.enter)
    case KEY_BACKSPACE: return .key(.backspace)
    case KEY_DC: return .key(.delete)
    case KEY_BTAB: return .key(.backTab)
    case KEY_F0 + 1...KEY_F0 + 24: return .key(.function(Int(code - KEY_F0)))
    default: return .unknownKey
    }
  }

  // MARK: Leaving and coming back

  /// Stops this process with the terminal as it was, and takes it again when it goes on. False when nobody could continue it.
  func suspend() -> Bool {
    guard isActive, canBeResumed else { return false }
    eraseScreen()
    setPaste(false)
    endwin()
    // `kill` would return before the stop, and what follows would run too early.
    raise(SIGSTOP)
    resume()
    return true
  }

  /// Takes the terminal again after the process was stopped.
  func resume() {
    guard isActive else { return }
    reset_prog_mode()
    setPaste(true)
    adoptSize()
    forgetScreen()
    // The keypad mode comes back with the next read only.
    discardInput()
  }

  /// False where no shell could continue us: as the first process of a session, as `ssh -t host chartdrop` starts one.
  private var canBeResumed: Bool { getsid(0) != getpid() }

  /// Gives the terminal back as it was, with nothing of ours on it.
  func leave() {
    guard isActive else { return }
    if !isHungUp {
      eraseScreen()
      setPaste(false)
      endwin()
    }
    isActive = false
    cp_unguard_terminal()
    cp_restore_terminal_modes()
  }

  /// Not every terminal has a second screen that vanishes by itself.
  private func eraseScreen() {
    let window = cn_stdscr()
    cn_set_attributes(window, 0, 0)
    werase(window)
    wmove(window, 0, 0)
    wrefresh(window)
    shown = nil
  }

  private func setPaste(_ isOn: Bool) {
    guard hasPaste else { return }
    // `putp` would leave it in a buffer that nobody empties before the end.
    let bytes = Array((isOn ? "\u{1B}[?2004h" : "\u{1B}[?2004l").utf8)
    _ = write(output, bytes, bytes.count)
  }

  private func guardAgainstFaults() {
    var farewell = Self.capability("sgr0") + Self.capability("rmkx")
    if hasPaste { farewell += Array("\u{1B}[?2004l".utf8) }
    farewell += Self.capability("clear") + Self.capability("rmcup") + Self.capability("cnorm")
    farewell += Array(
      "\r\nchartdrop met a fault of its own and had to stop. What was being sent is kept; start it again to see it.\r\n".utf8)
    cp_guard_terminal(farewell, farewell.count)
  }

  /// A capability's bytes without the padding that only slow terminals of old need.
  private static func capability(_ name: String) -> [UInt8] {
    guard let text = cn_capability(name) else { return [] }
    var bytes: [UInt8] = []
    var isPadding = false
    var place = text
    while place.pointee != 0 {
      let byte = UInt8(bitPattern: place.pointee)
      let next = UInt8(bitPattern: place[1])
      if byte == UInt8(ascii: "$"), next == UInt8(ascii: "<") { isPadding = true }
      if !isPadding { bytes.append(byte) }
      if byte == UInt8(ascii: ">") { isPadding = false }
      place += 1
    }
    return bytes
  }
}
