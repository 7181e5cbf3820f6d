/// How many colours a terminal has.
public enum ColorTier: Sendable, Hashable, CaseIterable {
  /// Attributes only: no colours at all, or none wanted (`NO_COLOR`).
  case mono
  case ansi8
  case ansi16
  case indexed256
  /// 24 bits, as terminals with a `-direct` description have.
  case direct
}

extension ColorTier {
  /// What a terminal can show and a person wants.
  ///
  /// - Parameters:
  ///   - colors: What the terminal's description says; 0 or less for none.
  ///   - wish: `auto`, `always`, `never` or a tier's own word (`8`, `16`, `256`, `direct`); goes before `NO_COLOR`.
  ///   - noColor: The environment's `NO_COLOR`; counts when it is present and not empty (no-color.org).
  public static func choose(colors: Int, wish: String? = nil, noColor: String? = nil) -> ColorTier {
    let capable: ColorTier =
      switch colors {
      case ..<8: .mono
      case ..<16: .ansi8
      case ..<256: .ansi16
      case ..<0x100_0000: .indexed256
      default: .direct
      }
    switch wish {
    case "never", "mono": return .mono
    case "always": return capable
    case "8": return min(capable, .ansi8)
    case "16": return min(capable, .ansi16)
    case "256": return min(capable, .indexed256)
    case "direct": return capable
    default: return noColor.map { !$0.isEmpty } ?? false ? .mono : capable
    }
  }
}

extension ColorTier: Comparable {
  private var rank: Int {
    switch self {
    case .mono: 0
    case .ansi8: 1
    case .ansi16: 2
    case .indexed256: 3
    case .direct: 4
    }
  }
  public static func < (left: ColorTier, right: ColorTier) -> Bool { left.rank < right.rank }
}

/// Red, green and blue, each 0 to 255.
public struct RGB: Sendable, Hashable {
  public var red: Int
  public var green: Int
  public var blue: Int

  public init(_ red: Int, _ green: Int, _ blue: Int) { (self.red, self.green, self.blue) = (red, green, blue) }

  /// Reads `#rrggbb`.
  public init?(hex text: String) {
    guard text.utf8.count == 7, text.utf8.first == UInt8(ascii: "#"), text.dropFirst().allSatisfy(\.isHexDigit),
      let value = Int(text.dropFirst(), radix: 16)
    else { return nil }
    self.init(value >> 16, value >> 8 & 0xFF, value & 0xFF)
  }

  var number: Int { red << 16 | green << 8 | blue }

  func distance(to other: RGB) -> Int {
    let (r, g, b) = (red - other.red, green - other.green, blue - other.blue)
    return 3 * r * r + 6 * g * g + 2 * b * b
  }
}

/// A colour of a theme, with what stands for it where there are fewer colours.
public struct ThemeColor: Sendable, Hashable {
  public enum Base: Sendable, Hashable {
    /// The terminal's own foreground or background.
    case terminalDefault
    /// One of the terminal's own 16 colours.
    case ansi(Int)
    /// 16 to 255 of the usual palette.
    case indexed(Int)
    case rgb(RGB)
  }

  public var base: Base
  /// In place of the nearest colour; 0 to 255, 0 to 15, 0 to 7.
  public var in256: Int?
  public var in16: Int?
  public var in8: Int?

  public init(_ base: Base, in256: Int? = nil, in16: Int? = nil, in8: Int? = nil) {
    (self.base, self.in256, self.in16, self.in8) = (base, in256, in16, in8)
  }

  public static let terminalDefault = ThemeColor(.terminalDefault)

  /// The terminal's number for this colour; -1 for its own default. `isBright`: a bright colour that became a dark one for want of
  /// colours; bold makes up for it.
  public func number(in tier: ColorTier) -> (number: Int, isBright: Bool) {
    switch tier {
    case .mono:
      return (-1, false)
    case .ansi8:
      if let in8 { return (in8 & 7, false) }
      let number = in16 ?? ansiNumber
      return number < 0 ? (-1, false) : (number & 7, number > 7)
    case .ansi16:
      return (in16 ?? ansiNumber, false)
    case .indexed256:
      if let in256 { return (in256, false) }
      switch base {
      case .terminalDefault: return (-1, false)
      case .ansi(let number), .indexed(let number): return (number, false)
      case .rgb(let rgb): return (Palette.nearest256(to: rgb), false)
      }
    case .direct:
      switch base {
      case .terminalDefault: return (-1, false)
      // Under a direct description 0 to 7 stay the terminal's own; everything else is a mixed colour.
      case .ansi(let number) where number < 8: return (number, false)
      case .ansi(let number), .indexed(let number): return (max(8, Palette.rgb(of: number).number), false)
      case .rgb(let rgb): return (max(8, rgb.number), false)
      }
    }
  }

  /// -1 or 0 to 15.
  private var ansiNumber: Int {
    switch base {
    case .terminalDefault: -1
    case .ansi(let number): number
    case .indexed(let number): Palette.nearest16(to: Palette.rgb(of: number))
    case .rgb(let rgb): Palette.nearest16(to: rgb)
    }
  }
}

/// The usual 256 colours, as xterm mixes them. The first 16 are the terminal's own and may look different.
public enum Palette {
  public static let names: [String: Int] = [
    "black": 0, "red": 1, "green": 2, "yellow": 3, "blue": 4, "magenta": 5, "cyan": 6, "white": 7,
    "bright-black": 8, "bright-red": 9, "bright-green": 10, "bright-yellow": 11, "bright-blue": 12, "bright-magenta": 13,
    "bright-cyan": 14, "bright-white": 15,
  ]

  private static let first16: [RGB] = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0), RGB(0, 0, 238), RGB(205, 0, 205), RGB(0, 205, 205), RGB(229, 229, 229),
    RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0), RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255),
    RGB(255, 255, 255),
  ]

  private static let steps = [0, 95, 135, 175, 215, 255]

  /// - Parameter number: 0 to 255.
  public static func rgb(of number: Int) -> RGB {
    switch number {
    case ..<16: return first16[max(0, number)]
    case ..<232:
      let cube = number - 16
      return RGB(steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
    default:
      let grey = 8 + 10 * (min(number, 255) - 232)
      return RGB(grey, grey, grey)
    }
  }

  /// 16 to 255: the cube and the greys, which look the same everywhere.
  static func nearest256(to color: RGB) -> Int { nearest(to: color, among: 16..<256) }
  static func nearest16(to color: RGB) -> Int { nearest(to: color, among: 0..<16) }

  private static func nearest(to color: RGB, among numbers: Range<Int>) -> Int {
    numbers.min { rgb(of: $0).distance(to: color) < rgb(of: $1).distance(to: color) } ?? 7
  }
}
