/// Reads a file from end to end and says whether it is text, and in which encoding. Stops looking at the first proof that it is not.
struct TextScan {
  enum Encoding: Equatable {
    case ascii, utf8, utf16, latin1, windows1252
    /// Eight-bit text that is none of these.
    case unknown

    var charset: String? {
      switch self {
      case .ascii, .utf8: "utf-8"
      case .utf16: "utf-16"
      case .latin1: "iso-8859-1"
      case .windows1252: "windows-1252"
      case .unknown: nil
      }
    }
  }

  private enum Form { case eightBit, utf16Little, utf16Big }

  private let form: Form
  private var isBinary = false
  private(set) var isBlank = true
  private var total = 0
  private var highBytes = 0
  /// A byte from 80 to 9F: letters in Windows-1252, controls in Latin-1.
  private var hasC1 = false
  /// A byte that stands for nothing in Windows-1252.
  private var hasUndefined = false
  private var isUTF8 = true
  /// Bytes that the UTF-8 sequence under way still lacks, and the range that the next one must be in.
  private var missing = 0
  private var nextRange: ClosedRange<UInt8> = 0x80...0xBF
  private var oddByte: UInt8?
  private var highSurrogateOpen = false

  init(head: [UInt8]) {
    form =
      if head.starts(with: [0xFF, 0xFE]) {
        .utf16Little
      } else if head.starts(with: [0xFE, 0xFF]) {
        .utf16Big
      } else if Self.alternates(head, zeroFirst: false) {
        .utf16Little
      } else if Self.alternates(head, zeroFirst: true) { .utf16Big } else { .eightBit }
  }

  /// Whether most bytes in every second place are zero and the others are letters: UTF-16 without a mark.
  private static func alternates(_ head: [UInt8], zeroFirst: Bool) -> Bool {
    let sample = head.prefix(512)
    guard sample.count >= 8 else { return false }
    var (zeros, letters) = (0, 0)
    for (position, byte) in sample.enumerated() {
      if (position % 2 == 0) == zeroFirst {
        zeros += byte == 0 ? 1 : 0
      } else if byte >= 0x20 || (0x09...0x0D).contains(byte) {
        letters += 1
      }
    }
    return zeros * 10 >= sample.count * 4 && letters * 10 >= sample.count * 4
  }

  var isText: Bool { !isBinary && total > 0 && !isBlank }
  var isUTF16: Bool { form != .eightBit }
  /// Whether the text breaks off within a character.
  var isCutOff: Bool { isText && (missing > 0 && isUTF8 || oddByte != nil || highSurrogateOpen) }

  var encoding: Encoding {
    if form != .eightBit { return .utf16 }
    if highBytes == 0 { return .ascii }
    if isUTF8 { return .utf8 }
    // Western text has far fewer accents than letters.
    if hasUndefined || highBytes * 10 > total * 3 { return .unknown }
    return hasC1 ? .windows1252 : .latin1
  }

  mutating func consume(_ piece: UnsafeRawBufferPointer) {
    total += piece.count
    if isBinary && !isBlank { return }
    switch form {
    case .eightBit: consumeBytes(piece)
    case .utf16Little, .utf16Big: consumeUnits(piece)
    }
  }

  private mutating func consumeBytes(_ piece: UnsafeRawBufferPointer) {
    var position = 0
    while position < piece.count {
      // Eight letters at once, where nothing but letters is to be learned from them.
      if missing == 0, !isBlank, position + 8 <= piece.count,
        Self.isPlainASCII(piece.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      {
        position += 8
        continue
      }
      let byte = piece[position]
      position += 1
      if byte < 0x80 {
        if byte > 0x20 { isBlank = false }
        if byte < 0x20, Self.isBinaryControl(byte) || byte == 0 { isBinary = true }
        if byte == 0x7F { isBinary = true }
        if missing > 0 { (isUTF8, missing) = (false, 0) }
      } else {
        isBlank = false
        highBytes += 1
        if byte < 0xA0 {
          hasC1 = true
          if [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(byte) { hasUndefined = true }
        }
        if isUTF8 { follow(byte) }
      }
      if isBinary && !isBlank { return }
    }
  }

  /// Whether all eight bytes are from 20 to 7E.
  private static func isPlainASCII(_ word: UInt64) -> Bool {
    let tops: UInt64 = 0x8080_8080_8080_8080
    let hasHigh = word & tops != 0
    let hasControl = ((word | tops) &- 0x2020_2020_2020_2020) & tops != tops
    let hasDelete = (word &+ 0x0101_0101_0101_0101) & tops != 0
    return !hasHigh && !hasControl && !hasDelete
  }

  /// One step of UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
  private mutating func follow(_ byte: UInt8) {
    if missing > 0 {
      if nextRange.contains(byte) {
        missing -= 1
        nextRange = 0x80...0xBF
      } else {
        isUTF8 = false
      }
      return
    }
    nextRange = 0x80...0xBF
    switch byte {
    case 0xC2...0xDF: missing = 1
    case 0xE0: (missing, nextRange) = (2, 0xA0...0xBF)
    case 0xED: (missing, nextRange) = (2, 0x80...0x9F)
    case 0xE1...0xEF: missing = 2
    case 0xF0: (missing, nextRange) = (3, 0x90...0xBF)
    case 0xF4: (missing, nextRange) = (3, 0x80...0x8F)
    case 0xF1...0xF3: missing = 3
    default: isUTF8 = false
    }
  }

  private mutating func consumeUnits(_ piece: UnsafeRawBufferPointer) {
    for byte in piece {
      guard let first = oddByte else {
        oddByte = byte
        continue
      }
      oddByte = nil
      let unit = form == .utf16Little ? UInt16(byte) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(byte)
      if unit > 0x20, unit != 0xFEFF { isBlank = false }
      let isLow = (0xDC00...0xDFFF).contains(unit)
      if highSurrogateOpen != isLow || unit < 0x20 && Self.isBinaryControl(UInt8(unit)) || unit == 0xFFFE || unit == 0xFFFF {
        isBinary = true
      }
      highSurrogateOpen = (0xD800...0xDBFF).contains(unit)
      if isBinary && !isBlank { return }
    }
  }

  /// Controls that text does not hold. Allowed are backspace to carriage return, the frames of HL7 messages, DOS's end of file, escape.
  private static func isBinaryControl(_ byte: UInt8) -> Bool {
    !((0x08...0x0D).contains(byte) || (0x1A...0x1C).contains(byte))
  }

  /// The bytes of text with the zero halves of UTF-16 taken out, so that markup can be searched as ASCII.
  func narrowed(_ bytes: UnsafeRawBufferPointer) -> [UInt8] { form == .eightBit ? Array(bytes) : bytes.filter { $0 != 0 } }
}
