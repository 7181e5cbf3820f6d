/// Why a body is no form.
struct FormError: Error, CustomStringConvertible {
  var description: String
}

/// `application/x-www-form-urlencoded`, read strictly: each name once.
enum Form {
  static func read(_ bytes: [UInt8]) throws(FormError) -> [String: String] {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw FormError(description: "The form is not UTF-8") }
    var form: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let parts = pair.replacing("+", with: " ").split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = parts.first?.removingPercentEscapes, let value = (parts.count == 2 ? parts[1] : "").removingPercentEscapes else {
        throw FormError(description: "The form is not percent-encoded properly")
      }
      guard form.updateValue(value, forKey: name) == nil else { throw FormError(description: "\(name) occurs twice") }
    }
    return form
  }
}
