import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A real terminal with the real program in it: tmux in control mode. Waiting is driven by what the terminal prints, never by a clock;
/// the deadline only ends a test that would hang.
final class TerminalSession {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Everything that was printed into the terminal, byte for byte, since it was opened.
  private(set) var raw: [UInt8] = []
  private let tmux: ChildProcess
  private let folder: String
  private let environment: [String: String]
  /// Held open by whatever runs in the terminal.
  private let alive: Beacon
  private var isOpen = true

  /// Starts `command`. When it ends the terminal shows `[exit N]` and stays open.
  ///
  /// - Parameter environment: a nil value takes the variable away, as in `TERM`.
  convenience init(columns: Int = 80, rows: Int = 24, in program: Program, environment: [String: String?] = [:], command: [String]) throws {
    let assignments = program.environment.map { "\($0)=\($1)".quoted }.sorted()
    let changes = environment.sorted { $0.key < $1.key }.map { name, value in value.map { "\(name)=\($0)".quoted } ?? "-u \(name)" }
    // `env` takes what it is to remove first.
    let words =
      ["env"] + changes.filter { $0.hasPrefix("-u") } + assignments + changes.filter { !$0.hasPrefix("-u") } + command.map(\.quoted)
    let script = """
      stty -g >"$NOTES/before"; sh -c 'echo $$ >"$NOTES/pid"; exec "$@"' sh \(words.joined(separator: " ")); status=$?
      stty -g >"$NOTES/after"; printf '\\n[exit %s]\\n' $status; exec cat
      """
    try self.init(columns: columns, rows: rows, in: program, script: script)
  }

  /// Runs a script for `sh`.
  init(columns: Int = 80, rows: Int = 24, in program: Program, script: String) throws {
    folder = program.home.path + "/terminal-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    alive = try Beacon(in: program)
    environment = program.environment.merging(["TERM": "xterm-256color"]) { $1 }
    let arguments = [
      "tmux", "-S", folder + "/socket", "-f", "/dev/null", "-u", "-C",
      "set-option", "-g", "default-terminal", "tmux-256color", ";", "set-option", "-g", "set-titles", "on", ";",
      "new-session", "-x", "\(columns)", "-y", "\(rows)", "exec 9>\(alive.path.quoted); NOTES=\(folder.quoted); export NOTES; \(script)",
    ]
    tmux = try ChildProcess("tmux", arguments.dropFirst().map { Array($0.utf8) }, environment: environment, errors: "/dev/null")
    // Each command of the command line is answered too; replies are in step from here on.
    try tmux.write("display-message -p in-step\n".utf8)
    while try block() != ["in-step"] {}
    // It is attached to the session a moment after that has begun, and has no size before.
    for attempt in 1... {
      do {
        try resize(columns: columns, rows: rows)
        break
      } catch where attempt < 1000 {
        continue
      }
    }
  }

  deinit {
    hangUp()
  }

  /// Types text as a person would, letter by letter.
  func type(_ text: String) throws {
    let hex = text.utf8.map { String($0, radix: 16) }.joined(separator: " ")
    _ = try command("send-keys -H \(hex)")
  }

  /// Presses keys by tmux's names: `Enter`, `Escape`, `Down`, `C-l`.
  func press(_ keys: String...) throws {
    for key in keys { _ = try command("send-keys \(key.quoted)") }
  }

  func resize(columns: Int, rows: Int) throws {
    _ = try command("refresh-client -C \(columns)x\(rows)")
  }

  /// The rows as they stand on the screen.
  func screen() throws -> [String] { try command("capture-pane -p -N") }

  /// Everything that scrolling up would show, and the screen; long lines whole.
  func history() throws -> String { try command("capture-pane -p -J -S - -E -").joined(separator: "\n") }

  /// A property of the terminal in tmux's format language, such as `#{alternate_on}`.
  func property(_ format: String) throws -> String {
    try command("display-message -p '\(format)'").joined()
  }

