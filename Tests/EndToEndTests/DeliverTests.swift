import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `chartdrop deliver`: what processes have left behind is sent without a screen.
@Suite(.serialized, .ownThreads)
struct DeliverTests {
  private let program: Program

  init() throws { program = try Program() }

  private func start(_ standIn: StandIn, _ words: String...) throws -> ChildProcess {
    try ChildProcess(
      Program.binary, (words + ["--config", standIn.configuration]).map { Array($0.utf8) }, environment: program.environment,
      errors: program.home.path + "/errors")
  }

  private func startSend(_ standIn: StandIn, _ files: [String], _ words: String..., input: String = "") throws -> ChildProcess {
    let words = ["send", "--config", standIn.configuration, "--patient", "p-7f3k2", "--as", "media"] + words + files.map(standIn.document)
    let send = try ChildProcess(
      Program.binary, words.map { Array($0.utf8) }, environment: program.environment, errors: program.home.path + "/errors")
    try send.write(input.utf8)
    try send.endInput()
    return send
  }

  /// Transfers of a process that was killed before anything of them had left.
  private func orphan(_ files: [String], _ standIn: StandIn, _ words: String..., input: String = "") throws {
    standIn.pause()
    let before = try history(standIn).states()
    let send = try startSend(standIn, files, words.first ?? "--json", input: input)
    // Three begin at a time.
    let new = (0..<files.count).map { $0 < 3 ? "preparing" : "queued" }
    try history(standIn).wait(for: before + new)
    send.signal(SIGKILL)
    #expect(try send.finish().status == 128 + SIGKILL)
    standIn.goOn()
  }

  private func history(_ standIn: StandIn) -> HistoryReader { HistoryReader(program, standIn.configuration) }

  private func deliver(_ standIn: StandIn, _ words: String...) throws -> Program.Result {
    try program.run(["deliver", "--config", standIn.configuration] + words)
  }

  private func expectArrived(_ files: [String], _ standIn: StandIn) throws {
    let received = try program.received(in: standIn.directory).filter { $0.documentID != nil }
    #expect(try received.map(\.sha256).sorted() == files.map { try Digest.ofFile(standIn.document($0)) }.sorted())
    #expect(Set(received.map(\.documentID)).count == files.count)
  }

  private static let files = ["consent-form.pdf", "short-letter.pdf", "scanned-chart.pdf", "wound-photo.png"]

  @Test("What a killed process left is sent, and told by state, transfer and number alone")
  func orphans() throws {
    let standIn = try StandIn(in: program)
    let files = Array(Self.files.prefix(3))
    try orphan(files, standIn)
    let result = try deliver(standIn, "--until-drained")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    let lines = result.output.split(separator: "\n").map { $0.split(separator: "\t") }
    #expect(lines.map { $0.first } == ["accepted", "accepted", "accepted"])
    for secret in ["Bixby", "BIXBY", "0000000001", "p-7f3k2", "consent", "letter", "chart.pdf"] {
      #expect(!(result.output + result.errors).contains(secret), "\(secret)")
    }
    try expectArrived(files, standIn)
    let again = try deliver(standIn)
    #expect(again.status == 0 && again.output.isEmpty)
    try expectArrived(files, standIn)
  }

  @Test("Once: what the server is too busy for is left waiting, and sent by a later round")
  func once() throws {
    let standIn = try StandIn(in: program, "--fault", "message:503=1@1")
    try orphan(["short-letter.pdf"], standIn)
    let first = try deliver(standIn, "--once")
    #expect(first.status == 0 && first.output.isEmpty, "\(first.output)\(first.errors)")
    #expect(try history(standIn).states() == ["waiting"])
    var last = first
    let end = Date(timeIntervalSinceNow: ChildProcess.patience)
    while last.output.isEmpty, Date() < end { last = try deliver(standIn, "--once") }
    #expect(last.status == 0 && last.output.hasPrefix("accepted\t"), "\(last.output)\(last.errors)")
    try expectArrived(["short-letter.pdf"], standIn)
  }

  @Test("Follow: takes up what comes; asked to end, it hands over what is not on the wire")
  func follow() throws {
    let standIn = try StandIn(in: program, "--bandwidth", "3000000")
    let follower = try start(standIn, "deliver", "--follow")
    try orphan(["short-letter.pdf"], standIn)
    #expect(try follower.nextLine()?.hasPrefix("accepted\t") == true)
    let send = try startSend(standIn, ["scanned-chart.pdf"])
    try history(standIn).wait(for: ["accepted", "uploading"])
    send.signal(SIGKILL)
    _ = try send.finish()
    // Until the follower has it.
    try history(standIn).wait(for: ["accepted", "uploading"])
    follower.signal(SIGTERM)
    #expect(try follower.finish().status == 0)
    let left = try history(standIn).states()
    #expect(Set(left).isSubset(of: ["accepted", "queued", "uploading"]) && left.count == 2)
    #expect(try deliver(standIn, "--until-drained").status == 0)
    try expectArrived(["short-letter.pdf", "scanned-chart.pdf"], standIn)
  }

