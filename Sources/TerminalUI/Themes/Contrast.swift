internal import SafeText

/// A role whose text is hard to read.
public struct ContrastFinding: Sendable, Hashable {
  public var role: Role
  /// WCAG 2 contrast ratio, 1 to 21.
  public var ratio: Double
  public var required: Double
}

/// How well a text can be told from what it stands on.
public enum Contrast {
  /// Contrast ratio of two colours as WCAG 2.1 defines it: 1 (none) to 21 (black on white).
  public static func ratio(_ one: RGB, _ other: RGB) -> Double {
    let (a, b) = (luminance(one), luminance(other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  private static func luminance(_ color: RGB) -> Double {
    0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
  }

  /// From an sRGB byte to linear light. The power 2.4 is taken by Newton's steps: the C library is not imported for one call.
  private static func linear(_ byte: Int) -> Double {
    let value = Double(byte) / 255
    if value <= 0.04045 { return value / 12.92 }
    let base = (value + 0.055) / 1.055
    return base * base * fifthRoot(base * base)
  }

  private static func fifthRoot(_ value: Double) -> Double {
    var root = 0.5 + value / 2
    for _ in 0..<40 { root = (4 * root + value / (root * root * root * root)) / 5 }
    return root
  }
}

extension Theme {
  /// Roles that only decorate: no text is read in them.
  private static let decoration: Set<Role> = [
    .border, .borderFocus, .scrollbar, .progressTrack, .progressFill, .surfaceRaised, .disabled,
  ]

  /// Roles whose text has less contrast than `required` says (4.5: WCAG AA; 7: AAA). A colour of the terminal's own is
  /// taken as xterm mixes it, its default as black on white or white on black by the theme's variant.
  public func weakContrasts(required: Double? = nil) -> [ContrastFinding] {
    let required = required ?? (name.hasPrefix("hc-") ? 7 : 4.5)
    let grounds: [Variant] = variant == .any ? [.dark, .light] : [variant]
    return Role.allCases.filter { !Self.decoration.contains($0) }.compactMap { role in
      let style = style(of: role)
      // With both colours of the terminal's own 16, its owner has chosen what they look like.
      if usesOnlyTerminalColors(style) { return nil }
      let ratio =
        grounds.map { ground in
          let foreground = rgb(style.foreground, otherwise: ground == .light ? RGB(0, 0, 0) : RGB(229, 229, 229))
          let background = rgb(style.background, otherwise: ground == .light ? RGB(255, 255, 255) : RGB(0, 0, 0))
          return Contrast.ratio(foreground, background)
        }.min() ?? 21
      return ratio < required ? ContrastFinding(role: role, ratio: ratio, required: required) : nil
    }
  }

  private func usesOnlyTerminalColors(_ style: Style) -> Bool {
    [style.foreground, style.background].allSatisfy { color in
      switch color.base {
      case .terminalDefault, .ansi: true
      case .indexed, .rgb: false
      }
    }
  }

  private func rgb(_ color: ThemeColor, otherwise: RGB) -> RGB {
    switch color.base {
    case .terminalDefault: otherwise
    case .ansi(let number), .indexed(let number): Palette.rgb(of: number)
    case .rgb(let rgb): rgb
    }
  }
}
