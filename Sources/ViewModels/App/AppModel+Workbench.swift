internal import ClinicalMessages
internal import Documents
internal import SafeText
internal import SystemPackage
internal import TransferEngine
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension AppModel {
  func followCursor() {
    guard case .file(let path)? = browse.target, let entry = browse.cursor else { return workbench.follow(nil) }
    workbench.follow(WorkbenchModel.Subject(path: path, details: browse.details[entry.id]))
  }

  func showPatientOnWorkbench() { workbench.show(patient: patient, service: service) }

  /// What is said beside the files of what was sent follows the transfers.
  func watchEnds() { session.transfers.whenEndsChange = { [weak self] in self?.workbench.refreshSent() } }

  // MARK: State

  /// Rows on the screen only.
  var browseRows: [BrowseState.Row] {
    guard let listing = browse.listing else { return [] }
    return browse.window.visible.map { row in
      let entry = listing[row]
      var shown = browseRow(entry, path: listing.path(of: entry.id))
      shown.isUnderCursor = row == browse.window.cursor
      return shown
    }
  }

  private func browseRow(_ entry: DirectoryEntry, path: FilePath) -> BrowseState.Row {
    let details = browse.details[entry.id]
    var row = BrowseState.Row(entry, details: details, now: clock.now())
    if let document = workbench.document(.init(path: path, details: details)) {
      row.verdict =
        switch document.inspection.verdict {
        case .allow: .allowed
        case .warn: .warning
        case .refuse: .refused
        }
      row.wasSent = workbench.sent[path] != nil
    } else if case .refused(path, _) = inspection {
      row.verdict = .refused
    }
    row.isMarked = browse.marks.contains(entry.id)
    row.isChosen = documents.contains { ($0.chosenPath ?? $0.path) == path }
    return row
  }

  var workbenchSummary: WorkbenchSummary {
    var summary = WorkbenchSummary(marked: markedSummary, markedKinds: markedKinds)
    guard let subject = workbench.subject else {
      if let entry = browse.cursor, browse.isFolder(entry) {
        summary.subject = .folder(entry.displayName)
        summary.advice = Words.Browse.entersFolder
      }
      if let advice = markedAdvice ?? waitingAdvice ?? replacingAdvice { summary.advice = advice }
      return summary
    }
    let name = DisplayText(escapingBytes: subject.path.lastComponent?.bytes ?? subject.path.bytes)
    switch workbench.glance {
    case .whole(let document):
      describe(document, at: subject.path, in: &summary)
    case .head(let type, let byteCount):
      summary.subject = .seen(name: name, type: type.name, size: Format.size(byteCount))
      summary.advice = Words.Browse.entersLargeFile
    case nil:
      summary.subject = .seen(name: name, type: "", size: subject.details.map { Format.size($0.byteCount) } ?? "")
      summary.advice = Words.Browse.entersFile
    }
    // Nothing is said of what Enter would do with a file that cannot be sent.
    if let advice = markedAdvice ?? waitingAdvice ?? summary.advice.flatMap({ _ in replacingAdvice }) { summary.advice = advice }
    return summary
  }

  private var replacingAdvice: DisplayText? { replacing.map { Words.Corrections.entersReplacement($0.fileName.reveal()) } }

  private func describe(_ document: Document, at path: FilePath, in summary: inout WorkbenchSummary) {
    summary.subject = .read(DocumentSummary(document, clock: clock))
    if case .refuse = document.inspection.verdict { return }
    summary.advice = patient == nil ? Words.Browse.entersFilePatient : Words.Browse.entersFile
    summary.earlier = workbench.sent[path].map { Words.Browse.sentBefore(clock.now().timeIntervalSince($0.queuedAt), $0.standing) }
    let plan = plan(for: document)
    summary.kind = plan.map { Words.Message.longKind($0.draft) } ?? Words.Message.longKind(lastKind)
    guard let plan else { return }
    summary.method = MethodLine(plan, limits: dependencies.limits)
    summary.problems = plan.problems.map(ProblemLine.init)
  }

  /// What sending it would be, by the form if this is the document there, else with the profile's defaults.
  private func plan(for document: Document) -> Plan? {
    guard let patient else { return nil }
    if let message, message.patient == patient, let known = message.plan(for: document) { return known }
    let key = SummaryPlan.Key(document: document, patient: patient, kind: lastKind, profile: service.profile.name)
    if let known = summaryPlan, known.key == key { return known.plan }
    let draft = Draft(
      document: document, patient: patient, kind: lastKind, fields: service.defaultFields(for: lastKind, document: document),
      identity: service.makeIdentity())
    let plan = service.plan(draft)
    summaryPlan = SummaryPlan(key: key, plan: plan)
    return plan
  }
}

/// The plan that the summary shows; made anew only when what it is made of has changed.
struct SummaryPlan {
  struct Key: Equatable {
    var document: Document
    var patient: Patient
    var kind: MessageKind
    var profile: String
  }

  var key: Key
  var plan: Plan
}
