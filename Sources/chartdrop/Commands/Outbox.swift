import ArgumentParser
import Foundation
import SafeText
import TransferEngine
import ViewModels

struct OutboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outbox", abstract: "Says how the record of sends is, or sets it aside to begin a new one.",
    subcommands: [OutboxStatusCommand.self, OutboxSetAside.self])
}

struct OutboxStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Says how the outbox is; changes nothing.",
    discussion: "Reads the whole database. Exit status 0 when all is well or there is none yet, 1 otherwise.")

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let status = OutboxKeeper(places: try OutboxAccess.places(common)).status()
    Console.print("state: \(status.health.rawValue)")
    if status.byteCount > 0 { Console.print("size: \(Format.size(status.byteCount))") }
    if let version = status.versions.last { Console.print("schema: \(version)") }
    for (word, count) in status.counts.sorted(by: { $0.key < $1.key }) { Console.print("\(word): \(count)") }
    if let oldest = status.oldest { Console.print("oldest: \(HistoryTime.text(oldest))") }
    if status.purgedCount > 0 { Console.print("without patient data: \(status.purgedCount)") }
    guard let reason = status.reason else { return }
    Console.complain(reason + (status.remedy.map { " " + $0 } ?? ""))
    throw ExitStatus.notAccepted.asError
  }
}

struct OutboxSetAside: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set-aside", abstract: "Moves the outbox and its key into a folder of their own, and begins a new one.",
    discussion: """
      Nothing is deleted or overwritten. The new outbox gets the receipts that can be read without a key: numbers, states, times, sizes. \
      What was not sent stays behind and is not sent; warnings of earlier sends begin anew. Refused while another chartdrop runs.
      """)

  @OptionGroup var common: CommonOptions
  @Flag(help: "Do not ask.")
  var yes = false

  func run() async throws {
    let keeper = OutboxKeeper(places: try OutboxAccess.places(common))
    let status = keeper.status()
    if status.health == .missing {
      Console.print("There is no outbox yet.")
      return
    }
    if let reason = status.reason { Console.print(reason) }
    if status.unsentCount > 0 { Console.print(unsent(status.unsentCount)) }
    if !yes {
      let answer = Console.readLine(prompt: "Set the outbox aside and begin a new one? Type yes:")
      guard answer == "yes" else {
        Console.complain("Nothing was changed.")
        throw ExitStatus.notAccepted.asError
      }
    }
    let result = try OutboxAccess.explaining { () throws(OutboxError) in
      try keeper.setAside(now: Date(), owner: UUID().uuidString.lowercased())
    }
    Console.print("The old outbox is in \(result.folder), with its key.")
    Console.print("The new one has \(result.receipts) of its receipts.")
    if result.unsent > 0 { Console.print(unsent(result.unsent)) }
    if let problem = result.problem {
      Console.complain("Receipts could not all be copied: " + problem)
      throw ExitStatus.notAccepted.asError
    }
  }

  private func unsent(_ count: Int) -> DisplayText {
    count == 1
      ? "1 transfer was not sent and will not be: choose its document anew."
      : "\(count) transfers were not sent and will not be: choose their documents anew."
  }
}
