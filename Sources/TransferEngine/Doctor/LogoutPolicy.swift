internal import SafeText
internal import SystemPackage

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Whether systemd-logind ends what a user has left running when the last session is closed (`KillUserProcesses` in `logind.conf`).
/// Transfers that are finished after the terminal has gone would be among it.
struct LogoutPolicy: Sendable, Hashable {
  /// Nil where no file says it; then nothing can be said.
  var killsUserProcesses: Bool?
  /// The user's processes are kept all the same (`loginctl enable-linger`).
  var isLingering: Bool

  var finding: DoctorFinding? {
    guard let killsUserProcesses else { return nil }
    if !killsUserProcesses || isLingering {
      return DoctorFinding("log-out", .ok, "What is being sent is finished after you have logged out.")
    }
    return DoctorFinding(
      "log-out", .warn, "This machine ends your programs when you log out (KillUserProcesses), also while they send.",
      remedy: "Have an administrator run `loginctl enable-linger` for you, or stay logged in until everything is sent.")
  }

  /// systemd's words for yes and no.
  private static let words = ["yes": true, "true": true, "on": true, "1": true, "no": false, "false": false, "off": false, "0": false]

  /// What the files say together.
  /// - Parameter texts: `logind.conf`, then its drop-ins in their order; later ones win.
  static func killsUserProcesses(_ texts: [String]) -> Bool? {
    var said: Bool?
    var shownDefault: Bool?
    for line in texts.flatMap({ $0.split(whereSeparator: \.isNewline) }) {
      let parts = line.split(separator: "=", maxSplits: 1).map { part in
        String(part.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
      }
      guard parts.count == 2, let isYes = words[parts[1].lowercased()] else { continue }
      // Distributions build in different defaults, and show theirs in a comment of the file that they ship.
      if parts[0] == "#KillUserProcesses" { shownDefault = isYes }
      if parts[0] == "KillUserProcesses" { said = isYes }
    }
    return said ?? shownDefault
  }
}

extension LogoutPolicy {
  /// This machine's, for the user of this name; nil without systemd.
  static func ofThisMachine(user: String) -> LogoutPolicy? {
    let files = FileManager.default
    guard files.fileExists(atPath: "/run/systemd/system") else { return nil }
    let roots = ["/usr/lib/systemd", "/run/systemd", "/etc/systemd"]
    let main = roots.map { "\($0)/logind.conf" }.last { files.fileExists(atPath: $0) }
    // The name alone orders drop-ins; one in /etc hides its namesake in /usr.
    var dropIns: [String: String] = [:]
    for root in roots {
      for name in (try? files.contentsOfDirectory(atPath: "\(root)/logind.conf.d")) ?? [] where name.hasSuffix(".conf") {
        dropIns[name] = "\(root)/logind.conf.d/\(name)"
      }
    }
    let paths = [main].compactMap(\.self) + dropIns.sorted { $0.key < $1.key }.map(\.value)
    let texts = paths.compactMap { path in files.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } }
    return LogoutPolicy(
      killsUserProcesses: killsUserProcesses(texts), isLingering: files.fileExists(atPath: "/var/lib/systemd/linger/\(user)"))
  }
}
