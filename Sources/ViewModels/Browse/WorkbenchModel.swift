internal import ClinicalMessages
internal import Documents
internal import Observation
internal import SystemPackage
internal import TransferEngine
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What is known of files beyond their names: the one that the cursor rests on, and those that were looked into before.
///
/// Looking waits until the cursor has rested for a moment, and is given up as soon as it moves on: a key never waits for a file.
@MainActor
@Observable
final class WorkbenchModel {
  /// A file as its folder describes it; another size or time makes it another file.
  struct Subject: Equatable {
    var path: FilePath
    var details: EntryDetails?
  }

  /// How long the cursor rests before its file is looked at.
  static let rest = Duration.milliseconds(150)
  private static let memoryLimit = 1000

  /// What the cursor has come to rest on.
  private(set) var subject: Subject?
  /// What a short look at it gave; nil when it was not possible.
  private(set) var glance: Glance?
  /// When known documents were sent to the patient who is chosen.
  private(set) var sent: [FilePath: EarlierSend] = [:]
  private var known: [FilePath: Document] = [:]

  @ObservationIgnored private let world: FolderWorld
  @ObservationIgnored private let work: PendingWork
  @ObservationIgnored private var wanted: Subject?
  /// Counts what the cursor was on, so that a late answer is not taken for another file's.
  @ObservationIgnored private var number = 0
  @ObservationIgnored private var task: Task<Void, Never>?
  @ObservationIgnored private var patient: Patient?
  @ObservationIgnored private var service: any TransferService
  /// Counts patients, so that no answer about one is taken for another.
  @ObservationIgnored private var patientNumber = 0

  init(service: any TransferService, world: FolderWorld, work: PendingWork) {
    self.service = service
    self.world = world
    self.work = work
  }

  /// The cursor is on this file now, or on none.
  func follow(_ subject: Subject?) {
    guard subject != wanted else { return }
    if let subject, let before = wanted, before.path == subject.path, before.details == nil {
      // More is known of the same file now; it need not be looked at again.
      wanted = subject
      if self.subject?.path == subject.path { self.subject = subject }
      return
    }
    wanted = subject
    number += 1
    let number = number
    task?.cancel()
    task = work.start { [weak self, world] in
      await world.pause(Self.rest)
      guard !Task.isCancelled, let self, self.number == number else { return }
      if let subject = self.wanted, let document = self.document(subject) {
        self.settle(subject, .whole(document))
        return
      }
      let glance: Glance? = if let subject { await world.glance(subject.path) } else { nil }
      guard !Task.isCancelled, self.number == number else { return }
      if case .whole(let document) = glance { self.note(document) }
      self.settle(self.wanted, glance)
    }
  }

  private func settle(_ subject: Subject?, _ glance: Glance?) {
    self.subject = subject
    self.glance = glance
  }

  /// A file that was read to its end.
  func note(_ document: Document) {
    if known.count >= Self.memoryLimit { known.removeAll() }
    let path = document.chosenPath ?? document.path
    known[path] = document
    if let subject, subject.path == path { settle(subject, .whole(document)) }
    askWhenSent([document])
  }

  /// What was read of this file, unless it has changed since.
  func document(_ subject: Subject) -> Document? {
    guard let document = known[subject.path], let details = subject.details else { return known[subject.path] }
    let identity = document.identity
    return identity.byteCount == details.byteCount && identity.modifiedNanoseconds == details.modifiedNanoseconds ? document : nil
  }

  // MARK: What was sent before

  /// Another patient is chosen, or another profile, or something was sent.
  func show(patient: Patient?, service: any TransferService) {
    self.service = service
    self.patient = patient
    patientNumber += 1
    sent = [:]
    askWhenSent(Array(known.values))
  }

  /// A transfer has come to an end, or is at work again. Only of what was sent can it change what is said; many may end in a row.
  func refreshSent() { askWhenSent(known.filter { sent[$0.key] != nil }.map(\.value)) }

  private func askWhenSent(_ documents: [Document]) {
    guard let patient, !documents.isEmpty else { return }
    let (service, number) = (service, patientNumber)
    work.start { [weak self] in
      for document in documents {
        guard let earlier = try? await service.earlierSends(of: document, to: patient) else { continue }
        guard let self, number == self.patientNumber else { return }
        self.sent[document.chosenPath ?? document.path] = earlier.first
      }
    }
  }
}
