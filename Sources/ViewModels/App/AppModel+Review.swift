internal import ClinicalMessages
internal import Documents
internal import SafeText
internal import TransferEngine
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension AppModel {
  /// Looks at the files, at the other patients and at what was sent before. Until that is known the question cannot be answered.
  /// - Parameter wasChanged: The documents were first meant for somebody else.
  func checkBeforeAsking(wasChanged: Bool) {
    guard let pane = reviewPane else { return }
    let (service, patient, roster) = (service, pane.patient, patients.roster)
    let documents = pane.plans.map(\.draft.document)
    let isTypedIn = patients.typedIn.contains { $0.id == patient.id }
    let chosenAgo = clock.now().timeIntervalSince(patientChosenAt)
    work.start { [weak self] in
      let warnings = await ReviewWarnings.about(
        patient, fileNames: documents.map(\.chosenName.string), chosenAgo: chosenAgo, wasChanged: wasChanged,
        isTypedIn: isTypedIn, roster: roster)
      let change = await Self.change(of: documents, service)
      var earlier: [EarlierSend?] = []
      for document in documents {
        // A record that cannot be read cannot be written either; sending says so.
        earlier.append(try? await service.earlierSends(of: document, to: patient).first)
      }
      guard let self, self.reviewPane?.number == pane.number else { return }
      let (now, clock) = (self.clock.now(), self.clock)
      let sent = earlier.map { last in
        last.map {
          [ReviewWarnings.sentBefore(ago: now.timeIntervalSince($0.queuedAt), date: clock.dateAndTime($0.queuedAt), $0.standing)]
        } ?? []
      }
      self.reviewPane?.isChecking = false
      self.reviewPane?.namesakes = warnings.namesakes
      self.reviewPane?.warnings = warnings.patient
      self.reviewPane?.documentWarnings = documents.indices.map { sent[$0] + warnings.files[$0] + Self.twin(of: $0, in: documents) }
      if let change { self.reviewPane?.step = .closed(change) }
    }
  }

  /// Hands the plans that were reviewed to the engine, unless a file has become another one.
  func send() {
    guard let pane = reviewPane, pane.whyNot == nil else { return }
    if let subject = pane.stored { return send(subject, number: pane.number) }
    reviewPane?.isChecking = true
    let (service, hold) = (service, dependencies.holdSeconds)
    work.start { [weak self] in
      let change = await Self.change(of: pane.plans.map(\.draft.document), service)
      // A review that was left meanwhile sends nothing.
      guard let self, self.reviewPane?.number == pane.number else { return }
      self.reviewPane?.isChecking = false
      self.reviewPane?.step = change.map(ReviewPane.Step.closed) ?? .submitting
      guard change == nil else { return }
      let result: Result<[TransferSnapshot.ID], OutboxError>
      do throws(OutboxError) { result = .success(try await service.submit(pane.plans, hold: hold)) } catch { result = .failure(error) }
      switch result {
      case .success(let ids): self.finishSending(pane.plans, as: ids)
      case .failure(let error): self.closeReview(.error, Words.Transfers.outbox(error))
      }
    }
  }

  /// What is wrong with the files by now; nil when they are the ones that were inspected. Of several it names those that it is about.
  private static func change(of documents: [Document], _ service: any TransferService) async -> DisplayText? {
    var found: DisplayText?
    var names: [DisplayText] = []
    for document in documents {
      guard let change = await change(of: document, service) else { continue }
      found = found ?? change
      names.append(document.chosenName)
    }
    return documents.count == 1 ? found : found.map { Words.Together.changed(names, $0) }
  }

  private static func change(of document: Document, _ service: any TransferService) async -> DisplayText? {
    do throws(DocumentContentError) {
      try await service.recheck(document)
      return nil
    } catch {
      switch error {
      case .changed: return Words.Review.changed
      case .gone: return Words.Review.gone
      case .unreadable(let number): return Words.Review.unreadable(number)
      }
    }
  }

  private static func twin(of index: Int, in documents: [Document]) -> [ProblemLine] {
    let twin = documents.prefix(index).first { $0.identity.sha256 == documents[index].identity.sha256 }
    return twin.map { [ReviewWarnings.sameContent(as: $0.chosenName)] } ?? []
  }
}
