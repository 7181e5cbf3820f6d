import Foundation
import Testing

/// `chartdrop send` on the stand-in inside the program.
@Suite(.serialized, .ownThreads)
struct SendCommandTests {
  private static let kinds = ["fhir", "media", "notes", "results"]
  private let program: Program

  init() throws {
    program = try Program()
    try program.prepareSandbox()
  }

  private func send(_ arguments: String..., input: String = "") throws -> Program.Result {
    try program.run(["send", "--sandbox", "--patient", "p-7f3k2"] + arguments, input: input)
  }

  @Test("A small and a large document of all four kinds arrive whole, and are reported as JSON without patient data")
  func eightSends() throws {
    for (name, method, how) in [("consent-form.pdf", "embed", "embedded"), ("scanned-chart.pdf", "upload", "uploaded")] {
      let file = program.document(name)
      let digest = try Digest.ofFile(file)
      for kind in Self.kinds {
        let result = try send("--json", "--as", kind, file)
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        let report = try #require(result.objects.first)
        #expect(report["state"] as? String == "accepted")
        #expect(report["kind"] as? String == kind)
        #expect(report["method"] as? String == method)
        #expect(report["sha256"] as? String == digest)
        #expect(!result.output.contains("Bixby") && !result.output.contains("0000000001") && !result.output.contains("2008"))
        let received = try #require(try program.received().last)
        #expect(received.sha256 == digest)
        #expect(received.how == how)
        #expect(received.patientIdentifier == "0000000001")
        let identity = try #require(report["documentID"] as? String)
        #expect(received.documentID?.contains(identity) == true)
      }
    }
    #expect(try program.received().count == 8)
  }

  @Test("A forced method is obeyed where it is allowed and explained where it is not")
  func forcedMethod() throws {
    let small = program.document("short-letter.pdf")
    let large = program.document("scanned-chart.pdf")
    #expect(try send("--as", "media", "--method", "upload", small).status == 0)
    #expect(try program.received().last?.how == "uploaded")
    #expect(try program.received().last?.sha256 == Digest.ofFile(small))

    let embedded = try send("--as", "media", "--method", "embed", large)
    #expect(embedded.status == 1)
    #expect(embedded.output.contains("10 MB is the most inside a message"))
    let uploaded = try send("--profile", "development", "--as", "media", "--method", "upload", small)
    #expect(uploaded.status == 1)
    #expect(uploaded.output.contains("Redox takes no uploads from a Development environment"))
    #expect(try program.received().count == 1)
  }

  @Test("The same document for the same patient again is pointed out, and goes all the same")
  func twice() throws {
    let file = program.document("short-letter.pdf")
    for (number, expected) in [0, 1].enumerated() {
      let result = try send("--json", "--as", "media", file)
      #expect(result.status == 0)
      let warnings = try #require(result.objects.first?["warnings"] as? [String])
      #expect(warnings.filter { $0.contains("already sent for this patient") }.count == expected, "send \(number + 1): \(warnings)")
    }
  }

  @Test("A document that is named more than once in a command is sent once, and a script notices", arguments: [true, false])
  func namedTwice(isDry: Bool) throws {
    let file = program.document("short-letter.pdf")
    let copy = program.home.path + "/copy.pdf"
    try FileManager.default.copyItem(atPath: file, toPath: copy)
    let names = [file, program.document("consent-form.pdf"), program.standIn + "/documents/./short-letter.pdf", copy]
    let arguments = (isDry ? ["--dry-run"] : []) + ["--as", "media", "--files-from", "-"]
    let sent = try program.run(
      ["send", "--sandbox", "--patient", "p-7f3k2", "--json"] + arguments, input: names.joined(separator: "\n"))
    #expect(sent.status == 1, "\(sent.errors)")
    let first = isDry ? "would-be-sent" : "accepted"
    #expect(sent.objects.map { $0["state"] as? String } == [first, first, "repeated", "repeated"])
    #expect(sent.objects.map { $0["sameAs"] as? String } == [nil, nil, "short-letter.pdf", "short-letter.pdf"])
    #expect(try program.received().count == (isDry ? 0 : 2))

    let lines = try program.run(["send", "--sandbox", "--patient", "p-7f3k2"] + arguments, input: names.joined(separator: "\n"))
    #expect(lines.status == 1)
    #expect(lines.output.contains("repeated\tcopy.pdf\tthe same document as short-letter.pdf, file 1; it is not sent again\n"))
  }

