internal import SafeText
internal import TOMLKit

/// Reads a theme file. What is wrong is reported and left out; the rest counts.
struct ThemeParser {
  private let lines: TOMLLines
  private(set) var problems: [ThemeProblem] = []
  private var palette: [String: ThemeColor] = [:]

  /// - Parameters:
  ///   - toml: The file's text.
  ///   - name: The theme's name when the file does not say one.
  ///   - base: Finds the theme that `inherits` names.
  static func parse(_ toml: String, name: String, base: (String) -> Theme?) -> (theme: Theme, problems: [ThemeProblem]) {
    var parser = ThemeParser(lines: TOMLLines(toml))
    do {
      let root = try TOMLTable(string: toml)
      let theme = parser.theme(root, name: name, base: base)
      return (theme, parser.problems)
    } catch let error as TOMLParseError {
      return (.plain, [ThemeProblem(line: error.source.begin.line, key: "", reason: "\(error.description).")])
    } catch {
      return (.plain, [ThemeProblem(line: nil, key: "", reason: "The file is not TOML.")])
    }
  }

  private init(lines: TOMLLines) { self.lines = lines }

  private mutating func theme(_ root: TOMLTable, name: String, base: (String) -> Theme?) -> Theme {
    let head = table("theme", in: root)
    var theme = Theme(name: name, variant: .any, glyphs: Glyphs(), styles: [:], mono: [:])
    if let parent = head?["inherits"] {
      if let parentName = parent.string, let found = base(parentName) {
        theme = found
        palette = found.palette
      } else {
        complain("theme", "inherits", "there is no theme of this name to inherit from.")
      }
    }
    theme.name = head?["name"]?.string ?? name
    theme.about = DisplayText(escaping: head?["about"]?.string ?? "")
    if let variant = head?["variant"] {
      if let known = variant.string.flatMap(Theme.Variant.init) {
        theme.variant = known
      } else {
        complain("theme", "variant", "must be \"dark\", \"light\" or \"any\".")
      }
    }
    for (key, value) in table("palette", in: root) ?? [:] {
      if let color = color(value, section: "palette", key: key) { palette[key] = color }
    }
    theme.palette = palette
    theme.styles = theme.styles.mapValues { $0.painted(from: palette) }
    for (key, value) in table("roles", in: root) ?? [:] {
      expectKnown(key, section: "roles")
      theme.styles[key] = style(value, key: key, inherited: theme.styles[key])
    }
    for (key, value) in table("mono", in: root) ?? [:] {
      expectKnown(key, section: "mono")
      theme.mono[key] = attributes(value, section: "mono", key: key)
    }
    readGlyphs(table("glyphs", in: root), into: &theme)
    for key in root.keys where !["theme", "palette", "roles", "mono", "glyphs"].contains(key) {
      complain(key, nil, "is not a part of a theme; known are theme, palette, roles, mono and glyphs.")
    }
    return theme
  }

  private mutating func table(_ name: String, in root: TOMLTable) -> TOMLTable? {
    guard let value = root[name] else { return nil }
    if value.table == nil { complain(name, nil, "must be a table, [\(name)].") }
    return value.table
  }

  private mutating func style(_ value: any TOMLValueConvertible, key: String, inherited: PartialStyle?) -> PartialStyle {
    var style = inherited ?? PartialStyle()
    guard let table = value.table else {
      style.foreground = ink(value, key: key) ?? style.foreground
      return style
    }
    for (part, value) in table {
      switch part {
      case "fg": style.foreground = ink(value, key: key, part: part) ?? style.foreground
      case "bg": style.background = ink(value, key: key, part: part) ?? style.background
      case "attr": style.attributes = attributes(value, section: "roles", key: key)
      default: complain("roles", key, "\"\(part)\" is unknown; a role has fg, bg and attr.")
      }
    }
    return style
  }

  private mutating func ink(_ value: any TOMLValueConvertible, key: String, part: String? = nil) -> PartialStyle.Ink? {
    let name = value.string.flatMap { palette[$0] == nil ? nil : $0 }
    return color(value, section: "roles", key: key, part: part).map { PartialStyle.Ink(color: $0, paletteName: name) }
  }

  private mutating func attributes(_ value: any TOMLValueConvertible, section: String, key: String) -> TextAttributes {
    let names = value.array.map { $0.map { $0.string ?? "" } } ?? value.string.map { [$0] } ?? [""]
    return names.reduce(into: []) { result, name in
      if let attribute = TextAttributes.names[name] {
        result.insert(attribute)
      } else {
        complain(section, key, "an attribute is one of bold, dim, underline, reverse, italic.")
      }
    }
  }

