import Foundation
import Testing

/// `chartdrop history` and `chartdrop outbox` on the stand-in inside the program.
@Suite(.serialized, .ownThreads)
struct HistoryCommandTests {
  private let program: Program

  init() throws {
    program = try Program()
    try program.prepareSandbox()
  }

  private var state: String { program.home.path + "/state/chartdrop-sandbox" }

  private func send(_ name: String) throws -> Program.Result {
    try program.run("send", "--sandbox", "--patient", "p-7f3k2", "--as", "media", "--json", program.document(name))
  }

  private func history(_ arguments: String...) throws -> Program.Result {
    try program.run(["history", "--sandbox"] + arguments)
  }

  @Test("What was sent is listed, by condition, without patient data unless it is asked for")
  func listing() throws {
    let sent = try #require(try send("short-letter.pdf").objects.first)
    _ = try send("consent-form.pdf")
    let list = try history("--json")
    #expect(list.status == 0, "\(list.errors)")
    #expect(list.objects.count == 2)
    let oldest = try #require(list.objects.last)
    #expect(oldest["document"] as? String == sent["documentID"] as? String)
    #expect(oldest["transfer"] as? String == sent["transfer"] as? String)
    #expect(oldest["state"] as? String == "accepted")
    #expect(oldest["bytes"] as? Int == sent["bytes"] as? Int)
    #expect(oldest["requestBytes"] as? Int == sent["requestBytes"] as? Int)
    for result in [list, try history(), try history("--csv")] {
      for secret in ["Bixby", "BIXBY", "0000000001", "2008", "consent-form", "p-7f3k2"] {
        #expect(!result.output.contains(secret), "\(secret)")
      }
    }
    #expect(try history("--patient", "p-7f3k2", "--json").objects.count == 2)
    #expect(try history("--patient", "p-nobody", "--json").objects.isEmpty)
    #expect(try history("--failures", "--json").objects.isEmpty)
    #expect(try history("--until", "2020-01-01", "--json").objects.isEmpty)
    #expect(try history("--csv").output.split(separator: "\n").count == 3)

    let whole = try history("--csv", "--with-patient-data")
    #expect(whole.output.contains("BIXBY") && whole.output.contains("consent-form.pdf"))
    #expect(whole.errors.contains("patient data"))
  }

  @Test("A mistyped word is told, and is not taken for a history without entries")
  func mistyped() throws {
    for (arguments, status, words) in [
      (["--patient", "p-7f3k2"], 0, "Nothing was sent that fits."), (["--profile", "staging"], 0, "Nothing was sent that fits."),
      (["--patient", "p-nope"], 66, "chartdrop patients search"), (["--profile", "nope"], 78, "There is no profile named \"nope\"."),
    ] as [([String], Int32, String)] {
      for format in [[], ["--json"]] {
        let result = try program.run(["history", "--sandbox"] + arguments + format)
        #expect(result.status == status, "\(arguments)")
        #expect(result.errors.contains(words) || (status == 0 && format == ["--json"]), "\(result.errors)")
        #expect(!result.errors.contains("p-nope"))
      }
    }
    _ = try send("short-letter.pdf")
    for arguments in [["--profile", "nope"], ["--patient", "p-nope"]] {
      #expect(try program.run(["history", "--sandbox"] + arguments).status != 0, "Whatever else the history has")
    }

    let elsewhere = try program.run("history", "--config", program.home.path + "/none.toml")
    #expect(elsewhere.status == 78)
    #expect(elsewhere.errors.contains("none.toml"), "\(elsewhere.errors)")
    #expect(elsewhere.output.isEmpty)
  }

  @Test("One transfer with its attempts; one that is not there")
  func show() throws {
    let transfer = try #require(try send("short-letter.pdf").objects.first?["transfer"] as? String)
    let shown = try program.run("history", "show", "--sandbox", transfer)
    #expect(shown.status == 0)
    #expect(
      shown.output.contains("state: accepted") && shown.output.contains("attempt 1:") && shown.output.contains("message, done, status 200"))
    #expect(!shown.output.contains("BIXBY") && !shown.output.contains("short-letter"))
    #expect(try program.run("history", "show", "--sandbox", "nothing").status == 66)
    #expect(try history("--state", "lost").status == 64)
    #expect(try history("--since", "yesterday").status == 64)
  }

  @Test("Without its key the outbox is refused, can be set aside, and its receipts remain")
  func setAside() throws {
    _ = try send("short-letter.pdf")
    #expect(try program.run("outbox", "status", "--sandbox").output.contains("accepted: 1"))
    try FileManager.default.removeItem(atPath: state + "/keys/outbox.key")
    let status = try program.run("outbox", "status", "--sandbox")
    #expect(status.status == 1)
    #expect(status.output.contains("state: key-missing") && status.errors.contains("set-aside"))
    #expect(try send("short-letter.pdf").status == 78)
    #expect(try program.run("outbox", "set-aside", "--sandbox", input: "no\n").status == 1)
    #expect(!FileManager.default.fileExists(atPath: state + "/set-aside"))

    let result = try program.run("outbox", "set-aside", "--sandbox", input: "yes\n")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("1 of its receipts"))
    #expect(try history("--json").objects.map { $0["state"] as? String } == ["accepted"])
    #expect(try send("short-letter.pdf").status == 0)
    #expect(try history("--json").objects.count == 2)
  }
}
