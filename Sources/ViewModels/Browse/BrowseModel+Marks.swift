internal import Documents
internal import SystemPackage

/// Marks that are gone without anybody having taken them away; how many.
enum LostMarks: Equatable {
  /// Their folder is not in view any more.
  case left(Int)
  /// Their files are not there any more.
  case gone(Int)
}

extension BrowseModel {
  /// Files that are marked, in the order in which they are shown; those that a filter hides come last.
  var marked: [DirectoryEntry.ID] {
    guard let listing, !marks.isEmpty else { return [] }
    let shown = (0..<listing.count).map { listing[$0].id }.filter(marks.contains)
    return shown + marks.subtracting(shown).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  var markedPaths: [FilePath] {
    guard let listing else { return [] }
    return marked.map { listing.path(of: $0) }
  }

  /// Marks or unmarks what is under the cursor and goes on to the next row.
  /// - Returns: false when there would be more than `limit`; nothing changed then.
  func toggleMark(limit: Int) -> Bool {
    guard let entry = cursor, !isFolder(entry) else { return true }
    if marks.remove(entry.id) == nil {
      guard marks.count < limit else { return false }
      marks.insert(entry.id)
    }
    move(.down)
    return true
  }

  /// Marks every file in view; with `inverting`, exactly those that were not.
  /// - Returns: false when there would be more than `limit`; nothing changed then.
  func markAll(inverting: Bool, limit: Int) -> Bool {
    guard let listing else { return true }
    var changed = marks
    for row in 0..<listing.count {
      let entry = listing[row]
      if isFolder(entry) { continue }
      if inverting, marks.contains(entry.id) { changed.remove(entry.id) } else { changed.insert(entry.id) }
      // However many are unmarked further down: of a large folder not all is looked at.
      if changed.count > limit + marks.count { return false }
    }
    guard changed.count <= limit else { return false }
    marks = changed
    contentChanged()
    return true
  }

  func unmark(_ ids: some Sequence<DirectoryEntry.ID>) {
    marks.subtract(ids)
    cursorMoved()
  }

  /// Takes away the marks of these files.
  func unmark(_ paths: Set<FilePath>) {
    guard let listing else { return }
    unmark(marks.filter { paths.contains(listing.path(of: $0)) })
  }

  func loseMarks(but kept: Set<DirectoryEntry.ID> = [], as lost: (Int) -> LostMarks) {
    let before = marks.count
    marks.formIntersection(kept)
    if marks.count < before { marksLost(lost(before - marks.count)) }
  }
}
