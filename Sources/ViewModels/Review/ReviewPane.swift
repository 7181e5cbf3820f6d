internal import ClinicalMessages
internal import Documents
internal import Patients
internal import SafeText
internal import SystemPackage
internal import TransferEngine

/// What is reviewed and how it is confirmed. A value around the plan that will be sent, and no other.
struct ReviewPane {
  enum Step {
    case oneKey
    case retype(Retyping)
    case closed(DisplayText)
    case submitting
  }

  let plan: Plan
  /// What the plan does not know: about the patient among others, and the file's name.
  let warnings: [ProblemLine]
  var step: Step
  /// False when the screen is too small for all that must be seen.
  var isWhole = true

  init(_ plan: Plan, profile: ProfileSummary, warnings: [ProblemLine]) {
    self.plan = plan
    self.warnings = warnings
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
    case .retype(let retyping) where !retyping.isPassed: return Words.Review.typeItYourself
    case .oneKey, .retype: return isWhole ? nil : Words.Why.reviewNotWhole
    }
  }

  var confirmation: ReviewState.Confirmation {
    switch step {
    case .oneKey: isWhole ? .oneKey : .closed(Words.Why.reviewNotWhole)
    case .retype(let retyping): .retype(retyping.challenge)
    case .closed(let reason): .closed(reason)
    case .submitting: .submitting
    }
  }
}

/// Warnings that only the program as a whole can know.
enum ReviewWarnings {
  /// A patient chosen longer ago than this is pointed out. Seconds.
  static let longAgo: Double = 15 * 60

  static func patient(chosenAgo seconds: Double, namesakes: DisplayText?) -> [ProblemLine] {
    var lines: [ProblemLine] = []
    if let namesakes { lines.append(warning(Words.Review.patientField, namesakes, Words.Review.checkPatient)) }
    if seconds > longAgo {
      lines.append(warning(Words.Review.patientField, Words.Review.chosenLongAgo(Format.age(seconds: seconds)), Words.Review.checkPatient))
    }
    return lines
  }

  /// The file's name holds another patient's family and given name, or their number, and not this one's.
  static func fileName(_ name: String, patient: Patient, roster: Roster?) -> [ProblemLine] {
    guard let roster else { return [] }
    let words = Set(name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    guard words.count < 64, !names(patient, in: words) else { return [] }
    guard roster.patients.contains(where: { $0.id != patient.id && names($0, in: words) }) else { return [] }
    return [warning(Words.Review.fileField, Words.Review.otherPatientInName, Words.Review.checkDocument)]
  }

  private static func names(_ patient: Patient, in words: Set<String>) -> Bool {
    let name = patient.name.reveal()
    let given = name.given.first?.lowercased() ?? ""
    if !given.isEmpty, words.contains(given), words.contains(name.family.lowercased()) { return true }
    return patient.identifiers.contains { $0.value.reveal().count >= 4 && words.contains($0.value.reveal().lowercased()) }
  }

  private static func warning(_ field: DisplayText, _ reason: DisplayText, _ remedy: DisplayText) -> ProblemLine {
    ProblemLine(isError: false, field: field, reason: reason, remedy: remedy)
  }
}
