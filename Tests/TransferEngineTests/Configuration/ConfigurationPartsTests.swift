import SystemPackage
import Testing

@testable import TransferEngine

@Suite("Parts of the configuration")
struct ConfigurationPartsTests {
  @Test("Lines are found under headers, quoted keys, dotted keys, inline tables and strings over several lines")
  func lines() throws {
    let text = """
      a = 1
      "b c".d = 2

      [t]
      s = \"\"\"
      a = 9
      [t.u]
      \"\"\"
      a = 3
      in = { x = 1, y = 2 }
        [t."q.r"]
      k = [
        "z = 5",
      ]
      z = 6
      """
    let source = try TOMLSource(text, path: "f")
    #expect(source.line(of: ["a"]) == 1)
    #expect(source.line(of: ["b c", "d"]) == 2)
    #expect(source.line(of: ["t", "a"]) == 9)
    #expect(source.line(of: ["t", "in", "y"]) == 10)
    #expect(source.line(of: ["t", "q.r", "z"]) == 15)
    // Absent: the table that it ought to stand in.
    #expect(source.line(of: ["t", "q.r", "absent"]) == 11)
    #expect(source.line(of: ["absent"]) == nil)
  }

  @Test("Windows line ends do not shift the count")
  func carriageReturns() throws {
    #expect(try TOMLSource("a = 1\r\n[t]\r\nb = 2\r\n", path: "f").line(of: ["t", "b"]) == 3)
  }

  @Test(
    "Slips of the fingers are recognised, other words are not",
    arguments: [("enviroment", "environment"), ("evnironment", "environment"), ("theem", "theme"), ("colour", nil), ("x", nil)])
  func nearMisses(_ word: String, _ expected: String?) {
    #expect(NearMiss.of(word, among: ["environment", "theme", "roster", "inbox"]) == expected)
  }

  @Test("The template is valid as it stands, and with every comment taken away it names every key")
  func template() throws {
    let plain = try TOMLSource(ConfigurationTemplate.text, path: "t")
    #expect(ConfigurationLayers(site: nil, user: plain).problems.isEmpty)
    var bare = ""
    for line in ConfigurationTemplate.text.split(separator: "\n") {
      let uncommented = line.hasPrefix("# ") ? line.dropFirst(2) : line
      let isKey = uncommented.firstRange(of: " = ") != nil && uncommented.first?.isLowercase == true
      if isKey || uncommented.hasPrefix("[") { bare += uncommented + "\n" }
    }
    // The second way to authenticate repeats `kind`.
    bare = bare.replacing("kind = \"legacy\"\n", with: "")
    let all = try TOMLSource(bare, path: "t")
    #expect(ConfigurationLayers(site: nil, user: all).problems.isEmpty)
    for entry in ConfigurationSchema.entries where entry.pattern != ["locked"] && !entry.pattern.contains("roster_columns") {
      #expect(all.values.keys.contains { entry.matches($0) }, "\(entry.pattern)")
    }
  }

  @Test(
    "The rule of trust",
    arguments: [
      (0o100600, 1000, true, nil), (0o100644, 1000, false, nil), (0o100644, 1000, true, TrustedFileError.readableByOthers),
      (0o100640, 0, true, nil), (0o100640, 1000, true, .readableByOthers), (0o100644, 0, true, .readableByOthers),
      (0o100664, 1000, false, .writableByOthers), (0o100602, 0, false, .writableByOthers), (0o100600, 1001, false, .foreignOwner),
      (0o040700, 1000, false, .notRegular), (0o010600, 1000, false, .notRegular),
    ] as [(UInt32, UInt32, Bool, TrustedFileError?)])
  func trust(_ mode: UInt32, _ owner: UInt32, _ isSecret: Bool, _ expected: TrustedFileError?) {
    var found: TrustedFileError?
    do throws(TrustedFileError) { try SystemTrustedFiles.judge(mode: mode, owner: owner, user: 1000, isSecret: isSecret) } catch {
      found = error
    }
    #expect(found == expected)
  }

  @Test("XDG places; relative ones are ignored; the sandbox has a state of its own")
  func places() throws {
    let usual = try #require(Places(environment: ["HOME": "/home/ann"]))
    #expect(usual.configuration == "/home/ann/.config/chartdrop/config.toml")
    #expect(usual.state == "/home/ann/.local/state/chartdrop")
    let moved = try #require(Places(environment: ["HOME": "/h", "XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "s"], sandbox: true))
    #expect(moved.configuration == "/c/chartdrop/config.toml")
    #expect(moved.state == "/h/.local/state/chartdrop-sandbox")
    #expect(Places(environment: [:]) == nil)
  }
}
