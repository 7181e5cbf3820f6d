/// What a person would read of an HTML page: a firewall's or proxy's answer comes as one.
enum VisibleText {
  private static let hiddenElements = ["script", "style", "svg", "noscript", "template"]
  private static let blockElements = [
    "p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "td", "th", "hr", "title", "table", "section", "body", "head", "html",
    "pre",
  ]
  private static let entities = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "#39": "'", "#34": "\"", "#160": " ",
  ]

  static func looksLikeHTML(_ text: String) -> Bool {
    let start = text.drop(while: \.isWhitespace).prefix(200).lowercased()
    return start.hasPrefix("<!doctype html") || start.hasPrefix("<html") || start.contains("<head") || start.contains("<body")
      || start.contains("<title")
  }

  /// The first lines of visible text, the title first, without repetition.
  static func lines(ofHTML html: String, atMost limit: Int) -> [String] {
    var lines: [String] = []
    var current = ""
    var rest = html[...]

    func endLine() {
      let words = current.split(whereSeparator: \.isWhitespace)
      current = ""
      let line = words.joined(separator: " ")
      if !line.isEmpty, !lines.contains(line) { lines.append(line) }
    }

    while lines.count < limit, let next = rest.first {
      if next != "<" {
        let text = rest.prefix { $0 != "<" }
        current += decodingEntities(text)
        rest = rest[text.endIndex...]
        continue
      }
      if rest.hasPrefix("<!--") {
        rest = after("-->", in: rest)
        continue
      }
      guard let close = rest.firstIndex(of: ">") else { break }
      let tag = rest[rest.index(after: rest.startIndex)..<close]
      rest = rest[rest.index(after: close)...]
      let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }.lowercased()
      if hiddenElements.contains(name), !tag.hasPrefix("/"), !tag.hasSuffix("/") {
        rest = after("</" + name, in: rest)
        rest = after(">", in: rest)
      } else if blockElements.contains(name) {
        endLine()
      }
    }
    endLine()
    return Array(lines.prefix(limit))
  }

  private static func after(_ mark: String, in text: Substring) -> Substring {
    var rest = text
    while let first = rest.firstIndex(where: { $0 == mark.first }) {
      rest = rest[first...]
      if rest.prefix(mark.count).lowercased() == mark { return rest.dropFirst(mark.count) }
      rest = rest.dropFirst()
    }
    return ""
  }

  private static func decodingEntities(_ text: Substring) -> String {
    guard text.contains("&") else { return String(text) }
    var result = ""
    var rest = text
    while let ampersand = rest.firstIndex(of: "&") {
      result += rest[..<ampersand]
      let name = rest[ampersand...].dropFirst().prefix(8).prefix { $0 != ";" }
      if let replacement = entities[String(name)], rest[name.endIndex...].first == ";" {
        result += replacement
        rest = rest[name.endIndex...].dropFirst()
      } else {
        result += "&"
        rest = rest[ampersand...].dropFirst()
      }
    }
    return result + rest
  }
}
