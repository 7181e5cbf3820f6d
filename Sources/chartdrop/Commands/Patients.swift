import ArgumentParser
import ClinicalMessages
import Foundation
import Patients
import SafeText
import TransferEngine

struct PatientsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "patients", abstract: "Looks up patients of the roster.", subcommands: [PatientsSearch.self])
}

struct PatientsSearch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Prints the references of patients by name, birth date or number.",
    discussion: """
      The query comes from a prompt or from standard input, never from the command line, where others could read it. \
      Each line is the reference that other commands take, a tab, and who it is. Exit status 66 when nobody is found.
      """)

  @OptionGroup var common: CommonOptions
  @Option(help: "Print at most this many.")
  var limit = 50

  func run() async throws {
    let session = try await Session.open(common)
    let service = try await session.service()
    guard let query = Console.readLine(prompt: "Name, birth date or number:") else { throw ExitStatus.usage.asError }
    let roster: Roster
    do {
      roster = try await service.roster()
    } catch {
      Console.complain(session.sentence(for: error))
      throw ExitStatus.configuration.asError
    }
    let found = roster.search(query)
    let today = CalendarDate.today
    for patient in found.prefix(limit) {
      Console.print("\(patient.id.rawValue)" + DisplayText.tab + PatientBannerText(patient, on: today).line.reveal())
    }
    if found.count > limit { Console.complain("\(found.count - limit) more; type more of the name.") }
    if found.isEmpty {
      Console.complain("Nobody in the roster fits.")
      throw ExitStatus.notFound.asError
    }
  }
}

extension DisplayText {
  /// Between columns that a script cuts apart.
  static let tab: DisplayText = "\t"
}

extension CalendarDate {
  /// By this machine's clock and time zone.
  static var today: CalendarDate {
    let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date())
    guard let year = parts.year, let month = parts.month, let day = parts.day,
      let date = CalendarDate(year: year, month: month, day: day)
    else { preconditionFailure("the Gregorian calendar gave no date") }
    return date
  }
}
