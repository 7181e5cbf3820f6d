import ArgumentParser
import ClinicalMessages
import Foundation
import SafeText
import TransferEngine
import ViewModels

struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Lists what was sent, and what became of it.", subcommands: [HistoryList.self, HistoryShow.self],
    defaultSubcommand: HistoryList.self)
}

struct HistoryList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists transfers, newest first.",
    discussion: """
      Without patient data, unless it is asked for. Lines are: when it was queued, state, kind, size, transfer, document number. The \
      state says too whether the document was replaced or taken back since. \
      Exit status 66 when neither the history nor a roster has the patient's reference. \
      --json prints one object a line, --csv a table; both print everything that was not left out by a condition.
      """)

  @OptionGroup var common: CommonOptions
  @Option(
    help: ArgumentHelp(
      "Only this state; may be repeated. One of: \(HistoryFilter.allStates.joined(separator: ", ")).", valueName: "state")
  )
  var state: [String] = []
  @Flag(help: "Only what was refused, has failed or is uncertain still; like the filter in Transfers.")
  var failures = false
  @Option(help: ArgumentHelp("Only what was queued on this day or later, YYYY-MM-DD.", valueName: "day"))
  var since: Day?
  @Option(help: ArgumentHelp("Only what was queued on this day or earlier, YYYY-MM-DD.", valueName: "day"))
  var until: Day?
  @Option(help: ArgumentHelp("Only what was sent for this patient, by the roster's reference.", valueName: "ref"))
  var patient: String?
  @Option(help: ArgumentHelp("Only this document number.", valueName: "number"))
  var document: String?
  @Option(help: "Print at most this many lines.")
  var limit: Int?
  @Flag(help: "One JSON object a line.")
  var json = false
  @Flag(help: "A table of comma-separated values.")
  var csv = false
  @Flag(help: "Add patients, files and the server's words to JSON or CSV.")
  var withPatientData = false

  func validate() throws {
    if json && csv { throw ValidationError("Choose --json or --csv.") }
    if failures && !state.isEmpty { throw ValidationError("Choose --failures or --state.") }
    if let limit, limit < 1 { throw ValidationError("--limit is a positive number.") }
    if let wrong = state.first(where: { !HistoryFilter.allStates.contains($0) }) {
      throw ValidationError("There is no state \"\(wrong)\". There are: \(HistoryFilter.allStates.joined(separator: ", ")).")
    }
  }

  func run() async throws {
    let history = try OutboxAccess.history(common)
    if withPatientData { Console.complain("This output holds patient data. Keep it where only those can read it who may.") }
    let filter = HistoryFilter(
      states: failures ? HistoryFilter.failures : Set(state), since: since?.begin, until: until?.end, patient: patient,
      profile: common.profile,
      document: document)
    var left = limit ?? (json || csv ? Int.max : 50)
    var cursor: HistoryCursor?
    var isFirst = true
    repeat {
      let size = min(left, 200)
      let page = try await OutboxAccess.explaining { [cursor] () async throws(OutboxError) in
        try await history.page(filter, limit: size, before: cursor)
      }
      for entry in page.entries {
        let record =
          withPatientData
          ? try await OutboxAccess.explaining { () async throws(OutboxError) in try await history.record(entry.id) } : nil
        show(entry, record, isFirst: isFirst)
        isFirst = false
      }
      left -= page.entries.count
      cursor = page.next
    } while left > 0 && cursor != nil
    if isFirst { try await HistorySubject(history: history, options: common, patient: patient).check() }
    if isFirst && !json && !csv { Console.complain("Nothing was sent that fits.") }
    if cursor != nil && !json && !csv { Console.complain("There is more; --limit shows it, --since and --until narrow it down.") }
  }

  private func show(_ entry: HistoryEntry, _ record: HistoryRecord?, isFirst: Bool) {
    if json { return Console.printMachineReadable(HistoryExport(entry, withPatientData: record).json) }
    if csv {
      let export = HistoryExport(entry, withPatientData: record)
      if isFirst { Console.printMachineReadable(export.csvHeader) }
      return Console.printMachineReadable(export.csv)
    }
    var columns: [DisplayText] = [
      HistoryTime.text(entry.queuedAt), HistoryTime.state(entry), "\(entry.kind)", Format.size(entry.byteCount), "\(entry.id.rawValue)",
      "\(entry.documentID)",
    ]
    if let details = record?.details { columns += [details.patientName.reveal(), details.fileName.reveal()] }
    Console.print(columns.joined(separator: DisplayText.tab))
  }
}

