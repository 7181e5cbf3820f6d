internal import Logging
internal import RedoxAPI
internal import SafeText

/// Events go into the machines, and what they ask for is carried out.
extension TransferEngine {
  /// Transfers that are recorded in one go at most: others must get their turn.
  private static let batch = 500

  private struct Step {
    let id: TransferSnapshot.ID
    let event: TransferMachine.Event
    let actions: [TransferMachine.Action]
    var commits: Bool { actions.first == .commit }
  }

  /// Deals with an event. Those of one transfer are dealt with one after the other, each with everything that follows from it, so
  /// that no event sees a state that is not on the disk yet.
  func post(_ event: TransferMachine.Event, to id: TransferSnapshot.ID) async { await post(event, toAll: [id]) }

  /// The same for many, with few writes.
  func post(_ event: TransferMachine.Event, toAll ids: [TransferSnapshot.ID]) async {
    var steps: [Step] = []
    for id in ids where entries[id] != nil {
      if entries[id]?.isHandling == true {
        entries[id]?.inbox.append(event)
      } else {
        entries[id]?.isHandling = true
        touch(id)
        steps.append(step(event, id))
      }
    }
    for begin in stride(from: 0, to: steps.count, by: Self.batch) {
      await carryOut(steps[begin..<min(begin + Self.batch, steps.count)])
    }
    wakeDrainers()
  }

  private func step(_ event: TransferMachine.Event, _ id: TransferSnapshot.ID) -> Step {
    Step(id: id, event: event, actions: entries[id]?.machine.handle(event, at: parts.seams.now()) ?? [])
  }

  private func carryOut(_ steps: ArraySlice<Step>) async {
    await carryOutOnce(steps)
    for step in steps { await finishHandling(step.id) }
    forgetOldEnds()
  }

  /// Deals with what has come in meanwhile.
  private func finishHandling(_ id: TransferSnapshot.ID) async {
    while let next = entries[id]?.inbox.first {
      entries[id]?.inbox.removeFirst()
      await carryOutOnce([step(next, id)])
    }
    entries[id]?.isHandling = false
    touch(id)
  }

  private func carryOutOnce(_ steps: ArraySlice<Step>) async {
    var failure: OutboxError?
    let commits = steps.filter(\.commits).map(\.id)
    if !commits.isEmpty {
      do throws(OutboxError) {
        try await commit(commits)
        publish()
      } catch {
        failure = error
      }
    }
    for step in steps {
      if step.commits, let failure {
        recover(from: failure, before: step.actions.dropFirst(), for: step.id)
      } else {
        for action in step.actions.dropFirst(step.commits ? 1 : 0) { await perform(action, for: step.id) }
        // Overtaken on the way to its place: the place is given back.
        if case .start = step.event, step.actions.isEmpty { leave(step.id) }
      }
      // Not let go: then it never leaves.
      if case .lastPart = step.event { answerRelease(false, step.id) }
    }
    if failure != nil { publish() }
  }

  private func perform(_ action: TransferMachine.Action, for id: TransferSnapshot.ID) async {
    switch action {
    case .commit: break
    case .prepare: await prepare(id)
    case .upload: upload(id)
    case .send(let uri): send(id, uploadURI: uri)
    case .release: answerRelease(true, id)
    case .stop: entries[id]?.task?.cancel()
    case .enqueue: enqueue(id)
    case .wake(let pause): wake(id, after: pause)
    case .rest, .end: leave(id)
    }
  }

  /// What is to be sent is read now, and kept for as long as it is worked on.
  private func prepare(_ id: TransferSnapshot.ID) async {
    do throws(OutboxError) {
      let order = try await parts.outbox.transfer(id)?.order
      entries[id]?.order = order
    } catch {
      parts.logger.error("outbox does not give a transfer", metadata: ["transfer": "\(id.rawValue)"])
      return recover(from: error, before: [.prepare], for: id)
    }
    let isReadable = entries[id]?.order != nil
    begin(.preparation, id) { destination, _ async throws(DestinationError) in
      guard isReadable else { throw DestinationError(.configuration("This transfer was made by a newer version of the program.")) }
      _ = try await destination.authenticate()
      return .prepared
    }
  }

  private func commit(_ ids: [TransferSnapshot.ID]) async throws(OutboxError) {
    let present = ids.compactMap { entries[$0] }
    let requests = try await parts.outbox.record(present.map { TransferRecord($0, disposal: disposal(after: $0)) })
    for entry in present {
      let (id, machine) = (entry.id, entry.machine)
      entries[id]?.attempt = nil
      entries[id]?.decision = nil
      if disposal(after: entry) != nil { disposeOfDocument(id) }
      entries[id]?.note(recorded: machine)
      tellEnd(id)
      entries[id]?.isOwned = machine.state.isEnded || machine.ownership == .mine
      unrecorded.remove(id)
      if let request = requests[id] { entries[id]?.inbox.append(request.event) }
    }
  }

  /// The disk has let us down. What was to follow is not done; what has happened stays true, though only this process knows it. It keeps
  /// its lock, so that no other acts on what the disk says, and tries to record it until that works.
  private func recover(from error: OutboxError, before dropped: ArraySlice<TransferMachine.Action>, for id: TransferSnapshot.ID) {
    parts.logger.error("outbox does not take a state", metadata: ["transfer": "\(id.rawValue)"])
    let rests = dropped.contains { $0 == .end || $0 == .rest }
    // What is held back at its last part still reports its own end.
    let isUnderWay = dropped.contains(.release)
    if !dropped.isEmpty, !rests, !isUnderWay {
      _ = entries[id]?.machine.handle(.notRecorded(FailureWords.notRecorded(error)), at: parts.seams.now())
    }
    entries[id]?.note(unrecorded: error)
    tellEnd(id)
    unrecorded.insert(id)
    if !dropped.isEmpty, !isUnderWay { leave(id) }
    recordLater()
  }

  // MARK: What the disk did not take

  /// Seconds until the disk is asked again.
  private static let recordingPause = 10.0

  private func recordLater() {
    guard recorder == nil else { return }
    recorder = Task { [weak self, seams = parts.seams] in
      await seams.sleep(Self.recordingPause)
      await self?.recordAgain()
    }
  }

  private func recordAgain() async {
    recorder = nil
    // Those with something under way are recorded with their next state.
    let ids = unrecorded.filter { entries[$0]?.isHandling == false && entries[$0]?.task == nil }
    if !ids.isEmpty {
      for id in ids { entries[id]?.isHandling = true }
      do throws(OutboxError) {
        try await commit(Array(ids))
        publish()
      } catch {
        parts.logger.error("outbox still does not take a state")
      }
      for id in ids { await finishHandling(id) }
      wakeDrainers()
    }
    if !unrecorded.isEmpty { recordLater() }
  }
}

extension Outbox.Request {
  var event: TransferMachine.Event {
    switch self {
    case .cancel: .cancelRequested
    case .pause: .pauseRequested
    case .resume: .resumeRequested
    }
  }
}
