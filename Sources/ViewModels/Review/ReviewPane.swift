internal import ClinicalMessages
internal import SafeText
internal import TransferEngine

/// What is reviewed and how it is confirmed. A value around the plans that will be sent, and no others.
struct ReviewPane {
  enum Step {
    case oneKey
    case retype(Retyping)
    case closed(DisplayText)
    case submitting
  }

  /// Tells this review from earlier ones, for answers that come late.
  let number: Int
  let patient: Patient
  /// One for each document, in the order in which they are sent; none for `stored`.
  let plans: [Plan]
  /// What is reviewed in place of plans.
  let stored: StoredSubject?
  /// Other patients with this name. Above all other warnings. Known once the checking has ended, as are the others.
  var namesakes: ProblemLine?
  /// What the plans do not know either, and what is true of all: when the patient was chosen.
  var warnings: [ProblemLine] = []
  /// The same of each document: what its file's name says, what was sent before. One for each plan.
  var documentWarnings: [[ProblemLine]]
  var step: Step
  /// The file is being looked at, before the question may be answered and again when it was.
  var isChecking = true
  var scroll = ReviewScroll()

  init(_ number: Int, _ plans: [Plan], for patient: Patient, profile: ProfileSummary) {
    self.number = number
    self.plans = plans
    self.patient = patient
    stored = nil
    documentWarnings = plans.map { _ in [] }
    step = plans.allSatisfy(\.canBeSent) ? Self.question(patient, profile) : .closed(Words.Why.problems)
  }

  init(_ number: Int, _ subject: StoredSubject, for patient: Patient, profile: ProfileSummary) {
    self.number = number
    self.patient = patient
    (plans, documentWarnings, stored) = ([], [], subject)
    step = subject.problems.contains { $0.severity == .error } ? .closed(Words.Why.problems) : Self.question(patient, profile)
  }

  private static func question(_ patient: Patient, _ profile: ProfileSummary) -> Step {
    guard profile.isProduction else { return .oneKey }
    if let retyping = Retyping(patient) { return .retype(retyping) }
    return .closed(patient.birthDate == nil ? Words.Review.noBirthDate : Words.Review.noName)
  }

  /// Characters are typed into an entry. That begins when all of the review was seen.
  var isRetyping: Bool {
    if case .retype(let retyping) = step { !retyping.isPassed && scroll.isSeen } else { false }
  }

  private var unseen: DisplayText { scroll.hasUnseenAbove ? Words.Why.reviewNotSeenAbove : Words.Why.reviewNotSeen }

  /// Why `y` cannot send now.
  var whyNot: DisplayText? {
    switch step {
    case .closed(let reason): return reason
    case .submitting: return Words.Why.submitting
    case .oneKey where isChecking: return Words.Why.checking
    case .oneKey where !scroll.isSeen, .retype where !scroll.isSeen: return unseen
    case .retype(let retyping) where !retyping.isPassed: return Words.Review.typeItYourself
    case .retype where isChecking: return Words.Why.checking
    case .oneKey, .retype: return nil
    }
  }

  var confirmation: ReviewState.Confirmation {
    switch step {
    case .oneKey where isChecking: .checking
    case .oneKey where !scroll.isSeen, .retype where !scroll.isSeen: .unseen(unseen)
    case .retype(let retyping) where isChecking && retyping.isPassed: .checking
    case .oneKey: .oneKey
    case .retype(let retyping): .retype(retyping.challenge)
    case .closed(let reason): .closed(reason)
    case .submitting: .submitting
    }
  }
}
