/// Reading messages that were composed before, and making others of them.
extension JSONValue {
  /// A member of an object.
  subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

  var string: String? { if case .string(let text) = self { text } else { nil } }

  /// The same object with one member changed, if it is there.
  func changing(_ key: String, _ change: (JSONValue) -> JSONValue) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.map { $0.key == key ? Member(key, change($0.value)) : $0 })
  }

  /// The same object with another value for a member, if it is there.
  func setting(_ key: String, to value: JSONValue) -> JSONValue { changing(key) { _ in value } }

  func without(_ keys: Set<String>) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { !keys.contains($0.key) })
  }

  /// The same document with every leaf changed.
  func mappingLeaves(_ change: (JSONValue) -> JSONValue) -> JSONValue {
    switch self {
    case .object(let members): .object(members.map { Member($0.key, $0.value.mappingLeaves(change)) })
    case .array(let elements): .array(elements.map { $0.mappingLeaves(change) })
    case .string, .number, .bool, .hole: change(self)
    }
  }
}
