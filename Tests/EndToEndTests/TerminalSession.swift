import Foundation

/// A real terminal with the real program in it: tmux in control mode. Waiting is driven by what the terminal prints, never by a clock;
/// the deadline only ends a test that would hang.
final class TerminalSession {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var pending = Data()
  private let socket: String
  private let deadline: TimeInterval = 60

  /// Starts `command` through a shell that stays open and prints the exit status as `[exit N]`.
  init(columns: Int, rows: Int, environment: [String: String], command: [String]) throws {
    socket = "chartdrop-\(UUID().uuidString.prefix(8))"
    let quoted = command.map { "'" + $0.replacingOccurrences(of: "'", with: "'\\''") + "'" }.joined(separator: " ")
    let assignments = environment.map { "\($0)='\($1)'" }.joined(separator: " ")
    let script = "env \(assignments) \(quoted); printf '\\n[exit %s]\\n' $?; exec cat"
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["tmux", "-L", socket, "-f", "/dev/null", "-u", "-C", "new-session", "-x", "\(columns)", "-y", "\(rows)", "sh", "-c", script]
    var inherited = ProcessInfo.processInfo.environment
    inherited["TMUX"] = nil
    inherited["LANG"] = "C.UTF-8"
    process.environment = inherited
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    _ = try block()
    try resize(columns: columns, rows: rows)
  }

  deinit { close() }

  func close() {
    guard process.isRunning else { return }
    _ = try? command("kill-server")
    process.terminate()
    process.waitUntilExit()
  }

  /// Types text as a person would, letter by letter.
  func type(_ text: String) throws {
    let hex = text.utf8.map { String($0, radix: 16) }.joined(separator: " ")
    _ = try command("send-keys -H \(hex)")
  }

  /// Presses keys by tmux's names: `Enter`, `Escape`, `Down`, `C-l`.
  func press(_ keys: String...) throws {
    for key in keys { _ = try command("send-keys \(key)") }
  }

  func resize(columns: Int, rows: Int) throws {
    _ = try command("refresh-client -C \(columns)x\(rows)")
  }

  /// The rows as they stand on the screen.
  func screen() throws -> [String] { try command("capture-pane -p -N") }

  /// A property of the terminal in tmux's format language, such as `#{alternate_on}`.
  func property(_ format: String) throws -> String {
    try command("display-message -p '\(format)'").joined()
  }

  /// Waits until the screen fulfils `condition` and returns it.
  @discardableResult
  func wait(_ what: String, until condition: (String) -> Bool) throws -> String {
    let end = Date().addingTimeInterval(deadline)
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

  // MARK: Control mode

  private func command(_ text: String) throws -> [String] {
    try input.fileHandleForWriting.write(contentsOf: Data((text + "\n").utf8))
    return try block()
  }

  /// The lines of the next reply, notifications skipped.
  private func block() throws -> [String] {
    let end = Date().addingTimeInterval(deadline)
    var lines: [String]?
    while let line = try nextLine(until: end) {
      if line.hasPrefix("%begin ") {
        lines = []
      } else if line.hasPrefix("%end ") || line.hasPrefix("%error ") {
        if line.hasPrefix("%error ") { throw Failure(description: (lines ?? []).joined(separator: "\n")) }
        return lines ?? []
      } else if line.hasPrefix("%exit") {
        throw Failure(description: "the terminal has closed")
      } else {
        lines?.append(line)
      }
    }
    throw Failure(description: "the terminal does not answer")
  }

  /// True when the program has printed something; false when nothing came until `end`.
  private func waitForOutput(until end: Date) throws -> Bool {
    while let line = try nextLine(until: end) {
      if line.hasPrefix("%output") || line.hasPrefix("%layout-change") { return true }
      if line.hasPrefix("%exit") { throw Failure(description: "the terminal has closed") }
    }
    return false
  }

  private func nextLine(until end: Date) throws -> String? {
    while true {
      if let newline = pending.firstIndex(of: 0x0A) {
        let line = pending[pending.startIndex..<newline]
        pending = Data(pending[pending.index(after: newline)...])
        return String(decoding: line, as: UTF8.self)
      }
      let remaining = end.timeIntervalSinceNow
      guard remaining > 0 else { return nil }
      var descriptor = pollfd(fd: output.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&descriptor, 1, Int32(remaining * 1000)) > 0 else { return nil }
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { throw Failure(description: "the terminal has closed") }
      pending.append(data)
    }
  }
}