  @Test("A file that should have been moved and was left is told; what was sent is accepted all the same")
  func fileLeft() throws {
    let standIn = try StandIn(in: program)
    let folder = program.home.path + "/sent"
    let configuration = try FileHandle(forWritingTo: URL(fileURLWithPath: standIn.configuration))
    try configuration.seekToEnd()
    try configuration.write(contentsOf: Data("\n[profiles.staging.after]\naccepted = \"move\"\nfolder = \"\(folder)\"\n".utf8))
    try configuration.close()
    let letter = standIn.document("short-letter.pdf")
    let arguments = ["send", "--config", standIn.configuration, "--patient", "p-7f3k2", "--as", "media", letter]

    let doctor = try program.run("doctor", "--config", standIn.configuration)
    #expect(doctor.status == 1)
    #expect(doctor.output.contains("fail\tafter: There is no folder \(folder)"), "\(doctor.output)")
    #expect(try program.run("config", "check", "--config", standIn.configuration).status == 78)
    let plain = try program.run(arguments)
    #expect(plain.status == 0, "\(plain.output)\(plain.errors)")
    #expect(plain.output.contains("accepted\t") && plain.output.contains("  the file was left where it is: It could not be moved to"))
    let json = try program.run(arguments + ["--json"])
    #expect(json.status == 0)
    #expect(json.objects.first?["fileLeft"] as? Bool == true)
    #expect(!json.output.contains(folder) && !json.output.contains(standIn.directory))
    #expect(FileManager.default.fileExists(atPath: letter))

    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let moved = try program.run(arguments)
    #expect(moved.status == 0)
    #expect(!moved.output.contains("left where it is"))
    #expect(!FileManager.default.fileExists(atPath: letter))
  }

  @Test("No name on standard input is told, and is no success", arguments: ["", "\n\n", "\0"])
  func nothingNamed(input: String) throws {
    for command in [["send", "--sandbox", "--patient", "p-7f3k2", "--as", "media"], ["check"]] {
      let result = try program.run(command + ["--files-from", "-"], input: input)
      #expect(result.status == 66)
      #expect(result.output.isEmpty)
      #expect(result.errors == "chartdrop: No files were named: standard input was empty.\n")
    }
  }

  @Test("A dry run says what would be sent and sends nothing, for all kinds and to production")
  func dryRun() throws {
    for kind in Self.kinds {
      let result = try send("--json", "--dry-run", "--as", kind, "--profile", "production-like", program.document("consent-form.pdf"))
      #expect(result.status == 0)
      #expect(result.objects.first?["state"] as? String == "would-be-sent")
    }
    #expect(try program.received().isEmpty)
  }

  @Test("What may not be sent is refused, and what stands beside it still arrives")
  func refusals() throws {
    let names = ["scanned-archive.pdf", "image-viewer", "short-letter.pdf", "old-records.zip"]
    let result = try send(arguments: ["--json", "--as", "fhir"] + names.map(program.document))
    #expect(result.status == 1)
    #expect(result.objects.map { $0["state"] as? String } == ["refused", "refused", "accepted", "refused"])
    #expect(result.objects.map { $0["file"] as? String } == names)
    #expect((result.objects[0]["explanation"] as? String)?.contains("30 MB is the most for an upload") == true)
    #expect((result.objects[1]["explanation"] as? String)?.contains("Programs may not be sent") == true)
    #expect((result.objects[3]["explanation"] as? String)?.contains("Archives and compressed files may not be sent") == true)
    #expect(try program.received().map(\.sha256) == [Digest.ofFile(program.document("short-letter.pdf"))])
  }

  private func send(arguments: [String]) throws -> Program.Result {
    try program.run(["send", "--sandbox", "--patient", "p-7f3k2"] + arguments)
  }

