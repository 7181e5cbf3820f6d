internal import ClinicalMessages
internal import SafeText

/// Comparing what a person re-types with the patient: initials and birth year, three tries. A value; it sends nothing itself.
struct Retyping {
  enum Outcome: Equatable {
    case going
    /// Both fit; a single key may now confirm.
    case passed
    /// Wrong for the last time.
    case failed
  }

  private(set) var challenge = ReviewState.Challenge()
  private let initials: Set<String>
  private let birthYear: String

  /// Nil when the patient has no name or no birth date to compare with.
  init?(_ patient: Patient) {
    let accepted = Self.initials(of: patient.name.reveal())
    guard !accepted.isEmpty, let birthDate = patient.birthDate?.reveal() else { return nil }
    initials = accepted
    birthYear = String(birthDate.year)
  }

  var isPassed: Bool { challenge.focus == .confirm }

  mutating func type(_ key: Key) -> Bool {
    challenge.remark = nil
    switch challenge.focus {
    case .initials: return challenge.initials.handle(key)
    case .birthYear: return challenge.birthYear.handle(key)
    case .confirm: return false
    }
  }

  mutating func note(_ remark: DisplayText) { challenge.remark = remark }

  /// Goes to the next entry; after the last one both are compared.
  mutating func next() -> Outcome {
    switch challenge.focus {
    case .initials:
      challenge.focus = .birthYear
      return .going
    case .confirm: return .passed
    case .birthYear: break
    }
    let typed = Self.letters(challenge.initials.text)
    if initials.contains(typed), challenge.birthYear.text.trimmed == birthYear {
      challenge.focus = .confirm
      challenge.remark = Words.Review.pressY
      return .passed
    }
    let left = challenge.triesLeft - 1
    challenge = ReviewState.Challenge(triesLeft: left, remark: Words.Review.miss(left))
    return left == 0 ? .failed : .going
  }

  /// Both orders are in use, and middle names are often left out.
  static func initials(of name: PersonName) -> Set<String> {
    let family = letters(String(name.family.trimmed.prefix(1)))
    let given = name.given.flatMap { $0.split { $0 == " " || $0 == "-" } }.map { letters(String($0.prefix(1))) }
    let forms = [[given.first ?? ""], given].map { $0.joined() }
    return Set(forms.flatMap { [$0 + family, family + $0] }).subtracting([""])
  }

  /// Upper case without accents, spaces and points: `é. b.` is `EB`.
  private static func letters(_ text: String) -> String {
    text.compactMap { character -> String? in
      guard character.isLetter || character.isNumber else { return nil }
      // The base letter comes first once an accented letter is taken apart.
      guard let base = character.decomposedBase else { return nil }
      return String(base).uppercased()
    }.joined()
  }
}

extension Character {
  /// The letter under the accents.
  fileprivate var decomposedBase: Character? {
    guard let scalar = unicodeScalars.first else { return nil }
    guard !scalar.isASCII, let name = scalar.properties.name, let range = name.split(separator: " WITH ").first,
      name.contains(" WITH "), let letter = range.split(separator: " ").last, letter.count == 1
    else { return self }
    return Character(String(letter))
  }
}
