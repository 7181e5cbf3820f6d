internal import ClinicalMessages
internal import SafeText
internal import TransferEngine

/// What is reviewed and how it is confirmed. A value around the plan that will be sent, and no other.
struct ReviewPane {
  enum Step {
    case oneKey
    case retype(Retyping)
    case closed(DisplayText)
    case submitting
  }

  /// Tells this review from earlier ones, for answers that come late.
  let number: Int
  let plan: Plan
  /// What the plan does not know: about the patient among others, and the file's name. Complete once the checking has ended.
  var warnings: [ProblemLine] = []
  var step: Step
  /// The file is being looked at, before the question may be answered and again when it was.
  var isChecking = true
  /// False when the screen is too small for all that must be seen.
  var isWhole = true

  init(_ number: Int, _ plan: Plan, profile: ProfileSummary) {
    self.number = number
    self.plan = plan
    if !plan.canBeSent {
      step = .closed(Words.Why.problems)
    } else if profile.isProduction {
      if let retyping = Retyping(plan.draft.patient) {
        step = .retype(retyping)
      } else {
        step = .closed(plan.draft.patient.birthDate == nil ? Words.Review.noBirthDate : Words.Review.noName)
      }
    } else {
      step = .oneKey
    }
  }

  /// Characters are typed into an entry.
  var isRetyping: Bool {
    if case .retype(let retyping) = step { !retyping.isPassed } else { false }
  }

  /// Why `y` cannot send now.
  var whyNot: DisplayText? {
    switch step {
    case .closed(let reason): return reason
    case .submitting: return Words.Why.submitting
    case .oneKey where isChecking: return Words.Why.checking
    case .retype(let retyping) where !retyping.isPassed: return Words.Review.typeItYourself
    case .retype where isChecking: return Words.Why.checking
    case .oneKey, .retype: return isWhole ? nil : Words.Why.reviewNotWhole
    }
  }

  var confirmation: ReviewState.Confirmation {
    switch step {
    case .oneKey where isChecking: .checking
    case .retype(let retyping) where isChecking && retyping.isPassed: .checking
    case .oneKey: isWhole ? .oneKey : .closed(Words.Why.reviewNotWhole)
    case .retype(let retyping): .retype(isWhole ? retyping.challenge : retyping.challengeWhenCutOff)
    case .closed(let reason): .closed(reason)
    case .submitting: .submitting
    }
  }
}
