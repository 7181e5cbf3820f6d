internal import CPlatform

/// The one escaping function of the program.
///
/// Replaced by a visible `\x1B`-like form: C0 and C1 control characters, DEL, invalid UTF-8 bytes. Replaced by `\u{202E}`-like form:
/// bidirectional controls, line and paragraph separators, zero-width and other invisible format characters, private-use and
/// unassigned scalars, and what the C library gives no width (then nobody knows how far the cursor moves). Newline, tab and carriage return become `\n`, `\t`, `\r`. A zero-width joiner and variation selectors vanish:
/// terminals disagree about the width of what they join, and a misplaced column is worse than a plainer picture.
enum Escaping {
  static func escape(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var result = String.UnicodeScalarView()
    for scalar in scalars { append(scalar, to: &result) }
    return String(result)
  }

  static func escape(bytes: some Collection<UInt8>) -> String {
    if bytes.allSatisfy({ (0x20...0x7E).contains($0) }) { return String(decoding: bytes, as: UTF8.self) }
    var result = String.UnicodeScalarView()
    var decoder = UTF8Validation(bytes)
    while let next = decoder.next() {
      switch next {
      case .scalar(let scalar): append(scalar, to: &result)
      case .invalid(let byte): result.append(contentsOf: hex(byte).unicodeScalars)
      }
    }
    return String(result)
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String.UnicodeScalarView) {
    switch scalar.value {
    case 0x20...0x7E: result.append(scalar)
    case 0x09: result.append(contentsOf: "\\t".unicodeScalars)
    case 0x0A: result.append(contentsOf: "\\n".unicodeScalars)
    case 0x0D: result.append(contentsOf: "\\r".unicodeScalars)
    case 0x00...0x1F, 0x7F...0x9F: result.append(contentsOf: hex(UInt8(scalar.value)).unicodeScalars)
    case 0x200D, 0xFE00...0xFE0F: break
    default:
      if isUnsafe(scalar) {
        result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    default: scalar.properties.isDefaultIgnorableCodePoint || cp_wcwidth(scalar.value) < 0
    }
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = Array("0123456789ABCDEF")
    return "\\x\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
  }
}

/// Walks over bytes as UTF-8 and hands out each scalar, or each byte that belongs to none.
struct UTF8Validation<Bytes: Collection<UInt8>> {
  enum Step: Equatable {
    case scalar(Unicode.Scalar)
    case invalid(UInt8)
  }

  private var rest: Bytes.SubSequence

  init(_ bytes: Bytes) { rest = bytes[...] }

  mutating func next() -> Step? {
    guard let first = rest.first else { return nil }
    let length =
      switch first {
      case 0x00...0x7F: 1
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    let piece = rest.prefix(length)
    if length > 0, piece.count == length, let text = String(validating: piece, as: UTF8.self), let scalar = text.unicodeScalars.first {
      rest = rest.dropFirst(length)
      return .scalar(scalar)
    }
    rest = rest.dropFirst()
    return .invalid(first)
  }
}
