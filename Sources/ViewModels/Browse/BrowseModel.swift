internal import Documents
internal import Observation
internal import SafeText
internal import SystemPackage
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The folder in view. Reads folders through `DirectoryReading`, remembers the cursor by name, and acts on names, never on rows.
@MainActor
@Observable
final class BrowseModel {
  private(set) var folder: FilePath
  private(set) var phase = BrowseState.Phase.loading
  private(set) var prompt = BrowseState.Prompt.none
  private(set) var showsHidden = false
  private var listing: DirectoryListing?
  private var window = ListWindow()
  private var details: [DirectoryEntry.ID: EntryDetails] = [:]
  private var previous: FilePath?

  @ObservationIgnored private let directories: any DirectoryReading
  @ObservationIgnored private let work: PendingWork
  @ObservationIgnored private var listTask: Task<Void, Never>?
  @ObservationIgnored private var detailTask: Task<Void, Never>?
  /// Counts requests, so that only the latest one is listened to.
  @ObservationIgnored private var request = 0

  init(folder: FilePath, directories: any DirectoryReading, work: PendingWork) {
    self.folder = folder
    self.directories = directories
    self.work = work
  }

  /// What Enter means for the entry under the cursor.
  enum Target {
    case folder(FilePath)
    case file(FilePath)
  }

  var hasPrevious: Bool { previous != nil }
  var isAtTop: Bool { folder.lastComponent == nil }
  var filter: String { listing?.filter ?? "" }

  var cursor: DirectoryEntry? {
    guard phase == .ready, let listing, window.cursor < listing.count else { return nil }
    return listing[window.cursor]
  }

  var target: Target? {
    guard let listing, let entry = cursor else { return nil }
    let path = listing.path(of: entry.id)
    switch entry.kind {
    case .folder: return .folder(path)
    case .file, .pipe, .socket, .device: return .file(path)
    case .link, .unknown: return details[entry.id]?.kind == .folder ? .folder(path) : .file(path)
    }
  }

  // MARK: Folders

  /// Lists `path` and puts the cursor on `name`, if it is there.
  func show(_ path: FilePath, cursorOn name: DirectoryEntry.ID? = nil, otherwise fallback: ((ListingError) -> Void)? = nil) {
    request += 1
    let number = request
    listTask?.cancel()
    detailTask?.cancel()
    let isKeptOnFailure = listing != nil
    phase = .loading
    prompt = .none
    listTask = work.start { [weak self, directories] in
      let result: Result<DirectoryListing, ListingError>
      do throws(ListingError) { result = .success(try await directories.list(path)) } catch { result = .failure(error) }
      guard let self, number == self.request else { return }
      switch result {
      case .success(let listing): self.take(listing, cursorOn: name)
      case .failure(let error):
        // A mistyped path leaves the folder that is in view.
        if let fallback, isKeptOnFailure {
          self.phase = .ready
          fallback(error)
        } else {
          self.fail(path, error)
        }
      }
    }
  }

  func reload() { show(folder, cursorOn: cursor?.id) }

  func showParent() {
    guard let left = folder.lastComponent else { return }
    show(folder.removingLastComponent(), cursorOn: DirectoryEntry.ID(bytes: left.bytes))
  }

  func showPrevious() {
    if let previous { show(previous) }
  }

  private func take(_ found: DirectoryListing, cursorOn name: DirectoryEntry.ID?) {
    if found.path != folder {
      previous = folder
      folder = found.path
    }
    var found = found
    let isHidden = name?.bytes.first == UInt8(ascii: ".")
    if isHidden { showsHidden = true }
    found.setShowsHidden(showsHidden)
    details = [:]
    listing = found
    phase = .ready
    window.replace(count: found.count, cursor: name.flatMap { found.row(of: $0) } ?? 0)
    askForDetails()
  }

  private func fail(_ path: FilePath, _ error: ListingError) {
    if path != folder {
      previous = folder
      folder = path
    }
    listing = nil
    window.replace(count: 0, cursor: 0)
    let words = Words.Browse.listingFailed(error)
    phase = .failed(reason: words.reason, remedy: words.remedy)
  }

