/// Text that is safe to put on a terminal: no control characters, no bidirectional overrides, no invalid encoding.
///
/// Everything that comes from outside (file names, patient names, server replies, JSON values) becomes a `DisplayText` through
/// `init(escaping:)`; the renderer accepts nothing else. Text of our own becomes one through a string literal.
public struct DisplayText: Sendable, Hashable {
  /// The escaped text. Every scalar in it is printable.
  public let string: String

  /// For text that is made of escaped text only.
  init(trusted string: String) { self.string = string }

  /// Escapes `text` from outside. See `Escaping` for what is replaced by what.
  public init(escaping text: some StringProtocol) {
    self.string = Escaping.escape(text.unicodeScalars)
  }

  /// Escapes bytes from outside that ought to be UTF-8; every byte that is not becomes `\xNN`.
  public init(escapingBytes bytes: some Collection<UInt8>) {
    self.string = Escaping.escape(bytes: bytes)
  }

  public static let empty = DisplayText(trusted: "")
  public var isEmpty: Bool { string.isEmpty }
  /// Columns on a terminal.
  public var width: Int { CellWidth.of(string) }

  public static func + (left: DisplayText, right: DisplayText) -> DisplayText {
    DisplayText(trusted: left.string + right.string)
  }

  public static func += (left: inout DisplayText, right: DisplayText) { left = left + right }

  /// The longest beginning that fits into `columns`, ending in `…` when something was cut off.
  public func truncated(to columns: Int) -> DisplayText {
    DisplayText(trusted: CellWidth.truncate(string, to: columns))
  }
}

extension DisplayText: ExpressibleByStringInterpolation {
  /// Literal text of the program itself; interpolated values are escaped unless they are `DisplayText` already.
  public struct StringInterpolation: StringInterpolationProtocol {
    var text = ""

    public init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + interpolationCount * 8)
    }

    public mutating func appendLiteral(_ literal: String) { text += literal }
    public mutating func appendInterpolation(_ safe: DisplayText) { text += safe.string }
    public mutating func appendInterpolation(_ number: some BinaryInteger) { text += String(number) }
    public mutating func appendInterpolation(_ outside: some StringProtocol) {
      text += Escaping.escape(outside.unicodeScalars)
    }
  }

  public init(stringLiteral value: String) { self.string = value }
  public init(stringInterpolation: StringInterpolation) { self.string = stringInterpolation.text }
}

extension Sequence<DisplayText> {
  public func joined(separator: DisplayText = "") -> DisplayText {
    DisplayText(trusted: map(\.string).joined(separator: separator.string))
  }
}

extension DisplayText: Comparable {
  public static func < (left: DisplayText, right: DisplayText) -> Bool { left.string < right.string }
}
