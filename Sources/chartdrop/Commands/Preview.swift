import ArgumentParser
import ClinicalMessages
import Documents
import SafeText
import SystemPackage
import TransferEngine

struct Preview: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows the exact message for a file, without sending it.",
    discussion: """
      The JSON is printed byte for byte as it would be sent, except that the file itself is left out. It contains patient data: \
      mind where it goes. Problems, the method and its reason go to standard error.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var message: MessageOptions
  @OptionGroup var input: FileArguments

  func run() async throws {
    let session = try await Session.open(common)
    let service = try await session.service()
    let patient = try await message.patient(from: service, of: session)
    var status = ExitStatus.done
    for path in try input.paths(input: input.filesFrom == nil ? [] : Console.readAll()) {
      switch await message.plan(path, for: patient, service: service) {
      case .failure(let unusable):
        Console.complain("\(DisplayText(nameOf: path)): \(unusable.reason)")
        status = .notFound
      case .success(let plan):
        for problem in plan.problems { Console.complain("\(problem.field): \(problem.reason) \(problem.remedy)") }
        Console.complain("Method: \(plan.method.method.words). \(plan.method.reason)")
        Console.printMachineReadable(plan.preview.plainText)
        if !plan.canBeSent { status = .notAccepted }
      }
    }
    if status != .done { throw status.asError }
  }
}
