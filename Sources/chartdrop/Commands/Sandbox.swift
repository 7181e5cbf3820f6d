import ArgumentParser
import Dispatch
import RedoxSandbox
import SafeText
import TransferEngine
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

struct Sandbox: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs the stand-in for Redox by itself, or lists what it has received.",
    subcommands: [SandboxServe.self, SandboxReceived.self], defaultSubcommand: SandboxServe.self)
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

  enum Environment: String, ExpressibleByArgument, CaseIterable {
    case development, staging, production

    var profile: String { self == .production ? "production-like" : rawValue }
  }

  func validate() throws {
    guard (0...65535).contains(port) else { throw ValidationError("A port is a number from 0 to 65535.") }
    guard latency >= 0, (bandwidth ?? 1) > 0 else { throw ValidationError("Latency and bandwidth are positive numbers.") }
  }

  func run() async throws {
    let directory = try dir ?? SandboxHost.directory(Session.places(sandbox: true))
    let started = try await SandboxHost.start(
      in: directory, configurationName: "config.toml", defaultProfile: environment?.profile ?? "staging"
    ) { options in
      options.port = port
      options.usesTLS = tls
      options.conduct.latency = .milliseconds(latency)
      options.conduct.bytesPerSecond = bandwidth
    }
    // Who reads that it runs may ask it to end at once.
    let interruption = await FirstInterruption.listen()
    Console.print("The sandbox listens at \(started.server.baseURL)")
    Console.print("Documents to try: \(started.home.documentsPath)")
    Console.print("In another terminal: chartdrop --config \(started.configurationPath)")
    Console.print("Press Ctrl-C to end it.")
    await interruption.wait()
    await started.server.stop()
  }
}

struct SandboxReceived: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "received", abstract: "Lists as JSON what the stand-in has received: sizes, SHA-256, how it came.")

  @Option(help: ArgumentHelp("The folder that the stand-in was given.", valueName: "dir"))
  var dir: String?

  func run() throws {
    let directory = try dir ?? SandboxHost.directory(Session.places(sandbox: true))
    do {
      Console.printMachineReadable(try ReceivedStore.list(directory + "/received"))
    } catch {
      Console.complain("What the sandbox received cannot be read.")
      throw ExitStatus.notFound.asError
    }
  }
}
