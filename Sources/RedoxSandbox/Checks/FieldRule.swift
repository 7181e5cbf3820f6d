/// What a field must be. Both APIs are checked by tables of these; each says in its own words what was found.
struct FieldRule: Sendable {
  enum Kind: String, Sendable {
    case string = "a string"
    case boolean = "a boolean"
    case number = "a number"
    case object = "an object"
    case array = "a list"
  }

  /// Steps from the root; one that ends in `[]` stands for every element of a list.
  var path: String
  var kind: Kind
  var isRequired: Bool
  var allowed: [String]
  var format: FieldFormat?

  static func required(_ path: String, _ kind: Kind = .string, in allowed: [String] = [], format: FieldFormat? = nil) -> FieldRule {
    FieldRule(path: path, kind: kind, isRequired: true, allowed: allowed, format: format)
  }

  static func optional(_ path: String, _ kind: Kind = .string, in allowed: [String] = [], format: FieldFormat? = nil) -> FieldRule {
    FieldRule(path: path, kind: kind, isRequired: false, allowed: allowed, format: format)
  }
}

/// What a rule found wrong, and where (list elements by number).
struct Finding: Equatable {
  enum Problem: Equatable {
    case missing
    case wrongKind(FieldRule.Kind)
    case notAllowed([String])
    case wrongFormat(FieldFormat)
  }

  var path: String
  var problem: Problem
}

extension FieldRule {
  /// What is wrong with the field wherever its parent is there; a missing parent is its own rule's business.
  func findings(in root: JSON) -> [Finding] {
    root.fields(at: path).compactMap { place, value in
      problem(of: value).map { Finding(path: place, problem: $0) }
    }
  }

  private func problem(of value: JSON?) -> Finding.Problem? {
    guard let value, value != .null else { return isRequired ? .missing : nil }
    switch (kind, value) {
    case (.boolean, .bool), (.number, .integer), (.number, .number), (.object, .object), (.string, .longString): return nil
    case (.array, .array(let elements)): return isRequired && elements.isEmpty ? .missing : nil
    case (.string, .string(let text)):
      if text.isEmpty { return isRequired ? .missing : nil }
      if !allowed.isEmpty, !allowed.contains(text) { return .notAllowed(allowed) }
      if let format, !format.matches(text) { return .wrongFormat(format) }
      return nil
    default: return .wrongKind(kind)
    }
  }
}

extension JSON {
  /// The fields that a path names, with their places, nil where the parent lacks the field.
  func fields(at path: String) -> [(place: String, value: JSON?)] {
    var found: [(place: String, value: JSON?)] = [("", self)]
    for step in path.split(separator: ".") {
      let isList = step.hasSuffix("[]")
      let name = String(isList ? step.dropLast(2) : step)
      found = found.flatMap { place, value -> [(String, JSON?)] in
        guard let value, case .object = value else { return [] }
        let here = place.isEmpty ? name : place + "." + name
        guard isList else { return [(here, value[name])] }
        return (value[name]?.array ?? []).enumerated().map { ("\(here)[\($0)]", $1) }
      }
    }
    return found
  }
}
