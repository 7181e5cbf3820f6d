internal import ClinicalMessages
internal import TransferEngine

/// One opened profile: its engine and what it transfers. Kept when another profile is chosen, since its transfers go on.
@MainActor
final class Session {
  let service: any TransferService
  let transfers: TransfersModel
  var recentNumbers = RecentNumbers()
  /// What the next form begins with.
  private(set) var remembered: RememberedDefaults
  private let memory: DefaultsMemory

  init(service: any TransferService, clock: WallClock, memory: DefaultsMemory) {
    self.service = service
    self.memory = memory
    remembered = memory.load(service.profile.name)
    transfers = TransfersModel(service: service, clock: clock)
  }

  /// After a draft was sent.
  /// - Parameter keepingType: its document type was the file's, and nobody's choice.
  func note(_ draft: Draft, keepingType: Bool = false) async {
    recentNumbers.note(draft.fields, of: draft.patient.id)
    let before = remembered
    remembered.note(draft.kind, draft.fields)
    if keepingType { remembered.documentTypes[draft.kind] = before.documentTypes[draft.kind] }
    if remembered != before { await memory.save(service.profile.name, remembered) }
  }
}
