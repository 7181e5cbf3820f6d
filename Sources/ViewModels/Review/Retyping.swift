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
  private let confirmation: PatientConfirmation

  /// Nil when the patient has no name or no birth date to compare with.
  init?(_ patient: Patient) {
    confirmation = PatientConfirmation(patient)
    guard confirmation.isPossible else { return nil }
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
    if confirmation.accepts(initials: challenge.initials.text, birthYear: challenge.birthYear.text) {
      challenge.focus = .confirm
      challenge.remark = Words.Review.pressY
      return .passed
    }
    let left = challenge.triesLeft - 1
    challenge = ReviewState.Challenge(triesLeft: left, remark: Words.Review.miss(left))
    return left == 0 ? .failed : .going
  }
}
