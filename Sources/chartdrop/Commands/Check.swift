import ArgumentParser
import Documents
import SafeText
import SystemPackage

struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says whether files may be sent, as far as their content goes.",
    discussion: """
      One line a file, in the order given: allow, warn or refuse, the reason, and the file's name, with tabs between them. Sizes are \
      judged by `send`, whose limits hang on the profile. \
      Exit status 0 when all are allowed, 10 when there are warnings, 20 when a file is refused or cannot be read.
      """)

  @OptionGroup var input: FileArguments

  func run() async throws {
    let paths = try input.paths(input: input.filesFrom == nil ? [] : Console.readAll())
    var worst = ExitStatus.done
    for path in paths {
      let (line, status) = await Self.examine(path)
      Console.print(line + DisplayText.tab + DisplayText(nameOf: path))
      if status.rawValue > worst.rawValue { worst = status }
    }
    if worst != .done { throw worst.asError }
  }

  private static func examine(_ path: FilePath) async -> (DisplayText, ExitStatus) {
    do {
      let document = try await DocumentOpener().open(path)
      switch document.inspection.verdict {
      case .allow: return (tabbed("allow", document.inspection.type.name), .done)
      case .warn(let reason): return (tabbed("warn", reason), .warnings)
      case .refuse(let reason): return (tabbed("refuse", reason), .refused)
      }
    } catch {
      return (tabbed("refuse", Explain.document(error)), .refused)
    }
  }

  private static func tabbed(_ word: StaticString, _ reason: DisplayText) -> DisplayText {
    DisplayText(stringLiteral: "\(word)") + DisplayText.tab + reason
  }
}
