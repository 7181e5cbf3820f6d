import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A real `sshd` on loopback for one test: own host key, own port, own authorized key, as the user who runs the tests.
final class SecureShell {
  /// Nil where no server is installed.
  static let server: String? = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/opt/homebrew/sbin/sshd"].first { access($0, X_OK) == 0 }

  private let folder: String
  private let port: UInt16
  private let process: ChildProcess

  init(in program: Program, server: String) throws {
    folder = program.home.path + "/ssh"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // What the server of a system makes at its start; it insists on it when it runs as root.
    if geteuid() == 0 {
      try? FileManager.default.createDirectory(
        atPath: "/run/sshd", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    }
    for key in ["host", "user"] {
      let made = try ChildProcess(
        "ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", folder + "/" + key].map { Array($0.utf8) }, environment: program.environment,
        errors: nil)
      try made.endInput()
      let ending = try made.finish()
      guard ending.status == 0 else { throw ChildProcess.Failure(description: "ssh-keygen: \(ending.text)") }
    }
    try FileManager.default.copyItem(atPath: folder + "/user.pub", toPath: folder + "/authorized_keys")
    port = try Self.freePort()
    let settings = """
      ListenAddress 127.0.0.1
      Port \(port)
      HostKey \(folder)/host
      AuthorizedKeysFile \(folder)/authorized_keys
      PidFile none
      UsePAM no
      StrictModes no
      PasswordAuthentication no
      KbdInteractiveAuthentication no
      PermitRootLogin prohibit-password
      PrintMotd no
      PrintLastLog no
      """
    try Data((settings + "\n").utf8).write(to: URL(fileURLWithPath: folder + "/sshd_config"))
    process = try ChildProcess(
      server, ["-D", "-e", "-f", folder + "/sshd_config"].map { Array($0.utf8) }, environment: program.environment, errors: nil)
    while let line = try process.nextLine() {
      if line.contains("Server listening on") { return }
    }
    throw ChildProcess.Failure(description: "sshd does not start")
  }

  deinit { process.signal(SIGTERM) }

  /// The words that run `command` on the other side, in a terminal.
  func login(_ command: [String], environment: [String: String]) -> [String] {
    let assignments = environment.sorted { $0.key < $1.key }.map { "\($0)=\($1)".quoted }
    let remote = (["exec", "env"] + assignments + command.map(\.quoted)).joined(separator: " ")
    let host = try? String(contentsOfFile: folder + "/host.pub", encoding: .utf8)
    try? Data("[127.0.0.1]:\(port) \(host ?? "")".utf8).write(to: URL(fileURLWithPath: folder + "/known_hosts"))
    return [
      "ssh", "-tt", "-F", "none", "-p", "\(port)", "-i", folder + "/user", "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes",
      "-o", "StrictHostKeyChecking=yes", "-o", "UserKnownHostsFile=\(folder)/known_hosts", "-o", "LogLevel=ERROR",
      "\(NSUserName())@127.0.0.1", remote,
    ]
  }

  /// A port that was free a moment ago.
  private static func freePort() throws -> UInt16 {
    #if canImport(Darwin)
    let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #else
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutableBytes(of: &address) { bytes -> Int32 in
      let pointer = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
      guard let pointer, bind(descriptor, pointer, length) == 0 else { return -1 }
      return getsockname(descriptor, pointer, &length)
    }
    guard result == 0 else { throw ChildProcess.Failure(description: "no free port") }
    return UInt16(bigEndian: address.sin_port)
  }
}
