#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Finds bytes in bytes at the speed of the C library.
enum ByteSearch {
  /// Where `pattern` first begins at or after `start`.
  static func first(_ pattern: [UInt8], in bytes: UnsafeRawBufferPointer, from start: Int = 0) -> Int? {
    guard let base = bytes.baseAddress, let letter = pattern.first, bytes.count >= pattern.count else { return nil }
    let end = bytes.count - pattern.count + 1
    var position = max(0, start)
    while position < end, let found = memchr(base + position, Int32(letter), end - position) {
      position = UnsafeRawPointer(found) - base
      if memcmp(found, pattern, pattern.count) == 0 { return position }
      position += 1
    }
    return nil
  }

  /// Where each of them begins, from left to right.
  static func all(_ pattern: [UInt8], in bytes: UnsafeRawBufferPointer, _ body: (Int) -> Void) {
    var position = 0
    while let found = first(pattern, in: bytes, from: position) {
      body(found)
      position = found + 1
    }
  }
}

/// Hands out a stream of pieces with the last bytes of the piece before in front, so that nothing is missed where two pieces meet.
struct OverlappingPieces {
  private let overlap: Int
  private var kept: [UInt8] = []
  /// Offset in the file of the next piece's first byte.
  private var offset = 0

  init(overlap: Int) { self.overlap = overlap }

  /// Calls `body` with the bytes and the offset in the file of their first one. Bytes within the overlap are seen twice.
  mutating func next(_ piece: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer, Int) -> Void) {
    if kept.isEmpty {
      body(piece, offset)
    } else {
      let seam = kept + piece.prefix(overlap)
      seam.withUnsafeBytes { body($0, offset - kept.count) }
      if piece.count > overlap { body(piece, offset) }
    }
    offset += piece.count
    kept = Array((kept + piece.suffix(overlap)).suffix(overlap))
  }
}
