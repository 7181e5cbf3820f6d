internal import Documents
internal import Observation
internal import SafeText
internal import SystemPackage

/// The folder in view. Reads folders through `DirectoryReading`, remembers the cursor by name, and acts on names, never on rows.
@MainActor
@Observable
final class BrowseModel {
  private(set) var folder: FilePath
  private(set) var phase = BrowseState.Phase.loading
  var prompt = BrowseState.Prompt.none
  private(set) var showsHidden = false
  private(set) var order = BrowseOrder.name
  private(set) var listing: DirectoryListing?
  private(set) var window = ListWindow()
  private(set) var details: [DirectoryEntry.ID: EntryDetails] = [:]
  /// Files of this folder that are meant to be sent together.
  var marks: Set<DirectoryEntry.ID> = []
  private var previous: FilePath?

  /// Called when the cursor may be on something else than before, or more is known of it.
  @ObservationIgnored var cursorMoved: () -> Void = {}
  /// Called when marks are taken away that nobody has taken away.
  @ObservationIgnored var marksLost: (LostMarks) -> Void = { _ in }
  @ObservationIgnored let directories: any DirectoryReading
  @ObservationIgnored let work: PendingWork
  @ObservationIgnored private let world: FolderWorld
  @ObservationIgnored private var listTask: Task<Void, Never>?
  @ObservationIgnored private var detailTask: Task<Void, Never>?
  @ObservationIgnored private var orderTask: Task<Void, Never>?
  @ObservationIgnored private var watchTask: Task<Void, Never>?
  @ObservationIgnored private var watched: FilePath?
  /// Counts requests, so that only the latest one is listened to.
  @ObservationIgnored private var request = 0

  init(folder: FilePath, directories: any DirectoryReading, world: FolderWorld, work: PendingWork) {
    self.folder = folder
    self.directories = directories
    self.world = world
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
    return isFolder(entry) ? .folder(path) : .file(path)
  }

  func isFolder(_ entry: DirectoryEntry) -> Bool {
    switch entry.kind {
    case .folder: true
    case .file, .pipe, .socket, .device: false
    case .link, .unknown: details[entry.id]?.kind == .folder
    }
  }

  // MARK: Folders

  /// Lists `path` and puts the cursor on `name`, if it is there.
  func show(_ path: FilePath, cursorOn name: DirectoryEntry.ID? = nil, otherwise fallback: ((ListingError) -> Void)? = nil) {
    let isKeptOnFailure = listing != nil
    phase = .loading
    prompt = .none
    list(path) { [weak self] result in
      guard let self else { return }
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

  private func list(_ path: FilePath, then take: @escaping @MainActor (Result<DirectoryListing, ListingError>) -> Void) {
    request += 1
    let number = request
    listTask?.cancel()
    detailTask?.cancel()
    orderTask?.cancel()
    listTask = work.start { [weak self, directories] in
      let result: Result<DirectoryListing, ListingError>
      do throws(ListingError) { result = .success(try await directories.list(path)) } catch { result = .failure(error) }
      if let self, number == self.request { take(result) }
    }
  }

  /// Reads the folder again and leaves everything where it is: cursor, filter, order, marks, and what is being typed.
  func refresh() {
    guard phase == .ready, listing != nil else { return }
    list(folder) { [weak self] result in
      guard let self else { return }
      switch result {
      case .success(let found): self.replace(with: found)
      case .failure(let error): self.fail(self.folder, error)
      }
    }
  }

  func reload() {
    if phase == .ready { refresh() } else { show(folder) }
  }

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
      loseMarks { .left($0) }
    }
    var found = found
    let isHidden = name?.bytes.first == UInt8(ascii: ".")
    if isHidden { showsHidden = true }
    found.setShowsHidden(showsHidden)
    found.sort(by: order.key, descending: order.isDescending)
    details = [:]
    listing = found
    phase = .ready
    window.replace(count: found.count, cursor: name.flatMap { found.row(of: $0) } ?? 0)
    watch()
    contentChanged()
    putInOrder()
  }

