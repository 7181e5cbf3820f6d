internal import Documents
internal import SafeText
internal import SystemPackage

extension BrowseModel {
  /// Begins anew: what one looked for before is not what one looks for now.
  func openFilter() {
    prompt = .filter(TextField())
    if !filter.isEmpty { change { $0.setFilter("") } }
  }

  func openPath(_ text: String = "") { prompt = .path(TextField(text)) }

  /// Closes the prompt; a filter stays in force.
  func closePrompt() { prompt = .none }

  /// Closes the prompt, and takes the filter away. Marks stay.
  func clear() {
    prompt = .none
    change { $0.setFilter("") }
  }

  func type(_ key: Key) -> Bool {
    switch prompt {
    case .none: return false
    case .filter(var field):
      guard field.handle(key) else { return false }
      prompt = .filter(field)
      change { $0.setFilter(field.text) }
    case .path(var field):
      guard field.handle(key) else { return false }
      prompt = .path(field)
    }
    return true
  }

  /// Completes a typed path as far as all candidates agree, unless more is typed before the folder has answered.
  /// - Parameter undecided: told how many candidates there are when nothing could be added.
  func completePath(home: FilePath, undecided: @escaping @MainActor (Int) -> Void) {
    guard case .path(let field) = prompt, let parts = TypedPath(field.text).completionParts(from: folder, home: home) else { return }
    work.start { [weak self, directories] in
      guard let listing = try? await directories.list(parts.folder) else { return }
      let candidates = listing.completions(of: parts.prefix)
      let completed = TypedPath(field.text).completed(with: candidates)
      // A name that is no text cannot be typed; the list reaches it.
      guard let self, self.prompt == .path(field), let text = String(validating: completed.bytes, as: UTF8.self) else { return }
      self.prompt = .path(TextField(text))
      if text == field.text, candidates.count != 1 { undecided(candidates.count) }
    }
  }
}
