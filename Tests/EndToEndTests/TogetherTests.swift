import Testing

/// Several documents in one send, at 80×24, on the stand-in.
@Suite(.serialized, .ownThreads)
struct TogetherTests {
  @Test("Three documents, one of them with a reason to stay out, arrive whole for one patient, in few keystrokes")
  func sendsTogether() throws {
    let program = try Program()
    let terminal = try TerminalSession(in: program, command: [Program.binary, "--sandbox"])
    let person = try Operator(terminal)
    for (index, file) in ["consent-form.pdf", "old-records.zip", "scanned-chart.pdf"].enumerated() {
      try person.go(to: file)
      try person.press("Space")
      try terminal.wait("the mark") { $0.contains("\(index + 1) file") && $0.contains("marked") }
    }
    try person.press("Enter")
    try terminal.wait("the question") { $0.contains("1 of 3 files cannot be sent") && $0.contains("y Go on with 2") }
    try person.press("y")
    try person.choosePatient("timothy", who: "BIXBY, Timothy Paul")
    try terminal.wait(for: "2 documents, ")
    try person.press("v")
    try terminal.wait(for: "1 of 2: consent-form.pdf")
    try person.press("Tab")
    try terminal.wait(for: "2 of 2: scanned-chart.pdf")
    try person.press("S")
    try person.awaitWholeReview()
    try person.confirm()
    #expect(person.keystrokes <= 30, "keystrokes: \(person.keystrokes)")
    try person.awaitAccepted(2)
    try person.backToFiles()
    #expect(try !terminal.screen().joined().contains("marked"), "What was sent is not marked any more")
    try person.press("q")
    #expect(try terminal.waitForExit() == 0)

    let received = try program.received()
    let sent = try ["consent-form.pdf", "scanned-chart.pdf"].map { try Digest.ofFile(program.document($0)) }
    #expect(Set(received.map(\.sha256)) == Set(sent))
    #expect(Set(received.map(\.how)) == ["embedded", "uploaded"], "Each in the way that fits its size")
    #expect(Set(received.map(\.patientIdentifier)) == ["0000000001"])
    #expect(Set(received.map(\.documentID)).count == 2)
  }
}
