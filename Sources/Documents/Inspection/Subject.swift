/// The file under examination: its bytes, its beginning at hand, and what the reading from end to end has found.
struct Subject {
  static let headByteCount = 66 * 1024

  let source: any ByteSource
  let name: FileName
  let head: [UInt8]
  var text: TextScan
  var payloads: PayloadScan

  init(source: any ByteSource, fileName: [UInt8]) throws(DocumentError) {
    self.source = source
    name = FileName(fileName)
    head = try source.bytes(at: 0, count: Self.headByteCount)
    text = TextScan(head: head)
    payloads = PayloadScan()
  }

  var count: Int { source.count }
  var isText: Bool { text.isText }

  func bytes(at offset: Int, count: Int) throws(DocumentError) -> [UInt8] { try source.bytes(at: offset, count: count) }

  /// The last bytes, and where they begin.
  func tail(_ size: Int) throws(DocumentError) -> (start: Int, bytes: [UInt8]) {
    let start = max(0, count - size)
    return (start, try bytes(at: start, count: size))
  }

  func byte(at offset: Int) throws(DocumentError) -> UInt8? { try bytes(at: offset, count: 1).first }
}

extension [UInt8] {
  /// Unsigned numbers at an offset; nil when they do not fit.
  func little16(_ at: Int) -> Int? { at >= 0 && at + 2 <= count ? Int(self[at]) | Int(self[at + 1]) << 8 : nil }
  func little32(_ at: Int) -> Int? {
    guard let low = little16(at), let high = little16(at + 2) else { return nil }
    return low | high << 16
  }
  func little64(_ at: Int) -> Int? {
    guard let low = little32(at), let high = little32(at + 4) else { return nil }
    return high < 1 << 30 ? low | high << 32 : nil
  }
  func big16(_ at: Int) -> Int? { at >= 0 && at + 2 <= count ? Int(self[at]) << 8 | Int(self[at + 1]) : nil }
  func big32(_ at: Int) -> Int? {
    guard let high = big16(at), let low = big16(at + 2) else { return nil }
    return high << 16 | low
  }

  func starts(with text: StaticString) -> Bool { has(text, at: 0) }

  /// Whether these letters stand at `offset`.
  func has(_ text: StaticString, at offset: Int) -> Bool {
    guard offset >= 0, offset + text.utf8CodeUnitCount <= count else { return false }
    return text.withUTF8Buffer { letters in self[offset..<(offset + letters.count)].elementsEqual(letters) }
  }

  /// Where `pattern` begins at or after `start`.
  func firstRange(of pattern: [UInt8], from start: Int = 0) -> Range<Int>? {
    withUnsafeBytes { ByteSearch.first(pattern, in: $0, from: start) }.map { $0..<($0 + pattern.count) }
  }

  func contains(_ text: String, from start: Int = 0) -> Bool { firstRange(of: Array(text.utf8), from: start) != nil }

  var lowercasedASCII: [UInt8] {
    // Written so that the compiler makes a vector loop of it: texts are lowered from end to end.
    [UInt8](unsafeUninitializedCapacity: count) { lower, filled in
      for index in indices { lower[index] = self[index] &- 0x41 < 26 ? self[index] | 0x20 : self[index] }
      filled = count
    }
  }

  var isBlank: Bool { allSatisfy { $0 <= 0x20 } }
}
