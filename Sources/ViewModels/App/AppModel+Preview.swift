internal import ClinicalMessages
internal import Documents
internal import SafeText
internal import SystemPackage
internal import TransferEngine

extension AppModel {
  func openPreview() {
    guard let message else { return }
    previewPane = PreviewPane(message.plan, viewport: viewport)
    push(.preview)
  }

  /// The message of the next document, or of the one before; what was looked for is looked for there.
  func showDocument(by step: Int) {
    guard let message else { return }
    message.show(by: step)
    previewPane?.show(message.plan)
  }

  /// Takes the document that is shown out of what is sent together.
  func leaveOut() {
    guard let old = message, old.isForSeveral else { return }
    let document = old.document
    let rest = old.leavingOutShown()
    message = rest
    inspection = .ready(rest.documents)
    browse.unmark([document.chosenPath ?? document.path])
    previewPane?.show(rest.plan)
    tell(.plain, Words.Together.isLeftOut(document.chosenName, rest.documents.count))
  }

  func toggleFold() {
    if previewPane?.toggleFold() == false { tell(.plain, Words.Preview.nothingToFold) }
  }

  func goToMatch(by step: Int) {
    if previewPane?.goToMatch(by: step) == false { tell(.plain, Words.Preview.notFound) }
  }

  /// To the line of the problem in the JSON, where there is one; else to its field in the form.
  func goToProblem(by step: Int) {
    guard let message else { return }
    let before = message.shown
    guard let (number, problem) = message.nextProblem(by: step) else { return }
    if message.shown != before { previewPane?.show(message.plan) }
    let line = previewPane.flatMap { FieldLocator(lines: $0.lines, kind: message.form.kind).line(of: problem.field) }
    if screen == .preview, let line {
      previewPane?.go(to: line)
    } else if message.focus(onProblemWith: problem.field) {
      screens.removeAll { $0 == .preview }
      push(.message)
    }
    tell(problem.isError ? .error : .warning, Words.Preview.problem(number, of: message.problems.count, problem))
  }

  // MARK: Prompts

  func openSave() {
    guard let message else { return }
    previewPane?.openSave(name: "~/" + Words.Preview.fileName(message.form.kind, number: message.isForSeveral ? message.shown + 1 : nil))
  }

  func acceptPreviewPrompt() {
    switch previewPane?.prompt {
    case .search:
      previewPane?.closePrompt()
      if let search = previewPane?.search, previewPane?.lines.contains(where: search.matches) == false {
        tell(.plain, Words.Preview.notFound)
      }
    case .save(let field, _): save(to: field.text)
    case nil: break
    }
  }

  private func save(to text: String) {
    guard let message, let path = TypedPath(text.trimmed).absolute(from: browse.folder, home: dependencies.home)?.lexicallyNormalized(),
      path.lastComponent != nil
    else {
      previewPane?.refuse(Words.Preview.badName)
      return
    }
    let shownName = DisplayText(escapingBytes: path.bytes)
    let (save, contents) = (dependencies.save, message.plan.elidedBody)
    work.start { [weak self] in
      let failure: SaveError?
      do throws(SaveError) {
        try await save(path, contents)
        failure = nil
      } catch {
        failure = error
      }
      guard let self else { return }
      guard let failure else {
        self.previewPane?.closePrompt()
        return self.tell(.warning, Words.Preview.saved(shownName))
      }
      self.previewPane?.refuse(Words.Preview.saveFailed(failure, shownName))
    }
  }
}
