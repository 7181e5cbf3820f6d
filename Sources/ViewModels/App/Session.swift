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
  /// - Parameter isTypeChosen: a person chose its document type. One that its file asked for is not what another file asks for.
  func note(_ draft: Draft, isTypeChosen: Bool) async {
    recentNumbers.note(draft.fields, of: draft.patient.id)
    let before = remembered
    remembered.note(draft.kind, draft.fields)
    if !isTypeChosen { remembered.documentTypes[draft.kind] = before.documentTypes[draft.kind] }
    if remembered != before { await memory.save(service.profile.name, remembered) }
  }
}
