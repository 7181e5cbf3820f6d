public import SafeText

/// A patient in a list that others may see: initials, birth year and the end of the number.
public struct MaskedPatient: Sendable, Hashable {
  /// `T.B.`; `?` for a name without letters.
  public let initials: DisplayText
  /// `2008`; `year unknown`.
  public let birthYear: DisplayText
  /// `…0001`: the last four characters of the number, and never more than half of it; empty when there is no number.
  public let numberEnd: DisplayText

  /// `T.B. · 2008 · …0001`.
  public var line: DisplayText {
    [initials, birthYear, numberEnd].filter { !$0.isEmpty }.joined(separator: " · ")
  }

  public init(_ patient: Patient) {
    let letters = PatientConfirmation.initials(of: patient.name.reveal())
    initials = letters.isEmpty ? "?" : DisplayText(escaping: letters.map { "\($0)." }.joined())
    birthYear = patient.birthDate.map { "\($0.reveal().year)" } ?? "year unknown"
    let number = PlainText.normalized(patient.identifiers.first?.value.reveal() ?? "")
    numberEnd = number.isEmpty ? .empty : "…\(number.suffix(min(4, number.count / 2)))"
  }
}
