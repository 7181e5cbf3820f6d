/// How JSON is laid out as text: two spaces a level, one member or element a line.
///
/// The bytes that are sent and the lines that are previewed both come from this one walk, so that they cannot differ.
enum JSONLayout {
  enum Piece: Equatable {
    /// A line ends, and the next one begins this many levels deep.
    case newLine(depth: Int)
    /// Text as it stands in the document: quoted and escaped.
    case token(JSONToken.Kind, String)
    /// Where the file goes; the quotation marks around it are tokens of their own.
    case hole
  }

  static func walk(_ json: JSONValue, emit: (Piece) -> Void) {
    walk(json, depth: 0, emit: emit)
  }

  private static func walk(_ json: JSONValue, depth: Int, emit: (Piece) -> Void) {
    switch json {
    case .object(let members):
      walk(members, between: ("{", "}"), depth: depth, emit: emit) { member in
        emit(.token(.key, JSONText.quoted(member.key)))
        emit(.token(.punctuation, ": "))
        walk(member.value, depth: depth + 1, emit: emit)
      }
    case .array(let elements):
      walk(elements, between: ("[", "]"), depth: depth, emit: emit) { walk($0, depth: depth + 1, emit: emit) }
    case .string(let text): emit(.token(.string, JSONText.quoted(text)))
    case .number(let number): emit(.token(.number, String(number)))
    case .bool(let truth): emit(.token(.literal, truth ? "true" : "false"))
    case .hole:
      emit(.token(.string, "\""))
      emit(.hole)
      emit(.token(.string, "\""))
    }
  }

  private static func walk<Element>(
    _ elements: [Element], between brackets: (String, String), depth: Int, emit: (Piece) -> Void, each: (Element) -> Void
  ) {
    emit(.token(.punctuation, brackets.0))
    for (index, element) in elements.enumerated() {
      if index > 0 { emit(.token(.punctuation, ",")) }
      emit(.newLine(depth: depth + 1))
      each(element)
    }
    if !elements.isEmpty { emit(.newLine(depth: depth)) }
    emit(.token(.punctuation, brackets.1))
  }
}
