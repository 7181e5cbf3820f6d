/// Takes long strings out of JSON text as it streams by, so that a 40 MB message with a file in it fits in a few kilobytes.
///
/// Strings of more than `threshold` bytes go, unescaped, to files; in their place stands `marker` and the file's number. The marker is a
/// control character, which valid JSON cannot hold within a string, so nothing that a client sends can pass for one.
struct JSONSieve {
  enum Failure: Error, Equatable { case controlCharacter, wrongEscape, stringTooLong }

  static let marker: UInt8 = 0x01
  static let threshold = 16_384

  /// What is left of the text once the long strings are out.
  private(set) var remainder: [UInt8] = []
  private(set) var spooled: [SpooledFile] = []

  private let longestString: Int
  private var inString = false
  private var inEscape = false
  private var stringStart = 0
  private var spool: Spool?
  private var unescaper = JSONUnescaper()

  /// - Parameter longestString: bytes of one string, unescaped, above which `feed` throws `stringTooLong`.
  init(longestString: Int) {
    self.longestString = longestString
  }

  mutating func feed(_ bytes: UnsafeRawBufferPointer, scratch: Scratch) throws {
    var index = 0
    while index < bytes.count {
      index = inString ? try string(bytes, from: index, scratch: scratch) : outside(bytes, from: index)
    }
  }

  private mutating func outside(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    let quote = bytes.run(from: start, upTo: UInt8(ascii: "\""))
    let end = min(quote + 1, bytes.count)
    remainder.append(contentsOf: bytes[start..<end])
    if quote < bytes.count {
      inString = true
      inEscape = false
      stringStart = remainder.count
    }
    return end
  }

  private mutating func string(_ bytes: UnsafeRawBufferPointer, from start: Int, scratch: Scratch) throws -> Int {
    var end = start
    var isClosed = false
    while end < bytes.count {
      if inEscape {
        inEscape = false
        end += 1
        continue
      }
      let quote = bytes.run(from: end, upTo: UInt8(ascii: "\""))
      let backslash = UnsafeRawBufferPointer(rebasing: bytes[..<quote]).run(from: end, upTo: UInt8(ascii: "\\"))
      if backslash < quote {
        inEscape = true
        end = backslash + 1
      } else {
        end = quote
        isClosed = quote < bytes.count
        break
      }
    }
    try take(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), scratch: scratch)
    guard isClosed else { return end }
    try close()
    return end + 1
  }

  private mutating func take(_ piece: UnsafeRawBufferPointer, scratch: Scratch) throws {
    if spool != nil { return try pour(piece) }
    guard !piece.contains(Self.marker) else { throw Failure.controlCharacter }
    remainder.append(contentsOf: piece)
    guard remainder.count - stringStart > Self.threshold else { return }
    spool = try scratch.spool()
    unescaper = JSONUnescaper()
    let begun = Array(remainder[stringStart...])
    remainder.removeSubrange(stringStart...)
    try begun.withUnsafeBytes { try pour($0) }
  }

  private mutating func pour(_ piece: UnsafeRawBufferPointer) throws {
    guard let spool else { return }
    if unescaper.isComplete, piece.run(from: 0, upTo: UInt8(ascii: "\\")) == piece.count {
      try spool.write(piece)
    } else {
      var plain: [UInt8] = []
      plain.reserveCapacity(piece.count)
      guard unescaper.feed(piece, into: &plain) else { throw Failure.wrongEscape }
      try plain.withUnsafeBytes { try spool.write($0) }
    }
    guard spool.byteCount <= longestString else { throw Failure.stringTooLong }
  }

  private mutating func close() throws {
    inString = false
    if let spool {
      guard unescaper.isComplete else { throw Failure.wrongEscape }
      remainder.append(Self.marker)
      remainder.append(contentsOf: String(spooled.count).utf8)
      spooled.append(try spool.finish())
      self.spool = nil
    }
    remainder.append(UInt8(ascii: "\""))
  }
}
