internal import ClinicalMessages
internal import SafeText
internal import TransferEngine

extension TransferDetails {
  /// Lines that the details take, one for each part; the view may need more where it wraps.
  var lineCount: Int { 1 + explanation.count + values.count + words.count + (whereToLook == nil ? 0 : 1) }

  /// - Parameters:
  ///   - record: its past; nil until it has been read.
  ///   - corrections: what was to replace it or to take it back, the latest first.
  ///   - original: what this one corrects, where the list has it.
  init(
    _ snapshot: TransferSnapshot, record: HistoryRecord? = nil, corrections: [TransferSnapshot] = [], original: TransferSnapshot? = nil,
    environment: DisplayText, clock: WallClock
  ) {
    let correction = Correction.decisive(corrections.compactMap { Correction($0) })
    let receipt = snapshot.receipt
    var values = [
      LabelledValue(Words.Transfers.file, snapshot.fileName.reveal()),
      LabelledValue(
        Words.Transfers.patient,
        [snapshot.patientName, snapshot.patientBorn, snapshot.patientNumber].compactMap { $0?.reveal() }.joined(separator: " · ")),
      LabelledValue(Words.Transfers.kind, Words.Message.longKind(snapshot.kind, snapshot.purpose)),
      LabelledValue(Words.Transfers.way, Words.Message.method(snapshot.method)),
      LabelledValue(Words.Transfers.profile, "\(snapshot.profile) (\(environment))"),
      LabelledValue(Words.Transfers.bytes, snapshot.handedOver),
      LabelledValue(Words.Transfers.queued, clock.dateAndTime(snapshot.queuedAt)),
      LabelledValue(Words.Transfers.changed, clock.dateAndTime(snapshot.changedAt)),
      LabelledValue(Words.Transfers.documentID, DisplayText(escaping: snapshot.documentID)),
      LabelledValue(Words.Transfers.transferID, DisplayText(escaping: snapshot.id.rawValue)),
    ]
    if let status = receipt.status { values.append(LabelledValue(Words.Transfers.status, "\(status)")) }
    values += receipt.logIDs.map { LabelledValue(Words.Transfers.logID, DisplayText(escaping: $0)) }
    values += receipt.locations.map { LabelledValue(Words.Transfers.location, DisplayText(escaping: $0)) }
    if let origin = snapshot.origin {
      let number = DisplayText(escaping: origin.rawValue)
      values.append(
        LabelledValue(
          Words.Transfers.correctsLabel(snapshot.purpose),
          original.map { Words.Corrections.original($0.fileName.reveal(), clock.dateAndTime($0.queuedAt), number) } ?? number))
    }
    values += (record?.attempts ?? []).enumerated().map { index, attempt in
      LabelledValue(index == 0 ? Words.Transfers.attempts : "", Words.Transfers.attempt(attempt, clock))
    }
    values += (record?.decisions ?? []).enumerated().map { index, decision in
      LabelledValue(index == 0 ? Words.Transfers.decisions : "", Words.Transfers.decision(decision, clock))
    }
    if let uri = receipt.uploadURI { values.append(LabelledValue(Words.Transfers.uploadURI, DisplayText(escaping: uri))) }

    // Before anything has reached Redox there is nothing to look up.
    let hasTrace =
      receipt.status != nil || !receipt.logIDs.isEmpty || receipt.uploadURI != nil || receipt.doubt != nil || snapshot.state.mayBeAtRedox
    let key = receipt.logIDs.first ?? receipt.locations.first ?? receipt.uploadURI ?? snapshot.documentID
    let (state, fate) = (Words.Transfers.state(snapshot.state), correction?.fate)
    // A decision that came later says nothing about when the message passed.
    let time = record?.attempts.last?.startedAt ?? receipt.endedAt ?? snapshot.changedAt
    self.init(
      title: snapshot.fileName.reveal(), glyph: TransferGlyph(snapshot.state, correction), state: fate.map { "\(state), \($0)" } ?? state,
      explanation: corrections.compactMap { Words.Corrections.fate($0, clock) } + snapshot.explanation(clock), values: values,
      words: receipt.words.map { DisplayText(escaping: $0) },
      whereToLook: hasTrace
        ? Words.Transfers.whereToLook(
          environment, clock.dateAndTime(time), DisplayText(escaping: key)) : nil)
  }
}

extension TransferSnapshot {
  /// Of what may have arrived as a whole nobody knows how much did.
  fileprivate var handedOver: DisplayText {
    switch state {
    case .accepted, .uncertain, .settled: Format.size(totalBytes)
    default: Words.Transfers.progress(acknowledgedBytes, totalBytes)
    }
  }

  fileprivate func explanation(_ clock: WallClock) -> [DisplayText] {
    switch state {
    case .accepted: [Words.Transfers.acceptedMeaning(purpose)]
    case .uncertain(let failure): [Words.Transfers.uncertainMeaning(purpose)] + failure.sentences
    case .failed(let failure), .refused(let failure): failure.sentences
    case .finalizing: [Words.Transfers.finalizing]
    case .held, .waiting, .queued, .preparing, .uploading, .sending, .paused, .cancelled, .settled: remark(clock).map { [$0] } ?? []
    }
  }
}

extension TransferFailure {
  fileprivate var sentences: [DisplayText] { [DisplayText(escaping: explanation), DisplayText(escaping: remedy)].filter { !$0.isEmpty } }
}

extension TransferState {
  fileprivate var mayBeAtRedox: Bool {
    switch self {
    case .accepted, .uncertain, .finalizing, .settled: true
    case .held, .queued, .preparing, .uploading, .sending, .waiting, .paused, .refused, .failed, .cancelled: false
    }
  }
}
