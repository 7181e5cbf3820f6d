internal import ClinicalMessages
internal import SafeText
internal import TransferEngine

extension AppModel {
  func choosePatient() {
    patients.open()
    push(.patient)
  }

  func toggleMask() {
    patients.toggleMask()
    session.transfers.isMasked = patients.isMasked
  }

  func takePatient() {
    if let chosen = patients.cursor { take(chosen) }
  }

  /// To the next field of the patient who is typed in, or on with that patient.
  func goOnTypingPatient() {
    switch patients.goOn(today: clock.today) {
    case .going: break
    case .refused: tell(.warning, Words.Patient.notYet)
    case .taken(let typed): take(typed)
    }
    resizeCurrentList()
  }

  private func take(_ chosen: Patient) {
    patient = chosen
    patientChosenAt = clock.now()
    showPatientOnWorkbench()
    previewPane = nil
    if let old = message, old.patient != chosen { message = old.replacingPatient(chosen) }
    screens.removeAll { $0 == .patient || $0 == .preview || $0 == .review }
    if !documents.isEmpty { proceed() } else { resizeCurrentList() }
    if let warning = patients.warning(about: chosen) { tell(.warning, warning) }
  }
}
