import Foundation

/// The real binary and a home of its own for one test.
struct Program {
  let home: URL

  init() throws {
    home = FileManager.default.temporaryDirectory.appendingPathComponent("chartdrop-e2e-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  func remove() { try? FileManager.default.removeItem(at: home) }

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

  var environment: [String: String] {
    ["HOME": home.path, "XDG_CONFIG_HOME": home.path + "/config", "XDG_STATE_HOME": home.path + "/state", "LANG": "C.UTF-8"]
  }

  struct Result {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Runs a command to its end.
  func run(_ arguments: String..., input: String = "", environment extra: [String: String] = [:]) throws -> Result {
    try run(arguments, input: input, environment: extra)
  }

  func run(_ arguments: [String], input: String = "", environment extra: [String: String] = [:]) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.binary)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }.merging(extra) { $1 }
    let (standardInput, output) = (Pipe(), Pipe())
    let errorFile = home.appendingPathComponent("stderr-\(UUID().uuidString)")
    try Data().write(to: errorFile)
    process.standardInput = standardInput
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let errors = try String(decoding: Data(contentsOf: errorFile), as: UTF8.self)
    return Result(status: process.terminationStatus, output: String(decoding: text, as: UTF8.self), errors: errors)
  }
}