  @Test("Names on standard input are bytes, one a line or ended by NUL", arguments: ["\n", "\0"])
  func filesFrom(separator: String) throws {
    let odd = program.home.path + (separator == "\0" ? "/two\nlines.txt" : "/with  spaces and ünïcode.txt")
    try Data("A note.\n".utf8).write(to: URL(fileURLWithPath: odd))
    let names = [program.document("short-letter.pdf"), odd]
    let result = try send("--json", "--as", "notes", "--files-from", "-", input: names.map { $0 + separator }.joined())
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    // They travel side by side, so either may arrive first.
    #expect(try Set(program.received().map(\.sha256)) == Set(names.map(Digest.ofFile)))
    #expect(result.output.split(separator: "\n").count == 2)
  }

  @Test(
    "Production wants the patient's birth date on standard input",
    arguments: [
      ("2008-01-06\n", 0), ("2008-01-06", 0), ("2008-01-07\n", 1), ("1982-07-24\n", 1), ("6.1.2008\n", 1), ("\n", 1), ("", 1),
    ])
  func production(input: String, status: Int32) throws {
    let result = try send("--as", "fhir", "--profile", "production-like", program.document("short-letter.pdf"), input: input)
    #expect(result.status == status)
    #expect(try program.received().count == (status == 0 ? 1 : 0))
    if status != 0 { #expect(result.errors.contains("Nothing was sent.")) }
  }

  @Test("With names on standard input the birth date is the first line")
  func productionAndFilesFrom() throws {
    let file = program.document("short-letter.pdf")
    let missing = try send("--as", "fhir", "--profile", "production-like", "--files-from", "-", input: file + "\n")
    #expect(missing.status == 1)
    #expect(try program.received().isEmpty)
    let given = try send("--as", "fhir", "--profile", "production-like", "--files-from", "-", input: "2008-01-06\n\(file)\n")
    #expect(given.status == 0)
    #expect(try program.received().count == 1)
  }

  @Test("A patient without a birth date cannot be confirmed for production")
  func productionWithoutBirthDate() throws {
    let result = try program.run(
      "send", "--sandbox", "--profile", "production-like", "--patient", "p-v1g3i", "--as", "fhir", program.document("short-letter.pdf"),
      input: "\n")
    #expect(result.status == 1)
    #expect(result.errors.contains("no birth date"))
    #expect(try program.received().isEmpty)
  }

  @Test("Every mistake has its exit status and a sentence")
  func exitStatuses() throws {
    let file = program.document("short-letter.pdf")
    let mistakes: [([String], Int32, String)] = [
      (["--as", "fax", file], 64, "fax"),
      (["--as", "fhir"], 64, "at least one file"),
      (["--as", "fhir", "--files-from", "list.txt", file], 64, "--files-from -"),
      (["--as", "fhir", "--config", "other.toml", file], 64, "--sandbox"),
      (["--as", "fhir", "--profile", "nowhere", file], 78, "no profile named"),
      (["--as", "fhir", program.home.path + "/missing.pdf"], 66, "There is no such file."),
    ]
    for (arguments, status, words) in mistakes {
      let result = try send(arguments: arguments)
      #expect(result.status == status, "\(arguments): \(result.output)\(result.errors)")
      #expect((result.output + result.errors).contains(words), "\(arguments)")
    }
    let nobody = try program.run("send", "--sandbox", "--patient", "p-nobody", "--as", "fhir", file)
    #expect(nobody.status == 66)
    #expect(nobody.errors.contains("patients search"))
    #expect(try program.received().isEmpty)
  }

  @Test("Another document type is sent as asked, and a mistyped one is named")
  func documentType() throws {
    let file = program.document("short-letter.pdf")
    #expect(try send("--as", "fhir", "--type", "11506-3", file).status == 0)
    let mistyped = try send("--as", "fhir", "--type", "11506-4", file)
    #expect(mistyped.status == 1)
    #expect(mistyped.output.contains("11506-4"))
    #expect(try program.received().count == 1)
  }
}
