public import ClinicalMessages

/// The document types that the picker offers, and how a typed code is checked.
public struct DocumentTypeCatalog: Sendable {
  public var offered: [CodedValue]
  /// Whether a code's check digit is right.
  public var isWellFormed: @Sendable (String) -> Bool

  public init(offered: [CodedValue], isWellFormed: @escaping @Sendable (String) -> Bool) {
    self.offered = offered
    self.isWellFormed = isWellFormed
  }

  /// Types that hold every word of `query` in their name or code; all of them when nothing is asked.
  func search(_ query: String) -> [CodedValue] {
    let words = query.lowercased().split(separator: " ")
    return offered.filter { type in
      let text = type.code + " " + type.display.lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }

  /// `12345-6`: digits, a hyphen, one digit.
  static func looksLikeCode(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let digits = { (part: Substring) in part.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    return parts.count == 2 && (1...7).contains(parts[0].count) && parts[1].count == 1 && parts.allSatisfy(digits)
  }
}