  @Test("Several at once: nothing twice")
  func several() throws {
    let standIn = try StandIn(in: program)
    try orphan(Self.files, standIn)
    let workers = try (0..<3).map { _ in try start(standIn, "deliver", "--until-drained") }
    let endings = try workers.map { try $0.finish() }
    #expect(endings.allSatisfy { $0.status == 0 })
    #expect(endings.map(\.text).joined().split(separator: "\n").count == Self.files.count)
    try expectArrived(Self.files, standIn)
  }

  @Test("Production: what a crash left is not sent, which is told like any other end")
  func production() throws {
    let standIn = try StandIn(in: program, "--environment", "production")
    try orphan(["short-letter.pdf"], standIn, "--json", input: "2008-01-06\n")
    let result = try deliver(standIn, "--until-drained")
    #expect(result.status == 1 && result.output.hasPrefix("failed\t"), "\(result.output)\(result.errors)")
    #expect(try history(standIn).states() == ["failed"])
    #expect(try program.received(in: standIn.directory).isEmpty)
    let again = try deliver(standIn, "--until-drained")
    #expect(again.status == 0 && again.output.isEmpty)
  }

  @Test("What was on the wire when its process was killed is told as uncertain, and not sent again")
  func onTheWire() throws {
    let standIn = try StandIn(in: program, "--fault", "message:stall")
    let send = try startSend(standIn, ["short-letter.pdf"], "--json")
    try history(standIn).wait(for: ["finalizing"])
    send.signal(SIGKILL)
    _ = try send.finish()
    let result = try deliver(standIn, "--until-drained")
    #expect(result.status == 3 && result.output.hasPrefix("uncertain\t"), "\(result.output)\(result.errors)")
    #expect(result.output.split(separator: "\n").count == 1)
    let again = try deliver(standIn, "--until-drained")
    #expect(again.status == 0 && again.output.isEmpty)
  }

  @Test(
    "The worst end is the exit status",
    arguments: [("message:lost-answer@1", 3, "uncertain"), ("message:errors-inside@1", 1, "refused"), ("message:500@1", 3, "uncertain")])
  func statuses(fault: String, status: Int32, state: String) throws {
    let standIn = try StandIn(in: program, "--fault", fault)
    try orphan(["short-letter.pdf", "consent-form.pdf"], standIn)
    let result = try deliver(standIn, "--until-drained")
    #expect(result.status == status, "\(result.output)\(result.errors)")
    #expect(try history(standIn).states().sorted() == ["accepted", state].sorted())
    // What is uncertain is not sent again.
    #expect(try deliver(standIn, "--until-drained").output.isEmpty)
    #expect(try history(standIn).states().sorted() == ["accepted", state].sorted())
  }

  @Test("Mistakes")
  func mistakes() throws {
    let standIn = try StandIn(in: program)
    #expect(try deliver(standIn, "--once", "--follow").status == 64)
    #expect(try program.run("deliver", "--config", program.home.path + "/none.toml").status == 78)
    #expect(try deliver(standIn).status == 0)
  }

  @Test("A worker that is stopped in the middle keeps what it has: nobody else sends it, and it finishes when it goes on")
  func stopped() throws {
    let standIn = try StandIn(in: program, "--bandwidth", "4000000")
    let send = try startSend(standIn, ["scanned-chart.pdf"], "--json")
    try history(standIn).wait(for: ["uploading"])
    send.signal(SIGSTOP)
    for mode in ["--until-drained", "--once"] {
      let result = try deliver(standIn, mode)
      #expect(result.status == 0 && result.output.isEmpty, "\(result.output)\(result.errors)")
    }
    #expect(try history(standIn).states() == ["uploading"])
    #expect(try program.received(in: standIn.directory).isEmpty)
    send.signal(SIGCONT)
    #expect(try send.finish().status == 0)
    try expectArrived(["scanned-chart.pdf"], standIn)
  }

  @Test(
    "An upload of an earlier try that the server has forgotten is made once more, by both kinds of refusal", arguments: ["media", "fhir"])
  func forgottenUpload(kind: String) throws {
    let standIn = try StandIn(in: program, "--fault", "message:503=1@1", "--fault", "message:forget-upload@2")
    let result = try program.run([
      "send", "--config", standIn.configuration, "--json", "--patient", "p-7f3k2", "--as", kind, "--method", "upload",
      standIn.document("short-letter.pdf"),
    ])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    let attempts = try #require(result.objects.first?["transfer"] as? String)
    let shown = try program.run("history", "show", "--config", standIn.configuration, attempts)
    #expect(shown.output.matches(of: #/attempt \d+: .* upload, done/#).count == 2, "\(shown.output)")
    #expect(shown.output.matches(of: #/attempt \d+: .* message, /#).count == 3, "\(shown.output)")
    try expectArrived(["short-letter.pdf"], standIn)
  }
}
