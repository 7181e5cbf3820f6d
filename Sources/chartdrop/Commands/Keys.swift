import ArgumentParser
import SafeText
import ViewModels

struct Keys: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Prints the keys of the interactive program.")

  @Flag(help: "As a Markdown table, as it stands in the README.")
  var markdown = false

  func run() {
    Console.write(markdown ? KeyListing.markdown : KeyListing.plain, to: 1)
  }
}
