/// Why a text is not JSON, with the byte where it stops being so.
struct JSONError: Error, Equatable {
  var reason: String
  var offset: Int
}

extension JSON {
  /// Reads RFC 8259 strictly: no duplicate names, no trailing bytes, valid UTF-8, at most 64 levels deep.
  ///
  /// - Parameter long: the files that `JSONSieve` put in place of long strings.
  init(parsing bytes: [UInt8], long: [SpooledFile] = []) throws(JSONError) {
    var reader = JSONReader(bytes: bytes, long: long)
    self = try reader.document()
  }
}

/// A recursive-descent reader. Of its own, because Foundation's accepts duplicate names and cannot be handed strings that live in files.
private struct JSONReader {
  private static let deepest = 64

  let bytes: [UInt8]
  let long: [SpooledFile]
  private var index = 0

  init(bytes: [UInt8], long: [SpooledFile]) {
    self.bytes = bytes
    self.long = long
  }

  mutating func document() throws(JSONError) -> JSON {
    let value = try value(depth: 0)
    skipSpace()
    guard index == bytes.count else { throw failure("unexpected text after the end") }
    return value
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard depth < Self.deepest else { throw failure("nested too deeply") }
    skipSpace()
    guard let first = peek else { throw failure("unexpected end") }
    switch first {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return try stringValue()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw failure("unexpected character")
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSON {
    index += 1
    var members: [String: JSON] = [:]
    skipSpace()
    if take("}") { return .object(members) }
    repeat {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw failure("a member needs a name in quotes") }
      let name = try string()
      skipSpace()
      guard take(":") else { throw failure("a colon is missing") }
      let member = try value(depth: depth + 1)
      guard members.updateValue(member, forKey: name) == nil else { throw failure("the name \(name) occurs twice") }
      skipSpace()
    } while take(",")
    guard take("}") else { throw failure("a closing brace is missing") }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSON {
    index += 1
    var values: [JSON] = []
    skipSpace()
    if take("]") { return .array(values) }
    repeat {
      values.append(try value(depth: depth + 1))
      skipSpace()
    } while take(",")
    guard take("]") else { throw failure("a closing bracket is missing") }
    return .array(values)
  }

  private mutating func stringValue() throws(JSONError) -> JSON {
    guard index + 1 < bytes.count, bytes[index + 1] == JSONSieve.marker else { return .string(try string()) }
    index += 2
    let digits = bytes[index...].prefix { $0 != UInt8(ascii: "\"") }
    guard let number = Int(String(decoding: digits, as: UTF8.self)), long.indices.contains(number) else {
      throw failure("a control character in a string")
    }
    index += digits.count + 1
    return .longString(long[number])
  }

  private mutating func string() throws(JSONError) -> String {
    index += 1
    let start = index
    while let byte = peek, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw failure("a control character in a string") }
      index += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    guard index < bytes.count else { throw failure("a string without an end") }
    var unescaper = JSONUnescaper()
    var plain: [UInt8] = []
    guard bytes[start..<index].withUnsafeBytes({ unescaper.feed($0, into: &plain) }), unescaper.isComplete else {
      throw failure("a wrong escape in a string")
    }
    guard let text = String(validating: plain, as: UTF8.self) else { throw failure("a string that is not UTF-8") }
    index += 1
    return text
  }

  private mutating func number() throws(JSONError) -> JSON {
    let digits = bytes[index...].prefix { "+-.eE0123456789".utf8.contains($0) }
    let text = String(decoding: digits, as: UTF8.self)
    guard text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil else { throw failure("a wrong number") }
    index += digits.count
    if let value = Int(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { throw failure("a number out of range") }
    return .number(value)
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    let expected = word.withUTF8Buffer { Array($0) }
    guard bytes[index...].starts(with: expected) else { throw failure("unexpected character") }
    index += expected.count
    return value
  }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
  }

  private func failure(_ reason: String) -> JSONError { JSONError(reason: reason, offset: index) }
}
