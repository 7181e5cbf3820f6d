internal import ClinicalMessages
internal import Documents
internal import SafeText
internal import SystemPackage
internal import TransferEngine

extension AppModel {
  var document: Document? {
    if case .ready(let document) = inspection { document } else { nil }
  }

  var isReading: Bool {
    if case .reading = inspection { true } else { false }
  }

  func open() {
    switch browse.target {
    case .folder(let path): browse.show(path)
    case .file(let path): inspect(path)
    case nil: break
    }
  }

  func acceptPrompt() {
    switch browse.prompt {
    case .none: break
    case .filter:
      browse.closePrompt()
      if browse.cursor == nil { tell(.plain, Words.Why.emptyFolder) } else { open() }
    case .path(let field): go(to: field.text)
    }
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
        self.tell(.warning, Words.Browse.listingFailed(error).reason)
      }
    }
  }

  func leavePrompt() {
    if browse.prompt == .none, isReading {
      stopReading()
      tell(.plain, Words.Browse.readingCancelled)
    } else {
      browse.clear()
      browse.unmark(browse.marks)
    }
  }

  func stopReading() {
    inspectionNumber += 1
    inspectionTask?.cancel()
    typedWhileReading = ""
    if isReading { inspection = .none }
  }

  /// Reads and inspects a file, then goes on with it.
  private func inspect(_ path: FilePath) {
    // A second Enter out of impatience must not begin anew.
    if case .reading(path) = inspection { return }
    stopReading()
    let number = inspectionNumber
    let service = service
    inspection = .reading(path)
    message = nil
    inspectionTask = work.start { [weak self] in
      let result: Result<Document, DocumentError>
      do throws(DocumentError) { result = .success(try await service.inspect(path)) } catch { result = .failure(error) }
      guard let self, number == self.inspectionNumber else { return }
      self.take(result, of: path)
    }
  }

  private func take(_ result: Result<Document, DocumentError>, of path: FilePath) {
    let typed = typedWhileReading
    typedWhileReading = ""
    let name = DisplayText(escapingBytes: path.lastComponent?.bytes ?? path.bytes)
    switch result {
    case .failure(.isDirectory):
      inspection = .none
      if screen == .browse { browse.show(path) }
    case .failure(let error): refuse(path, name, Words.Browse.reason(error))
    case .success(let document):
      if case .refuse(let reason) = document.inspection.verdict { return refuse(path, name, reason) }
      inspection = .ready(document)
      workbench.note(document)
      rememberFolder()
      // Somebody who has gone elsewhere meanwhile is not pulled back.
      guard screen == .browse, dialog == nil, browse.prompt == .none else { return tell(.plain, Words.Browse.ready(name)) }
      proceed()
      if screen == .patient { for character in typed { _ = patients.type(.character(character)) } }
      if case .warn(let reason) = document.inspection.verdict { tell(.warning, Words.Browse.chosenWarning(reason)) }
    }
  }

  private func refuse(_ path: FilePath, _ name: DisplayText, _ reason: DisplayText) {
    inspection = .refused(path, reason)
    tell(.error, Words.Browse.refused(name, reason))
  }

  /// Goes on with the chosen document: to the patient, if there is none, else to the message.
  func proceed() {
    guard let document else { return }
    guard let patient else { return choosePatient() }
    if message == nil {
      message = MessageModel(
        document: document, patient: patient, kind: lastKind, identity: service.makeIdentity(), service: service, clock: clock,
        limits: dependencies.limits, remembered: session.remembered)
    }
    push(.message)
  }
}
