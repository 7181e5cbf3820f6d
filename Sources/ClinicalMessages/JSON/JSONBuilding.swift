/// Building messages of which no part is empty: FHIR forbids empty objects, lists and strings and nulls, and to Redox they say nothing.
extension JSONValue {
  /// An object of the members that have a value.
  static func message(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(members.compactMap { key, value in value.map { Member(key, $0) } })
  }

  /// An object of the members that have a value; nil when none has.
  static func record(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue? {
    let present: [Member] = members.compactMap { key, value in value.map { Member(key, $0) } }
    return present.isEmpty ? nil : .object(present)
  }

  /// A list of the elements that have a value; nil when none has.
  static func list(_ elements: JSONValue?...) -> JSONValue? { list(elements) }

  static func list(_ elements: [JSONValue?]) -> JSONValue? {
    let present = elements.compactMap(\.self)
    return present.isEmpty ? nil : .array(present)
  }

  /// Text from outside; nil when there is nothing in it but white space.
  static func text(_ text: String?) -> JSONValue? {
    guard let text else { return nil }
    let plain = PlainText.normalized(text)
    return plain.isEmpty ? nil : .string(plain)
  }
}

extension JSONValue: ExpressibleByStringLiteral {
  /// Words of the message formats themselves.
  public init(stringLiteral value: String) { self = .string(value) }
}

/// Text as messages can carry it.
enum PlainText {
  /// Every kind of white space becomes an ordinary space, and none is left at the ends.
  ///
  /// HL7's own patterns for strings allow no other (the no-break space that some systems put into the names of screenshots would make
  /// the whole message invalid), and HL7 v2, which Redox translates to, knows no other.
  static func normalized(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars.map { isSpace($0) ? " " : $0 })
    while scalars.last == " " { scalars.removeLast() }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: scalars.drop { $0 == " " })
    return String(result)
  }

  /// True when there is nothing to read in `text`.
  static func isBlank(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(isSpace) }

  /// The byte-order mark counts: it begins the first cell of many CSV exports, and HL7's patterns take it for white space.
  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar == "\u{FEFF}"
  }
}
