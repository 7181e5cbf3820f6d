import Testing

/// The whole path through the screens, at 80×24, on the stand-in.
@Suite(.serialized, .ownThreads)
struct SendingOnScreenTests {
  private static let kinds = [("1", "fhir"), ("2", "media"), ("3", "notes"), ("4", "results")]

  @Test("A small and a large document of all four kinds arrive whole, in few keystrokes")
  func eightSends() throws {
    let program = try Program()
    let terminal = try TerminalSession(in: program, command: [Program.binary, "--sandbox"])
    let person = try Operator(terminal)
    var counts: [Int] = []
    for file in ["consent-form.pdf", "scanned-chart.pdf"] {
      for (key, _) in Self.kinds {
        let before = person.keystrokes
        try person.take(file)
        if counts.isEmpty {
          try person.choosePatient("timothy", who: "BIXBY, Timothy Paul")
        } else {
          try person.awaitForm()
        }
        try person.press(key)
        try person.review()
        try person.confirm()
        counts.append(person.keystrokes - before)
        try person.awaitAccepted(counts.count)
        try person.backToFiles()
      }
    }
    #expect(counts[0] <= 20, "keystrokes of the first send: \(counts)")
    #expect(counts.dropFirst().allSatisfy { $0 <= 12 }, "keystrokes of each send: \(counts)")

    try person.press("q")
    #expect(try terminal.waitForExit() == 0)
    let received = try program.received()
    let (small, large) = (try Digest.ofFile(program.document("consent-form.pdf")), try Digest.ofFile(program.document("scanned-chart.pdf")))
    let models = ["DocumentReference", "Media.New", "Notes.New", "Results.NewUnsolicited"]
    #expect(received.map(\.model) == models + models)
    #expect(received.map(\.sha256) == Array(repeating: small, count: 4) + Array(repeating: large, count: 4))
    #expect(received.map(\.how) == Array(repeating: "embedded", count: 4) + Array(repeating: "uploaded", count: 4))
    #expect(Set(received.map(\.patientIdentifier)) == ["0000000001"])
    #expect(Set(received.map(\.documentID)).count == 8)
  }

  @Test(
    "A program and an archive are refused where they are chosen, with the reason",
    arguments: [
      ("image-viewer", "Programs may not be sent"), ("old-records.zip", "Archives and compressed"),
    ])
  func refused(name: String, reason: String) throws {
    let program = try Program()
    let terminal = try TerminalSession(in: program, command: [Program.binary, "--sandbox"])
    let person = try Operator(terminal)
    try person.take(name)
    try terminal.wait("the refusal") { Self.words($0).contains("\(name) cannot be sent. \(reason)") }
    try person.press("q")
    #expect(try terminal.waitForExit() == 0)
    #expect(try program.received().isEmpty)
  }

  @Test("40 MB are refused with Redox's limit where they are chosen, before anything is read")
  func tooLarge() throws {
    let program = try Program()
    let terminal = try TerminalSession(in: program, command: [Program.binary, "--sandbox"])
    let person = try Operator(terminal)
    try person.take("scanned-archive.pdf")
    let screen = try terminal.wait("the limit") {
      Self.words($0).contains("scanned-archive.pdf cannot be sent. The file has 40 MB; 30 MB is the most for an upload")
    }
    #expect(screen.contains("Enter Open"), "Still among the files")
    try person.press("q")
    #expect(try terminal.waitForExit() == 0)
    #expect(try program.received().isEmpty)
  }

  @Test("A development profile explains that it cannot upload")
  func development() throws {
    let program = try Program()
    let terminal = try TerminalSession(in: program, command: [Program.binary, "--sandbox", "--profile", "development"])
    let person = try Operator(terminal)
    try terminal.wait(for: "DEVELOPMENT")
    try person.take("scanned-chart.pdf")
    try terminal.wait("the explanation") {
      Self.words($0).contains("10 MB is the most inside a message") && Self.words($0).contains("no uploads from a Development environment")
    }
    try person.press("q")
    #expect(try terminal.waitForExit() == 0)
    #expect(try program.received().isEmpty)
  }

  @Test("Enter alone never sends, and keys typed ahead do not confirm")
  func enterNeverSends() throws {
    let program = try Program()
    let terminal = try TerminalSession(in: program, command: [Program.binary, "--sandbox"])
    let person = try Operator(terminal)
    try person.take("consent-form.pdf")
    try person.choosePatient("timothy", who: "BIXBY, Timothy Paul")
    // As pasted, or typed while the connection hung.
    try terminal.type("Sy")
    try person.awaitOffer()
    try person.press("Enter")
    try terminal.wait(for: "Nothing was sent.")
    for _ in 0..<6 { try person.press("Enter") }
    terminal.hangUp()
    try terminal.waitUntilNothingRuns()
    #expect(try program.received().isEmpty)
  }

  /// The words of a screen, however its lines were broken.
  private static func words(_ screen: String) -> String {
    screen.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
