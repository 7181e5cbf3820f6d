internal import ClinicalMessages
internal import Observation
internal import Patients
internal import SafeText
internal import TransferEngine

/// Finds a patient in the roster, or takes one who is typed in. What is under the cursor is remembered by id.
@MainActor
@Observable
final class PatientModel {
  private(set) var roster: Roster?
  private var phase = PatientState.Phase.loading
  private var search = TextField("", limit: 200)
  private var found: [Patient] = []
  private var window = ListWindow()
  private(set) var isMasked: Bool
  /// Patients who were typed in. They are known until the program ends.
  private(set) var typedIn: [Patient] = []
  private var form = PatientForm()
  private(set) var isTyping = false

  @ObservationIgnored private let service: any TransferService
  @ObservationIgnored private let work: PendingWork
  @ObservationIgnored private var request = 0
  /// Comparing one name with all others takes a while, and rows are drawn often.
  @ObservationIgnored private var warnings: [Patient.ID: DisplayText?] = [:]

  init(service: any TransferService, work: PendingWork, isMasked: Bool) {
    self.isMasked = isMasked
    self.service = service
    self.work = work
  }

  var cursor: Patient? { phase == .ready && window.cursor < found.count ? found[window.cursor] : nil }
  var isLoading: Bool { phase == .loading }

  /// An empty search over the roster, which is loaded once.
  func open() {
    search = TextField("", limit: 200)
    isTyping = false
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
        self.phase = self.typedIn.isEmpty ? .failed(reason: words.reason, remedy: words.remedy) : .ready
        self.find(keepingCursor: false)
      }
    }
  }

  func type(_ key: Key) -> Bool {
    if isTyping { return form.entry.type(key) }
    guard search.handle(key) else { return false }
    find(keepingCursor: false)
    return true
  }

  func move(_ command: Command) {
    if isTyping { form.entry.move(command) } else { window.move(command) }
  }

  func setRows(_ rows: Int) {
    if isTyping {
      if rows != form.entry.window.rows { form.entry.setRows(rows) }
    } else if rows != window.rows {
      window.resize(rows: rows)
    }
  }
  func toggleMask() { isMasked.toggle() }

  // MARK: Typing somebody in

  func openForm() { isTyping = true }
  func closeForm() { isTyping = false }
  func turn(by step: Int) { form.entry.turn(by: step) }

  /// To the next field; on the button the patient, when nothing is wrong.
  func goOn(today: CalendarDate) -> Typing {
    guard form.entry.field == nil else {
      form.entry.move(.down)
      return .going
    }
    let typed = form.typed
    guard let patient = typed.patient(on: today, roster: roster) else {
      form.entry.show(typed.problems(on: today, roster: roster))
      return .refused
    }
    typedIn.removeAll { $0.id == patient.id }
    typedIn.insert(patient, at: 0)
    form = PatientForm()
    isTyping = false
    return .taken(patient)
  }

  enum Typing {
    case going
    case refused
    case taken(Patient)
  }

  private func find(keepingCursor: Bool, id: Patient.ID? = nil) {
    let typed = (try? Roster(typedIn))?.search(search.text) ?? []
    found = typed + (roster?.search(search.text) ?? [])
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
      phase: phase, search: search, rows: rows, window: window, total: typedIn.count + (roster?.patients.count ?? 0), isMasked: isMasked,
      form: isTyping ? form.state : nil,
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
