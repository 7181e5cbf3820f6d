/// What the destination has in its charts: every accepted message, found by source and by its document's number.
struct DocumentShelf: Sendable {
  enum Status: String, Sendable { case current, superseded }

  /// The records of one message: one for each file in it.
  private var messages: [[ReceivedRecord]] = []
  private var placesByNumber: [String: [Int]] = [:]
  private var placesByLog: [String: Int] = [:]
  private var replaced: Set<String> = []
  private var deleted: Set<String> = []

  mutating func add(_ record: ReceivedRecord) {
    guard record.endpoint != .upload, let number = record.documentID else { return }
    let log = record.logID ?? "\(messages.count)"
    if let place = placesByLog[log] { return messages[place].append(record) }
    placesByLog[log] = messages.count
    let key = Self.key(record.sourceID, record.family, number)
    placesByNumber[Self.key(record.sourceID, number), default: []].append(messages.count)
    messages.append([record])
    if let original = record.originalDocumentID { replaced.insert(Self.key(record.sourceID, record.family, original)) }
    if record.event == "Delete" { deleted.insert(key) } else { deleted.remove(key) }
  }

  /// Whether a document of that number was ever accepted from the source in the same family of messages.
  func holds(_ number: String, system: String? = nil, family: String, source: String) -> Bool {
    (placesByNumber[Self.key(source, number)] ?? []).contains { place in
      guard let record = messages[place].first, record.family == family, record.event != "Delete" else { return false }
      return system == nil || record.documentSystem == system
    }
  }

  /// The number of the document that a log id, which is what FHIR's location names, stands for.
  func number(ofLog id: String, source: String) -> String? {
    guard let record = placesByLog[id].flatMap({ messages[$0].first }), record.sourceID == source else { return nil }
    return record.documentID
  }

  /// The documents that the destination shows: what was deleted is gone from it, duplicates stand side by side.
  func documents(source: String, matching query: SearchQuery) -> [(records: [ReceivedRecord], status: Status)] {
    candidates(source: source, query).compactMap { place in
      let records = messages[place]
      guard let first = records.first, let number = first.documentID, first.sourceID == source, first.event != "Delete" else { return nil }
      let key = Self.key(source, first.family, number)
      guard !deleted.contains(key), query.matches(first) else { return nil }
      return (records, replaced.contains(key) ? .superseded : .current)
    }
  }

  private func candidates(source: String, _ query: SearchQuery) -> [Int] {
    if let id = query.id { return placesByLog[id].map { [$0] } ?? [] }
    if let number = query.identifier?.value { return placesByNumber[Self.key(source, number)] ?? [] }
    return Array(messages.indices)
  }

  private static func key(_ parts: String...) -> String { parts.joined(separator: "\u{0}") }
}

extension ReceivedRecord {
  /// `Media`, `Notes`, `Results` or `DocumentReference`: what may replace or delete each other.
  var family: String { String(model?.prefix { $0 != "." } ?? "") }
}

/// What a search asks for; all that is given must hold.
struct SearchQuery: Equatable {
  struct Identifier: Equatable {
    /// nil for any; empty for none.
    var system: String?
    var value: String

    /// FHIR's token: `value`, `system|value`, or `|value`. nil when there is no value.
    init?(_ token: String) {
      let parts = token.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let value = parts.last, !value.isEmpty else { return nil }
      system = parts.count == 2 ? parts[0] : nil
      self.value = value
    }
  }

  var id: String?
  var identifier: Identifier?
  /// An identifier's value, or `Patient/…`.
  var patient: String?

  func matches(_ record: ReceivedRecord) -> Bool {
    if let id, record.logID != id { return false }
    if let identifier {
      guard record.documentID == identifier.value else { return false }
      // The Data Model's numbers have no system, so any fits: an answer of "not there" would have the document sent again.
      if let system = identifier.system, record.endpoint == .fhir, (record.documentSystem ?? "") != system { return false }
    }
    if let patient {
      let value = patient.hasPrefix("Patient/") ? String(patient.dropFirst(8)) : SearchQuery.Identifier(patient)?.value
      guard record.patientIdentifier != nil, record.patientIdentifier == value else { return false }
    }
    return true
  }
}
