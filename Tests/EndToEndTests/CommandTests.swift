import Foundation
import Testing

/// The commands around sending: what they print, and the status with which they end.
@Suite(.serialized, .ownThreads)
struct CommandTests {
  private let program: Program

  init() throws { program = try Program() }

  @Test(
    "The message is printed as JSON with one hole", arguments: ["fhir", "media", "notes", "results"],
    ["short-letter.pdf", "scanned-chart.pdf"])
  func preview(kind: String, file: String) throws {
    try program.prepareSandbox()
    let result = try program.run("preview", "--sandbox", "--patient", "p-7f3k2", "--as", kind, program.document(file))
    #expect(result.status == 0, "\(result.errors)")
    let holes = result.output.matches(of: #/⟨[^⟩]*⟩/#).map { String($0.0) }
    let hole = file == "short-letter.pdf" ? "⟨base64, 2,865 bytes of short-letter.pdf⟩" : "⟨upload URI, known after the upload⟩"
    #expect(holes == [hole])
    let parsed = try JSONSerialization.jsonObject(with: Data(result.output.replacing(#/⟨[^⟩]*⟩/#, with: "AAAA").utf8))
    let message = try #require(parsed as? [String: Any])
    #expect(kind == "fhir" ? message["resourceType"] as? String == "Bundle" : message["Meta"] != nil)
    #expect(try program.received().isEmpty)
  }

  @Test("A message that cannot be sent is shown all the same, with its problems")
  func previewOfRefused() throws {
    try program.prepareSandbox()
    let result = try program.run("preview", "--sandbox", "--patient", "p-7f3k2", "--as", "fhir", program.document("image-viewer"))
    #expect(result.status == 1)
    #expect(result.errors.contains("Programs may not be sent"))
  }

  @Test("Patients are found by what comes on standard input, in any order of words")
  func patientsSearch() throws {
    let found = try program.run("patients", "search", "--sandbox", input: "2008 bixby\n")
    #expect(found.status == 0)
    let lines = found.output.split(separator: "\n")
    #expect(lines.count == 1)
    #expect(lines.first?.hasPrefix("p-7f3k2\tBIXBY, Timothy Paul") == true)
    let several = try program.run("patients", "search", "--sandbox", "--limit", "2", input: "okonkwo\n")
    #expect(several.output.split(separator: "\n").count == 2)
    #expect(several.errors.contains("more"))
    for order in [["--sandbox", "patients", "search"], ["patients", "--sandbox", "search"]] {
      let again = try program.run(order, input: "2008 bixby\n")
      #expect(again.output == found.output, "The option may stand before either word of the command too: \(again.errors)")
    }
    let nobody = try program.run("patients", "search", "--sandbox", input: "zzzz\n")
    #expect(nobody.status == 66)
    #expect(nobody.output.isEmpty)
  }

  @Test(
    "Output that a full disk does not take is no success; a send is finished all the same",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func fullDisk() throws {
    try program.prepareSandbox()
    let letter = program.document("short-letter.pdf")
    let message = ["--sandbox", "--patient", "p-7f3k2", "--as", "media", letter]
    let commands = [
      ["send"] + message, ["preview"] + message, ["history", "--sandbox"], ["history", "--sandbox", "--csv"],
      ["history", "--sandbox", "--json"], ["patients", "search", "--sandbox"], ["keys"],
    ]
    for command in commands {
      let result = try program.run(command, joinedTo: "> /dev/full", input: "bixby\n")
      #expect(result.status == 1, "\(command)")
      #expect(result.errors.contains("The output could not be written: No space left on device."), "\(command): \(result.errors)")
    }
    #expect(try program.received().map(\.sha256) == [Digest.ofFile(letter)])
    let missing = try program.run(["send"] + message.dropLast() + ["/nowhere/at/all.pdf"], joinedTo: "> /dev/full")
    #expect(missing.status == 66, "A status that tells more is kept")
  }

  @Test("Whoever has read enough of the output is told nothing")
  func closedPipe() throws {
    // The name is asked for once the reader is gone, so nothing of the output finds one.
    let search = ["patients", "search", "--sandbox"]
    let result = try program.run(search, joinedTo: "| { exec <&-; echo closed; }", input: "bixby\n", givenAfterLine: true)
    #expect(result.output == "closed\n")
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
  }

  @Test("The doctor finds the sandbox in health, and says what a bare machine lacks")
  func doctor() throws {
    let healthy = try program.run("doctor", "--sandbox", environment: ["TERM": "xterm"])
    #expect(healthy.status == 0, "\(healthy.output)")
    for step in ["configuration:", "roster:", "host:", "key:", "token:"] { #expect(healthy.output.contains("ok\t\(step)")) }
    let bare = try program.run("doctor")
    #expect(bare.status == 1)
    #expect(bare.output.contains("fail\tconfiguration:"))
  }

  @Test("Every theme that is listed is in order; a broken one is told with line and key")
  func themes() throws {
    let list = try program.run("theme", "list")
    let names = list.output.split(separator: "\n").compactMap { $0.split(separator: "\t").first.map(String.init) }
    #expect(list.status == 0)
    #expect(Set(["dark", "light", "mono"]).isSubset(of: names))
    for name in names {
      let check = try program.run("theme", "check", name)
      #expect(check.status == 0, "\(name): \(check.output)")
    }
    let broken = program.home.path + "/broken.toml"
    try Data("[palette]\nink = \"#12345\"\n[roles]\ntexd = \"ink\"\n".utf8).write(to: URL(fileURLWithPath: broken))
    let check = try program.run("theme", "check", broken)
    #expect(check.status == 1)
    #expect(check.output.contains("2") && check.output.contains("ink"))
    #expect(check.output.contains("4") && check.output.contains("texd"))
    #expect(try program.run("theme", "check", "no-such-theme").status == 66)
  }

  @Test("Keys, help and usage are there without a terminal")
  func help() throws {
    let keys = try program.run("keys")
    #expect(keys.status == 0)
    #expect(keys.output.contains("Files") && keys.output.contains("Review"))
    let table = try program.run("keys", "--markdown")
    #expect(table.output.contains("|"))
    let help = try program.run("--help")
    #expect(help.status == 0)
    for status in ["0 ", "1 ", "3 ", "10 ", "20 ", "64 ", "66 ", "78 ", "130 "] { #expect(help.output.contains("  " + status)) }
    for command in ["send", "preview", "check", "patients", "sandbox", "doctor", "theme", "config", "keys"] {
      #expect(help.output.contains(command))
      #expect(try program.run(command, "--help").status == 0)
    }
    let opened = try program.run("--sandbox")
    #expect(opened.status == 64)
    #expect(opened.errors.contains("chartdrop send --help"))
    #expect(try program.run("sennd").status == 64)
  }
}
