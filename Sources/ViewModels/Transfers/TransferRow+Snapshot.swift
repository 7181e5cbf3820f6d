internal import ClinicalMessages
internal import Documents
internal import SafeText
internal import TransferEngine

extension TransferRow {
  /// - Parameters:
  ///   - correction: What has become of its document, when that does not stand as it was sent.
  ///   - isMasked: Others may see the screen; the row under the cursor is whole all the same.
  init(
    _ snapshot: TransferSnapshot, correction: Correction? = nil, clock: WallClock, isUnderCursor: Bool, isMasked: Bool = false
  ) {
    let fraction = snapshot.isElsewhere && snapshot.state != .paused ? nil : snapshot.fraction
    let isMoving = snapshot.state == .uploading || snapshot.state == .sending
    let masks = isMasked && !isUnderCursor
    let patient = TransferPatient(snapshot)
    self.init(
      glyph: TransferGlyph(snapshot.state, correction), state: snapshot.word(correction),
      file: masks ? snapshot.maskedFile : snapshot.fileName,
      patient: patient.name(isMasked: masks), identity: patient.identity(isMasked: masks),
      kind: Words.Transfers.kind(snapshot.kind, snapshot.purpose), when: clock.timeOrDay(snapshot.queuedAt),
      fraction: fraction, percent: fraction.map { "\(Int($0 * 100))%" } ?? "",
      bytes: snapshot.bytes,
      rate: isMoving ? snapshot.rate.map(Format.rate) ?? "" : "",
      timeLeft: isMoving ? snapshot.timeLeft.map { Words.Transfers.left(Format.duration($0)) } ?? "-" : "",
      remark: snapshot.remark(clock, isMasked: masks).map { Words.Transfers.remark($0, snapshot.purpose) }, isUnderCursor: isUnderCursor)
  }
}

extension TransferGlyph {
  init(_ state: TransferState, _ correction: Correction? = nil) {
    if let correction, correction.fate != nil {
      self = correction.purpose == .retract ? .takenBack : .replaced
      return
    }
    self =
      switch state {
      case .held, .queued: .queued
      case .preparing, .uploading, .sending: .running
      case .finalizing: .finalizing
      case .accepted: .accepted
      case .waiting: .waiting
      case .paused: .paused
      case .refused: .refused
      case .failed: .failed
      case .cancelled: .cancelled
      case .uncertain: .uncertain
      case .settled(let settlement):
        switch settlement.outcome {
        case .found, .arrived: .arrived
        case .givenUp: .cancelled
        }
      }
  }
}

extension TransferSnapshot {
  /// What is known to have arrived; nothing of what another process may be sending.
  fileprivate var bytes: DisplayText {
    if purpose == .retract { return "" }
    if state.isEnded || isElsewhere { return Format.size(totalBytes) }
    return Words.Transfers.progress(acknowledgedBytes, totalBytes)
  }

  /// A file may be called after its patient: of a masked row only the ending is shown.
  fileprivate var maskedFile: Redacted<DisplayText> {
    fileName.map { name in
      let ending = name.string.lastIndex(of: ".").map { name.string[$0...].dropFirst().lowercased() } ?? ""
      return DisplayText(escaping: Document.usualEndings.contains(ending) ? "….\(ending)" : "…")
    }
  }

  /// What a search looks in, in small letters: document, patient, kind, state, numbers and day.
  func searchText(_ clock: WallClock, _ correction: Correction? = nil) -> String {
    let parts: [DisplayText?] = [
      fileName.reveal(), patientName.reveal(), patientBorn?.reveal(), patientNumber?.reveal(), Words.Message.kind(kind),
      Words.Transfers.kind(kind, purpose), Words.Transfers.state(state), correction?.fate, DisplayText(escaping: documentID),
      DisplayText(escaping: id.rawValue), clock.dateAndTime(queuedAt),
    ]
    return parts.compactMap(\.self).joined(separator: " ").string.lowercased()
  }

  /// 1 only when Redox has accepted; nil where a bar says nothing.
  var fraction: Double? {
    switch state {
    case .accepted: 1
    case .refused, .failed, .cancelled, .uncertain, .settled: nil
    case .held, .queued, .preparing, .uploading, .sending, .finalizing, .waiting, .paused:
      totalBytes > 0 ? min(0.99, max(0, Double(acknowledgedBytes) / Double(totalBytes))) : 0
    }
  }

  /// - Parameter isMasked: Without what a server said, which may name the patient.
  func remark(_ clock: WallClock, isMasked: Bool = false) -> DisplayText? {
    if isElsewhere, state != .paused { return Words.Transfers.elsewhere }
    return switch state {
    case .waiting(let until, let reason): Words.Transfers.retriesAt(clock.time(until), reason)
    case .refused(let failure), .failed(let failure), .uncertain(let failure):
      DisplayText(escaping: isMasked ? failure.explanation : receipt.words.first ?? failure.explanation)
    case .held(let until): Words.Transfers.sentAt(clock.time(until), isInDoubt: receipt.doubt != nil)
    case .settled(let settlement): Words.Transfers.settled(settlement, purpose)
    case .queued, .preparing, .uploading, .sending, .finalizing, .accepted, .paused, .cancelled: nil
    }
  }
}

extension TransfersSummary {
  init(_ snapshots: [TransferSnapshot]) {
    var (accepted, attention, rate, done, total) = (0, 0, 0.0, 0, 0)
    let running = snapshots.filter { !$0.state.isEnded && $0.state != .paused }
    let paused = snapshots.count { $0.state == .paused }
    for snapshot in snapshots {
      switch snapshot.state {
      case .accepted: accepted += 1
      case .refused, .failed, .uncertain: attention += 1
      default: break
      }
    }
    for snapshot in running {
      rate += snapshot.rate ?? 0
      done += min(snapshot.acknowledgedBytes, snapshot.totalBytes)
      total += snapshot.totalBytes
    }
    let fraction = running.isEmpty ? nil : total > 0 ? min(0.99, Double(done) / Double(total)) : 0
    var parts: [DisplayText] = []
    if let fraction {
      var line = [Words.Transfers.running(running.count), "\(Int(fraction * 100))%"]
      if rate > 0 { line += [Format.rate(rate), Words.Transfers.left(Format.duration(Double(total - done) / rate))] }
      parts.append(line.joined(separator: ", "))
    }
    if paused > 0 { parts.append(Words.Transfers.paused(paused)) }
    if accepted > 0 { parts.append(Words.Transfers.accepted(accepted)) }
    if attention > 0 { parts.append(Words.Transfers.attention(attention)) }
    self.init(
      running: running.count, accepted: accepted, needAttention: attention, fraction: fraction, text: parts.joined(separator: " · "))
  }
}