  private func replace(with found: DirectoryListing) {
    guard let old = listing else { return }
    let id = cursor?.id
    var found = found
    found.setShowsHidden(showsHidden)
    found.setFilter(old.filter)
    found.note(details)
    found.sort(by: order.key, descending: order.isDescending)
    if !marks.isEmpty { loseMarks(but: Set(found.ids)) { .gone($0) } }
    // Sizes and times may be others now; those on the screen stay until they are known anew.
    let shown = Set(window.visible.map { old[$0].id })
    details = details.filter { shown.contains($0.key) }
    listing = found
    // Where the file under the cursor is gone, the cursor stays in its row.
    window.replace(count: found.count, cursor: id.flatMap { found.row(of: $0) } ?? window.cursor)
    askForDetails(again: true)
    cursorMoved()
    putInOrder()
  }

  private func fail(_ path: FilePath, _ error: ListingError) {
    if path != folder {
      previous = folder
      folder = path
    }
    listing = nil
    loseMarks { .left($0) }
    window.replace(count: 0, cursor: 0)
    let words = Words.Browse.listingFailed(error)
    phase = .failed(reason: words.reason, remedy: words.remedy)
    watched = nil
    watchTask?.cancel()
    cursorMoved()
  }

  /// Reads the folder again when something changes in it, and not oftener than now and then while much does.
  private func watch() {
    guard watched != folder else { return }
    watched = folder
    watchTask?.cancel()
    guard let changes = world.changes else { return }
    let folder = folder
    watchTask = Task { [weak self, world] in
      for await _ in changes(folder) {
        await world.pause(.milliseconds(300))
        guard !Task.isCancelled, let self, self.folder == folder else { return }
        self.refresh()
      }
    }
  }

  // MARK: Cursor and order

  func move(_ command: Command) {
    window.move(command)
    contentChanged()
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

  func sort(_ order: BrowseOrder) {
    self.order = order
    change { $0.sort(by: order.key, descending: order.isDescending) }
    putInOrder()
  }

  /// By size or time all entries have to be looked at; in pieces, so that a folder that is left is soon left alone.
  private func putInOrder() {
    orderTask?.cancel()
    guard order.needsDetails, phase == .ready, let listing else { return }
    let missing = listing.ids.filter { details[$0] == nil }
    guard !missing.isEmpty else { return change(sortAnew) }
    let number = request
    let folder = folder
    orderTask = work.start { [weak self, directories] in
      var all: [DirectoryEntry.ID: EntryDetails] = [:]
      for start in stride(from: 0, to: missing.count, by: 500) {
        let piece = Array(missing[start..<min(missing.count, start + 500)])
        guard let found = try? await directories.details(of: piece, in: folder), !Task.isCancelled else { return }
        all.merge(found) { _, new in new }
      }
      guard let self, number == self.request, self.order.needsDetails else { return }
      self.details.merge(all) { _, new in new }
      self.change(self.sortAnew)
    }
  }

  private func sortAnew(_ listing: inout DirectoryListing) {
    listing.note(details)
    listing.sort(by: order.key, descending: order.isDescending)
  }

  /// Changes which rows are shown; the cursor stays on its name if that is still among them.
  func change(_ body: (inout DirectoryListing) -> Void) {
    let id = cursor?.id
    guard var changed = listing else { return }
    body(&changed)
    listing = changed
    window.replace(count: changed.count, cursor: id.flatMap { changed.row(of: $0) } ?? 0)
    contentChanged()
  }

  func contentChanged() {
    askForDetails()
    cursorMoved()
  }

  /// Sizes and times of the rows on the screen, and of what is marked, that are not known yet.
  private func askForDetails(again: Bool = false) {
    guard phase == .ready, let listing else { return }
    let shown = window.visible.map { listing[$0].id }
    let missing = shown.filter { again || details[$0] == nil } + marks.subtracting(shown).filter { details[$0] == nil }
    guard !missing.isEmpty else { return }
    detailTask?.cancel()
    let number = request
    let folder = folder
    detailTask = work.start { [weak self, directories] in
      guard let found = try? await directories.details(of: missing, in: folder) else { return }
      guard let self, number == self.request else { return }
      let isNews = found.contains { self.details[$0.key] != $0.value }
      self.details.merge(found) { _, new in new }
      // What the order was made of may have come before this.
      if isNews && self.order.needsDetails { self.change(self.sortAnew) } else { self.cursorMoved() }
    }
  }
}
