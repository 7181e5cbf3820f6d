import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What can go wrong between the program and the server, with the server in a process of its own.
@Suite(.serialized, .ownThreads)
struct BadDayTests {
  private let program: Program

  init() throws { program = try Program() }

  private func send(_ standIn: StandIn, _ file: String, _ options: String...) throws -> Program.Result {
    try program.run(
      ["send", "--config", standIn.configuration, "--json", "--patient", "p-7f3k2", "--as", "media"] + options + [standIn.document(file)])
  }

  private func openSending(_ standIn: StandIn) throws -> TerminalSession {
    let command = [
      "send", "--config", standIn.configuration, "--patient", "p-7f3k2", "--as", "media", standIn.document("scanned-chart.pdf"),
    ]
    return try TerminalSession(in: program, command: [Program.binary] + command)
  }

  private func awaitMiddle(_ terminal: TerminalSession) throws {
    try terminal.wait("some megabytes on their way") { $0.contains(#/[1-9]\d* MB of 12 MB/#) }
  }

  /// Opens the screens and sends the large document as far as the middle.
  private func openInMiddle(_ standIn: StandIn) throws -> Operator {
    let terminal = try TerminalSession(in: program, command: [Program.binary, "--config", standIn.configuration])
    let person = try Operator(terminal)
    try person.take("scanned-chart.pdf")
    try person.choosePatient("timothy", who: "BIXBY, Timothy Paul")
    try person.review()
    try person.confirm()
    try awaitMiddle(terminal)
    return person
  }

  @Test("A server that dies in the middle of an upload: an honest end, and nothing counts as accepted")
  func serverDies() throws {
    let standIn = try StandIn(in: program, "--bandwidth", "2000000")
    let terminal = try openSending(standIn)
    try awaitMiddle(terminal)
    try standIn.kill()
    let status = try terminal.waitForExit()
    let screen = try terminal.history()
    #expect(status == 1, "\(screen)")
    #expect(screen.contains("failed") && !screen.contains("accepted by Redox"), "\(screen)")
    #expect(try program.received(in: standIn.directory).isEmpty)
  }

  @Test("No server at all: said at once, and sent when it is back")
  func noServer() throws {
    let standIn = try StandIn(in: program)
    #expect(try standIn.stop() == 0)
    let result = try send(standIn, "short-letter.pdf")
    #expect(result.status == 1, "\(result.output)\(result.errors)")
    let report = try #require(result.objects.first)
    #expect(report["state"] as? String == "failed")
    #expect((report["explanation"] as? String)?.isEmpty == false)
    #expect(try program.received(in: standIn.directory).isEmpty)
  }

  @Test("A key that the server does not know: refused with the server's words")
  func wrongKey() throws {
    let standIn = try StandIn(in: program)
    let keys = standIn.directory + "/keys/"
    try FileManager.default.removeItem(atPath: keys + "staging.pem")
    try FileManager.default.copyItem(atPath: keys + "development.pem", toPath: keys + "staging.pem")
    let result = try send(standIn, "short-letter.pdf")
    #expect(result.status == 1, "\(result.output)\(result.errors)")
    #expect(["failed", "refused"].contains(result.objects.first?["state"] as? String))
    try FileManager.default.removeItem(atPath: keys + "staging.pem")
    let missing = try send(standIn, "short-letter.pdf")
    #expect(missing.status == 78, "\(missing.output)\(missing.errors)")
    #expect(missing.errors.contains("staging.pem"))
    #expect(try program.received(in: standIn.directory).isEmpty)
  }

  @Test("TLS by an authority that the configuration names is spoken; by any other it is refused")
  func certificates() throws {
    let standIn = try StandIn(in: program, "--tls")
    #expect(try send(standIn, "short-letter.pdf").status == 0)
    let text = try String(contentsOfFile: standIn.configuration, encoding: .utf8)
    #expect(text.contains("ca_file"))
    try Data(text.replacing(#/ca_file.*/#, with: "").utf8).write(to: URL(fileURLWithPath: standIn.configuration))
    let result = try send(standIn, "consent-form.pdf")
    #expect(result.status == 1, "\(result.output)\(result.errors)")
    #expect(result.output.contains("ertificate"), "\(result.output)")
    #expect(try program.received(in: standIn.directory).count == 1)
  }

  @Test("Killed in the middle, it goes on where it is opened again, and the document arrives once")
  func killed() throws {
    let standIn = try StandIn(in: program, "--bandwidth", "3000000")
    let sending = try openSending(standIn)
    try awaitMiddle(sending)
    try sending.signal(SIGKILL)
    #expect(try sending.waitForExit() == 128 + SIGKILL)
    #expect(try program.received(in: standIn.directory).isEmpty)

    let terminal = try TerminalSession(in: program, command: [Program.binary, "--config", standIn.configuration])
    let person = try Operator(terminal)
    try person.press("w")
    try terminal.wait("the interrupted transfer") { $0.contains("scanned-chart.pdf") && $0.contains("12 MB") }
    try person.awaitAccepted(1)
    #expect(try program.received(in: standIn.directory).map(\.sha256) == [Digest.ofFile(standIn.document("scanned-chart.pdf"))])
  }

  @Test("Cancelled in the middle by a key and a second one: nothing is accepted, and it can be tried again")
  func cancelled() throws {
    let standIn = try StandIn(in: program, "--bandwidth", "2000000")
    let person = try openInMiddle(standIn)
    try person.press("x")
    try person.terminal.wait(for: "Cancel this transfer?")
    try person.press("y")
    try person.terminal.wait("the cancelled transfer") { $0.contains("cancelled") && !$0.contains("Cancel this transfer?") }
    #expect(try program.received(in: standIn.directory).isEmpty)
    try person.press("r")
    try person.terminal.wait(for: "Try this transfer again?")
    try person.press("y")
    try person.awaitAccepted(1)
    #expect(try program.received(in: standIn.directory).map(\.sha256) == [Digest.ofFile(standIn.document("scanned-chart.pdf"))])
  }

  @Test("A connection that is lost in the middle: the transfer is finished before the program ends")
  func hungUp() throws {
    let standIn = try StandIn(in: program, "--bandwidth", "3000000")
    let person = try openInMiddle(standIn)
    person.terminal.hangUp()
    try person.terminal.waitUntilNothingRuns()
    #expect(try program.received(in: standIn.directory).map(\.sha256) == [Digest.ofFile(standIn.document("scanned-chart.pdf"))])
  }

  @Test("Leaving while something runs is asked about, and a process in the background finishes it")
  func leftInMiddle() throws {
    let standIn = try StandIn(in: program, "--bandwidth", "3000000")
    let person = try openInMiddle(standIn)
    try person.backToFiles()
    try person.press("q")
    try person.terminal.wait(for: "Transfers are running")
    try person.press("y")
    #expect(try person.terminal.waitForExit() == 0)
    // Not even the terminal's end holds it up.
    person.terminal.hangUp()
    try person.terminal.waitUntilNothingRuns()
    #expect(try program.received(in: standIn.directory).map(\.sha256) == [Digest.ofFile(standIn.document("scanned-chart.pdf"))])
  }

  @Test("Put aside in the middle: another process goes on meanwhile, and whoever comes back sees that it was accepted")
  func suspendedInMiddle() throws {
    let standIn = try StandIn(in: program, "--bandwidth", "3000000")
    let command = [Program.binary, "--config", standIn.configuration].map(\.quoted).joined(separator: " ")
    let variables = program.environment.map { "\($0)=\($1)".quoted }.sorted().joined(separator: " ")
    let terminal = try TerminalSession(in: program, script: "exec env \(variables) PS1='ready> ' bash --norc --noprofile -i")
    try terminal.wait(for: "ready>")
    try terminal.type("\(command)\r")
    let person = try Operator(terminal)
    try person.take("scanned-chart.pdf")
    try person.choosePatient("timothy", who: "BIXBY, Timothy Paul")
    try person.review()
    try person.confirm()
    try awaitMiddle(terminal)
    try person.press("C-z")
    try terminal.wait("the shell") { $0.contains("Stopped") && $0.contains("ready>") }
    let history = HistoryReader(program, standIn.configuration)
    try history.wait(for: ["accepted"])
    #expect(try program.received(in: standIn.directory).map(\.sha256) == [Digest.ofFile(standIn.document("scanned-chart.pdf"))])
    try terminal.type("clear; fg\r")
    try person.awaitAccepted(1)
  }
}
