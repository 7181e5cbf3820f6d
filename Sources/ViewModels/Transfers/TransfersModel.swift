internal import Observation
internal import SafeText
internal import TransferEngine

/// The transfers of one profile, as the engine last told. The cursor is remembered by id.
@MainActor
@Observable
final class TransfersModel {
  private(set) var snapshots: [TransferSnapshot] = []
  private var window = ListWindow()
  private var detailWindow = ListWindow()
  /// The transfer whose details are open.
  private(set) var detailed: TransferSnapshot.ID?

  @ObservationIgnored private let environment: DisplayText
  @ObservationIgnored private let clock: WallClock
  @ObservationIgnored private var listening: Task<Void, Never>?

  init(service: any TransferService, clock: WallClock) {
    environment = DisplayText(escaping: service.profile.environment.rawValue)
    self.clock = clock
    let stream = service.snapshots()
    listening = Task { @MainActor [weak self] in
      for await snapshots in stream { self?.take(snapshots) }
    }
  }

  deinit { listening?.cancel() }

  var cursor: TransferSnapshot? { window.cursor < snapshots.count ? snapshots[window.cursor] : nil }
  var running: Int { snapshots.count { !$0.state.isEnded } }

  private func take(_ latest: [TransferSnapshot]) {
    let id = cursor?.id
    let stood = window.cursor == 0 && detailed == nil
    snapshots = latest
    // A cursor that nobody moved stays at the top, where the newest transfer comes in.
    let row = stood ? 0 : id.flatMap { id in latest.firstIndex { $0.id == id } }
    window.replace(count: latest.count, cursor: row ?? min(window.cursor, max(0, latest.count - 1)))
  }

  func move(_ command: Command) {
    if detailed != nil { detailWindow.scroll(command) } else { window.move(command) }
  }

  func setRows(_ rows: Int) {
    if detailed != nil {
      if rows != detailWindow.rows { detailWindow.resize(rows: rows) }
    } else if rows != window.rows {
      window.resize(rows: rows)
    }
  }

  func openDetails() {
    detailed = cursor?.id
    detailWindow = ListWindow(count: details?.lineCount ?? 0, rows: detailWindow.rows)
  }

  func closeDetails() { detailed = nil }

  // MARK: What may be done

  /// Why the transfer under the cursor cannot be cancelled; nil when it can.
  var whyNotCancel: DisplayText? {
    guard let state = cursor?.state else { return Words.Why.noTransfer }
    if state.isEnded { return Words.Transfers.alreadyEnded }
    return state == .finalizing ? Words.Transfers.finalizing : nil
  }

  /// Why the transfer under the cursor cannot be tried again; nil when it can.
  var whyNotRetry: DisplayText? {
    switch cursor?.state {
    case nil: Words.Why.noTransfer
    case .accepted: Words.Transfers.acceptedNoRetry
    case .uncertain: Words.Transfers.uncertainNoRetry
    case .failed, .refused, .cancelled: nil
    case .queued, .preparing, .uploading, .sending, .finalizing, .waiting, .paused: Words.Transfers.stillRunning
    }
  }

  // MARK: State

  var state: TransfersState {
    TransfersState(
      rows: window.visible.map { TransferRow(snapshots[$0], clock: clock, isUnderCursor: $0 == window.cursor) }, window: window)
  }

  var details: TransferDetails? {
    guard let snapshot = snapshots.first(where: { $0.id == detailed }) else { return nil }
    var details = TransferDetails(snapshot, environment: environment, clock: clock)
    details.window = ListWindow(count: details.lineCount, cursor: detailWindow.top, top: detailWindow.top, rows: detailWindow.rows)
    return details
  }

  var summary: TransfersSummary { TransfersSummary(snapshots) }
}
