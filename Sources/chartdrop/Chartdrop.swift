import ArgumentParser

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
    await main(CommonOptions.afterCommand(Array(CommandLine.arguments.dropFirst()), of: Self.self))
  }
}