  /// Waits until the screen fulfils `condition` and returns it.
  @discardableResult
  func wait(_ what: String, until condition: (String) -> Bool) throws -> String {
    let end = Date(timeIntervalSinceNow: ChildProcess.patience)
    while true {
      let text = try screen().joined(separator: "\n")
      if condition(text) { return text }
      guard try waitForOutput(until: end) else { throw Failure(description: "waited in vain for \(what); the screen shows:\n\(text)") }
    }
  }

  @discardableResult
  func wait(for text: String) throws -> String {
    try wait("“\(text)”") { $0.contains(text) }
  }

  /// Waits for the end of the program and returns its status.
  func waitForExit() throws -> Int32 {
    let text = try wait("the program's end") { $0.contains(#/\[exit \d+\]/#) }
    return text.firstMatch(of: #/\[exit (\d+)\]/#).flatMap { Int32($0.1) } ?? -1
  }

  /// Sends a signal to the program, which was started by `command`.
  func signal(_ number: Int32) throws {
    let text = try String(contentsOfFile: folder + "/pid", encoding: .utf8)
    guard let identifier = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)) else { throw Failure(description: "no process") }
    kill(identifier, number)
  }

  /// Whether the line settings (echo, line editing, signals) after the program's end are those before its start.
  func areSettingsRestored() throws -> Bool {
    let (before, after) = (
      try Data(contentsOf: URL(fileURLWithPath: folder + "/before")), try Data(contentsOf: URL(fileURLWithPath: folder + "/after"))
    )
    return !before.isEmpty && before == after
  }

  /// Takes the terminal away, as a lost connection does.
  func hangUp() {
    guard isOpen else { return }
    isOpen = false
    // From outside: a client that asks for it and closes its input may be gone before the server has read the wish.
    let ending = try? ChildProcess(
      "tmux", ["-S", folder + "/socket", "kill-server"].map { Array($0.utf8) }, environment: environment, errors: "/dev/null")
    _ = try? ending?.finish()
    _ = try? tmux.finish()
  }

  /// Waits until nothing that was started in the terminal runs any more.
  func waitUntilNothingRuns() throws {
    try alive.waitUntilReleased()
  }

  // MARK: Control mode

  private func command(_ text: String) throws -> [String] {
    try tmux.write((text + "\n").utf8)
    return try block()
  }

  /// The lines of the next reply.
  private func block() throws -> [String] {
    let end = Date(timeIntervalSinceNow: ChildProcess.patience)
    var lines: [String]?
    while let line = try nextLine(until: end) {
      if line.hasPrefix("%begin ") {
        lines = []
      } else if line.hasPrefix("%end ") {
        return lines ?? []
      } else if line.hasPrefix("%error ") {
        throw Failure(description: (lines ?? []).joined(separator: "\n"))
      } else {
        lines?.append(line)
      }
    }
    throw Failure(description: "the terminal does not answer")
  }

  /// True when the program has printed something; false when nothing came until `end`.
  private func waitForOutput(until end: Date) throws -> Bool {
    while tmux.hasOutput(until: end), let line = try nextLine(until: end) {
      if line.hasPrefix("%output") || line.hasPrefix("%layout-change") { return true }
    }
    return false
  }

  private func nextLine(until end: Date) throws -> String? {
    guard let line = try tmux.nextLine(until: end) else { throw Failure(description: "the terminal has closed") }
    if line.hasPrefix("%exit") { throw Failure(description: "the terminal has closed") }
    if line.hasPrefix("%output ") { raw += Self.unescaped(line.drop { $0 != " " }.dropFirst().drop { $0 != " " }.dropFirst()) }
    return line
  }

  /// Control mode writes control characters and backslashes as `\` and three octal digits.
  private static func unescaped(_ text: Substring) -> [UInt8] {
    var result: [UInt8] = []
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      if byte == UInt8(ascii: "\\"), bytes.count >= 3, let code = UInt8(String(decoding: bytes.prefix(3), as: UTF8.self), radix: 8) {
        result.append(code)
        bytes = bytes.dropFirst(3)
      } else {
        result.append(byte)
      }
    }
    return result
  }
}

extension String {
  /// As one word of a shell's command line.
  var quoted: String { "'" + replacingOccurrences(of: "'", with: "'\\''") + "'" }
}
