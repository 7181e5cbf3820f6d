import ArgumentParser
import Foundation
import SafeText
import SystemPackage
import TerminalUI
import TransferEngine
import ViewModels

struct ThemeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "theme", abstract: "Lists the themes, or checks one.",
    discussion: "Themes of your own are TOML files in ~/.config/chartdrop/themes; they replace built-in ones of the same name.",
    subcommands: [ThemeList.self, ThemeCheck.self])
}

struct ThemeList: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the themes there are.")

  func run() {
    let catalog = Themes.catalog()
    for name in catalog.names {
      let (theme, problems) = catalog.theme(named: name)
      let own: DisplayText = catalog.isUsersOwn(name) ? ", your own" : ""
      let state: DisplayText = problems.isEmpty ? "" : ", has mistakes: run chartdrop theme check"
      Console.print("\(name)" + DisplayText.tab + "\(Themes.about(theme))\(own)\(state)")
    }
  }
}

struct ThemeCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Says what is wrong with a theme file, and which of its colours are hard to read.",
    discussion: "Exit status 0 when all is well, 10 when colours are hard to read, 1 when the file has mistakes.")

  @Argument(help: "A theme file, or the name of a theme.")
  var theme: String

  func run() throws {
    guard let (name, text) = Themes.source(theme) else {
      Console.complain("There is no theme file \(theme), and no theme of this name.")
      throw ExitStatus.notFound.asError
    }
    let (problems, weak) = Themes.catalog().check(text, name: name)
    problems.forEach { Console.print($0.sentence) }
    for finding in weak {
      let ratio = DisplayText(escaping: String(format: "%.1f", finding.ratio))
      Console.print(
        "\(finding.role.rawValue): contrast \(ratio), wanted \(DisplayText(escaping: String(format: "%.1f", finding.required)))")
    }
    if !problems.isEmpty { throw ExitStatus.notAccepted.asError }
    if !weak.isEmpty { throw ExitStatus.warnings.asError }
    Console.print("The theme is in order.")
  }
}

/// The user's own theme files.
enum Themes {
  static func catalog() -> ThemeCatalog { ThemeCatalog(userThemes: userThemes()) }

  /// What the list on the screen offers.
  static func menu(_ catalog: ThemeCatalog, current: String, configured: String?, remembered: RememberedTheme) -> ThemeMenu {
    ThemeMenu(
      choices: catalog.names.map { ThemeMenu.Choice(name: $0, about: about(catalog.theme(named: $0).theme)) }, current: current,
      keep: { name in
        if let configured { return "The colours are \(name) until you leave; the configuration says \(configured)." }
        return remembered.write(name) ? nil : "The colours are \(name) until you leave; the choice could not be kept."
      })
  }

  static func about(_ theme: Theme) -> DisplayText {
    if !theme.about.isEmpty { return theme.about }
    return switch theme.variant {
    case .dark: "for a dark background"
    case .light: "for a light background"
    case .any: "for any background"
    }
  }

  /// What is wrong with the theme that was asked for, and what is shown in its place.
  static func complaint(_ problem: ThemeProblem, about name: String, using theme: Theme) -> DisplayText {
    if theme.name == name { return "Colours \(name), \(problem.sentence)" }
    return "Colours \(name) cannot be used, so they are \(theme.name): \(problem.sentence)"
  }

  /// The text of a theme by the name of its file, or by its own name.
  static func source(_ word: String) -> (name: String, text: String)? {
    if let text = try? String(contentsOfFile: word, encoding: .utf8) {
      return (URL(fileURLWithPath: word).deletingPathExtension().lastPathComponent, text)
    }
    return catalog().source(word).map { (word, $0) }
  }

  private static func userThemes() -> [String: String] {
    guard let folder = Places(environment: ProcessInfo.processInfo.environment)?.configuration.removingLastComponent().appending("themes"),
      let names = try? FileManager.default.contentsOfDirectory(atPath: folder.string)
    else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: names.filter { $0.hasSuffix(".toml") }.compactMap { file in
        (try? String(contentsOfFile: folder.appending(file).string, encoding: .utf8)).map { (String(file.dropLast(5)), $0) }
      })
  }
}
