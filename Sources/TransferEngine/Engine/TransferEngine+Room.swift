#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Who may begin, who waits, and until when.
extension TransferEngine {
  var isIdle: Bool {
    !entries.values.contains { $0.isOwned && ($0.isHandling || !($0.machine.state.isEnded || $0.machine.state == .paused)) }
  }

  /// Begins as many transfers as there is room for; comes back by itself when the gate holds them.
  func schedule() {
    let time = parts.seams.uptime()
    while let id = ready.first, active.count < gate.room(at: time) {
      ready.removeFirst()
      active.insert(id)
      Task { await post(.start, to: id) }
    }
    guard !ready.isEmpty, gateTimer == nil, let opening = gate.opens(after: time) else { return }
    gateTimer = Task { [weak self, seams = parts.seams] in
      await seams.sleep(opening - time)
      await self?.gateOpened()
    }
  }

  private func gateOpened() {
    gateTimer = nil
    schedule()
  }

  /// Puts a transfer behind those that wait for room.
  func enqueue(_ id: TransferSnapshot.ID) {
    active.remove(id)
    guard !ready.contains(id) else { return }
    ready.append(id)
    schedule()
  }

  /// Gives the room back.
  func leave(_ id: TransferSnapshot.ID) {
    active.remove(id)
    ready.removeAll { $0 == id }
    entries[id]?.timer?.cancel()
    entries[id]?.timer = nil
    schedule()
  }

  /// Wakes whoever waits for the end of all, once it has come.
  func wakeDrainers() {
    guard isIdle else { return }
    let waiting = drainers
    drainers = []
    for drainer in waiting { drainer.resume() }
  }

  /// Lets a transfer wait for room again at this time.
  func wake(_ id: TransferSnapshot.ID, at time: Date) {
    active.remove(id)
    let pause = max(0, time.timeIntervalSince(parts.seams.now()))
    entries[id]?.timer = Task { [weak self, seams = parts.seams] in
      await seams.sleep(pause)
      if !Task.isCancelled { await self?.enqueue(id) }
    }
    schedule()
  }
}
