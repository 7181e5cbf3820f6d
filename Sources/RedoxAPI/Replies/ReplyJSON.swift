#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// JSON of a server as a tree, for looking things up without believing in a schema.
indirect enum ReplyJSON: Sendable, Equatable {
  case object([String: ReplyJSON])
  case array([ReplyJSON])
  case string(String)
  case number(Double)
  case bool(Bool)
  case null

  /// Deeper replies are not read. Redox nests a handful of levels; a hostile server could exhaust the stack otherwise.
  static let maximumDepth = 64

  init?(_ body: [UInt8]) {
    var bytes = body[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    guard ReplyJSON.depth(of: bytes) <= ReplyJSON.maximumDepth else { return nil }
    guard let value = try? JSONDecoder().decode(ReplyJSON.self, from: Data(bytes)) else { return nil }
    self = value
  }

  subscript(_ key: String) -> ReplyJSON? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  /// Elements of an array; a lone value counts as an array of one, which careless servers write.
  var elements: [ReplyJSON] {
    switch self {
    case .array(let elements): elements
    case .null: []
    default: [self]
    }
  }

  /// A string that is not blank, or a number as text.
  var text: String? {
    switch self {
    case .string(let text): text.allSatisfy(\.isWhitespace) ? nil : text
    case .number(let number): Int(exactly: number).map { String($0) } ?? String(number)
    default: nil
    }
  }

  var number: Double? {
    switch self {
    case .number(let number): number
    case .string(let text): Double(text)
    default: nil
    }
  }

  var isObject: Bool {
    if case .object = self { true } else { false }
  }

  /// How deep brackets nest outside strings.
  private static func depth(of bytes: ArraySlice<UInt8>) -> Int {
    var depth = 0
    var deepest = 0
    var inString = false
    var escaped = false
    for byte in bytes {
      if inString {
        if escaped {
          escaped = false
        } else if byte == UInt8(ascii: "\\") {
          escaped = true
        } else if byte == UInt8(ascii: "\"") {
          inString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): inString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        deepest = max(deepest, depth)
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
    }
    return deepest
  }
}

extension ReplyJSON: Decodable {
  init(from decoder: any Decoder) throws {
    if let single = try? decoder.singleValueContainer() {
      if single.decodeNil() {
        self = .null
        return
      }
      if let value = try? single.decode(String.self) {
        self = .string(value)
        return
      }
      if let value = try? single.decode([String: ReplyJSON].self) {
        self = .object(value)
        return
      }
      if let value = try? single.decode([ReplyJSON].self) {
        self = .array(value)
        return
      }
      if let value = try? single.decode(Double.self) {
        self = .number(value)
        return
      }
    }
    self = .bool(try decoder.singleValueContainer().decode(Bool.self))
  }
}
