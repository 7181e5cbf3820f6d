internal import ClinicalMessages
internal import SafeText

/// Whether a document may take another's place.
extension Planner {
  /// What of a replacement disagrees with the document that it is to replace. Each would leave a wrong document in a chart.
  func correctionProblems(_ draft: Draft) -> [Problem] {
    guard case .replace(let original) = draft.purpose else { return [] }
    var problems: [Problem] = []
    if original.profile != profile.summary.name {
      problems.append(
        Problem(
          .error, field: "Replaces", reason: "The document to be replaced was sent through the profile \(original.profile).",
          remedy: "Replace it in that profile."))
    }
    if original.kind != draft.kind {
      problems.append(
        Problem(
          .error, field: "Message", reason: "The document to be replaced was sent as \(original.kind.words).",
          remedy: "Choose \(original.kind.words) for this one too."))
    }
    if original.patient != draft.patient.id {
      problems.append(
        Problem(
          .error, field: "Patient", reason: "The document to be replaced is another patient's.",
          remedy: "Choose that patient; or send this as a new document, and take the other back."))
    }
    return problems
  }
}

extension MessageKind {
  /// As Redox calls it.
  var words: DisplayText {
    switch self {
    case .fhir: "FHIR"
    case .media: "Media"
    case .notes: "Notes"
    case .results: "Results"
    }
  }
}
