public import SafeText

/// Attributes of text that every terminal knows, colours aside.
public struct TextAttributes: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let bold = TextAttributes(rawValue: 1)
  public static let dim = TextAttributes(rawValue: 2)
  public static let underline = TextAttributes(rawValue: 4)
  public static let reverse = TextAttributes(rawValue: 8)
  public static let italic = TextAttributes(rawValue: 16)

  static let names: [String: TextAttributes] = [
    "bold": .bold, "dim": .dim, "underline": .underline, "reverse": .reverse, "italic": .italic,
  ]
}

/// How a role looks.
public struct Style: Sendable, Hashable {
  public var foreground: ThemeColor
  public var background: ThemeColor
  public var attributes: TextAttributes

  public init(foreground: ThemeColor = .terminalDefault, background: ThemeColor = .terminalDefault, attributes: TextAttributes = []) {
    (self.foreground, self.background, self.attributes) = (foreground, background, attributes)
  }
}

/// A style as a theme file says it. What it leaves out is as in ordinary text.
struct PartialStyle: Sendable, Hashable {
  struct Ink: Sendable, Hashable {
    var color: ThemeColor
    /// The palette's name for it: a theme that inherits this one may mix that colour differently.
    var paletteName: String?
  }

  var foreground: Ink?
  var background: Ink?
  var attributes: TextAttributes = []

  /// The same with the colours of another palette.
  func painted(from palette: [String: ThemeColor]) -> PartialStyle {
    func repainted(_ ink: Ink?) -> Ink? {
      guard var ink, let name = ink.paletteName, let color = palette[name] else { return ink }
      ink.color = color
      return ink
    }
    return PartialStyle(foreground: repainted(foreground), background: repainted(background), attributes: attributes)
  }
}

/// A style in a terminal's own numbers.
public struct ResolvedStyle: Sendable, Hashable {
  /// -1 is the terminal's default.
  public var foreground: Int
  public var background: Int
  public var attributes: TextAttributes
}

/// A look for every role, and the signs to draw with.
public struct Theme: Sendable, Hashable {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    /// Made for a dark background, a light one, or either.
    case dark, light, any
  }

  public var name: String
  /// What it is like, in a few words.
  public var about: DisplayText = ""
  public var variant: Variant
  public var glyphs: Glyphs
  /// By the names of a theme file; a beginning up to a dot stands for all that begins so.
  var styles: [String: PartialStyle]
  var palette: [String: ThemeColor] = [:]
  /// The same for terminals without colours.
  var mono: [String: TextAttributes]

  /// Nothing but the terminal's own: what is left when no theme can be read.
  public static let plain = Theme(
    name: "plain", variant: .any, glyphs: Glyphs(), styles: [:],
    mono: ["cursor": .reverse, "title": .bold, "env": .reverse, "patient.banner": .reverse, "message.error": .bold])

  public func style(of role: Role) -> Style {
    let own = Self.longest(role.rawValue, in: styles)
    let text = styles[Role.text.rawValue]
    return Style(
      foreground: (own?.foreground ?? text?.foreground)?.color ?? .terminalDefault,
      background: (own?.background ?? text?.background)?.color ?? .terminalDefault, attributes: own?.attributes ?? [])
  }

  public func resolved(_ role: Role, tier: ColorTier) -> ResolvedStyle {
    guard tier != .mono else {
      return ResolvedStyle(foreground: -1, background: -1, attributes: Self.longest(role.rawValue, in: mono) ?? [])
    }
    let style = style(of: role)
    let (foreground, isBright) = style.foreground.number(in: tier)
    let background = style.background.number(in: tier).number
    return ResolvedStyle(
      foreground: foreground, background: background, attributes: isBright ? style.attributes.union(.bold) : style.attributes)
  }

  /// `state.failed`, else `state`.
  private static func longest<Value>(_ name: String, in table: [String: Value]) -> Value? {
    var rest = Substring(name)
    while true {
      if let found = table[String(rest)] { return found }
      guard let dot = rest.lastIndex(of: ".") else { return nil }
      rest = rest[..<dot]
    }
  }
}
