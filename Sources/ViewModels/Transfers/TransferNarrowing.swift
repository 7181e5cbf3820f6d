internal import ClinicalMessages
internal import SafeText
internal import TransferEngine

/// What a list of transfers is narrowed to. Every condition that is set must hold. Pure.
struct TransferNarrowing {
  /// One condition that is taken from a transfer in the list.
  enum Facet: Equatable {
    case patient(TransferPatient)
    case day(CalendarDate)
    /// As rows call it: `refused`, `replaced`
    case state(DisplayText)
  }

  var filter = TransferFilter.all
  /// Words that every transfer has; empty when nothing is looked for.
  var search = TextField("", limit: 100)
  private(set) var facets: [Facet] = []

  /// There is more than the filter.
  var isNarrow: Bool { !search.isEmpty || !facets.isEmpty }

  /// Nothing is left of it but the filter.
  mutating func widen() { (search, facets) = (TextField("", limit: 100), []) }

  /// Sets a condition in the place of the one of its sort, or takes it away when it is in force.
  mutating func toggle(_ facet: Facet) {
    let wasSet = facets.contains(facet)
    facets.removeAll { $0.isSame(sort: facet) }
    if !wasSet { facets.append(facet) }
  }

  /// - Parameter corrections: what has become of the documents of the list.
  func shown(of snapshots: [TransferSnapshot], _ corrections: TransferCorrections, _ clock: WallClock) -> [TransferSnapshot] {
    let words = search.text.lowercased().split(whereSeparator: \.isWhitespace)
    return snapshots.filter { snapshot in
      guard filter.takes(snapshot) else { return false }
      // What has become of a document costs some work, and most lists are not narrowed.
      guard isNarrow else { return true }
      let correction = corrections.decisive(of: snapshot.id)
      guard facets.allSatisfy({ $0.takes(snapshot, correction, clock) }) else { return false }
      guard !words.isEmpty else { return true }
      let text = snapshot.searchText(clock, correction)
      return words.allSatisfy(text.contains)
    }
  }

  /// `To look at · SMITH, Ann · 24-Jul-1982 · 25-Nov-2026 · “note”`
  func text(isMasked: Bool) -> DisplayText {
    var parts = filter == .all ? [] : [Words.Transfers.filter(filter)]
    for facet in facets {
      switch facet {
      case .patient(let patient): parts.append(patient.text(isMasked: isMasked).reveal())
      case .day(let day): parts.append(DisplayText(escaping: day.banner))
      case .state(let word): parts.append(word)
      }
    }
    if !search.isEmpty { parts.append("“\(search.display)”") }
    return parts.joined(separator: " · ")
  }
}

extension TransferNarrowing.Facet {
  fileprivate func isSame(sort other: Self) -> Bool {
    switch (self, other) {
    case (.patient, .patient), (.day, .day), (.state, .state): true
    default: false
    }
  }

  fileprivate func takes(_ snapshot: TransferSnapshot, _ correction: Correction?, _ clock: WallClock) -> Bool {
    switch self {
    case .patient(let patient): TransferPatient(snapshot) == patient
    case .day(let day): clock.day(snapshot.queuedAt) == day
    case .state(let word): snapshot.word(correction) == word
    }
  }
}

extension TransferSnapshot {
  /// Its state as a row calls it: what has become of its document counts for more than that it was accepted.
  func word(_ correction: Correction?) -> DisplayText { correction?.fate ?? Words.Transfers.state(state) }
}