  // MARK: Cursor

  func move(_ command: Command) {
    window.move(command)
    askForDetails()
  }

  func setRows(_ rows: Int) {
    guard rows != window.rows else { return }
    window.resize(rows: rows)
    askForDetails()
  }

  func toggleHidden() {
    showsHidden.toggle()
    change { $0.setShowsHidden(showsHidden) }
  }

  /// Changes which rows are shown; the cursor stays on its name if that is still among them.
  private func change(_ body: (inout DirectoryListing) -> Void) {
    let id = cursor?.id
    guard var changed = listing else { return }
    body(&changed)
    listing = changed
    window.replace(count: changed.count, cursor: id.flatMap { changed.row(of: $0) } ?? 0)
    askForDetails()
  }

  /// Sizes and times of the rows on the screen that are not known yet.
  private func askForDetails() {
    guard phase == .ready, let listing else { return }
    let missing = window.visible.map { listing[$0].id }.filter { details[$0] == nil }
    guard !missing.isEmpty else { return }
    detailTask?.cancel()
    let number = request
    let folder = folder
    detailTask = work.start { [weak self, directories] in
      guard let found = try? await directories.details(of: missing, in: folder) else { return }
      guard let self, number == self.request else { return }
      self.details.merge(found) { _, new in new }
    }
  }

  // MARK: Prompts

  func openFilter() { prompt = .filter(TextField(filter)) }
  func openPath() { prompt = .path(TextField()) }

  /// Closes the prompt; a filter stays in force.
  func closePrompt() { prompt = .none }

  /// Closes the prompt, and takes the filter away.
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
  func completePath(home: FilePath) {
    guard case .path(let field) = prompt, let parts = TypedPath(field.text).completionParts(from: folder, home: home) else { return }
    work.start { [weak self, directories] in
      guard let listing = try? await directories.list(parts.folder) else { return }
      let completed = TypedPath(field.text).completed(with: listing.completions(of: parts.prefix))
      // A name that is no text cannot be typed; the list reaches it.
      guard let self, self.prompt == .path(field), let text = String(validating: completed.bytes, as: UTF8.self) else { return }
      self.prompt = .path(TextField(text))
    }
  }

  // MARK: State

  func state(inspection: BrowseState.Inspection, chosen: FilePath?, clock: WallClock) -> BrowseState {
    var rows: [BrowseState.Row] = []
    if let listing {
      let now = clock.now()
      rows = window.visible.map { row in
        let entry = listing[row]
        var shown = BrowseState.Row(kind: .file, name: entry.displayName)
        switch entry.kind {
        case .folder: (shown.kind, shown.type) = (.directory, Words.Browse.folder)
        case .file: shown.type = Self.type(of: entry)
        case .link: (shown.kind, shown.type) = (.link, Words.Browse.link)
        case .pipe, .socket, .device: (shown.kind, shown.type) = (.other, Words.Browse.special)
        case .unknown: shown.kind = .other
        }
        if let known = details[entry.id] {
          if known.kind == .file { shown.size = Format.size(known.byteCount) }
          shown.age = Format.age(seconds: now.timeIntervalSince(known.lastModified))
        }
        shown.isUnderCursor = row == window.cursor
        shown.isChosen = chosen.map { listing.path(of: entry.id) == $0 } ?? false
        return shown
      }
    }
    return BrowseState(
      directory: DisplayText(escapingBytes: folder.bytes), phase: phase, rows: rows, window: window, total: listing?.totalCount ?? 0,
      prompt: prompt, filter: DisplayText(escaping: filter), showsHidden: showsHidden, inspection: inspection)
  }

  /// The name's ending in capitals, when it looks like one.
  private static func type(of entry: DirectoryEntry) -> DisplayText {
    guard let dot = entry.name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return "" }
    let ending = entry.name[(dot + 1)...]
    guard (1...5).contains(ending.count), ending.allSatisfy({ (0x30...0x7A).contains($0) }) else { return "" }
    return DisplayText(escaping: String(decoding: ending, as: UTF8.self).uppercased())
  }
}
