internal import ClinicalMessages
internal import SafeText
internal import TransferEngine
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Replacing and retracting what was accepted, and sending once more what is uncertain: with the same review as a send.
extension AppModel {
  enum Correction: Equatable { case replace, retract }

  // MARK: Choosing

  func openCorrections() {
    guard let transfer = session.transfers.onlyTarget else { return }
    look { service throws(OutboxError) in
      try await service.corrections(for: transfer.id)
    } then: { model, found in
      if found.whyNotReplace != nil, let why = found.whyNotRetract { return model.tell(.plain, why) }
      model.dialog = .pick(
        PickList(
          title: Words.Corrections.title(transfer.fileName.reveal(), transfer.patientName.reveal()),
          choices: [.correction(.replace, found), .correction(.retract, found)],
          rows: [
            PickState.Row(label: Words.Corrections.replace, detail: found.whyNotReplace ?? Words.Corrections.replaceAbout),
            PickState.Row(label: Words.Corrections.retract, detail: found.whyNotRetract ?? Words.Corrections.retractAbout),
          ], cursor: 0, height: model.viewport.rows))
      model.resizeCurrentList()
      model.ask(.flushInput)
    }
  }

  func take(_ correction: Correction, _ corrections: Corrections) {
    switch correction {
    case .replace:
      if let why = corrections.whyNotReplace { tell(.plain, why) } else { beginReplacing(corrections.original) }
    case .retract:
      if let why = corrections.whyNotRetract { tell(.plain, why) } else { reviewRetraction(of: corrections.original) }
    }
  }

  // MARK: Replacing

  /// The document that takes the place of the other one is chosen like any; patient and kind are those of the original.
  private func beginReplacing(_ original: OriginalTransfer) {
    withPatient(of: original.id) { model, patient in
      model.stopReading()
      (model.message, model.previewPane, model.inspection) = (nil, nil, .none)
      model.replacing = original
      model.lastKind = original.kind
      model.patient = patient
      model.patientChosenAt = model.clock.now()
      model.screens = [.browse]
      model.showPatientOnWorkbench()
      model.resizeCurrentList()
      model.tell(.plain, Words.Corrections.chooseReplacement)
    }
  }

  /// The patient came with the original, and goes with it: nobody has chosen them for what is sent next.
  func endReplacing() {
    guard replacing != nil else { return }
    (replacing, patient) = (nil, nil)
  }

  func stopReplacing() {
    message = nil
    endReplacing()
    tell(.plain, Words.Corrections.noReplacement)
  }

  // MARK: Reviewing what needs no document

  private func reviewRetraction(of original: OriginalTransfer) {
    look { service throws(OutboxError) in
      try await service.retractionPlan(of: original.id)
    } then: { model, plan in
      model.review(.retract(plan), for: plan.patient)
    }
  }

  func reviewSendingAgain(_ transfer: TransferSnapshot) {
    withPatient(of: transfer.id) { model, patient in model.review(.sendAgain(transfer), for: patient) }
  }

  private func review(_ subject: StoredSubject, for patient: Patient) {
    reviewNumber += 1
    let number = reviewNumber
    reviewPane = ReviewPane(number, subject, for: patient, profile: service.profile)
    push(.review)
    ask(.flushInput)
    let roster = patients.roster
    work.start { [weak self] in
      let namesakes = await ReviewWarnings.others(like: patient, roster: roster)
      guard let self, self.reviewPane?.number == number else { return }
      self.reviewPane?.namesakes = namesakes
      self.reviewPane?.isChecking = false
    }
  }

  /// Sends what was reviewed; the outbox knows whether it still may.
  func send(_ subject: StoredSubject, number: Int) {
    reviewPane?.step = .submitting
    let (service, person, hold) = (service, dependencies.sender, dependencies.holdSeconds)
    let held = hold > 0 ? Words.Corrections.held(until: clock.time(clock.now().addingTimeInterval(hold))) : nil
    work.start { [weak self] in
      let (said, id): (Notice, TransferSnapshot.ID?)
      switch subject {
      case .retract(let plan):
        do throws(OutboxError) {
          id = try await service.submit(plan, hold: hold)
          said = Notice(.good, Words.Corrections.retracting)
        } catch {
          id = nil
          said = Notice(.error, Words.Transfers.outbox(error))
        }
      case .sendAgain(let transfer):
        do throws(DecisionRefusal) {
          try await service.decide(.sendAgain(isConfirmed: true), on: transfer.id, by: person, hold: hold)
          (said, id) = (Notice(.good, Words.Decisions.sentAgain), transfer.id)
        } catch {
          id = nil
          said = Notice(.warning, error.sentence)
        }
      }
      guard let self, self.reviewPane?.number == number else { return }
      self.reviewPane = nil
      self.screens = [.browse]
      if case .retract = subject { self.session.transfers.goToNewest() }
      self.showTransfers()
      guard let id else { return self.notify(said) }
      self.tell(said.tone, held ?? said.text, about: id, afterHold: held.map { _ in said.text })
    }
  }

  /// Whom the sent message names: their chart it is in, whatever the roster says by now.
  private func withPatient(of id: TransferSnapshot.ID, _ then: @escaping @MainActor (AppModel, Patient) -> Void) {
    look { service throws(OutboxError) in
      try await service.patient(of: id)
    } then: {
      then($0, $1)
    }
  }

  /// Asks the outbox, and goes on when it has an answer and the person is still where they asked: on the same transfer.
  private func look<Answer: Sendable>(
    _ question: @escaping @Sendable (any TransferService) async throws(OutboxError) -> Answer?,
    then: @escaping @MainActor (AppModel, Answer) -> Void
  ) {
    let (service, session, target) = (service, session, session.transfers.target?.id)
    work.start { [weak self] in
      let answer: Answer?
      do throws(OutboxError) { answer = try await question(service) } catch {
        self?.tell(.error, error.sentence)
        return
      }
      guard let self, self.session === session, self.screen == .transfers, self.dialog == nil, session.transfers.target?.id == target
      else { return }
      guard let answer else { return self.tell(.plain, Words.Corrections.nothingKept) }
      then(self, answer)
    }
  }
}
