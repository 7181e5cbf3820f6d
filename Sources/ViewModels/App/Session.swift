internal import TransferEngine

/// One opened profile: its engine and what it transfers. Kept when another profile is chosen, since its transfers go on.
@MainActor
final class Session {
  let service: any TransferService
  let transfers: TransfersModel

  init(service: any TransferService, clock: WallClock) {
    self.service = service
    transfers = TransfersModel(service: service, clock: clock)
  }
}
