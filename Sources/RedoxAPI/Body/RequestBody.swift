/// What a request carries: bytes, then possibly a file, then bytes. Its length is known before the first byte leaves.
struct RequestBody: Sendable {
  enum Encoding: Sendable {
    case raw
    case base64
  }

  struct File: Sendable {
    var content: any ContentSource
    var encoding: Encoding

    /// Bytes that the file takes in the body.
    var encodedLength: Int {
      switch encoding {
      case .raw: content.byteCount
      case .base64: 4 * ((content.byteCount + 2) / 3)
      }
    }
  }

  var prefix: [UInt8]
  var file: File?
  var suffix: [UInt8]

  init(prefix: [UInt8], file: File? = nil, suffix: [UInt8] = []) {
    self.prefix = prefix
    self.file = file
    self.suffix = suffix
  }

  var length: Int { prefix.count + (file?.encodedLength ?? 0) + suffix.count }

  var fileByteCount: Int { file?.content.byteCount ?? 0 }

  /// How many bytes of the file the first `bodyBytes` bytes of the body hold, before base64.
  func fileBytes(inFirst bodyBytes: Int) -> Int {
    guard let file else { return 0 }
    let encoded = min(max(0, bodyBytes - prefix.count), file.encodedLength)
    switch file.encoding {
    case .raw: return encoded
    case .base64: return min(encoded / 4 * 3, file.content.byteCount)
    }
  }
}
