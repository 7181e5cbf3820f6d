internal import ClinicalMessages
internal import Documents
internal import SafeText
internal import SystemPackage
internal import TransferEngine

extension AppModel {
  /// What was chosen to be sent; empty when nothing was.
  var documents: [Document] {
    if case .ready(let documents) = inspection { documents } else { [] }
  }

  var isReading: Bool {
    if case .reading = inspection { true } else { false }
  }

  /// What is marked goes first, wherever the cursor is.
  func open() {
    guard browse.marks.isEmpty else { return read(browse.markedPaths) }
    switch browse.target {
    case .folder(let path): browse.show(path)
    case .file(let path): read([path])
    case nil: break
    }
  }

  func acceptPrompt() {
    switch browse.prompt {
    case .none: break
    case .filter:
      browse.closePrompt()
      // Somebody who has marked files looks for more of them.
      guard browse.marks.isEmpty else { return }
      if browse.cursor == nil { tell(.plain, Words.Why.emptyFolder) } else { open() }
    case .path(let field): go(to: field.text)
    }
  }

  func completePrompt() {
    if case .filter = browse.prompt { return browse.closePrompt() }
    browse.completePath(home: dependencies.home) { [weak self] count in self?.tell(.plain, Words.Browse.completions(count)) }
  }

  private func go(to text: String) {
    guard let path = TypedPath(text.trimmed).absolute(from: browse.folder, home: dependencies.home) else {
      tell(.plain, Words.Browse.badPath)
      return
    }
    browse.show(path.lexicallyNormalized()) { [weak self] error in
      guard let self else { return }
      // A path to a file goes to its folder, with the cursor on the file.
      if error == .notADirectory, let name = path.lastComponent {
        self.browse.show(path.removingLastComponent(), cursorOn: DirectoryEntry.ID(bytes: name.bytes))
      } else {
        // What was mistyped is mended sooner than typed anew.
        self.browse.openPath(text)
        self.tell(.warning, Words.Browse.notThere(error))
      }
    }
  }

  /// One thing at a time: the reading, the prompt and its filter, the marks.
  func leavePrompt() {
    if browse.prompt == .none, isReading {
      stopReading()
      tell(.plain, Words.Browse.readingCancelled)
    } else if browse.prompt != .none || !browse.filter.isEmpty {
      browse.clear()
    } else if browse.marks.isEmpty, replacing != nil {
      stopReplacing()
    } else {
      tell(.plain, Words.Together.cleared(browse.marks.count))
      browse.unmark(browse.marks)
    }
  }

  func stopReading() {
    inspectionNumber += 1
    inspectionTask?.cancel()
    typedWhileReading = ""
    if isReading {
      inspection = .none
      keepWhatWasChosen()
    }
  }

  /// Reads and inspects files one after the other, then goes on with them.
  private func read(_ paths: [FilePath]) {
    // A second Enter out of impatience must not begin anew.
    if case .reading(let gathering) = inspection, gathering.paths == paths { return }
    // One that is far too large is not worth reading, nor is what was chosen before to be forgotten for its sake.
    if paths.count == 1, let path = paths.first, let reason = tooLarge(path) {
      return tell(.error, Words.Browse.refused(Self.name(of: path), reason))
    }
    stopReading()
    let number = inspectionNumber
    let (service, before) = (service, inspection)
    inspection = .reading(Gathering(paths))
    chosenBefore = if case .ready = before { (before, message) } else { nil }
    message = nil
    inspectionTask = work.start { [weak self] in
      for path in paths {
        let result: Result<Document, DocumentError>
        do throws(DocumentError) { result = .success(try await service.inspect(path)) } catch { result = .failure(error) }
        guard let self, number == self.inspectionNumber else { return }
        self.take(result, of: path)
      }
    }
  }

  private func take(_ result: Result<Document, DocumentError>, of path: FilePath) {
    guard case .reading(var gathering) = inspection else { return }
    if gathering.paths.count == 1, case .failure(.isDirectory) = result {
      inspection = .none
      typedWhileReading = ""
      if screen == .browse { browse.show(path) }
      return
    }
    gathering.take(result)
    if case .success(let document) = result, gathering.paths.count > 1 || gathering.leftOut.isEmpty { workbench.note(document) }
    inspection = .reading(gathering)
    if gathering.current == nil { finish(gathering) }
  }

