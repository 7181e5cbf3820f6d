internal import Documents
internal import SafeText

/// Files that are marked, and what is chosen, in the words of the workbench.
extension AppModel {
  var markedSummary: DisplayText? {
    let marks = browse.marks
    guard !marks.isEmpty else { return nil }
    let sizes = marks.compactMap { browse.details[$0]?.byteCount }
    let size = sizes.count == marks.count ? Format.size(sizes.reduce(0, +)) : nil
    return Words.Browse.marked(marks.count, size)
  }

  /// By the endings of their names, as they stand in the list.
  var markedKinds: DisplayText? {
    guard !browse.marks.isEmpty else { return nil }
    var counts: [DisplayText: Int] = [:]
    for id in browse.marks {
      let kind = BrowseState.Row.ending(of: id.bytes)
      counts[kind.isEmpty ? Words.Together.otherKind : kind, default: 0] += 1
    }
    let named = counts.filter { $0.key != Words.Together.otherKind }.map { (name: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }.prefix(4)
    let others = browse.marks.count - named.reduce(0) { $0 + $1.count }
    let kinds = named + (others > 0 ? [(name: Words.Together.otherKind, count: others)] : [])
    return Words.Together.kinds(Array(kinds))
  }

  var markedAdvice: DisplayText? {
    guard !browse.marks.isEmpty else { return nil }
    let waiting = documents.count > 1 ? " \(Words.Browse.continues(Words.Together.files(documents.count)))" as DisplayText : ""
    return Words.Browse.entersMarked + waiting
  }

  /// What was chosen before, when the cursor is elsewhere.
  var waitingAdvice: DisplayText? {
    guard let document = documents.first, let path = workbench.subject?.path else { return nil }
    if documents.count > 1 { return Words.Browse.continues(Words.Together.files(documents.count)) }
    return (document.chosenPath ?? document.path) == path ? nil : Words.Browse.continues(document.chosenName)
  }

  /// Something waits for `c`.
  var hasChosen: Bool {
    if case .undecided = inspection { true } else { !documents.isEmpty }
  }
}
