/// HTML and the vocabularies of XML, told by the first element.
enum MarkupKinds {
  static func kind(_ start: TextStart) -> FileKind? {
    let text = start.lower
    guard text.hasPrefix("<") else { return nil }
    if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") { return .html }
    guard let (name, tag) = rootElement(of: text) else {
      return text.hasPrefix("<?xml") ? .xml : text.hasPrefix("<!--") && text.contains("<html") ? .html : nil
    }
    let local = name.split(separator: ":").last.map(String.init) ?? name
    switch local {
    case "svg": return .svg
    case "clinicaldocument": return .cda
    case "html": return .html
    case "document" where name.hasPrefix("office:"): return .flatOpenDocument
    default: break
    }
    if tag.contains("http://hl7.org/fhir\"") || tag.contains("http://hl7.org/fhir'") { return .fhirXML }
    if text.hasPrefix("<?xml") || tag.contains("xmlns") { return .xml }
    if htmlElements.contains(local) { return .html }
    // Some other tag: XML if it is ever closed.
    return tag.hasSuffix("/>") || text.contains("</\(name)>") ? .xml : nil
  }

  private static let htmlElements: Set<String> = [
    "head", "body", "title", "meta", "link", "style", "script", "div", "p", "span", "table", "h1", "h2", "h3", "ul", "ol", "a", "img",
    "form", "iframe",
    "font", "center", "br", "b", "i", "pre", "marquee", "input", "article", "section", "header", "main", "nav", "object", "embed",
  ]

  /// The first element's name and its whole tag, behind declarations, comments and the document type.
  private static func rootElement(of text: String) -> (name: String, tag: String)? {
    var rest = text[...]
    while let open = rest.firstIndex(of: "<") {
      rest = rest[open...]
      if rest.hasPrefix("<!--") {
        guard let close = rest.firstIndex(of: "-->") else { return nil }
        rest = rest[close...].dropFirst(3)
      } else if rest.hasPrefix("<?") || rest.hasPrefix("<!") {
        guard let close = endOfDeclaration(rest) else { return nil }
        rest = rest[close...].dropFirst()
      } else {
        let name = rest.dropFirst().prefix { $0.isLetter || $0.isNumber || ":-_.".contains($0) }
        guard !name.isEmpty, let close = rest.firstIndex(of: ">") else { return nil }
        return (String(name), String(rest[...close]))
      }
    }
    return nil
  }

  /// A document type may hold declarations in brackets.
  private static func endOfDeclaration(_ text: Substring) -> Substring.Index? {
    guard let close = text.firstIndex(of: ">") else { return nil }
    guard let bracket = text[..<close].firstIndex(of: "["), let end = text[bracket...].firstIndex(of: "]>") else { return close }
    return text.index(after: end)
  }
}

extension Substring {
  /// Where `text` first begins.
  fileprivate func firstIndex(of text: String) -> Index? {
    var rest = self
    while let start = rest.firstIndex(where: { $0 == text.first }) {
      if self[start...].hasPrefix(text) { return start }
      rest = self[index(after: start)...]
    }
    return nil
  }
}
