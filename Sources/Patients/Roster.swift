public import ClinicalMessages
internal import SafeText

/// The patients that a profile knows. A value, made once from a file; selection is by id.
public struct Roster: Sendable {
  public let patients: [Patient]
  private let indexByID: [Patient.ID: Int]
  private let index: SearchIndex
  let names: [SimilarNames.Key]
  private let positionsByName: [SimilarNames.Key: [Int]]

  /// - Throws: `RosterError.duplicate` when two patients share an id.
  public init(_ patients: [Patient]) throws(RosterError) {
    var byID: [Patient.ID: Int] = [:]
    byID.reserveCapacity(patients.count)
    for (position, patient) in patients.enumerated() where byID.updateValue(position, forKey: patient.id) != nil {
      throw .duplicate(record: position + 1)
    }
    self.patients = patients
    indexByID = byID
    index = SearchIndex(patients)
    names = patients.map { SimilarNames.Key($0.name.reveal()) }
    positionsByName = Dictionary(grouping: names.indices, by: { [names] in names[$0] })
  }

  public func patient(_ id: Patient.ID) -> Patient? { indexByID[id].map { patients[$0] } }

  /// Patients that every word of `query` fits, best first: by name, birth date (`1982-07-24`, `24.07.1982`, `07/24/1982`, `24-Jul-1982`,
  /// `1982`) or number, words in any order, accents and case alike. All patients by name when nothing is asked.
  public func search(_ query: String) -> [Patient] { index.search(query).map { patients[$0] } }

  /// Other patients with the same family and first given name, accents and case alike.
  public func namesakes(of patient: Patient) -> [Patient] {
    (positionsByName[SimilarNames.Key(patient.name.reveal())] ?? []).map { patients[$0] }.filter { $0.id != patient.id }
  }

  /// Other patients whose name is easily taken for this one's: a letter apart, two letters swapped, the same sound, or family and given
  /// name exchanged. Namesakes are not among them.
  public func similarNames(to patient: Patient) -> [Patient] {
    let key = SimilarNames.Key(patient.name.reveal())
    return names.indices.filter { names[$0] != key && SimilarNames.areSimilar(names[$0], key) }
      .map { patients[$0] }.filter { $0.id != patient.id }
  }
}
