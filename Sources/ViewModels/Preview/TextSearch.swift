internal import ClinicalMessages
internal import SafeText

/// What is looked for in a text, whatever its case. A value.
struct TextSearch {
  private let wanted: [String]

  /// Nil when there is nothing to look for.
  init?(_ query: String) {
    guard !query.isEmpty else { return nil }
    wanted = query.map { $0.lowercased() }
  }

  /// Where it stands in a text, in characters, one after the other.
  func ranges(in text: String) -> [Range<Int>] {
    let characters = text.map { $0.lowercased() }
    var ranges: [Range<Int>] = []
    var start = 0
    while start + wanted.count <= characters.count {
      if characters[start..<start + wanted.count].elementsEqual(wanted) {
        ranges.append(start..<start + wanted.count)
        start += wanted.count
      } else {
        start += 1
      }
    }
    return ranges
  }

  func matches(_ line: JSONLine) -> Bool { !ranges(in: line.plainText).isEmpty }
}
