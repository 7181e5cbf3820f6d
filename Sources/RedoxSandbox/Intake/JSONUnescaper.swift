/// Undoes JSON's string escapes piece by piece; a piece may end in the middle of an escape.
struct JSONUnescaper {
  private enum State { case plain, escape, unicode(digits: Int, value: UInt32) }

  private var state = State.plain
  private var highSurrogate: UInt32?

  /// Whether no escape is open.
  var isComplete: Bool {
    if case .plain = state { return highSurrogate == nil }
    return false
  }

  /// Appends the unescaped bytes to `output`; false when an escape is wrong.
  mutating func feed(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Bool {
    var index = 0
    while index < bytes.count {
      switch state {
      case .plain:
        let run = bytes.run(from: index, upTo: UInt8(ascii: "\\"))
        if run > index {
          guard highSurrogate == nil else { return false }
          output.append(contentsOf: bytes[index..<run])
        }
        index = run
        guard index < bytes.count else { return true }
        state = .escape
      case .escape:
        guard open(bytes[index], into: &output) else { return false }
      case .unicode(let digits, let value):
        guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else { return false }
        let value = value << 4 | UInt32(digit)
        state = digits == 3 ? .plain : .unicode(digits: digits + 1, value: value)
        if digits == 3, !append(value, to: &output) { return false }
      }
      index += 1
    }
    return true
  }

  private mutating func open(_ byte: UInt8, into output: inout [UInt8]) -> Bool {
    if byte == UInt8(ascii: "u") {
      state = .unicode(digits: 0, value: 0)
      return true
    }
    guard highSurrogate == nil, let plain = Self.single[byte] else { return false }
    output.append(plain)
    state = .plain
    return true
  }

  private mutating func append(_ unit: UInt32, to output: inout [UInt8]) -> Bool {
    var value = unit
    if let high = highSurrogate {
      guard (0xDC00..<0xE000).contains(unit) else { return false }
      value = 0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00)
      highSurrogate = nil
    } else if (0xD800..<0xDC00).contains(unit) {
      highSurrogate = unit
      return true
    }
    guard let scalar = Unicode.Scalar(value) else { return false }
    output.append(contentsOf: Character(scalar).utf8)
    return true
  }

  private static let single: [UInt8: UInt8] = [
    UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
  ]
}
