internal import CPlatform

/// How many columns text takes on a terminal: the only place that knows.
public enum CellWidth {
  /// Columns of one character (grapheme cluster): the sum over its scalars, as ncurses and most terminals count. 0 for a combining
  /// mark on its own.
  public static func of(_ character: Character) -> Int {
    if character.isASCII { return 1 }
    return character.unicodeScalars.reduce(0) { $0 + max(0, Int(cp_wcwidth($1.value))) }
  }

  public static func of(_ text: String) -> Int {
    // Every cell of every frame comes by here, and nearly all of it is ASCII.
    if text.utf8.isASCII { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The longest beginning that fits into `columns`; the last column holds `…` when something was cut off.
  public static func truncate(_ text: String, to columns: Int) -> String {
    guard columns > 0 else { return "" }
    guard of(text) > columns else { return text }
    var result = ""
    var used = 0
    for character in text {
      let width = of(character)
      if used + width > columns - 1 { break }
      result.append(character)
      used += width
    }
    return result + "…"
  }
}

extension String.UTF8View {
  fileprivate var isASCII: Bool {
    withContiguousStorageIfAvailable { $0.allSatisfy { $0 < 0x80 } } ?? allSatisfy { $0 < 0x80 }
  }
}
