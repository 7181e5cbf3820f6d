import Foundation

/// The real binary and a home of its own for one test.
final class Program {
  let home: URL

  init() throws {
    home = URL(fileURLWithPath: "/tmp/chartdrop-e2e-\(UUID().uuidString.prefix(13))")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(at: home) }

  /// `CHARTDROP_BINARY`, or the binary that was built beside the tests.
  static let binary: String = {
    if let chosen = ProcessInfo.processInfo.environment["CHARTDROP_BINARY"] { return chosen }
    let bundle = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    var folder = bundle.deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appendingPathComponent("chartdrop").path
      var isDirectory: ObjCBool = false
      if FileManager.default.fileExists(atPath: candidate, isDirectory: &isDirectory), !isDirectory.boolValue { return candidate }
      folder = folder.deletingLastPathComponent()
    }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent(".build/debug/chartdrop").path
  }()

  /// What the program gets to see of the environment: nothing of the machine that runs the tests but the search path.
  var environment: [String: String] {
    [
      "HOME": home.path, "XDG_CONFIG_HOME": home.path + "/config", "XDG_STATE_HOME": home.path + "/state", "LANG": "C.UTF-8",
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no",
    ]
  }

  struct Result {
    let status: Int32
    let output: String
    let errors: String

    /// The lines of the output as JSON objects.
    var objects: [[String: Any]] {
      output.split(separator: "\n").compactMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
    }
  }

  /// Runs a command to its end.
  func run(_ arguments: String..., input: String = "", environment extra: [String: String] = [:]) throws -> Result {
    try run(arguments, input: input, environment: extra)
  }

  func run(_ arguments: [String], input: String = "", environment extra: [String: String] = [:]) throws -> Result {
    try run(bytes: arguments.map { Array($0.utf8) }, input: input, environment: extra)
  }

  func run(bytes arguments: [[UInt8]], input: String = "", environment extra: [String: String] = [:]) throws -> Result {
    let errors = home.path + "/stderr-\(UUID().uuidString)"
    let child = try ChildProcess(Self.binary, arguments, environment: environment.merging(extra) { $1 }, errors: errors)
    // A command that ends before it has read its input has closed it.
    try? child.write(input.utf8)
    try child.endInput()
    let ending = try child.finish()
    let complaints = try String(decoding: Data(contentsOf: URL(fileURLWithPath: errors)), as: UTF8.self)
    return Result(status: ending.status, output: ending.text, errors: complaints)
  }

  /// Runs a command whose standard output a shell joins to something, such as `> /dev/full` or `| true`.
  /// - Parameter givenAfterLine: the input waits for the first line of the joint output.
  /// - Returns: with the command's own status; whatever reached the joint output.
  func run(_ arguments: [String], joinedTo rest: String, input: String = "", givenAfterLine: Bool = false) throws -> Result {
    let errors = home.path + "/stderr-\(UUID().uuidString)"
    let status = home.path + "/status-\(UUID().uuidString)"
    let script = "{ \"$@\"; echo $? >'\(status)'; } \(rest)"
    let words = ["-c", script, "sh", Self.binary] + arguments
    let child = try ChildProcess("/bin/sh", words.map { Array($0.utf8) }, environment: environment, errors: errors)
    if givenAfterLine { _ = try child.nextLine() }
    try? child.write(input.utf8)
    try child.endInput()
    let ending = try child.finish()
    func text(_ path: String) throws -> String { try String(decoding: Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self) }
    return Result(
      status: Int32(try text(status).trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1, output: ending.text, errors: try text(errors))
  }

  // MARK: The stand-in inside the program

  /// The folder of the stand-in that `--sandbox` starts.
  var standIn: String { home.path + "/state/chartdrop-sandbox/stand-in" }

  /// Makes the stand-in's keys, roster and documents, as any first use of it does.
  func prepareSandbox() throws {
    _ = try run("patients", "search", "--sandbox", input: "nobody at all\n")
  }

  func document(_ name: String) -> String { standIn + "/documents/" + name }

  /// What the stand-in has accepted, as `sandbox received` lists it.
  func received(in directory: String? = nil) throws -> [Received] {
    let listing = try run(["sandbox", "received"] + (directory.map { ["--dir", $0] } ?? []))
    return try JSONDecoder().decode([Received].self, from: Data(listing.output.utf8))
  }
}

/// One entry of `sandbox received`.
struct Received: Decodable, Hashable {
  let endpoint: String
  let model: String?
  let how: String
  let byteCount: Int
  let sha256: String
  let patientIdentifier: String?
  let documentID: String?
}
