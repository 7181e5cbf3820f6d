/// Reads comma-separated values as RFC 4180 has them: quoted fields may hold commas, line breaks and doubled quotes; records end with
/// CRLF, LF or CR. Works on bytes, so that the text may be of any size and need not be valid.
struct CSVParser {
  struct Record: Equatable {
    /// The line that the record begins on, counted from 1.
    var line: Int
    var fields: [[UInt8]]
  }

  enum Failure: Error, Equatable {
    /// A quoted field that began on this line never ends.
    case unterminatedQuote(line: Int)
    /// Something other than a separator follows a closing quote.
    case textAfterQuote(line: Int)
  }

  private static let (quote, carriageReturn, newline) = (UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n"))

  private let bytes: ArraySlice<UInt8>
  private let separator: UInt8
  private var position: Int
  private var line = 1

  init(_ bytes: ArraySlice<UInt8>, separator: UInt8 = UInt8(ascii: ",")) {
    self.bytes = bytes
    self.separator = separator
    position = bytes.startIndex
  }

  /// The next record that is no empty line; nil at the end.
  mutating func next() throws(Failure) -> Record? {
    while position < bytes.endIndex {
      let start = line
      var fields = [try field()]
      while position < bytes.endIndex, bytes[position] == separator {
        position += 1
        fields.append(try field())
      }
      endLine()
      if fields != [[]] { return Record(line: start, fields: fields) }
    }
    return nil
  }

  private mutating func field() throws(Failure) -> [UInt8] {
    guard position < bytes.endIndex, bytes[position] == Self.quote else {
      let start = position
      while position < bytes.endIndex, bytes[position] != separator, !isLineEnd(bytes[position]) { position += 1 }
      return Array(bytes[start..<position])
    }
    let start = line
    var field: [UInt8] = []
    position += 1
    while position < bytes.endIndex {
      let byte = bytes[position]
      position += 1
      guard byte == Self.quote else {
        let breaksLine = byte == Self.newline || (byte == Self.carriageReturn && peek() != Self.newline)
        if breaksLine { line += 1 }
        field.append(byte)
        continue
      }
      if peek() == Self.quote {
        field.append(byte)
        position += 1
        continue
      }
      if let after = peek(), after != separator, !isLineEnd(after) { throw .textAfterQuote(line: line) }
      return field
    }
    throw .unterminatedQuote(line: start)
  }

  private func peek() -> UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == Self.newline || byte == Self.carriageReturn }

  private mutating func endLine() {
    if peek() == Self.carriageReturn { position += 1; if peek() != Self.newline { line += 1 } }
    if peek() == Self.newline {
      position += 1
      line += 1
    }
  }
}
