public import ArgumentParser
public import ClinicalMessages
import Documents
import Patients
import SafeText
import SystemPackage
import TransferEngine
import ViewModels

/// What `send` and `preview` ask about the message.
struct MessageOptions: ParsableArguments {
  enum Method: String, ExpressibleByArgument, CaseIterable {
    case auto, embed, upload
  }

  @Option(help: ArgumentHelp("The patient's reference in the roster, as `patients search` prints it.", valueName: "ref"))
  var patient: String

  @Option(name: .customLong("as"), help: "What to send: fhir (DocumentReference), media, notes or results.")
  var kind: MessageKind

  @Option(help: ArgumentHelp("LOINC code of the document's type, such as 11506-3.", valueName: "LOINC"))
  var type: String?

  @Option(help: "How the file travels: auto decides by size; embed puts it into the message; upload sends it first.")
  var method = Method.auto

  func patient(from service: any TransferService, of session: Session) async throws -> Patient {
    let roster: Roster
    do {
      roster = try await service.roster()
    } catch {
      Console.complain(session.sentence(for: error))
      throw ExitStatus.configuration.asError
    }
    guard let found = roster.patient(Patient.ID(patient)) else {
      Console.complain(
        "No patient in the roster of profile \(service.profile.name) has this reference. Find it with: chartdrop patients search")
      throw ExitStatus.notFound.asError
    }
    return found
  }

  /// Why no plan could be made for a file.
  struct Unusable: Error {
    let reason: DisplayText
  }

  func plan(_ path: FilePath, for patient: Patient, service: any TransferService) async -> Result<Plan, Unusable> {
    do {
      let document = try await service.inspect(path)
      var fields = service.defaultFields(for: kind, document: document)
      if let type {
        fields.documentType = DocumentTypeCatalog.type(code: type) ?? CodedValue(code: type, display: "")
      }
      let draft = Draft(
        document: document, patient: patient, kind: kind, fields: fields, forcedMethod: DeliveryMethod(rawValue: method.rawValue),
        identity: service.makeIdentity())
      var plan = service.plan(draft)
      if let warning = await Self.sentBefore(draft, service) { plan.problems.append(warning) }
      return .success(plan)
    } catch {
      return .failure(Unusable(reason: Explain.document(error)))
    }
  }

  /// A script that runs twice must hear of it, as a person does at the review.
  private static func sentBefore(_ draft: Draft, _ service: any TransferService) async -> Problem? {
    // A record that cannot be read cannot be written either; sending says so.
    guard let last = try? await service.earlierSends(of: draft.document, to: draft.patient).first else { return nil }
    let time = WallClock.system.dateAndTime(last.queuedAt)
    let reason: DisplayText =
      switch last.standing {
      case .arrived: "It was already sent for this patient, on \(time)."
      case .uncertain: "It was sent for this patient on \(time), and nobody knows whether it arrived: it may be in the chart."
      case .underWay: "It is on its way for this patient already, since \(time)."
      }
    return Problem(
      .warning, field: "Document", reason: reason,
      remedy: "Send it again only if the chart does not have it.")
  }
}

extension MessageKind: ExpressibleByArgument {}
