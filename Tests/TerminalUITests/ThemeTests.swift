import Foundation
import SafeText
import Testing

@testable import TerminalUI

@Suite struct ThemeTests {
  private let catalog = ThemeCatalog()

  private func parse(_ toml: String) -> (theme: Theme, problems: [ThemeProblem]) {
    ThemeCatalog(userThemes: ["mine": toml]).theme(named: "mine")
  }

  @Test func builtInThemesEqualTheirFiles() throws {
    let folder = Snapshot.repository.appendingPathComponent("themes")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".toml") }.sorted()
    if Snapshot.isRegenerating { try Self.regenerate(files, in: folder) }
    #expect(BuiltInThemes.sources.keys.sorted() == files.map { String($0.dropLast(5)) })
    for file in files {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      let builtIn = BuiltInThemes.sources[String(file.dropLast(5))]
      #expect(builtIn.map { $0 + "\n" } == text, "run the tests with CHARTDROP_REGENERATE=1")
    }
  }

  private static func regenerate(_ files: [String], in folder: URL) throws {
    var source = """
      // Generated from themes/*.toml; do not edit. Run the theme tests with CHARTDROP_REGENERATE=1 to write it anew.
      // swift-format-ignore-file

      enum BuiltInThemes {
        /// The text of each theme file, by its name.
        static let sources: [String: String] = [

      """
    for file in files {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      source += "    \"\(file.dropLast(5))\": #\"\"\"\n"
      for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        source += line.isEmpty ? "\n" : "      \(line)\n"
      }
      source += "      \"\"\"#,\n"
    }
    source += "  ]\n}\n"
    let target = Snapshot.repository.appendingPathComponent("Sources/TerminalUI/Themes/BuiltInThemes.swift")
    try source.write(to: target, atomically: true, encoding: .utf8)
  }

  @Test func builtInThemesAreWithoutFault() {
    for name in catalog.names {
      let (theme, problems) = catalog.theme(named: name)
      #expect(problems.map(\.sentence.string) == [], "\(name)")
      #expect(theme.name == name)
      for role in Role.allCases {
        let isStyled = theme.styles.keys.contains { role.rawValue == $0 || role.rawValue.hasPrefix($0 + ".") }
        #expect(isStyled, "\(name) has no look for \(role.rawValue)")
      }
      #expect(theme.weakContrasts().map(\.role) == [], "\(name)")
    }
  }

  /// What a terminal of 256 colours shows is not what the file says, but the nearest of its own.
  @Test(arguments: ["light", "hc-dark", "hc-light", "colour-blind"])
  func contrastHoldsWithFewerColours(name: String) {
    let theme = catalog.theme(named: name).theme
    let required = name.hasPrefix("hc-") ? 7.0 : 4.5
    let decoration: Set<Role> = [
      .border, .borderFocus, .scrollbar, .progressTrack, .progressFill, .surfaceRaised, .disabled,
    ]
    for role in Role.allCases where !decoration.contains(role) {
      let style = theme.resolved(role, tier: .indexed256)
      let ratio = Contrast.ratio(Palette.rgb(of: style.foreground), Palette.rgb(of: style.background))
      #expect(ratio >= required, "\(role.rawValue) in \(name)")
    }
  }

  @Test(arguments: ["light", "hc-dark", "hc-light", "colour-blind"], [ColorTier.ansi8, .ansi16, .indexed256, .direct])
  func nothingIsWrittenInTheColourOfItsGround(name: String, tier: ColorTier) {
    let theme = catalog.theme(named: name).theme
    for role in Role.allCases {
      let style = theme.resolved(role, tier: tier)
      #expect(style.foreground != style.background, "\(role.rawValue) in \(name)")
    }
  }

  @Test func colourBlindMeaningsDoNotHangOnRedAndGreen() {
    let theme = catalog.theme(named: "colour-blind").theme
    func ink(_ role: Role) -> RGB { Palette.rgb(of: theme.resolved(role, tier: .indexed256).foreground) }
    // Blue tells good from bad: the one channel that red-green blindness leaves alone.
    #expect(ink(.stateAccepted).blue - ink(.stateFailed).blue > 150)
    #expect(ink(.success).blue - ink(.error).blue > 150)
    #expect(ink(.warning).green - ink(.error).green > 100)
  }

  @Test func aPaletteAloneMakesATheme() {
    let (theme, problems) = parse(
      """
      [theme]
      inherits = "dark"
      [palette]
      accent = "#123456"
      paper = "#fefefe"
      """)
    #expect(problems.isEmpty)
    #expect(theme.resolved(.stateRunning, tier: .direct).foreground == 0x123456)
    #expect(theme.resolved(.stateRunning, tier: .direct).background == 0xFEFEFE)
    #expect(theme.resolved(.cursor, tier: .direct).background == 0x123456)
    #expect(theme.resolved(.stateAccepted, tier: .ansi16).foreground == 2)
  }

  @Test func aRoleWithoutColoursTakesThoseOfText() {
    let theme = parse("[roles]\n\"text\" = { fg = \"red\", bg = \"blue\", attr = [\"bold\"] }\n\"title\" = { attr = [\"underline\"] }\n")
      .theme
    let title = theme.resolved(.title, tier: .ansi16)
    #expect(title.foreground == 1 && title.background == 4)
    #expect(title.attributes == .underline)
  }

  @Test func defaultThemeUsesTheTerminalsOwnColoursOnly() {
    let theme = catalog.theme(named: ThemeCatalog.defaultName).theme
    for role in Role.allCases {
      let style = theme.resolved(role, tier: .ansi16)
      #expect(style.foreground < 16 && style.background < 16)
    }
    #expect(theme.resolved(.text, tier: .indexed256).background == -1)
  }

  @Test func monoHasNoColoursAnywhere() {
    for name in catalog.names {
      let theme = catalog.theme(named: name).theme
      for role in Role.allCases {
        let style = theme.resolved(role, tier: .mono)
        #expect(style.foreground == -1 && style.background == -1)
      }
    }
    let mono = catalog.theme(named: "mono").theme
    for role in Role.allCases { #expect(mono.resolved(role, tier: .direct).foreground == -1) }
  }

  @Test func meaningsDifferWithoutColours() {
    let theme = catalog.theme(named: "mono").theme
    func look(_ role: Role) -> TextAttributes { theme.resolved(role, tier: .mono).attributes }
    #expect(look(.cursor) != look(.text))
    #expect(look(.environmentProduction) != look(.environmentStaging))
    #expect(look(.patientBanner) != look(.text))
    #expect(look(.confirmDefault) != look(.text))
    #expect(look(.barTitle) != look(.textDim))
  }

  @Test func longestBeginningWins() {
    let theme = parse(
      """
      [roles]
      "state" = { fg = "blue" }
      "state.failed" = { fg = "red" }
      """
    ).theme
    #expect(theme.resolved(.stateFailed, tier: .ansi16).foreground == 1)
    #expect(theme.resolved(.stateQueued, tier: .ansi16).foreground == 4)
    #expect(theme.resolved(.title, tier: .ansi16).foreground == -1)
  }

  @Test func inheritsAndOverrides() {
    let (theme, problems) = parse(
      """
      [theme]
      inherits = "dark"
      [roles]
      "title" = { fg = "#ff0000" }
      """)
    #expect(problems.isEmpty)
    #expect(theme.name == "mine")
    #expect(theme.resolved(.title, tier: .direct).foreground == 0xFF0000)
    #expect(theme.resolved(.cursor, tier: .ansi16).background == 6)
  }

  @Test func aThemeMayReplaceABuiltInOneAndInheritFromIt() {
    let catalog = ThemeCatalog(userThemes: ["dark": "[theme]\ninherits = \"dark\"\n[roles]\n\"title\" = \"red\"\n"])
    let (theme, problems) = catalog.theme(named: "dark")
    #expect(problems.isEmpty)
    #expect(theme.resolved(.title, tier: .ansi16).foreground == 1)
    #expect(theme.resolved(.cursor, tier: .ansi16).background == 6)
  }

  @Test func aRingOfThemesEnds() {
    let catalog = ThemeCatalog(userThemes: ["a": "[theme]\ninherits = \"b\"\n", "b": "[theme]\ninherits = \"a\"\n"])
    #expect(catalog.theme(named: "a").theme.name == "a")
  }

  @Test(arguments: [
    ("[roles]\n\n\"title\" = { fg = \"pinkish\" }", 3, "roles.title.fg"), ("[roles]\n\"titel\" = \"red\"", 2, "roles.titel"),
    ("[palette]\nink = \"#12345\"", 2, "palette.ink"), ("[palette]\nink = 256", 2, "palette.ink"),
    ("[palette]\n# a\nink = { c8 = 8 }", 3, "palette.ink"), ("[roles]\ntitle = { attr = [\"blink\"] }", 2, "roles.title"),
    ("[mono]\n\"title\" = [\"red\"]", 2, "mono.title"), ("[glyphs]\nborder = \"thick\"", 2, "glyphs.border"),
    ("[glyphs]\nbar_full = \"日\"", 2, "glyphs.bar_full"), ("[theme]\nvariant = \"pink\"", 2, "theme.variant"),
    ("[theme]\n\ninherits = \"nobody\"", 3, "theme.inherits"), ("[colors]\nx = 1", 1, "colors"), ("roles = 3", 1, "roles"),
    ("[roles]\n\"title\" = { fgg = \"red\" }", 2, "roles.title"), ("[roles]\n\"title\" = { fg = ", 2, ""),
  ])
  func errorsNameLineAndKey(toml: String, line: Int, key: String) {
    let problems = parse(toml).problems
    #expect(problems.count == 1)
    #expect(problems.first?.line == line)
    #expect(problems.first?.key.string == key)
  }

  @Test func unreadableThemesFallBack() {
    let expected = catalog.theme(named: "dark").theme
    #expect(parse("[roles").theme == expected)
    let (theme, problems) = catalog.theme(named: "no-such")
    #expect(theme == expected)
    #expect(problems.first?.sentence.string.contains("colour-blind, dark, hc-dark, hc-light, light, mono") == true)
  }

  @Test func checkReportsContrast() {
    let toml = "[theme]\nvariant = \"dark\"\n[roles]\n\"text\" = { fg = \"#333333\", bg = \"#000000\" }\n"
    let report = catalog.check(toml, name: "x")
    #expect(report.contrast.contains { $0.role == .text && $0.ratio < 4.5 })
    #expect(report.problems.isEmpty)
  }

  @Test func contrastFollowsItsDefinition() {
    #expect(abs(Contrast.ratio(RGB(0, 0, 0), RGB(255, 255, 255)) - 21) < 0.001)
    #expect(abs(Contrast.ratio(RGB(119, 119, 119), RGB(255, 255, 255)) - 4.478) < 0.01)
    #expect(abs(Contrast.ratio(RGB(10, 200, 30), RGB(10, 200, 30)) - 1) < 0.001)
  }

  @Test(
    arguments: [
      (0, nil, nil, ColorTier.mono), (-1, nil, nil, .mono), (8, nil, nil, .ansi8), (16, nil, nil, .ansi16), (256, nil, nil, .indexed256),
      (0x100_0000, nil, nil, .direct), (256, nil, "1", .mono), (256, nil, "", .indexed256), (256, "always", "1", .indexed256),
      (256, "never", nil, .mono), (0, "always", nil, .mono), (256, "8", nil, .ansi8), (8, "256", nil, .ansi8),
      (0x100_0000, "16", "1", .ansi16),
      (256, "auto", "1", .mono),
    ] as [(Int, String?, String?, ColorTier)])
  func tierFollowsWishThenNoColorThenTerminal(colors: Int, wish: String?, noColor: String?, expected: ColorTier) {
    #expect(ColorTier.choose(colors: colors, wish: wish, noColor: noColor) == expected)
  }

  @Test func coloursDegrade() {
    let red = ThemeColor(.rgb(RGB(250, 5, 5)))
    #expect(red.number(in: .direct).number == 0xFA0505)
    #expect(red.number(in: .indexed256).number == 196)
    #expect(red.number(in: .ansi16).number == 9)
    #expect(red.number(in: .ansi8) == (1, true))
    #expect(ThemeColor(.rgb(RGB(0, 0, 3))).number(in: .direct).number == 8)
    #expect(ThemeColor(.ansi(12)).number(in: .direct).number == 0x5C5CFF)
    #expect(ThemeColor(.rgb(RGB(0, 0, 0)), in256: 200, in16: 3, in8: 2).number(in: .ansi8) == (2, false))
    for tier in ColorTier.allCases { #expect(ThemeColor.terminalDefault.number(in: tier).number == -1) }
  }
}
