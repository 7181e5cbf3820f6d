public import ClinicalMessages
internal import SafeText

extension Roster {
  /// Whether a text, such as a file's name, names another patient than this one: by family and first given name in any order, or by a
  /// number of at least four characters. Accents, case and what stands between words do not count.
  ///
  /// When the text names this patient, other names in it prove nothing (`smith-john-william` may well be one person); a number does.
  public func isAnother(than patient: Patient, namedIn text: String) -> Bool {
    let runs = Self.runs(of: text)
    guard !runs.isEmpty else { return false }
    func isNamed(_ key: SimilarNames.Key) -> Bool { !key.given.isEmpty && runs.contains(key.family) && runs.contains(key.given) }
    let own = SimilarNames.Key(patient.name.reveal())
    let namesCount = !isNamed(own)
    let ownNumbers = Set(Self.numbers(of: patient))
    // Most names hold no number at all, and rosters are long.
    let numbersCount = runs.contains { $0.count >= 4 && $0.contains { $0.isNumber } }
    for (other, key) in zip(patients, names) where other.id != patient.id {
      if namesCount, isNamed(key) { return true }
      if numbersCount, Self.numbers(of: other).contains(where: { runs.contains($0) && !ownNumbers.contains($0) }) { return true }
    }
    return false
  }

  /// Words and words joined, since a family name may have several. A text of very many words is no name.
  private static func runs(of text: String) -> Set<String> {
    // A full stop stands between words in a file's name; elsewhere folding takes it for the end of an initial.
    let words = Folding.plain(String(text.map { $0 == "." ? " " : $0 })).split(separator: " ").map(String.init)
    guard words.count < 64 else { return [] }
    var runs: Set<String> = []
    for start in words.indices {
      var run = ""
      for word in words[start...].prefix(4) {
        run += word
        runs.insert(run)
      }
    }
    return runs
  }

  private static func numbers(of patient: Patient) -> [String] {
    patient.identifiers.map { Folding.plain($0.value.reveal()).filter { $0 != " " } }.filter { $0.count >= 4 }
  }
}
