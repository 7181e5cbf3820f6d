import ArgumentParser

/// Options that every command understands that talks to Redox.
struct CommonOptions: ParsableArguments {
  @Flag(help: "Use the stand-in for Redox inside the program: invented patients, nothing leaves this machine.")
  var sandbox = false

  @Option(help: ArgumentHelp("Use this profile of the configuration.", valueName: "name"))
  var profile: String?

  @Option(help: ArgumentHelp("Use this configuration file in place of the usual ones.", valueName: "file"))
  var config: String?

  func validate() throws {
    if sandbox && config != nil { throw ValidationError("--sandbox brings its own configuration; leave --config out.") }
  }

  /// People put these options before the command, or between its two words, as well as after it; the parser wants them after.
  static func afterCommand(_ arguments: [String], of root: any ParsableCommand.Type) -> [String] {
    var (command, words, options, rest) = (root, [String](), [String](), arguments[...])
    while let first = rest.first {
      if let taken = length(of: first) {
        options += rest.prefix(taken)
        rest = rest.dropFirst(taken)
      } else if let next = command.configuration.subcommands.first(where: { $0._commandName == first }) {
        (command, words, rest) = (next, words + [first], rest.dropFirst())
      } else {
        break
      }
    }
    return words + options + rest
  }

  /// How many words one of these options takes; nil for anything else.
  private static func length(of word: String) -> Int? {
    switch word {
    case "--sandbox": 1
    case "--profile", "--config": 2
    default: word.hasPrefix("--profile=") || word.hasPrefix("--config=") ? 1 : nil
    }
  }
}
