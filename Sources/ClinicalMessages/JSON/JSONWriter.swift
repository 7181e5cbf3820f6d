/// Writes `JSONValue` as the text that is sent: two spaces a level, so that what a person previews is what travels.
enum JSONWriter {
  /// The bytes before, between and after the holes, the quotation marks around them included: one part more than there are holes.
  static func split(_ json: JSONValue) -> [[UInt8]] {
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
    return parts
  }

  /// `text` as it stands between the quotation marks of a JSON string.
  static func escaped(_ text: String) -> [UInt8] { Array(JSONText.escaped(text).utf8) }
}
