internal import ClinicalMessages
internal import SafeText

/// What every patient can be found by, folded once, in one buffer: a key press searches ten thousand patients within a frame.
struct SearchIndex: Sendable {
  /// Where a patient's words lie in `bytes`; each word stands between two newlines.
  private struct Fields {
    var family: Range<Int>
    var given: Range<Int>
    var numbers: Range<Int>
    var dates: Range<Int>
  }

  private var bytes: [UInt8] = []
  private var fields: [Fields] = []
  /// Position of each patient in the order of names, for matches of equal rank.
  private var nameOrder: [Int] = []

  init(_ patients: [Patient]) {
    fields.reserveCapacity(patients.count)
    var names: [(name: String, position: Int)] = []
    for (position, patient) in patients.enumerated() {
      let name = patient.name.reveal()
      let given = name.given.joined(separator: " ")
      fields.append(
        Fields(
          family: append(Self.variants(of: name.family)), given: append(Self.variants(of: given)),
          numbers: append(patient.identifiers.flatMap { Self.numberForms($0.value.reveal()) }),
          dates: append(patient.birthDate.map { DateForms.all(of: $0.reveal()) } ?? [])))
      names.append((Folding.plain(name.family) + "\n" + Folding.plain(given), position))
    }
    names.sort { ($0.name, $0.position) < ($1.name, $1.position) }
    nameOrder = Array(repeating: 0, count: patients.count)
    for (order, entry) in names.enumerated() { nameOrder[entry.position] = order }
  }

  /// Positions of the patients that every word of `query` fits, best first; all of them, by name, when nothing is asked.
  func search(_ query: String) -> [Int] {
    let words = SearchWord.words(of: query)
    var found: [(rank: Int, order: Int, position: Int)] = []
    bytes.withUnsafeBufferPointer { bytes in
      for (position, field) in fields.enumerated() {
        if let rank = Self.rank(words, field, bytes) { found.append((rank, nameOrder[position], position)) }
      }
    }
    found.sort { ($1.rank, $0.order) < ($0.rank, $1.order) }
    return found.map(\.position)
  }

  private static func rank(_ words: [SearchWord], _ field: Fields, _ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var total = 0
    for word in words {
      // A family name counts for more than a given name, and whole words for more than parts.
      let family = word.text.match(in: field.family, of: bytes).map { 4 * $0.rawValue + 1 }
      let given = word.text.match(in: field.given, of: bytes).map { 4 * $0.rawValue }
      let number = word.number.match(in: field.numbers, of: bytes).map { 4 * $0.rawValue }
      let date = word.date.match(in: field.dates, of: bytes).flatMap { $0 == .inside ? nil : 4 * $0.rawValue }
      guard let best = [family, given, number, date].compactMap(\.self).max() else { return nil }
      total += best
    }
    return total
  }

  private mutating func append(_ words: [String]) -> Range<Int> {
    let start = bytes.count
    bytes.append(UInt8(ascii: "\n"))
    for word in words where !word.isEmpty {
      bytes.append(contentsOf: word.utf8)
      bytes.append(UInt8(ascii: "\n"))
    }
    return start..<bytes.count
  }

  /// A name's words, the name without its spaces (`van der Berg` by `vanderberg`), and both once more with umlauts as pairs.
  private static func variants(of name: String) -> [String] {
    let plain = words(Folding.plain(name))
    let paired = words(Folding.paired(name))
    return paired == plain ? plain : plain + paired
  }

  private static func words(_ folded: String) -> [String] {
    let words = folded.split(separator: " ").map(String.init)
    return words.count > 1 ? words + [words.joined()] : words
  }

  private static func numberForms(_ number: String) -> [String] {
    let written = number.lowercased()
    let bare = SearchWord.withoutPunctuation(written)
    return written == bare ? [bare] : [written, bare]
  }
}

/// One word of a query, ready to be compared with each kind of field.
private struct SearchWord {
  let text: Needle
  let number: Needle
  let date: Needle

  static func words(of query: String) -> [SearchWord] {
    query.split { $0.isWhitespace || $0 == "," || $0 == ";" }.compactMap { piece in
      let written = piece.lowercased()
      let name = Folding.plain(written).filter { $0 != " " }
      let number = withoutPunctuation(written)
      // Punctuation alone asks for nothing.
      if name.isEmpty, number.isEmpty { return nil }
      return SearchWord(text: Needle(name), number: Needle(number), date: Needle(written))
    }
  }

  static func withoutPunctuation(_ text: String) -> String {
    text.filter { $0.isLetter || $0.isNumber }
  }
}

/// Bytes looked for among newline-separated words.
private struct Needle {
  enum Match: Int {
    case inside = 1
    case prefix, exact
  }

  private let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  /// The best way in which the needle occurs.
  func match(in range: Range<Int>, of haystack: UnsafeBufferPointer<UInt8>) -> Match? {
    guard let first = bytes.first, range.count >= bytes.count else { return nil }
    let newline = UInt8(ascii: "\n")
    var best: Match?
    var start = range.lowerBound
    let last = range.upperBound - bytes.count
    while start <= last {
      if haystack[start] == first {
        var length = 1
        while length < bytes.count, haystack[start + length] == bytes[length] { length += 1 }
        if length == bytes.count {
          let begins = haystack[start - 1] == newline
          let ends = haystack[start + length] == newline
          let match: Match = begins ? (ends ? .exact : .prefix) : .inside
          if match == .exact { return .exact }
          if match.rawValue > best?.rawValue ?? 0 { best = match }
        }
      }
      start += 1
    }
    return best
  }
}
