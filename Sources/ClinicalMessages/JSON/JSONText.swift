import SafeText

/// Strings as JSON writes them.
///
/// Escaped are the quotation mark, the backslash, control characters, and every scalar that a terminal must not be given as it is
/// (bidirectional controls, zero-width and private-use characters, line separators). JSON allows the escape for any scalar, and it
/// makes the preview exact: what a person reads is what travels. `/` stays as it is.
enum JSONText {
  static func quoted(_ text: String) -> String { "\"" + escaped(text) + "\"" }

  static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case " "..."~": result.unicodeScalars.append(scalar)
      default:
        let plain = String(scalar)
        if DisplayText(escaping: plain).string == plain {
          result.unicodeScalars.append(scalar)
        } else {
          for unit in plain.utf16 { result += "\\u" + hexadecimal(unit) }
        }
      }
    }
    return result
  }

  private static func hexadecimal(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
