/// Writes `JSONValue` as the text that is sent: two spaces a level, so that what a person previews is what travels.
enum JSONWriter {
  /// The bytes before and after the hole, the quotation marks around it included.
  ///
  /// - Precondition: `json` contains exactly one hole.
  static func split(_ json: JSONValue) -> (prefix: [UInt8], suffix: [UInt8]) {
    var parts: [[UInt8]] = [[]]
    JSONLayout.walk(json) { piece in
      switch piece {
      case .token(_, let text): parts[parts.count - 1] += text.utf8
      case .newLine(let depth):
        parts[parts.count - 1].append(UInt8(ascii: "\n"))
        parts[parts.count - 1] += repeatElement(UInt8(ascii: " "), count: 2 * depth)
      case .hole: parts.append([])
      }
    }
    precondition(parts.count == 2, "A clinical message has exactly one hole, not \(parts.count - 1).")
    return (parts[0], parts[1])
  }

  /// `text` as it stands between the quotation marks of a JSON string.
  static func escaped(_ text: String) -> [UInt8] { Array(JSONText.escaped(text).utf8) }
}
