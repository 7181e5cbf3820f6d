import ArgumentParser
import SafeText
import SystemPackage

/// The program: without a command it is the interactive one, with a command it serves scripts.
@main
struct Chartdrop: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chartdrop",
    abstract: "Puts a document into a patient's chart through Redox.",
    discussion: """
      Without a command, chartdrop opens on the terminal: choose a file, choose a patient, read the message, send it. \
      To try it with nothing set up, run:

        chartdrop --sandbox

      which talks to a stand-in for Redox inside the program, with invented patients and sample documents.

      A patient is never named on a command line, where others could read it. Commands take the roster's opaque reference, \
      which `chartdrop patients search` prints.

      Exit status:
        0   done
        1   something was not accepted, or a check failed
        3   at least one document may or may not have arrived: look before sending it again
        10  check: there are warnings
        20  check: a file is refused
        64  the command line is wrong
        66  a file or a patient was not found, or cannot be read
        78  the configuration, a key or the roster cannot be used
        130 interrupted
      """,
    version: "0.1.0",
    subcommands: [
      Interactive.self, Send.self, Deliver.self, Preview.self, Check.self, PatientsCommand.self, HistoryCommand.self, OutboxCommand.self,
      Sandbox.self, DoctorCommand.self, ThemeCommand.self, ConfigCommand.self, Keys.self,
    ],
    defaultSubcommand: Interactive.self)

  static func main() async {
    ProcessHardening.apply()
    let failure = await outcome(of: CommonOptions.afterCommand(Array(CommandLine.arguments.dropFirst()), of: Self.self))
    // Whoever closes a pipe has read enough. Anything else, such as a full disk, leaves a part of an output that looks whole.
    if let error = Console.outputFailure, error != .brokenPipe {
      Console.complain("The output could not be written: \(error.description). What has been done stays done.")
      exit(withError: failure ?? ExitStatus.notAccepted.asError)
    }
    if let failure { exit(withError: failure) }
  }

  /// Runs the command to its end.
  /// - Returns: what it ended with; nil when all went well.
  private static func outcome(of arguments: [String]) async -> (any Error)? {
    do {
      var command = try parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
      return nil
    } catch {
      return error
    }
  }
}
