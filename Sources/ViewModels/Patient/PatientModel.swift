internal import ClinicalMessages
internal import Observation
internal import Patients
internal import SafeText
internal import TransferEngine

/// Finds a patient in the roster. What is under the cursor is remembered by id.
@MainActor
@Observable
final class PatientModel {
  private(set) var roster: Roster?
  private var phase = PatientState.Phase.loading
  private var search = TextField("", limit: 200)
  private var found: [Patient] = []
  private var window = ListWindow()
  private(set) var isMasked: Bool

  @ObservationIgnored private let service: any TransferService
  @ObservationIgnored private let work: PendingWork
  @ObservationIgnored private var request = 0
  /// Comparing one name with all others takes a while, and rows are drawn often.
  @ObservationIgnored private var warnings: [Patient.ID: DisplayText?] = [:]

  init(service: any TransferService, work: PendingWork, isMasked: Bool = false) {
    self.isMasked = isMasked
    self.service = service
    self.work = work
  }

  var cursor: Patient? { phase == .ready && window.cursor < found.count ? found[window.cursor] : nil }
  var isLoading: Bool { phase == .loading }

  /// An empty search over the roster, which is loaded once.
  func open() {
    search = TextField("", limit: 200)
    if roster == nil { load() } else { find(keepingCursor: false) }
  }

  func load() {
    request += 1
    let number = request
    let id = cursor?.id
    phase = .loading
    work.start { [weak self, service] in
      let result: Result<Roster, RosterError>
      do throws(RosterError) { result = .success(try await service.roster()) } catch { result = .failure(error) }
      guard let self, number == self.request else { return }
      switch result {
      case .success(let roster):
        self.roster = roster
        self.warnings = [:]
        self.phase = .ready
        self.find(keepingCursor: true, id: id)
      case .failure(let error):
        let words = Words.Patient.failed(error)
        self.roster = nil
        self.found = []
        self.window.replace(count: 0, cursor: 0)
        self.phase = .failed(reason: words.reason, remedy: words.remedy)
      }
    }
  }

  func type(_ key: Key) -> Bool {
    guard search.handle(key) else { return false }
    find(keepingCursor: false)
    return true
  }

  func move(_ command: Command) { window.move(command) }
  func setRows(_ rows: Int) {
    if rows != window.rows { window.resize(rows: rows) }
  }
  func toggleMask() { isMasked.toggle() }

  private func find(keepingCursor: Bool, id: Patient.ID? = nil) {
    guard let roster else { return }
    found = roster.search(search.text)
    let row = keepingCursor ? found.firstIndex { $0.id == id } : nil
    window.replace(count: found.count, cursor: row ?? 0)
  }

  func state(today: CalendarDate) -> PatientState {
    let rows = window.visible.map { index in
      let isUnderCursor = index == window.cursor
      return PatientState.Row(
        found[index], today: today, isMasked: isMasked && !isUnderCursor,
        hasNamesake: !(roster?.namesakes(of: found[index]).isEmpty ?? true), isUnderCursor: isUnderCursor)
    }
    return PatientState(
      phase: phase, search: search, rows: rows, window: window, total: roster?.patients.count ?? 0, isMasked: isMasked,
      warning: cursor.flatMap { warning(about: $0) })
  }

  func warning(about patient: Patient) -> DisplayText? {
    guard let roster else { return nil }
    if let known = warnings[patient.id] { return known }
    let count = roster.namesakes(of: patient).count + roster.similarNames(to: patient).count
    let warning = count == 0 ? nil : Words.Patient.namesakes(count, PatientBannerText.name(patient.name.reveal()))
    warnings[patient.id] = .some(warning)
    return warning
  }
}