struct HistoryShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows one transfer with every attempt and every decision.",
    discussion: "Patient, file and the server's words on request only. Exit status 66 when there is no such transfer.")

  @OptionGroup var common: CommonOptions
  @Flag(help: "As JSON: the transfer, then one line an attempt and one a decision.")
  var json = false
  @Flag(help: "Add patient, file and the server's words.")
  var withPatientData = false
  @Argument(help: "The transfer, as the list shows it.")
  var transfer: String

  func run() async throws {
    let history = try OutboxAccess.history(common)
    let id = TransferSnapshot.ID(transfer)
    guard let record = try await OutboxAccess.explaining({ () async throws(OutboxError) in try await history.record(id) }) else {
      Console.complain("There is no transfer \(transfer).")
      throw ExitStatus.notFound.asError
    }
    if withPatientData { Console.complain("This output holds patient data. Keep it where only those can read it who may.") }
    let export = HistoryExport(record.entry, withPatientData: withPatientData ? record : nil)
    if json {
      Console.printMachineReadable(export.json)
      let lines =
        record.attempts.map { HistoryExport.attempt($0, withWords: withPatientData) }
        + record.decisions.map { HistoryExport.decision($0, withNote: withPatientData) }
      lines.forEach { Console.printMachineReadable(HistoryExport.json($0)) }
      return
    }
    for (name, value) in export.fields {
      if let text = HistoryTime.text(value) { Console.print("\(name): \(text)") }
    }
    if let sentence = record.entry.removalSentence { Console.print(sentence) }
    for (number, attempt) in record.attempts.enumerated() {
      let status = attempt.status.map { DisplayText(", status \($0)") } ?? ""
      Console.print(
        "attempt \(number + 1): \(HistoryTime.text(attempt.startedAt)) \(attempt.step.rawValue), \(attempt.outcome)\(status), \(Format.size(attempt.acknowledgedBytes))"
      )
      if withPatientData { attempt.words.forEach { Console.print("  Redox says: \($0)") } }
      (withPatientData ? attempt.logIDs : attempt.plainLogIDs).forEach { Console.print("  log: \($0)") }
    }
    for correction in record.corrections {
      let what: DisplayText = correction.purpose == .retract ? "to take it back" : "to replace it"
      Console.print("\(what): \(HistoryTime.text(correction.changedAt)) \(correction.state), transfer \(correction.id.rawValue)")
    }
    for decision in record.decisions {
      Console.print("decided: \(HistoryTime.text(decision.at)) \(decision.what.rawValue), by \(decision.who)")
      if withPatientData, let note = decision.note { Console.print("  \(note)") }
    }
  }
}

/// Times and values of the history for a person.
enum HistoryTime {
  /// By this machine's time zone.
  static func text(_ date: Date) -> DisplayText {
    let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
    func two(_ number: Int?) -> String { ((number ?? 0) < 10 ? "0" : "") + String(number ?? 0) }
    return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day)) \(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))"
  }

  static func state(_ entry: HistoryEntry) -> DisplayText {
    if let fate = entry.correction?.fate { return "\(entry.state), \(fate)" }
    guard entry.state == "uncertain", let decision = entry.decision else { return "\(entry.state)" }
    return "\(entry.state), \(decision.rawValue)"
  }

  /// Nil for nothing.
  static func text(_ value: HistoryExport.Value) -> DisplayText? {
    switch value {
    case .text(let text): "\(text)"
    case .number(let number): "\(number)"
    case .list(let list): list.isEmpty ? nil : list.map { DisplayText(escaping: $0) }.joined(separator: " ")
    case .none: nil
    }
  }
}

/// A day of this machine's time zone.
struct Day: ExpressibleByArgument {
  /// Its first moment, and the next day's.
  let begin: Date
  let end: Date

  init?(argument: String) {
    let calendar = Calendar(identifier: .gregorian)
    guard let day = CalendarDate(iso: argument),
      let begin = calendar.date(from: DateComponents(year: day.year, month: day.month, day: day.day)),
      let end = calendar.date(byAdding: .day, value: 1, to: begin)
    else { return nil }
    (self.begin, self.end) = (begin, end)
  }
}
