internal import ClinicalMessages
internal import SafeText

extension JSONLine {
  /// The member's name that the line begins with.
  var key: String? {
    guard let token = tokens.first, token.kind == .key else { return nil }
    return String(token.text.string.dropFirst().dropLast())
  }

  /// The text that is the member's value.
  var value: String? {
    guard let token = tokens.first(where: { $0.kind == .string }) else { return nil }
    return String(token.text.string.dropFirst().dropLast())
  }

  /// The line without its indentation.
  var plainText: String { tokens.map(\.text.string).joined() }
}
