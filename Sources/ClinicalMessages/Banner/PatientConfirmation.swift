import SafeText

/// The question that sending to a production system asks: the patient's initials and birth year, typed anew.
///
/// Re-entry prevents wrong-patient errors where a mere click does not.
public struct PatientConfirmation: Sendable, Hashable {
  private let name: Redacted<PersonName>
  private let birthYear: Redacted<Int>?

  public init(_ patient: Patient) {
    name = patient.name
    birthYear = patient.birthDate?.map(\.year)
  }

  /// False when the roster lacks what has to be typed; such a patient cannot be confirmed and nothing can be sent for them.
  public var isPossible: Bool { birthYear != nil && !Self.initials(of: name.reveal()).isEmpty }

  /// True when both answers are right.
  ///
  /// Initials are those of the first given name and the family name, in either order, since the banner shows the family name first;
  /// those of further given names may be there too. Case, accents, blanks and full stops do not count, since not every terminal can
  /// type every letter.
  public func accepts(initials: String, birthYear: String) -> Bool {
    guard isPossible, let year = self.birthYear?.reveal() else { return false }
    let typed = Self.folded(initials.filter { !$0.isWhitespace && $0 != "." })
    let accepted = [false, true].flatMap { allGiven in
      let letters = Self.folded(Self.initials(of: name.reveal(), allGiven: allGiven))
      return [letters, letters.suffix(1) + letters.dropLast()]
    }
    return accepted.contains(typed) && birthYear.filter { !$0.isWhitespace } == String(year)
  }

  /// The first letters of the first given name and, last, of the family name, in capitals: `TB`.
  static func initials(of name: PersonName, allGiven: Bool = false) -> [Character] {
    let given = name.given.filter { $0.contains(where: \.isLetter) }
    return ((allGiven ? given : Array(given.prefix(1))) + [name.family]).compactMap { part in
      part.first(where: \.isLetter).flatMap { $0.uppercased().first }
    }
  }

  /// Each letter without its accents: the Unicode name of `Ö` is that of `O` with something added, and so is that of `Ł`.
  private static func folded(_ letters: some Sequence<Character>) -> [String] {
    letters.flatMap { $0.lowercased().unicodeScalars.prefix(1) }.map { scalar in
      let words = (scalar.properties.name ?? String(scalar)).split(separator: " ")
      return words.prefix { $0 != "WITH" }.joined(separator: " ")
    }
  }
}
