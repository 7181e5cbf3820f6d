internal import SafeText
internal import SystemPackage
internal import TransferEngine

/// Order, bookmarks, recent folders, the inbox.
extension AppModel {
  /// Files that can be sent in one go: as many as a person can look through before confirming.
  nonisolated static let markLimit = 50

  // MARK: Order

  func openOrder() {
    let all = BrowseOrder.allCases
    dialog = .pick(
      PickList(
        title: Words.Browse.orderTitle, choices: all.map { .order($0) },
        rows: all.map { PickState.Row(label: Words.Browse.order($0), isCurrent: $0 == browse.order) },
        cursor: all.firstIndex(of: browse.order) ?? 0, height: viewport.rows))
    resizeCurrentList()
  }

  // MARK: Places

  func openPlaces() {
    var choices: [PickList.Choice] = []
    var rows: [PickState.Row] = []
    func add(_ label: DisplayText, _ folder: FilePath) {
      choices.append(.folder(folder))
      rows.append(
        PickState.Row(label: label, detail: DisplayText(escapingBytes: folder.bytes), isCurrent: folder == browse.folder))
    }
    if let inbox { add(Words.Browse.inbox, inbox) }
    add(Words.Browse.home, dependencies.home)
    for folder in remembered.bookmarks { add(Words.Browse.bookmark, folder) }
    for folder in remembered.recent { add(Words.Browse.recent, folder) }
    dialog = .pick(
      PickList(title: Words.Browse.placesTitle, choices: choices, rows: rows, cursor: 0, height: viewport.rows, hasPaths: true))
    resizeCurrentList()
  }

  func toggleBookmark() {
    let isBookmark = remembered.toggleBookmark(browse.folder)
    dependencies.folders.remember(remembered)
    tell(.plain, isBookmark ? Words.Browse.bookmarkAdded : Words.Browse.bookmarkRemoved)
  }

  /// Something was taken from the folder in view.
  func rememberFolder() {
    let before = remembered
    remembered.visit(browse.folder)
    if remembered != before { dependencies.folders.remember(remembered) }
  }

  var inbox: FilePath? { dependencies.folders.inboxes[service.profile.name] }

  func showInbox() {
    if let inbox { browse.show(inbox) }
  }

  func takePick() {
    guard case .pick(let list) = dialog, let choice = list.choice else { return }
    dialog = nil
    switch choice {
    case .order(let order): browse.sort(order)
    case .folder(let folder): browse.show(folder)
    case .way(let way, let id): take(way, of: id)
    case .correction(let correction, let corrections): take(correction, corrections)
    case .narrowing(let narrowing): take(narrowing)
    }
  }

  // MARK: Marks

  func markFile() {
    if !browse.toggleMark(limit: Self.markLimit) { tell(.warning, Words.Browse.tooManyMarks(Self.markLimit)) }
  }

  func markAll(inverting: Bool) {
    if !browse.markAll(inverting: inverting, limit: Self.markLimit) { tell(.warning, Words.Browse.tooManyMarks(Self.markLimit)) }
  }
}
