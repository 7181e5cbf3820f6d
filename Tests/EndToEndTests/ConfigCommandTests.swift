import Foundation
import Testing

/// What the configuration may be, and how its mistakes are told.
@Suite(.serialized, .ownThreads)
struct ConfigCommandTests {
  private let program: Program
  private var folder: String { program.home.path + "/config/chartdrop" }
  private var path: String { folder + "/config.toml" }

  init() throws { program = try Program() }

  private func write(_ text: String, mode: Int = 0o600) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  @Test("The first configuration is private, commented, never overwritten, and complains only of what it names and is not there")
  func initialise() throws {
    let made = try program.run("config", "init")
    #expect(made.status == 0)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode.map { $0 & 0o077 } == 0)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains("[profiles.main]") && text.contains("#"))

    try write(text + "# mine\n")
    let again = try program.run("config", "init")
    #expect(again.status == 78)
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasSuffix("# mine\n"))

    let check = try program.run("config", "check")
    #expect(check.status == 78)
    #expect(check.errors.contains("key.pem"))
  }

  @Test(
    "A mistake is told with file, line and key",
    arguments: [
      ("default_profile = \"main\"\n[profiles.main]\nenvironment = \"Stagging\"\n", 3, "environment"),
      ("[profiles.main]\nenvironment = \"Staging\"\nroster = 7\n", 3, "roster"),
      ("[limits]\n\nembed_bytes = \"many\"\n", 3, "embed_bytes"),
      ("thme = \"dark\"\n", 1, "thme"),
      ("[profiles.main\nenvironment = \"Staging\"\n", 1, "TOML"),
      ("theme = \"dark\"\ntheme = \"light\"\n", 2, "theme"),
    ])
  func mistake(text: String, line: Int, key: String) throws {
    try write(text)
    for command in [["config", "check"], ["send", "--patient", "x", "--as", "fhir", "/dev/null"]] {
      let result = try program.run(command)
      #expect(result.status == 78)
      let told = result.errors.split(separator: "\n").contains { $0.contains("config.toml:\(line)") && $0.contains(key) }
      #expect(told, "\(result.errors)")
    }
  }

  @Test("A configuration that others could have written is not believed", arguments: [0o622, 0o602, 0o660])
  func writableByOthers(mode: Int) throws {
    try write("theme = \"dark\"\n", mode: mode)
    let result = try program.run("config", "check")
    #expect(result.status == 78)
    #expect(result.errors.contains("config.toml") && result.errors.contains("chmod"), "\(result.errors)")
  }

  @Test("A key that others can read is not used")
  func readableKey() throws {
    let standIn = try StandIn(in: program)
    let key = standIn.directory + "/keys/staging.pem"
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
    let result = try program.run("config", "check", "--config", standIn.configuration)
    #expect(result.status == 78)
    #expect(result.errors.contains("staging.pem"), "\(result.errors)")
  }

  @Test("Nothing configured, not a file, not text: each is a sentence")
  func unusable() throws {
    let none = try program.run("send", "--patient", "x", "--as", "fhir", "/dev/null")
    #expect(none.status == 78)
    #expect(none.errors.contains("chartdrop config init") || none.errors.contains("--sandbox"), "\(none.errors)")
    #expect(try program.run("config", "check", "--config", "/dev/zero").status == 78)
    #expect(try program.run("config", "check", "--config", "/tmp").status == 78)
    try write("")
    try Data([0xFF, 0xFE, 0x00, 0x41]).write(to: URL(fileURLWithPath: path))
    #expect(try program.run("config", "check").status == 78)
  }

  @Test("The stand-in's configuration is in order")
  func sandboxConfiguration() throws {
    let standIn = try StandIn(in: program)
    let result = try program.run("config", "check", "--config", standIn.configuration)
    #expect(result.status == 0, "\(result.errors)")
    for profile in ["development: Development", "staging (default): Staging", "production-like: Production"] {
      #expect(result.output.contains(profile))
    }
  }
}
