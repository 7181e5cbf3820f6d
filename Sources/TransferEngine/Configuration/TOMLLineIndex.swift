/// Finds the line on which each key and each table header of a TOML text stands.
///
/// The parser tells positions for errors of syntax only; an error of meaning needs the line of a key in a text that is known to be
/// well-formed. So this reads no values: it skips them, minding strings over several lines.
enum TOMLLineIndex {
  static func lines(in text: String) -> [[String]: Int] {
    var result: [[String]: Int] = [:]
    var table: [String] = []
    var elements: [[String]: Int] = [:]
    var openString: String?

    // A line that ends in CR LF is one Character, hence the scalars.
    for (index, raw) in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = String(String.UnicodeScalarView(raw))
      if let quotes = openString {
        if line.contains(quotes) { openString = nil }
        continue
      }
      var scanner = KeyScanner(line)
      scanner.skipBlanks()
      if scanner.take("[") {
        let isElement = scanner.take("[")
        table = scanner.keys()
        if isElement {
          if result[table] == nil { result[table] = index + 1 }
          elements[table, default: 0] += 1
          table.append(String(elements[table, default: 1]))
        }
        if result[table] == nil { result[table] = index + 1 }
        continue
      }
      let keys = scanner.keys()
      guard !keys.isEmpty, scanner.take("=") else {
        openString = unclosed(in: line)
        continue
      }
      for count in 1...keys.count where result[table + keys.prefix(count)] == nil {
        result[table + keys.prefix(count)] = index + 1
      }
      openString = unclosed(in: line)
    }
    return result
  }

  /// The quotation marks of a string that begins on this line and does not end on it.
  private static func unclosed(in line: String) -> String? {
    for quotes in [#"""""#, "'''"] where occurrences(of: quotes, in: line) % 2 == 1 { return quotes }
    return nil
  }

  private static func occurrences(of quotes: String, in line: String) -> Int {
    var count = 0
    var rest = line[...]
    while let found = rest.firstRange(of: quotes) {
      count += 1
      rest = rest[found.upperBound...]
    }
    return count
  }
}

/// Reads dotted keys, bare and quoted.
private struct KeyScanner {
  private var rest: Substring

  init(_ line: String) { rest = line[...] }

  mutating func skipBlanks() { rest = rest.drop { $0 == " " || $0 == "\t" } }

  mutating func take(_ character: Character) -> Bool {
    guard rest.first == character else { return false }
    rest.removeFirst()
    return true
  }

  mutating func keys() -> [String] {
    var keys: [String] = []
    repeat {
      skipBlanks()
      guard let key = key() else { return keys }
      keys.append(key)
      skipBlanks()
    } while take(".")
    return keys
  }

  private mutating func key() -> String? {
    if let quote = rest.first, quote == "\"" || quote == "'" {
      rest.removeFirst()
      guard let end = rest.firstIndex(of: quote) else { return nil }
      defer { rest = rest[rest.index(after: end)...] }
      return String(rest[..<end])
    }
    let bare = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    rest = rest[bare.endIndex...]
    return bare.isEmpty ? nil : String(bare)
  }
}
