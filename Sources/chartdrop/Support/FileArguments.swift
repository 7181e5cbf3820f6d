import ArgumentParser
import Documents
import SafeText
import SystemPackage

/// Files named on the command line or on standard input. Paths are bytes.
struct FileArguments: ParsableArguments {
  @Argument(help: "Files. Names on a command line are visible to other users of the machine; --files-from - hides them.")
  var files: [String] = []

  @Option(
    name: .customLong("files-from"),
    help: ArgumentHelp("Read the files' names from standard input: one a line, or ended by NUL (as from find -print0).", valueName: "-"))
  var filesFrom: String?

  func validate() throws {
    if let filesFrom, filesFrom != "-" { throw ValidationError("--files-from reads standard input only: write --files-from -") }
    if files.isEmpty && filesFrom == nil { throw ValidationError("Name at least one file, or use --files-from -") }
  }

  /// - Parameter input: what is on standard input, already read.
  /// - Throws: the exit status, once it has said that no file was named: whatever should have found some has failed.
  func paths(input: [UInt8]) throws -> [FilePath] {
    let paths = arguments() + (filesFrom == nil ? [] : Self.split(input))
    if paths.isEmpty {
      Console.complain("No files were named: standard input was empty.")
      throw ExitStatus.notFound.asError
    }
    return paths
  }

  /// The bytes of each argument as the kernel passed them: the parser has turned them into text, which loses bytes that are not UTF-8.
  private func arguments() -> [FilePath] {
    var raw = CommandLine.unsafeArgv.withMemoryRebound(to: UnsafeMutablePointer<CChar>?.self, capacity: Int(CommandLine.argc)) { pointer in
      (0..<Int(CommandLine.argc)).compactMap { pointer[$0].map { FilePath(platformString: $0) } }
    }
    return files.map { file in
      guard let index = raw.firstIndex(where: { $0.string == FilePath(file).string }) else { return FilePath(file) }
      return raw.remove(at: index)
    }
  }

  static func split(_ bytes: [UInt8]) -> [FilePath] {
    let separator: UInt8 = bytes.contains(0) ? 0 : 0x0A
    return bytes.split(separator: separator).map { FilePath(bytes: $0) }
  }
}