  /// A palette's name, `default`, an ANSI name, `#rrggbb`, a number, or a table with `rgb`, `c256`, `c16` and `c8`.
  private mutating func color(_ value: any TOMLValueConvertible, section: String, key: String, part: String? = nil) -> ThemeColor? {
    let place = part.map { "\(key).\($0)" } ?? key
    if let number = value.int {
      guard (0...255).contains(number) else {
        complain(section, place, "a colour's number lies between 0 and 255.")
        return nil
      }
      return ThemeColor(number < 16 ? .ansi(number) : .indexed(number))
    }
    if let name = value.string {
      if section != "palette", let known = palette[name] { return known }
      if name == "default" { return .terminalDefault }
      if let number = Palette.names[name] { return ThemeColor(.ansi(number)) }
      if let rgb = RGB(hex: name) { return ThemeColor(.rgb(rgb)) }
      complain(section, place, "there is no colour \"\(name)\".")
      return nil
    }
    guard section == "palette", let table = value.table else {
      complain(section, place, "must be a colour: a name, \"#rrggbb\" or a number.")
      return nil
    }
    return graded(table, key: key)
  }

  private mutating func graded(_ table: TOMLTable, key: String) -> ThemeColor? {
    var result: ThemeColor?
    if let rgb = table["rgb"] {
      if let color = rgb.string.flatMap(RGB.init(hex:)) {
        result = ThemeColor(.rgb(color))
      } else {
        complain("palette", key, "rgb must be \"#rrggbb\".")
      }
    }
    for (part, limit) in [("c256", 255), ("c16", 15), ("c8", 7)] {
      guard let value = table[part] else { continue }
      guard let number = value.int ?? value.string.flatMap({ Palette.names[$0] }), (0...limit).contains(number) else {
        complain("palette", key, "\(part) must be a colour's name or a number up to \(limit).")
        continue
      }
      if result == nil { result = ThemeColor(number < 16 ? .ansi(number) : .indexed(number)) }
      switch part {
      case "c256": result?.in256 = number
      case "c16": result?.in16 = number
      default: result?.in8 = number
      }
    }
    if result == nil, !table.keys.contains(where: { ["rgb", "c256", "c16", "c8"].contains($0) }) {
      complain("palette", key, "needs rgb, c256, c16 or c8.")
    }
    return result
  }

  private mutating func readGlyphs(_ table: TOMLTable?, into theme: inout Theme) {
    for (key, value) in table ?? [:] {
      switch key {
      case "border":
        if let border = value.string.flatMap(Glyphs.Border.init) {
          theme.glyphs.use(border)
        } else {
          complain("glyphs", key, "must be light, heavy, rounded, ascii or none.")
        }
      case "bar_full": theme.glyphs.barFull = glyph(value, key: key) ?? theme.glyphs.barFull
      case "bar_empty": theme.glyphs.barEmpty = glyph(value, key: key) ?? theme.glyphs.barEmpty
      case "pointer": theme.glyphs.pointer = glyph(value, key: key) ?? theme.glyphs.pointer
      case "chosen": theme.glyphs.chosen = glyph(value, key: key) ?? theme.glyphs.chosen
      default: complain("glyphs", key, "is unknown; known are border, bar_full, bar_empty, pointer and chosen.")
      }
    }
  }

  private mutating func glyph(_ value: any TOMLValueConvertible, key: String) -> DisplayText? {
    let text = value.string.map { DisplayText(escaping: $0) }
    if text?.width == 1 { return text }
    complain("glyphs", key, "must be one character that takes one column.")
    return nil
  }

  private mutating func expectKnown(_ key: String, section: String) {
    let isKnown = Role.allCases.contains { $0.rawValue == key || $0.rawValue.hasPrefix(key + ".") }
    if !isKnown { complain(section, key, "there is no such role.") }
  }

  private mutating func complain(_ section: String, _ key: String?, _ reason: DisplayText) {
    let place = key.map { "\(section).\($0)" } ?? section
    problems.append(ThemeProblem(line: lines.line(section: section, key: key), key: "\(place)", reason: reason))
  }
}

/// Finds the line that a key stands on: the TOML library keeps positions of syntax errors only.
struct TOMLLines {
  private var sections: [String: Int] = [:]
  private var keys: [String: Int] = [:]

  init(_ toml: String) {
    var section = ""
    for (index, line) in toml.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let text = line.drop { $0 == " " || $0 == "\t" }
      if text.first == "[", let end = text.firstIndex(of: "]") {
        section = String(text[text.index(after: text.startIndex)..<end])
        sections[section] = index + 1
      } else if let key = Self.key(of: text) {
        keys["\(section).\(key)"] = index + 1
        if section.isEmpty { sections[key] = index + 1 }
      }
    }
  }

  /// The line of the key or, failing that, of its section.
  func line(section: String, key: String?) -> Int? {
    guard let key else { return sections[section] }
    var rest = Substring(key)
    while true {
      if let line = keys["\(section).\(rest)"] { return line }
      guard let dot = rest.lastIndex(of: ".") else { return sections[section] }
      rest = rest[..<dot]
    }
  }

  private static func key(of line: Substring) -> String? {
    guard let first = line.first, first != "#" else { return nil }
    if first == "\"" || first == "'" {
      let rest = line.dropFirst()
      return rest.firstIndex(of: first).map { String(rest[..<$0]) }
    }
    guard let equals = line.firstIndex(of: "=") else { return nil }
    return String(line[..<equals].filter { $0 != " " && $0 != "\t" })
  }
}
