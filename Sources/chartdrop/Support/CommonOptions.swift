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

  /// People put these options before the command as well as after it; the parser wants them after.
  static func afterCommand(_ arguments: [String], commands: [String]) -> [String] {
    var index = 0
    while index < arguments.count, arguments[index].hasPrefix("-") {
      switch arguments[index] {
      case "--profile", "--config": index += 2
      case let option where option == "--sandbox" || option.hasPrefix("--profile=") || option.hasPrefix("--config="): index += 1
      default: return arguments
      }
    }
    guard index > 0, index < arguments.count, commands.contains(arguments[index]) else { return arguments }
    return [arguments[index]] + arguments[..<index] + arguments[(index + 1)...]
  }
}
