import SafeText
import TransferEngine
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What `doctor` says about the terminal that it runs in.
enum TerminalCheck {
  static func findings(_ environment: [String: String]) -> [DoctorFinding] {
    [type(environment), size(), locale(environment), shared(environment)].compactMap(\.self)
  }

  private static func type(_ environment: [String: String]) -> DoctorFinding? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    guard let type = environment["TERM"], !type.isEmpty, type != "dumb" else {
      return DoctorFinding(
        "terminal", .warn, "TERM names no terminal with a screen.",
        remedy: "The commands work; for the screens set TERM, such as TERM=xterm-256color.")
    }
    return DoctorFinding("terminal", .ok, "The terminal calls itself \(type).")
  }

  private static func size() -> DoctorFinding? {
    var window = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0 else { return nil }
    let size: DisplayText = "\(window.ws_col) columns and \(window.ws_row) rows"
    guard window.ws_col >= 40, window.ws_row >= 12 else {
      return DoctorFinding(
        "size", .warn, "The window has \(size).", remedy: "The screens need at least 40 columns and 12 rows, better 80 and 24.")
    }
    return DoctorFinding("size", .ok, "The window has \(size).")
  }

  private static func locale(_ environment: [String: String]) -> DoctorFinding {
    let name = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "C"
    let isUTF8 = name.lowercased().contains("utf-8") || name.lowercased().contains("utf8")
    if isUTF8 { return DoctorFinding("characters", .ok, "The locale is \(name).") }
    return DoctorFinding(
      "characters", .warn, "The locale is \(name), so lines are drawn in ASCII and foreign letters may show as ?.",
      remedy: "Set LANG=C.UTF-8 or another UTF-8 locale.")
  }

  /// A multiplexer may keep what was on the screen.
  private static func shared(_ environment: [String: String]) -> DoctorFinding? {
    guard environment["TMUX"] != nil || environment["STY"] != nil else { return nil }
    return DoctorFinding(
      "multiplexer", .warn, "This is tmux or screen, which can record what a window showed.",
      remedy: "Leave logging off while patients are on the screen.")
  }
}
