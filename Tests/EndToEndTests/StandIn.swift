import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `chartdrop sandbox` as a process of its own, on a free port, with a folder of its own.
final class StandIn {
  let directory: String
  /// Points at the server as it is now; written anew by every start.
  let configuration: String
  private let process: ChildProcess

  /// - Parameter options: such as `--bandwidth`, `2000000`.
  convenience init(in program: Program, named name: String = "server", _ options: String...) throws {
    try self.init(in: program, named: name, options: options)
  }

  init(in program: Program, named name: String, options: [String]) throws {
    directory = program.home.path + "/" + name
    configuration = directory + "/config.toml"
    let arguments = ["sandbox", "--port", "0", "--dir", directory] + options
    process = try ChildProcess(
      Program.binary, arguments.map { Array($0.utf8) }, environment: program.environment, errors: program.home.path + "/\(name).errors")
    while let line = try process.nextLine() {
      if line.hasPrefix("Press Ctrl-C") { return }
    }
    throw ChildProcess.Failure(description: "the stand-in does not start")
  }

  func document(_ name: String) -> String { directory + "/documents/" + name }

  /// Stops it: connections are still made, and nobody answers.
  func pause() { process.signal(SIGSTOP) }

  func goOn() { process.signal(SIGCONT) }

  /// As a pulled plug.
  func kill() throws {
    process.signal(SIGKILL)
    _ = try process.finish()
  }

  /// As Ctrl-C; returns the exit status.
  func stop() throws -> Int32 {
    process.signal(SIGINT)
    return try process.finish().status
  }
}
