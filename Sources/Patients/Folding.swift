/// Text as people type it when they search: lower case, no accents, no punctuation.
enum Folding {
  /// Lower case without accents: `Łukasz` → `lukasz`, `Müller` → `muller`, `O'Brien` → `obrien`. Words stay apart by single spaces.
  static func plain(_ text: String) -> String { fold(text, umlautsAsPairs: false) }

  /// As `plain`, but the letters that some languages write as two are two: `Müller` → `mueller`, `Åse` → `aase`.
  static func paired(_ text: String) -> String { fold(text, umlautsAsPairs: true) }

  private static func fold(_ text: String, umlautsAsPairs: Bool) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    var needsSpace = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": append(Character(scalar).description)
      case "A"..."Z": append(scalar.properties.lowercaseMapping)
      case "'", "’", "ʼ", "`", ".": continue
      case "\u{0308}" where umlautsAsPairs && (result.last.map("aou".contains) ?? false): result.append("e")
      case _ where scalar.isASCII: needsSpace = !result.isEmpty
      default:
        if let letters = (umlautsAsPairs ? pair(scalar) : nil) ?? base(scalar) {
          append(letters)
        } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
          append(scalar.properties.lowercaseMapping)
        } else if scalar.properties.generalCategory != .nonspacingMark {
          needsSpace = !result.isEmpty
        }
      }
    }
    return result

    func append(_ letters: String) {
      if needsSpace { result.append(" ") }
      needsSpace = false
      result.append(letters)
    }
  }

  private static func pair(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "ä", "Ä", "æ", "Æ": "ae"
    case "ö", "Ö", "ø", "Ø", "œ", "Œ": "oe"
    case "ü", "Ü": "ue"
    case "å", "Å": "aa"
    default: nil
    }
  }

  /// The Latin letter under the accents, as Unicode's own name of the character spells it: LATIN SMALL LETTER E WITH ACUTE.
  private static func base(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "ß", "ẞ": return "ss"
    case "þ", "Þ": return "th"
    case "ð", "Ð": return "d"
    case "ı", "İ": return "i"
    case "œ", "Œ": return "oe"
    default: break
    }
    guard let name = scalar.properties.name, name.hasPrefix("LATIN ") else { return nil }
    let words = name.split(separator: " ")
    guard let letter = words.firstIndex(of: "LETTER"), letter + 1 < words.count, words[letter + 1].count <= 2 else { return nil }
    return words[letter + 1].lowercased()
  }
}
