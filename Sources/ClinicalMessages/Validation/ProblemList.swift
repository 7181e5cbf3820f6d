import SafeText

/// Collects problems.
struct ProblemList {
  private(set) var errors: [Problem] = []
  private(set) var warnings: [Problem] = []

  mutating func error(_ field: DisplayText, _ reason: DisplayText, _ remedy: DisplayText) {
    errors.append(Problem(.error, field: field, reason: reason, remedy: remedy))
  }

  mutating func warning(_ field: DisplayText, _ reason: DisplayText, _ remedy: DisplayText) {
    warnings.append(Problem(.warning, field: field, reason: reason, remedy: remedy))
  }
}

/// Where a value comes from, and so who can mend it.
enum Origin {
  case form, roster, file, profile

  /// - Parameter verb: What to do where the value can be typed.
  func remedy(_ verb: DisplayText) -> DisplayText {
    switch self {
    case .form: "\(verb) here in the form."
    case .roster: Self.rosterRemedy
    case .file: Self.fileRemedy
    case .profile: "\(verb) in the profile's configuration."
    }
  }

  static let rosterRemedy: DisplayText = "Choose another record, or have the roster corrected."
  static let fileRemedy: DisplayText = "Rename the file and choose it again."
}

extension ProblemList {
  /// HL7 v2, which Redox translates to for most destinations, gives identifiers and names 250 characters (v2.5.1, CX and XPN).
  static let longestText = 250
  /// What the usual file systems allow.
  static let longestFileName = 255

  /// What can be wrong with any text, given or not: characters that do not belong into text, and too many of them.
  mutating func check(_ text: String?, _ field: DisplayText, from origin: Origin, longest: Int = Self.longestText) {
    guard let text else { return }
    if text.unicodeScalars.contains(where: Self.isForbidden) {
      error(field, "There are control characters in it, which a chart cannot show.", origin.remedy("Type it anew"))
    }
    if text.unicodeScalars.count > longest {
      error(field, "It is \(text.unicodeScalars.count) characters long; charts keep \(longest) at most.", origin.remedy("Shorten it"))
    }
  }

  /// As `check`, and not of white space alone. An empty text counts as not given.
  mutating func checkOptional(_ text: String?, _ field: DisplayText, from origin: Origin) {
    check(text, field, from: origin)
    if let text, !text.isEmpty, PlainText.isBlank(text) {
      error(field, "There is nothing but blanks in it.", origin.remedy("Fill it in or clear it"))
    }
  }

  /// Control characters that are no white space, and those that turn the direction of the text around them.
  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x202A...0x202E, 0x2066...0x2069: true
    default: scalar.properties.generalCategory == .control && !scalar.properties.isWhitespace
    }
  }
}
