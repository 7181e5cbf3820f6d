internal import ClinicalMessages
internal import SafeText
internal import TransferEngine

extension AppModel {
  func choosePatient() {
    patients.open()
    push(.patient)
  }

  func takePatient() {
    guard let chosen = patients.cursor else { return }
    patient = chosen
    patientChosenAt = clock.now()
    showPatientOnWorkbench()
    previewPane = nil
    if let old = message, old.patient != chosen { message = old.replacingPatient(chosen, identity: service.makeIdentity()) }
    screens.removeAll { $0 == .patient || $0 == .preview || $0 == .review }
    if document != nil { proceed() } else { resizeCurrentList() }
    if let warning = patients.warning(about: chosen) { tell(.warning, warning) }
  }
}
