/// A header's value with its parameters: `form-data; name="file"; filename="a.pdf"`.
struct HeaderValue: Equatable {
  /// In lower case.
  var value: String
  /// By lower-case name, quotes and backslashes undone.
  var parameters: [String: String] = [:]

  /// nil when a parameter is malformed or stands twice.
  init?(_ text: String) {
    var rest = Substring(text)
    value = rest.prefix { $0 != ";" }.trimmingSpace.lowercased()
    rest = rest.drop { $0 != ";" }
    while !rest.isEmpty {
      rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
      if rest.isEmpty { return }
      let name = rest.prefix { $0 != "=" && $0 != ";" }.trimmingSpace.lowercased()
      rest = rest.drop { $0 != "=" && $0 != ";" }
      guard !name.isEmpty, rest.first == "=" else { return nil }
      rest = rest.dropFirst()
      guard let parameter = Self.takeValue(from: &rest), parameters.updateValue(parameter, forKey: name) == nil else { return nil }
      rest = rest.drop { $0 == " " || $0 == "\t" }
      guard rest.isEmpty || rest.first == ";" else { return nil }
    }
  }

  private static func takeValue(from rest: inout Substring) -> String? {
    guard rest.first == "\"" else {
      let token = rest.prefix { $0 != ";" }
      rest = rest.dropFirst(token.count)
      return token.trimmingSpace
    }
    rest = rest.dropFirst()
    var value = ""
    while let character = rest.popFirst() {
      switch character {
      case "\"": return value
      case "\\":
        guard let escaped = rest.popFirst() else { return nil }
        value.append(escaped)
      default: value.append(character)
      }
    }
    return nil
  }
}

extension Substring {
  var trimmingSpace: String {
    let start = drop { $0 == " " || $0 == "\t" }
    return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
