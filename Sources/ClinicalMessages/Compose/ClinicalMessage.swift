/// A JSON document with one hole where the file goes.
///
/// It never holds the file: the hole is filled on the way to the socket, with base64 (`embed`) or with the upload's URI (`upload`).
/// What `rendered` gives around the hole is byte for byte what is sent.
public struct ClinicalMessage: Sendable, Hashable {
  public let kind: MessageKind
  public let method: DeliveryMethod
  /// Contains `JSONValue.hole` exactly once.
  public let json: JSONValue
  /// Bytes before and after the hole. The quotation marks around the hole are part of these.
  public let prefix: [UInt8]
  public let suffix: [UInt8]

  /// The request's `Content-Type`.
  public var mediaType: String { kind == .fhir ? "application/fhir+json" : "application/json" }

  /// - Precondition: `json` contains exactly one hole.
  public init(kind: MessageKind, method: DeliveryMethod, json: JSONValue) {
    self.kind = kind
    self.method = method
    self.json = json
    (prefix, suffix) = JSONWriter.split(json)
  }

  /// The body's length when the hole holds `fileByteCount` bytes as base64.
  public func embeddedLength(fileByteCount: Int) -> Int {
    prefix.count + 4 * ((fileByteCount + 2) / 3) + suffix.count
  }

  /// The body with an upload's URI in the hole.
  public func body(withUploadURI uri: String) -> [UInt8] {
    prefix + JSONWriter.escaped(uri) + suffix
  }
}

extension ClinicalMessage: CustomStringConvertible, CustomReflectable {
  /// Says nothing of what the message contains, so that a dump into a log is harmless.
  public var description: String { "<\(kind.rawValue) message, \(method.rawValue), \(prefix.count + suffix.count) bytes and the file>" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
