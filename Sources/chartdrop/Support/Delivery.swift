import Dispatch
import SafeText
import Synchronization
import TransferEngine
import ViewModels
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Waits for transfers on behalf of a command, with one line of progress when a person is watching. Ctrl-C cancels them and still waits
/// for their honest ends.
struct Delivery {
  let service: any TransferService
  let showsProgress: Bool

  /// - Returns: whether it was interrupted.
  func wait(for ids: Set<TransferSnapshot.ID>, ended: (TransferSnapshot) -> Void) async -> Bool {
    // A terminal that goes away takes nothing with it: what is on its way is finished.
    signal(SIGHUP, SIG_IGN)
    let interruption = Flag()
    let interrupts = Interruption.each(of: [SIGINT, SIGTERM]) { [service] in
      interruption.raise()
      Task { await service.cancel(Array(ids)) }
    }
    defer { interrupts.forEach { $0.cancel() } }
    let isWatched = showsProgress && isatty(STDERR_FILENO) == 1
    var remaining = ids
    for await snapshots in service.snapshots() {
      let mine = snapshots.filter { ids.contains($0.id) }
      if isWatched { showProgress(mine) }
      // A paused one waits for a person, and may do so for days.
      for snapshot in mine where snapshot.state.isEnded || snapshot.state == .paused {
        if remaining.remove(snapshot.id) != nil { ended(snapshot) }
      }
      if remaining.isEmpty { break }
    }
    if isWatched { Console.write("\r\u{1B}[K", to: STDERR_FILENO) }
    return interruption.isRaised
  }

  private final class Flag: Sendable {
    private let state = Mutex(false)
    var isRaised: Bool { state.withLock { $0 } }
    func raise() { state.withLock { $0 = true } }
  }

  private func showProgress(_ snapshots: [TransferSnapshot]) {
    let done = snapshots.reduce(0) { $0 + $1.acknowledgedBytes }
    let total = snapshots.reduce(0) { $0 + $1.totalBytes }
    let ended = snapshots.count { $0.state.isEnded }
    let line: DisplayText = "\(ended) of \(snapshots.count) answered, \(Format.size(done)) of \(Format.size(total))"
    Console.write("\r\u{1B}[K" + line.truncated(to: 78).string, to: STDERR_FILENO)
  }
}
