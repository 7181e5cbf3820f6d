internal import ClinicalMessages
internal import Logging
internal import Patients
internal import RedoxAPI

/// Everything outside that an engine works with.
struct EngineParts: Sendable {
  var destination: any Destination
  var outbox: Outbox
  var documents: DocumentAccess
  var roster: @Sendable () async throws(RosterError) -> Roster
  var messages: Planner.Messages
  var seams: EngineSeams
  var simultaneousTransfers: Int
  var logger: Logger
  /// For what becomes of documents once they are accepted.
  var documentFiles: any DocumentFiles = SystemDocumentFiles()
}
