internal import SafeText
internal import TransferEngine

/// Leaving the program, and putting it aside, while transfers run.
extension AppModel {
  /// Transfers of all profiles that have not ended and that are not paused.
  var running: Int { sessions.values.reduce(0) { $0 + $1.transfers.running } }

  func quit() {
    if justWentBack {
      // Somebody who goes back several screens with the same key does not mean to leave.
      justWentBack = false
      tell(.plain, Words.App.onceMoreToLeave)
    } else if running == 0 {
      exit = .now
    } else {
      dialog = .quit(running: running)
      ask(.flushInput)
    }
  }

  func leave() { exit = running == 0 ? .now : .afterTransfers }

  /// Whoever leaves has seen what the foot of the screen said of ended transfers.
  public func noteSeenEverywhere() async {
    for session in sessions.values { await session.service.noteSeen() }
  }

  /// Leaves the transfers to a process in the background, as far as there can be one.
  /// - Returns: false when there is none; then they are this process's still.
  public func handOver() async -> Bool {
    guard let start = dependencies.startBackground else { return false }
    for session in sessions.values { await session.service.handOver() }
    if start() { return true }
    await takeBack()
    return false
  }

  /// A stopped process sends nothing, so another one goes on meanwhile.
  func suspend() {
    guard running > 0, dependencies.startBackground != nil else { return ask(.suspend) }
    tell(.plain, Words.App.handingOver)
    work.start { [weak self] in
      guard let self else { return }
      self.isAway = await self.handOver()
      if self.isAway { self.notice = nil }
      self.ask(.suspend)
    }
  }

  /// The process goes on after it was stopped.
  public func resumed() {
    guard isAway else { return }
    work.start { [weak self] in await self?.takeBack() }
  }

  private func takeBack() async {
    isAway = false
    for session in sessions.values {
      do throws(OutboxError) {
        try await session.service.takeBack()
      } catch {
        tell(.error, error.sentence + " " + error.remedy)
      }
    }
  }
}
