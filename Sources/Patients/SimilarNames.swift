internal import ClinicalMessages

/// Which names people mix up: the same, one letter apart, two letters swapped, first and last name exchanged, or the same sound.
enum SimilarNames {
  /// A name folded for comparison.
  struct Key: Sendable, Hashable {
    var family: String
    var given: String

    init(_ name: PersonName) {
      family = Folding.plain(name.family).filter { $0 != " " }
      // The first given name decides: middle names are often left out.
      given = Folding.plain(name.given.first ?? "").filter { $0 != " " }
    }
  }

  static func areSimilar(_ left: Key, _ right: Key) -> Bool {
    if left.family == right.given, left.given == right.family { return true }
    return isClose(left.family, right.family) && isClose(left.given, right.given)
  }

  private static func isClose(_ left: String, _ right: String) -> Bool {
    if left == right || isOneSlipApart(Array(left.utf8), Array(right.utf8)) { return true }
    guard let sound = soundex(left) else { return false }
    return sound == soundex(right)
  }

  /// One letter more, fewer or other, or two neighbours swapped (Damerau-Levenshtein distance of 1). Not asked of names so short that
  /// one slip makes any name another.
  static func isOneSlipApart(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    if min(left.count, right.count) < 3 || abs(left.count - right.count) > 1 { return false }
    let same = zip(left, right).prefix { $0 == $1 }.count
    let (a, b) = (left.dropFirst(same), right.dropFirst(same))
    if a.isEmpty || b.isEmpty { return a.count + b.count <= 1 }
    if a.count == b.count {
      if a.dropFirst() == b.dropFirst() { return true }
      let (x, y) = (Array(a.prefix(2)), Array(b.prefix(2)))
      return x.count == 2 && x[0] == y[1] && x[1] == y[0] && a.dropFirst(2).elementsEqual(b.dropFirst(2))
    }
    return a.count > b.count ? a.dropFirst().elementsEqual(b) : b.dropFirst().elementsEqual(a)
  }

  /// American Soundex: the first letter and three digits for the consonants after it. Nil for what is not written in Latin letters.
  static func soundex(_ name: String) -> String? {
    let letters = name.utf8.filter { (0x61...0x7A).contains($0) }
    guard let first = letters.first, letters.count == name.utf8.count else { return nil }
    var code = [first]
    var previous = digit(first)
    for letter in letters.dropFirst() {
      let next = digit(letter)
      if next != 0, next != previous { code.append(0x30 + next) }
      // H and W do not part two consonants of the same sound; vowels do.
      if letter != UInt8(ascii: "h"), letter != UInt8(ascii: "w") { previous = next }
      if code.count == 4 { break }
    }
    return String(decoding: code + Array(repeating: 0x30, count: 4 - code.count), as: UTF8.self)
  }

  private static func digit(_ letter: UInt8) -> UInt8 {
    switch Character(Unicode.Scalar(letter)) {
    case "b", "f", "p", "v": 1
    case "c", "g", "j", "k", "q", "s", "x", "z": 2
    case "d", "t": 3
    case "l": 4
    case "m", "n": 5
    case "r": 6
    default: 0
    }
  }
}
