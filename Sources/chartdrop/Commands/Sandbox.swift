import ArgumentParser
import RedoxSandbox
import SafeText
import TransferEngine

struct Sandbox: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs the stand-in for Redox by itself, or lists what it has received.",
    subcommands: [SandboxServe.self, SandboxReceived.self, SandboxRequests.self], defaultSubcommand: SandboxServe.self)
}

struct SandboxServe: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Runs the stand-in for Redox on 127.0.0.1 until it is interrupted.",
    discussion: "It prints its address and the configuration that points at it, for use from another terminal: chartdrop --config FILE")

  @Option(help: "Listen on this port; 0 takes a free one.")
  var port = 8642
  @Flag(help: "Speak HTTPS, with a certificate of its own authority.")
  var tls = false
  @Option(help: ArgumentHelp("Wait this long before each answer, in milliseconds.", valueName: "ms"))
  var latency = 0
  @Option(help: ArgumentHelp("Read request bodies no faster than this.", valueName: "bytes/s"))
  var bandwidth: Int?
  @Option(
    help: ArgumentHelp("The environment of the configuration's default profile: development, staging or production.", valueName: "name"))
  var environment: Environment?
  @Option(help: ArgumentHelp("Keep keys, roster, samples and what is received in this folder.", valueName: "dir"))
  var dir: String?
  @OptionGroup var faults: FaultOptions

  enum Environment: String, ExpressibleByArgument, CaseIterable {
    case development, staging, production

    var profile: String { self == .production ? "production-like" : rawValue }
  }

  func validate() throws {
    guard (0...65535).contains(port) else { throw ValidationError("A port is a number from 0 to 65535.") }
    guard latency >= 0, (bandwidth ?? 1) > 0 else { throw ValidationError("Latency and bandwidth are positive numbers.") }
  }

  func run() async throws {
    if faults.listFaults { return Console.printMachineReadable(FaultList.text) }
    let plan = try faults.plan()
    let directory = try dir ?? SandboxHost.directory(Session.places(sandbox: true))
    let started = try await SandboxHost.start(
      in: directory, configurationName: "config.toml", defaultProfile: environment?.profile ?? "staging"
    ) { options in
      options.port = port
      options.usesTLS = tls
      options.conduct.latency = .milliseconds(latency)
      options.conduct.bytesPerSecond = bandwidth
      options.faults = plan
    }
    // Who reads that it runs may ask it to end at once.
    let interruption = await FirstInterruption.listen()
    Console.print("The sandbox listens at \(started.server.baseURL)")
    Console.print("Documents to try: \(started.home.documentsPath)")
    Console.print("In another terminal: chartdrop --config \(started.configurationPath)")
    if plan.usesChance { Console.print("The faults are drawn from --seed \(plan.seed).") }
    Console.print("Press Ctrl-C to end it.")
    await interruption.wait()
    await started.server.stop()
  }
}

/// What the stand-in shall do wrong.
struct FaultOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Misbehave: for example message:lost-answer@3, upload:500%20. May be given several times.", valueName: "fault"))
  var fault: [String] = []
  @Option(help: ArgumentHelp("Misbehave as this file says: one line for each request.", valueName: "file"))
  var faultScript: String?
  @Option(help: ArgumentHelp("Draw chances from this number; the same number strikes the same requests.", valueName: "number"))
  var seed: UInt64?
  @Flag(help: "Print all faults, what each must lead to, and how they are written.")
  var listFaults = false

  /// Says what is wrong, and ends, when it cannot be understood.
  func plan() throws -> FaultPlan {
    var plan = FaultPlan(seed: seed ?? UInt64(UInt32.random(in: .min ... .max)))
    do {
      for text in fault { plan.rules.append(try FaultRule(parsing: text)) }
      if let faultScript { plan.script = try FaultScript(parsing: SandboxHost.text(ofFile: faultScript)) }
    } catch let error as FaultSyntaxError {
      Console.complain(DisplayText(escaping: error.description))
      throw ExitStatus.usage.asError
    }
    return plan
  }
}

struct SandboxReceived: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "received", abstract: "Lists as JSON what the stand-in has received: documents, sizes, SHA-256, how it came.")

  @Flag(help: "Count by document number, so that duplicates show.")
  var byDocument = false
  @OptionGroup var place: ReceivedPlace

  func run() throws {
    try place.print { try byDocument ? ReceivedStore.listByDocument($0) : ReceivedStore.list($0) }
  }
}

struct SandboxRequests: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "requests", abstract: "Lists as JSON every request that the stand-in got: faults, and whether it was answered.")

  @OptionGroup var place: ReceivedPlace

  func run() throws {
    try place.print { try ReceivedStore.listRequests($0) }
  }
}

struct ReceivedPlace: ParsableArguments {
  @Option(help: ArgumentHelp("The folder that the stand-in was given.", valueName: "dir"))
  var dir: String?

  func print(_ list: (String) throws -> String) throws {
    let directory = try dir ?? SandboxHost.directory(Session.places(sandbox: true))
    do {
      Console.printMachineReadable(try list(directory + "/received"))
    } catch {
      Console.complain("What the sandbox received cannot be read.")
      throw ExitStatus.notFound.asError
    }
  }
}
