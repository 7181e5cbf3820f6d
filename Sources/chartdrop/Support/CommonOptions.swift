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
}
