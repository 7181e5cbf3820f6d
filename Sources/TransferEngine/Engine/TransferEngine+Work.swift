internal import ClinicalMessages
internal import RedoxAPI
internal import SafeText

/// The work that a transfer consists of: one piece at a time, each in a task that can be cancelled.
extension TransferEngine {
  func upload(_ id: TransferSnapshot.ID) {
    guard let order = entries[id]?.order else { return }
    let request = UploadRequest(
      content: parts.documents.content(order.path, order.identity), fileName: Redacted(order.fileName), mediaType: order.mediaType)
    begin(.upload, id) { destination, progress async throws(DestinationError) in
      let receipt = try await destination.upload(request, progress: progress)
      return .uploaded(uri: receipt.uri, status: receipt.status)
    }
  }

  func send(_ id: TransferSnapshot.ID, uploadURI: String?) {
    guard let order = entries[id]?.order else { return }
    let message = order.clinicalMessage
    let file: MessageRequest.Hole = order.hasFile ? .base64(parts.documents.content(order.path, order.identity)) : .absent
    let hole = uploadURI.map { .uploadURI($0) } ?? file
    begin(.message, id) { destination, progress async throws(DestinationError) in
      guard let message else { throw DestinationError(.configuration("This transfer was made by a newer version of the program.")) }
      let request = MessageRequest(message: message, hole: hole)
      return .answered(
        try await destination.send(request, progress: progress) { [weak self] in await self?.mayLastPartLeave(id) ?? false })
    }
  }

  func begin(
    _ work: FailureTable.Work, _ id: TransferSnapshot.ID,
    _ body: @escaping @Sendable (any Destination, @escaping ProgressHandler) async throws(DestinationError) -> TransferMachine.Event
  ) {
    entries[id]?.workBegan = parts.seams.now()
    if work == .upload || entries[id]?.machine.method == .embed {
      entries[id]?.acknowledgedBytes = 0
      entries[id]?.meter = RateMeter()
    }
    let (progress, continuation) = AsyncStream.makeStream(of: DeliveryProgress.self, bufferingPolicy: .bufferingNewest(1))
    let listener = Task { for await step in progress { await progressed(step, during: work, id) } }
    // Called off, perhaps by another process, while the state was being recorded: then nothing leaves.
    let isCalledOff = entries[id]?.inbox.contains { work == .message ? $0 == .cancelRequested : $0.stopsWork } == true
    entries[id]?.task = Task { [destination = parts.destination, jitter = parts.seams.jitter] in
      let result: Result<TransferMachine.Event, DestinationError>
      do throws(DestinationError) {
        if isCalledOff { throw DestinationError(.cancelled) }
        result = .success(try await body(destination) { continuation.yield($0) })
      } catch {
        result = .failure(error)
      }
      // Progress that is still under way must not arrive after the end.
      continuation.finish()
      await listener.value
      await finished(result, during: work, jitter: jitter(), id)
    }
  }

  /// Waits until the disk says that the message may be whole.
  private func mayLastPartLeave(_ id: TransferSnapshot.ID) async -> Bool {
    guard entries[id] != nil, entries[id]?.release == nil else { return false }
    return await withCheckedContinuation { continuation in
      entries[id]?.release = continuation
      Task { await post(.lastPart, to: id) }
    }
  }

  func answerRelease(_ mayLeave: Bool, _ id: TransferSnapshot.ID) {
    let waiting = entries[id]?.release
    entries[id]?.release = nil
    waiting?.resume(returning: mayLeave)
  }

  private func progressed(_ step: DeliveryProgress, during work: FailureTable.Work, _ id: TransferSnapshot.ID) async {
    guard let entry = entries[id], entry.machine.work == work else { return }
    // A message that only refers to an upload says nothing about the file's bytes.
    if work == .upload || entry.machine.method == .embed {
      entries[id]?.acknowledgedBytes = max(entry.acknowledgedBytes, min(step.acknowledgedBytes, entry.byteCount))
      if step.phase != .connecting { entries[id]?.meter.add(bytes: step.acknowledgedBytes, at: parts.seams.uptime()) }
    }
    if work == .message, step.phase == .finalizing, entry.machine.state == .sending {
      await post(.progressed(.finalizing), to: id)
    } else {
      publishSoon()
      watchForStalls()
    }
    await lookAroundSometimes()
  }

  private func finished(
    _ result: Result<TransferMachine.Event, DestinationError>, during work: FailureTable.Work, jitter: Double, _ id: TransferSnapshot.ID
  ) async {
    guard let entry = entries[id] else { return }
    entries[id]?.task = nil
    entries[id]?.attempt = AttemptReport.attempt(
      result, work, began: entry.workBegan, ended: parts.seams.now(), bytes: entry.acknowledgedBytes, stop: entry.stop)
    switch result {
    case .success(let event):
      // A token may come out of the cache: only what the server itself has taken proves that it is there again.
      if work != .preparation {
        serverAnswered()
        schedule()
      }
      await post(event, to: id)
    case .failure(let error):
      switch error.cause {
      case .cannotConnect, .tls, .timedOut, .connectionLost, .busy, .serverFailure, .unreadableReply:
        serverFailed(error, during: work, jitter: jitter, id)
      case .unauthorized, .forbidden, .tooLarge, .refused: serverAnswered()
      case .content, .configuration, .cancelled: break
      }
      await post(.failed(error, jitter: jitter), to: id)
    }
  }
}

extension TransferMachine.Event {
  /// What has not begun to leave does not begin then.
  fileprivate var stopsWork: Bool {
    switch self {
    case .cancelRequested, .pauseRequested, .leaveRequested: true
    default: false
    }
  }
}