  private func finish(_ gathering: Gathering) {
    let typed = typedWhileReading
    typedWhileReading = ""
    guard let refused = gathering.leftOut.first else { return choose(gathering, typed: typed) }
    guard gathering.paths.count > 1 else {
      inspection = .refused(refused.path, refused.reason)
      keepWhatWasChosen()
      return tell(.error, Words.Browse.refused(Self.name(of: refused.path), refused.reason))
    }
    inspection = .undecided(gathering)
    if isOnFiles {
      askAboutLeftOut(gathering)
    } else {
      tell(.warning, Words.Together.undecided(gathering.leftOut.count, of: gathering.paths.count))
    }
  }

  /// A file that cannot be sent takes nothing away: what was chosen before it waits still.
  private func keepWhatWasChosen() {
    guard let (before, message) = chosenBefore else { return }
    // Meanwhile another patient may have been chosen: then it is theirs.
    let patient = patient
    let still = message.flatMap { message in patient.map { message.patient == $0 ? message : message.replacingPatient($0) } }
    (inspection, self.message, chosenBefore) = (before, still, nil)
  }

  /// Why a file cannot go whatever it holds; nil when its size is not known yet.
  private func tooLarge(_ path: FilePath) -> DisplayText? {
    guard let name = path.lastComponent, path.removingLastComponent() == browse.folder,
      let details = browse.details[DirectoryEntry.ID(bytes: name.bytes)], details.kind == .file
    else { return nil }
    return service.objection(toByteCount: details.byteCount)
  }

  /// Somebody who has gone elsewhere meanwhile is not pulled back.
  private var isOnFiles: Bool { screen == .browse && dialog == nil && browse.prompt == .none }

  /// What may be sent of it is chosen now.
  /// - Parameter typed: The beginning of the patient's name.
  func choose(_ gathering: Gathering, typed: String = "") {
    let documents = gathering.documents
    guard let first = documents.first else { return }
    inspection = .ready(documents)
    rememberFolder()
    guard isOnFiles else {
      return tell(.plain, documents.count == 1 ? Words.Browse.ready(first.chosenName) : Words.Together.ready(documents.count))
    }
    proceed()
    if screen == .patient { for character in typed { _ = patients.type(.character(character)) } }
    let warnings = gathering.warnings
    guard let warning = warnings.first else { return }
    tell(.warning, documents.count == 1 ? Words.Browse.chosenWarning(warning) : Words.Together.warned(warnings.count, of: documents.count))
  }

  /// Goes on with what was chosen: to the patient, if there is none, else to the message.
  func proceed() {
    if case .undecided(let gathering) = inspection { return askAboutLeftOut(gathering) }
    let documents = documents
    guard !documents.isEmpty else { return }
    guard let patient else { return choosePatient() }
    if replacing != nil, documents.count > 1 { return tell(.warning, Words.Corrections.onlyOne) }
    if message == nil {
      message = MessageModel(
        documents: documents, patient: patient, kind: lastKind, service: service, clock: clock, limits: dependencies.limits,
        remembered: session.remembered, purpose: replacing.map { .replace($0) } ?? .new)
      if let replacing { tell(.plain, Words.Corrections.takesPlace(of: replacing.fileName.reveal())) }
    }
    push(.message)
  }

  // MARK: What cannot be sent

  private func askAboutLeftOut(_ gathering: Gathering) {
    dialog = .leftOut(LeftOutList(gathering, height: viewport.rows))
    ask(.flushInput)
  }

  /// - Parameter goesOn: Without them; else back to the files, with all marks as they are.
  func answerAboutLeftOut(_ list: LeftOutList, goesOn: Bool) {
    guard goesOn else {
      inspection = .none
      return
    }
    browse.unmark(Set(list.gathering.leftOut.map(\.path)))
    choose(list.gathering)
  }
}
