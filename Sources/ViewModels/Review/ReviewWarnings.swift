internal import ClinicalMessages
internal import Patients
internal import SafeText
internal import TransferEngine

/// Warnings that only the program as a whole can know. The most telling come first.
enum ReviewWarnings {
  /// A patient chosen longer ago than this is pointed out. Seconds.
  static let longAgo: Double = 15 * 60

  /// Away from the main actor, since comparing one name with all others of a long roster takes a while.
  /// - Parameters:
  ///   - names: The documents' file names.
  ///   - chosenAgo: Seconds since the patient was chosen.
  ///   - wasChanged: The documents were first meant for somebody else.
  ///   - isTypedIn: The patient is not in the roster.
  /// - Returns: `files` holds one element for each name.
  @concurrent
  static func about(
    _ patient: Patient, fileNames names: [String], chosenAgo: Double, wasChanged: Bool, isTypedIn: Bool, roster: Roster?
  ) async -> (namesakes: ProblemLine?, patient: [ProblemLine], files: [[ProblemLine]]) {
    (
      namesakes(of: patient, roster: roster),
      (isTypedIn ? [warning(Words.Review.patientField, Words.Patient.typedIn, Words.Patient.compareTyped)] : [])
        + self.patient(chosenAgo: chosenAgo, wasChanged: wasChanged),
      names.map { fileName($0, patient: patient, roster: roster) }
    )
  }

  /// - Parameters:
  ///   - chosenAgo: Seconds since the patient was chosen.
  ///   - wasChanged: The document was first meant for somebody else.
  static func patient(chosenAgo seconds: Double, wasChanged: Bool) -> [ProblemLine] {
    var lines: [ProblemLine] = []
    if wasChanged { lines.append(warning(Words.Review.patientField, Words.Review.patientChanged, Words.Review.checkDocument)) }
    if seconds > longAgo {
      lines.append(warning(Words.Review.patientField, Words.Review.chosenLongAgo(Format.age(seconds: seconds)), Words.Review.checkPatient))
    }
    return lines
  }

  /// `namesakes`, away from the main actor.
  @concurrent
  static func others(like patient: Patient, roster: Roster?) async -> ProblemLine? { namesakes(of: patient, roster: roster) }

  /// Others in the roster have the same name, or nearly.
  static func namesakes(of patient: Patient, roster: Roster?) -> ProblemLine? {
    others(patient, roster: roster).map { warning(Words.Review.patientField, $0, Words.Review.compare) }
  }

  /// Errors first, then other patients with this name, then the rest in its order; nothing twice.
  static func ordered(_ problems: [ProblemLine], namesakes: ProblemLine?, others: [ProblemLine]) -> [ProblemLine] {
    let errors = problems.filter(\.isError)
    var lines: [ProblemLine] = []
    for line in errors + [namesakes].compactMap(\.self) + others + problems.filter({ !$0.isError })
    where !lines.contains(where: { $0.reason == line.reason && $0.field == line.field }) { lines.append(line) }
    return lines
  }

  /// The file's name holds another patient's family and given name, or their number, and not this one's.
  static func fileName(_ name: String, patient: Patient, roster: Roster?) -> [ProblemLine] {
    guard let roster, roster.isAnother(than: patient, namedIn: name) else { return [] }
    return [warning(Words.Review.fileField, Words.Review.otherPatientInName, Words.Review.checkDocument)]
  }

  /// - Parameters:
  ///   - ago: Seconds since the document was sent for the same patient.
  ///   - date: When that was.
  ///   - standing: What has become of it.
  static func sentBefore(ago: Double, date: DisplayText, _ standing: EarlierSend.Standing) -> ProblemLine {
    warning(Words.Review.fileField, Words.Review.sentBefore(Words.Review.ago(ago), date, standing), Words.Review.checkChart)
  }

  /// Two of the documents have the same content.
  /// - Parameter name: Of the one that comes before.
  static func sameContent(as name: DisplayText) -> ProblemLine {
    warning(Words.Review.fileField, Words.Together.sameContent(name), Words.Together.sameContentRemedy)
  }

  private static func others(_ patient: Patient, roster: Roster?) -> DisplayText? {
    guard let roster else { return nil }
    let name = PatientBannerText.name(patient.name.reveal())
    let same = roster.namesakes(of: patient).count
    let similar = roster.similarNames(to: patient).count
    let parts = [
      same == 0 ? nil : Words.Review.namesakes(same, name), similar == 0 ? nil : Words.Review.similar(similar, same == 0 ? name : "this"),
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  private static func warning(_ field: DisplayText, _ reason: DisplayText, _ remedy: DisplayText) -> ProblemLine {
    ProblemLine(isError: false, field: field, reason: reason, remedy: remedy)
  }
}
