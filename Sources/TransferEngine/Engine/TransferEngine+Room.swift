/// Who may begin, who waits, and until when.
extension TransferEngine {
  var isIdle: Bool { busy.isEmpty && disposing == 0 }

  /// Begins as many transfers as there is room for; comes back by itself when the gate holds them.
  func schedule() {
    defer { wakeResters() }
    guard !isOffDuty else { return }
    let time = parts.seams.uptime()
    while active.count < gate.room(at: time), let id = ready.popFirst() {
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
    stopTimer(id)
    active.remove(id)
    // It came when everything was being handed over: it goes the same way.
    guard !isOffDuty else {
      Task { await post(.leaveRequested, to: id) }
      return
    }
    ready.append(id)
    schedule()
  }

  /// Gives the room back.
  func leave(_ id: TransferSnapshot.ID) {
    stopTimer(id)
    active.remove(id)
    ready.remove(id)
    entries[id]?.order = nil
    schedule()
  }

  private func stopTimer(_ id: TransferSnapshot.ID) {
    entries[id]?.timer?.cancel()
    entries[id]?.timer = nil
  }

  /// Wakes whoever waits for the end of all, once it has come.
  func wakeDrainers() {
    wakeResters()
    guard isIdle else { return }
    let waiting = drainers
    drainers = []
    for drainer in waiting { drainer.resume() }
  }

  /// Lets a transfer wait for room after so many seconds.
  func wake(_ id: TransferSnapshot.ID, after pause: Double) {
    stopTimer(id)
    active.remove(id)
    entries[id]?.order = nil
    entries[id]?.timer = Task { [weak self, seams = parts.seams] in
      await seams.sleep(pause)
      if !Task.isCancelled { await self?.enqueue(id) }
    }
    schedule()
  }
}
