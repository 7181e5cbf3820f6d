/// One line of the index: a file that was uploaded, or a message that was accepted (one line for each file in it).
public struct ReceivedRecord: Codable, Sendable, Equatable {
  public enum How: String, Codable, Sendable { case embedded, uploaded }

  /// ISO 8601, UTC, milliseconds.
  public var time: String
  public var endpoint: SandboxEndpoint
  public var sourceID: String
  public var environment: SandboxEnvironment
  /// `Media.New`, `Notes.New`, … or `DocumentReference`; nil for an upload.
  public var model: String?
  /// `New`, `Replace`, `Delete`, … of the Data Model, `create` of FHIR; nil for an upload.
  public var event: String?
  public var documentID: String?
  /// The system of a FHIR identifier.
  public var documentSystem: String?
  /// The document that this one replaces.
  public var originalDocumentID: String?
  public var patientIdentifier: String?
  /// Whether the stand-in's roster holds that number.
  public var patientKnown: Bool?
  public var fileName: String?
  public var contentType: String?
  public var how: How?
  public var uploadURI: String?
  public var byteCount: Int?
  /// SHA-256 of the file's bytes, lower-case hexadecimal.
  public var sha256: String?
  /// Where the bytes are kept, relative to the received folder.
  public var file: String?
  public var logID: String?
  /// The request that brought it, as the request log counts: a server, and a number of its.
  public var run: String?
  public var request: Int?
  /// For an uploaded file: whether an accepted message names it.
  public var referenced: Bool?
  /// Filled in by `ReceivedStore.received`: true for a message, false for a file that was uploaded and that no message has named.
  public var accepted: Bool?

  init(time: String, endpoint: SandboxEndpoint, client: SandboxClient) {
    self.time = time
    self.endpoint = endpoint
    sourceID = client.sourceID
    environment = client.environment
  }
}

/// What arrived under one document number, so that duplicates show.
public struct ReceivedDocument: Codable, Sendable, Equatable {
  public var sourceID: String
  public var documentID: String
  /// Accepted messages that carry the number, of whatever event.
  public var count: Int
  /// The same by event: two of `New` or `create` are a duplicate.
  public var events: [String: Int]
  /// The different contents that came with it.
  public var sha256: [String]
  /// `RUN/NUMBER` of the requests that brought it, in order.
  public var requests: [String]
}

extension ReceivedDocument {
  /// Sums up what `ReceivedStore.received` lists, in the order in which numbers first came.
  public static func summary(of records: [ReceivedRecord]) -> [ReceivedDocument] {
    var documents: [ReceivedDocument] = []
    var places: [String: Int] = [:]
    var counted: Set<String> = []
    for record in records {
      guard record.endpoint != .upload, let number = record.documentID else { continue }
      let key = record.sourceID + "\u{0}" + number
      let place = places[key] ?? documents.count
      if place == documents.count {
        places[key] = place
        documents.append(
          ReceivedDocument(sourceID: record.sourceID, documentID: number, count: 0, events: [:], sha256: [], requests: []))
      }
      if let hash = record.sha256, !documents[place].sha256.contains(hash) { documents[place].sha256.append(hash) }
      // A message with several files has as many records, and one log id.
      if let id = record.logID, !counted.insert(id).inserted { continue }
      documents[place].count += 1
      documents[place].events[record.event ?? "New", default: 0] += 1
      if let run = record.run, let request = record.request { documents[place].requests.append("\(run)/\(request)") }
    }
    return documents
  }
}
