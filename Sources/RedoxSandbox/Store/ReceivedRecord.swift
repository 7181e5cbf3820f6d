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
  public var documentID: String?
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
  /// For an uploaded file: whether an accepted message names it.
  public var referenced: Bool?

  init(time: String, endpoint: SandboxEndpoint, client: SandboxClient) {
    self.time = time
    self.endpoint = endpoint
    sourceID = client.sourceID
    environment = client.environment
  }
}
