import Testing

/// The whole job from another machine's point of view: a terminal, `ssh`, a real `sshd`, the real program.
@Suite(.serialized, .ownThreads, .enabled(if: SecureShell.server != nil, "no sshd is installed: apt-get install openssh-server"))
struct SecureShellTests {
  @Test("A document goes from a folder into the chart over ssh, and the terminal is given back")
  func wholeJob() throws {
    let program = try Program()
    let server = try SecureShell(in: program, server: try #require(SecureShell.server))
    let terminal = try TerminalSession(in: program, command: server.login([Program.binary, "--sandbox"], environment: program.environment))
    let person = try Operator(terminal)
    try person.take("consent-form.pdf")
    try person.choosePatient("timothy", who: "BIXBY, Timothy Paul")
    try terminal.resize(columns: 100, rows: 30)
    try terminal.wait("the wider screen") {
      $0.split(separator: "\n", omittingEmptySubsequences: false).count == 30 && $0.contains("Document type")
    }
    try person.review()
    try person.confirm()
    try person.awaitAccepted(1)
    try person.backToFiles()
    try person.press("q")
    #expect(try terminal.waitForExit() == 0)
    #expect(try terminal.property("#{alternate_on}") == "0")
    #expect(try terminal.areSettingsRestored())
    #expect(try !terminal.history().contains("BIXBY"))
    #expect(try program.received().map(\.sha256) == [Digest.ofFile(program.document("consent-form.pdf"))])
  }

  @Test("A connection that is lost in the middle of an upload loses nothing")
  func lostConnection() throws {
    let program = try Program()
    let standIn = try StandIn(in: program, "--bandwidth", "3000000")
    let server = try SecureShell(in: program, server: try #require(SecureShell.server))
    let alive = try Beacon(in: program)
    let command = ["sh", "-c", "exec 9>\"$0\"; exec \"$@\"", alive.path, Program.binary, "--config", standIn.configuration]
    let terminal = try TerminalSession(in: program, command: server.login(command, environment: program.environment))
    let person = try Operator(terminal)
    try person.take("scanned-chart.pdf")
    try person.choosePatient("timothy", who: "BIXBY, Timothy Paul")
    try person.review()
    try person.confirm()
    try terminal.wait("some megabytes on their way") { $0.contains(#/[1-9]\d* MB of 12 MB/#) }
    terminal.hangUp()
    try alive.waitUntilReleased()
    #expect(try program.received(in: standIn.directory).map(\.sha256) == [Digest.ofFile(standIn.document("scanned-chart.pdf"))])
  }
}
