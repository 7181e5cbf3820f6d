import NIOCore

/// Reads `multipart/form-data` (RFC 7578) as it streams by, holding no more than a boundary's length of it.
struct MultipartReader {
  enum Event {
    case partBegins(name: String?, fileName: String?, contentType: String?)
    case content(UnsafeRawBufferPointer)
    case partEnds
  }

  struct Malformed: Error, Equatable {
    var reason: String
  }

  private enum State { case preamble, afterBoundary, headers, content, epilogue }

  private static let longestHeaders = 16_384

  private let delimiter: [UInt8]
  private var state = State.preamble
  // The first boundary may stand at the very start, without the line break that the others have before them.
  private var pending = ByteBuffer(string: "\r\n")

  init(boundary: String) {
    delimiter = Array("\r\n--\(boundary)".utf8)
  }

  /// Whether the closing boundary has come.
  var isComplete: Bool {
    if case .epilogue = state { return true }
    return false
  }

  /// The boundary that a `Content-Type` names; nil when it is no multipart form.
  static func boundary(ofContentType value: String?) -> String? {
    guard let value, let type = HeaderValue(value), type.value == "multipart/form-data", let boundary = type.parameters["boundary"],
      (1...70).contains(boundary.utf8.count)
    else { return nil }
    return boundary
  }

  mutating func feed(_ chunk: ByteBuffer, _ handle: (Event) throws -> Void) throws {
    pending.writeImmutableBuffer(chunk)
    while try step(handle) {}
    pending.discardReadBytes()
  }

  /// Takes what can be told from the pending bytes; false when more are needed.
  private mutating func step(_ handle: (Event) throws -> Void) throws -> Bool {
    switch state {
    case .preamble, .content:
      return try seekDelimiter(handle)
    case .afterBoundary:
      guard let two = pending.getBytes(at: pending.readerIndex, length: 2) else { return false }
      pending.moveReaderIndex(forwardBy: 2)
      switch two {
      case [0x0D, 0x0A]: state = .headers
      case [UInt8(ascii: "-"), UInt8(ascii: "-")]: state = .epilogue
      default: throw Malformed(reason: "unexpected bytes after a boundary")
      }
      return true
    case .headers:
      return try readHeaders(handle)
    case .epilogue:
      pending.moveReaderIndex(forwardBy: pending.readableBytes)
      return false
    }
  }

  private mutating func seekDelimiter(_ handle: (Event) throws -> Void) throws -> Bool {
    var isInContent = false
    if case .content = state { isInContent = true }
    let (plain, found) = pending.withUnsafeReadableBytes { Self.find(delimiter, in: $0) }
    if isInContent, plain > 0 {
      try pending.withUnsafeReadableBytes { try handle(.content(UnsafeRawBufferPointer(rebasing: $0[..<plain]))) }
    }
    pending.moveReaderIndex(forwardBy: plain)
    guard found else { return false }
    pending.moveReaderIndex(forwardBy: delimiter.count)
    if isInContent { try handle(.partEnds) }
    state = .afterBoundary
    return true
  }

  /// How many bytes come before the delimiter, or cannot belong to one that is still incomplete.
  private static func find(_ delimiter: [UInt8], in bytes: UnsafeRawBufferPointer) -> (plain: Int, found: Bool) {
    var start = 0
    while true {
      let candidate = bytes.run(from: start, upTo: 0x0D)
      let rest = bytes[candidate...].prefix(delimiter.count)
      if delimiter.starts(with: rest) { return (candidate, rest.count == delimiter.count) }
      start = candidate + 1
    }
  }

  private mutating func readHeaders(_ handle: (Event) throws -> Void) throws -> Bool {
    let view = pending.readableBytesView
    // A part without headers has the empty line at once.
    if view.starts(with: [0x0D, 0x0A]) { throw Malformed(reason: "a part without Content-Disposition") }
    guard let end = Self.endOfHeaders(in: view) else {
      guard view.count <= Self.longestHeaders else { throw Malformed(reason: "the headers of a part are too long") }
      return false
    }
    let text = String(decoding: view[..<end], as: UTF8.self)
    var headers: [String: String] = [:]
    for line in text.split(separator: "\r\n") {
      guard let colon = line.firstIndex(of: ":") else { throw Malformed(reason: "a header without a colon") }
      headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingSpace
    }
    guard let disposition = headers["content-disposition"].flatMap(HeaderValue.init), disposition.value == "form-data" else {
      throw Malformed(reason: "a part without Content-Disposition")
    }
    pending.moveReaderIndex(forwardBy: end - view.startIndex + 4)
    state = .content
    try handle(
      .partBegins(name: disposition.parameters["name"], fileName: disposition.parameters["filename"], contentType: headers["content-type"]))
    return true
  }

  private static func endOfHeaders(in view: ByteBufferView) -> Int? {
    guard view.count >= 4 else { return nil }
    return (view.startIndex...(view.endIndex - 4)).first {
      view[$0] == 0x0D && view[$0 + 1] == 0x0A && view[$0 + 2] == 0x0D && view[$0 + 3] == 0x0A
    }
  }
}
