import Foundation
import RedoxSandbox
import SafeText
import SystemPackage
import TransferEngine

/// Starts the stand-in for Redox and gives it a home in the sandbox's own state folder.
enum SandboxHost {
  /// The folder of keys, roster, sample documents and what was received.
  static func directory(_ places: Places) -> String { places.state.appending("stand-in").string }

  struct Started {
    let server: SandboxServer
    let home: SandboxHome
    let configurationPath: String
  }

  /// For the interactive program and the commands: any free port, in this process.
  static func startInside(_ places: Places) async throws -> Started {
    try await start(in: directory(places), configurationName: "inside.toml")
  }

  /// The text of a script of faults; says so, and ends, when there is none.
  static func text(ofFile path: String) throws -> String {
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      Console.complain("The file \(path) cannot be read as text.")
      throw ExitStatus.notFound.asError
    }
  }

  static func start(
    in directory: String, configurationName: String, defaultProfile: String = "staging", adjust: (inout SandboxOptions) -> Void = { _ in }
  ) async throws -> Started {
    do {
      let home = try SandboxHome.prepare(at: directory)
      var options = home.serverOptions
      adjust(&options)
      let server = try await SandboxServer.start(options)
      let path = try home.writeConfiguration(for: server, named: configurationName, defaultProfile: defaultProfile)
      return Started(server: server, home: home, configurationPath: path)
    } catch let error as SandboxStartError {
      Console.complain("The sandbox cannot start: \(error.description)")
    } catch {
      Console.complain(
        "The sandbox cannot start: its folder \(directory) cannot be written to. Make room, or set XDG_STATE_HOME to another place.")
    }
    throw ExitStatus.configuration.asError
  }
}
