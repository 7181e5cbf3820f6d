import ArgumentParser
import ClinicalMessages
import Documents
import SafeText
import SystemPackage
import TransferEngine

struct Send: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sends files to one patient's chart.",
    discussion: """
      Every file becomes one message for the same patient; a document that is named twice is sent once, and the exit status is 1. The command ends when each has an answer; "accepted" means that Redox \
      has queued it. To a production profile the patient's birth date (YYYY-MM-DD) is asked on standard input; with --files-from - \
      it is the first line.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var message: MessageOptions
  @OptionGroup var input: FileArguments
  @Flag(name: .customLong("dry-run"), help: "Do everything except sending; say what would be sent.")
  var dryRun = false
  @Flag(help: "Report as JSON, one object a file; without patient data.")
  var json = false

  func run() async throws {
    let session = try await Session.open(common)
    let service = try await session.service()
    let patient = try await message.patient(from: service, of: session)
    let paths = try confirmedPaths(for: patient, profile: service.profile)

    var reports: [SendReport] = []
    var submitted: [TransferSnapshot.ID: Int] = [:]
    var firsts: [[UInt8]: SendReport.EarlierFile] = [:]
    for path in paths {
      let prepared = await message.plan(path, for: patient, service: service)
      var report = SendReport(file: DisplayText(nameOf: path), prepared: prepared)
      if case .success(let plan) = prepared, plan.canBeSent {
        let content = plan.draft.document.identity.sha256
        if let earlier = firsts[content] {
          report = SendReport(file: report.file, repeating: earlier)
        } else {
          do throws(OutboxError) {
            if !dryRun { submitted[try await service.submit(plan)] = reports.count }
            firsts[content] = SendReport.EarlierFile(name: report.file, number: reports.count + 1)
          } catch {
            report.outcome = SendReport.Outcome.failed(Explain.outbox(error))
          }
        }
      }
      reports.append(report)
    }
    var isInterrupted = false
    if !submitted.isEmpty {
      isInterrupted = await Delivery(service: service, showsProgress: !json).wait(for: Set(submitted.keys)) { snapshot in
        if let position = submitted[snapshot.id] { reports[position].outcome = .ended(snapshot) }
      }
      // What becomes of the files of accepted documents.
      await service.drain()
      for (id, position) in submitted { reports[position].reasonFileWasLeft = await session.reasonFileWasLeft(id) }
    }
    for report in reports {
      if json { Console.printMachineReadable(report.json) } else { report.lines.forEach(Console.print) }
    }
    var status = SendReport.status(of: reports, dryRun: dryRun)
    if isInterrupted && status == .notAccepted { status = .interrupted }
    if status != .done { throw status.asError }
  }

  /// Reads standard input once: the birth date first where production asks for it, then the files' names.
  private func confirmedPaths(for patient: Patient, profile: ProfileSummary) throws -> [FilePath] {
    var rest: [UInt8] = []
    if input.filesFrom != nil { rest = Console.readAll() }
    if profile.isProduction && !dryRun {
      let answer: String?
      if input.filesFrom != nil {
        answer = String(decoding: rest.prefix { $0 != 0x0A }, as: UTF8.self)
        rest = Array(rest.drop { $0 != 0x0A }.dropFirst())
      } else {
        answer = Console.readLine(prompt: "Production. The patient's birth date (YYYY-MM-DD):")
      }
      try confirm(answer, for: patient)
    }
    return try input.paths(input: rest)
  }

  private func confirm(_ answer: String?, for patient: Patient) throws {
    guard let birthDate = patient.birthDate?.reveal() else {
      Console.complain("The roster has no birth date for this patient, so a send to production cannot be confirmed. Nothing was sent.")
      throw ExitStatus.notAccepted.asError
    }
    let typed = (answer ?? "").filter { !$0.isWhitespace }
    if typed.isEmpty {
      Console.complain("Production asks for the patient's birth date (YYYY-MM-DD) on standard input, and none came. Nothing was sent.")
      throw ExitStatus.notAccepted.asError
    }
    guard let date = CalendarDate(iso: typed), date == birthDate else {
      Console.complain("The birth date does not match this patient. Nothing was sent. Give it as YYYY-MM-DD on standard input.")
      throw ExitStatus.notAccepted.asError
    }
  }
}
