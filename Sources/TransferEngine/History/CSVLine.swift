internal import SafeText

/// A line of comma-separated values that neither a terminal nor a spreadsheet takes for more than text.
public enum CSVLine {
  /// RFC 4180. Control characters are escaped as on screen. What a spreadsheet would take for a formula gets an apostrophe in front
  /// (https://owasp.org/www-community/attacks/CSV_Injection).
  public static func text(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") }

  private static func field(_ raw: String) -> String {
    var text = DisplayText(escaping: raw).string
    if let first = text.first(where: { $0 != " " }), "=+-@＝＋－＠".contains(first), Int(text) == nil { text = "'" + text }
    guard text.contains(where: { ",\"' ;".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
