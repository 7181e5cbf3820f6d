/// A JSON document with one hole where the file goes, or with none where no file belongs.
///
/// It never holds the file: the hole is filled on the way to the socket, with base64 (`embed`) or with the upload's URI (`upload`).
/// What `rendered` gives around the hole is byte for byte what is sent.
public struct ClinicalMessage: Sendable, Hashable {
  public let kind: MessageKind
  public let method: DeliveryMethod
  /// Contains `JSONValue.hole` exactly once; not at all in a message without a file.
  public let json: JSONValue
  /// False for a message without a file, such as one that retracts a document.
  public let hasHole: Bool
  /// Bytes before and after the hole. The quotation marks around the hole are part of these. Without a hole, all is before it.
  public let prefix: [UInt8]
  public let suffix: [UInt8]

  /// The request's `Content-Type`.
  public var mediaType: String { kind == .fhir ? "application/fhir+json" : "application/json" }

  /// - Precondition: `json` contains exactly one hole.
  public init(kind: MessageKind, method: DeliveryMethod, json: JSONValue) {
    self.kind = kind
    self.method = method
    self.json = json
    let parts = JSONWriter.split(json)
    precondition(parts.count == 2, "A clinical message has exactly one hole, not \(parts.count - 1).")
    hasHole = true
    (prefix, suffix) = (parts[0], parts[1])
  }

  /// A message without a file. It is whole as it stands, so its method is `embed`: nothing is uploaded for it.
  ///
  /// - Precondition: `json` contains no hole.
  public init(withoutFile kind: MessageKind, json: JSONValue) {
    self.kind = kind
    self.method = .embed
    self.json = json
    let parts = JSONWriter.split(json)
    precondition(parts.count == 1, "A message without a file has no hole, not \(parts.count - 1).")
    hasHole = false
    (prefix, suffix) = (parts[0], [])
  }

  /// The body's length when the hole, if there is one, holds `fileByteCount` bytes as base64.
  public func embeddedLength(fileByteCount: Int) -> Int {
    prefix.count + (hasHole ? 4 * ((fileByteCount + 2) / 3) : 0) + suffix.count
  }

  /// The body with an upload's URI in the hole.
  public func body(withUploadURI uri: String) -> [UInt8] {
    prefix + (hasHole ? JSONWriter.escaped(uri) : []) + suffix
  }
}

extension ClinicalMessage: CustomStringConvertible, CustomReflectable {
  /// Says nothing of what the message contains, so that a dump into a log is harmless.
  public var description: String {
    "<\(kind.rawValue) message, \(method.rawValue), \(prefix.count + suffix.count) bytes\(hasHole ? " and the file" : "")>"
  }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
