internal import ViewModels

/// One thing that ncurses read: a byte, or a key that the terminal's description knows.
enum InputUnit: Sendable, Hashable {
  case byte(UInt8)
  case key(Key)
  /// A key that the description knows and the program does not.
  case unknownKey
}

/// Turns what was read into keys.
///
/// Works byte by byte: a character, an escape sequence or a paste may come in pieces. A sequence that nobody knows is swallowed
/// whole, so that its letters never act as commands.
struct InputDecoder: Sendable {
  private enum State: Sendable {
    case ground
    case escape
    /// Inside `ESC [`; the bytes so far.
    case control([UInt8])
    /// Inside `ESC O`.
    case single
    /// Inside `ESC ]`, `ESC P`, `ESC X`, `ESC ^` or `ESC _`: a reply of the terminal, up to its end.
    case reply(sawEscape: Bool)
  }

  private static let pasteEnd: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]
  /// More than a form field could hold; the rest of a larger paste is dropped.
  private static let pasteLimit = 1 << 16

  private var state = State.ground
  private var character = UTF8Assembler()
  private var paste: [UInt8]?
  /// How much of `pasteEnd` has come.
  private var endMatched = 0

  init() {}

  /// True while nothing is half read; then `finish` has nothing to do.
  var isSettled: Bool { if case .ground = state { true } else { false } }

  mutating func take(_ unit: InputUnit) -> [Key] {
    switch unit {
    case .byte(let byte): return paste == nil ? take(byte) : takePasted(byte)
    case .key(let key):
      guard paste == nil else { return [] }
      let pending = finish()
      return pending + [key]
    case .unknownKey:
      return paste == nil ? finish() : []
    }
  }

  /// No more input is waiting: an escape byte on its own was the Escape key.
  mutating func finish() -> [Key] {
    defer { if case .reply = state {} else { state = .ground } }
    switch state {
    case .escape: return [.escape]
    case .control([]): return [.alt("[")]
    case .single: return [.alt("O")]
    case .ground, .control, .reply: return []
    }
  }

  private mutating func take(_ byte: UInt8) -> [Key] {
    switch state {
    case .ground:
      return ground(byte)
    case .escape:
      return afterEscape(byte)
    case .control(let bytes):
      return control(bytes, byte)
    case .single:
      state = .ground
      return Self.singleShift(byte)
    case .reply(let sawEscape):
      let isEnd = byte == 0x07 || sawEscape && byte == UInt8(ascii: "\\")
      state = isEnd ? .ground : .reply(sawEscape: byte == 0x1B)
      return []
    }
  }

  private mutating func ground(_ byte: UInt8) -> [Key] {
    switch byte {
    case 0x1B:
      character = UTF8Assembler()
      state = .escape
      return []
    case 0x0D, 0x0A: return [.enter]
    case 0x09: return [.tab]
    case 0x7F, 0x08: return [.backspace]
    case 0x00: return [.control(" ")]
    case 0x01...0x1A: return [.control(Character(Unicode.Scalar(byte + 0x60)))]
    case 0x1C...0x1F: return [.control(Character(Unicode.Scalar(byte + 0x40)))]
    default: return character.take(byte).map { [.character($0)] } ?? []
    }
  }

  private mutating func afterEscape(_ byte: UInt8) -> [Key] {
    state = .ground
    switch byte {
    case 0x1B:
      state = .escape
      return [.escape]
    case UInt8(ascii: "["):
      state = .control([])
      return []
    case UInt8(ascii: "O"):
      state = .single
      return []
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
      state = .reply(sawEscape: false)
      return []
    case 0x21...0x7E: return [.alt(Character(Unicode.Scalar(byte)))]
    default: return [.escape] + ground(byte)
    }
  }

  private mutating func control(_ bytes: [UInt8], _ byte: UInt8) -> [Key] {
    // Linux' own console writes F1 to F5 as `ESC [ [ A` to `E`: here the second bracket is not the end.
    if bytes.isEmpty, byte == UInt8(ascii: "[") {
      state = .control([byte])
      return []
    }
    if bytes == [UInt8(ascii: "[")] {
      state = .ground
      return (0x41...0x45).contains(byte) ? [.function(Int(byte) - 0x40)] : []
    }
    switch byte {
    case 0x20...0x3F:
      if bytes.count < 64 { state = .control(bytes + [byte]) }
      return []
    case 0x40...0x7E:
      state = .ground
      if byte == UInt8(ascii: "~"), bytes == Array("200".utf8) {
        paste = []
        endMatched = 0
        return []
      }
      return Self.controlSequence(bytes, final: byte)
    default:
      state = .ground
      return byte == 0x1B ? ground(byte) : []
    }
  }

  private static func controlSequence(_ bytes: [UInt8], final: UInt8) -> [Key] {
    let numbers = bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    let first = numbers.first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 1
    switch final {
    case UInt8(ascii: "A"): return [.up]
    case UInt8(ascii: "B"): return [.down]
    case UInt8(ascii: "C"): return [.right]
    case UInt8(ascii: "D"): return [.left]
    case UInt8(ascii: "H"): return [.home]
    case UInt8(ascii: "F"): return [.end]
    case UInt8(ascii: "Z"): return [.backTab]
    case UInt8(ascii: "~"):
      switch first {
      case 1, 7: return [.home]
      case 3: return [.delete]
      case 4, 8: return [.end]
      case 5: return [.pageUp]
      case 6: return [.pageDown]
      case 11...15: return [.function(first - 10)]
      case 17...21: return [.function(first - 11)]
      case 23, 24: return [.function(first - 12)]
      default: return []
      }
    default: return []
    }
  }

  private static func singleShift(_ byte: UInt8) -> [Key] {
    switch byte {
    case UInt8(ascii: "A"): [.up]
    case UInt8(ascii: "B"): [.down]
    case UInt8(ascii: "C"): [.right]
    case UInt8(ascii: "D"): [.left]
    case UInt8(ascii: "H"): [.home]
    case UInt8(ascii: "F"): [.end]
    case UInt8(ascii: "M"): [.enter]
    case 0x50...0x53: [.function(Int(byte) - 0x4F)]
    default: []
    }
  }

  private mutating func takePasted(_ byte: UInt8) -> [Key] {
    if byte == Self.pasteEnd[endMatched] {
      endMatched += 1
      guard endMatched == Self.pasteEnd.count else { return [] }
      let text = String(decoding: paste ?? [], as: UTF8.self)
      paste = nil
      endMatched = 0
      return [.paste(text)]
    }
    append(Self.pasteEnd.prefix(endMatched))
    endMatched = byte == 0x1B ? 1 : 0
    if endMatched == 0 { append([byte == 0x0D ? 0x0A : byte]) }
    return []
  }

  private mutating func append(_ bytes: some Sequence<UInt8>) {
    guard let count = paste?.count, count < Self.pasteLimit else { return }
    paste?.append(contentsOf: bytes)
  }
}

/// Puts the bytes of one character together. A byte that fits nowhere is dropped: no key sends it.
private struct UTF8Assembler: Sendable {
  private var bytes: [UInt8] = []
  private var expected = 0

  mutating func take(_ byte: UInt8) -> Character? {
    switch byte {
    case 0x20...0x7E:
      bytes = []
      return Character(Unicode.Scalar(byte))
    case 0xC2...0xDF: start(byte, of: 2)
    case 0xE0...0xEF: start(byte, of: 3)
    case 0xF0...0xF4: start(byte, of: 4)
    case 0x80...0xBF where !bytes.isEmpty:
      bytes.append(byte)
      if bytes.count == expected {
        defer { bytes = [] }
        return String(validating: bytes, as: UTF8.self)?.first
      }
    default: bytes = []
    }
    return nil
  }

  private mutating func start(_ byte: UInt8, of count: Int) {
    bytes = [byte]
    expected = count
  }
}
