internal import Observation
internal import SafeText
internal import TransferEngine

/// The transfers of one profile, as the engine last told. The cursor is remembered by id.
@MainActor
@Observable
final class TransfersModel {
  private(set) var snapshots: [TransferSnapshot] = []
  private(set) var narrowing = TransferNarrowing()
  /// The words to look for are being typed.
  private(set) var isSearching = false
  @ObservationIgnored private var corrections = TransferCorrections()
  private var window = ListWindow()
  /// The cursor stays at the top, where the newest transfer comes in: until somebody moves it, and again when they go to the top.
  private var isAtNewest = true
  private var detailWindow = ListWindow()
  /// The transfer whose details are open.
  private(set) var detailed: TransferSnapshot.ID?
  /// The past of that transfer, once it has been read.
  private var record: HistoryRecord?
  /// Those that a command acts on together; by id, wherever they stand in the list.
  private var marks: Set<TransferSnapshot.ID> = []
  /// Others may see the screen.
  var isMasked = false

  /// Called when a transfer has come to an end, has been settled, or is at work again.
  @ObservationIgnored var whenEndsChange: @MainActor () -> Void = {}
  /// How many have ended, and how many of these are uncertain.
  @ObservationIgnored private var ends = [0, 0]

  @ObservationIgnored private let environment: DisplayText
  @ObservationIgnored private let clock: WallClock
  @ObservationIgnored private var listening: Task<Void, Never>?

  init(service: any TransferService, clock: WallClock) {
    environment = DisplayText(escaping: service.profile.environment.rawValue)
    self.clock = clock
    let stream = service.snapshots()
    listening = Task { @MainActor [weak self] in
      for await snapshots in stream { self?.take(snapshots) }
    }
  }

  deinit { listening?.cancel() }

  private var shown: [TransferSnapshot] { narrowing.shown(of: snapshots, corrections, clock) }
  var cursor: TransferSnapshot? {
    let shown = shown
    return window.cursor < shown.count ? shown[window.cursor] : nil
  }
  /// What a command is about: the transfer whose details are open, else the one under the cursor.
  var target: TransferSnapshot? {
    guard let detailed else { return cursor }
    return snapshots.first { $0.id == detailed }
  }
  /// What a command acts on: the marked ones that are shown, else the target alone.
  var targets: [TransferSnapshot] {
    let marked = detailed == nil ? shown.filter { marks.contains($0.id) } : []
    return marked.isEmpty ? [target].compactMap(\.self) : marked
  }
  /// What a command acts on that is for one alone: nil when several are marked.
  var onlyTarget: TransferSnapshot? { targets.count == 1 ? targets.first : nil }
  var running: Int { snapshots.count { !$0.state.isEnded && $0.state != .paused } }

  private func take(_ latest: [TransferSnapshot]) {
    let id = cursor?.id
    let stood = isAtNewest && detailed == nil
    corrections = TransferCorrections(latest)
    snapshots = latest
    if !marks.isEmpty { marks.formIntersection(latest.map(\.id)) }
    if stood { window.replace(count: shown.count, cursor: 0) } else { keepCursor(on: id) }
    let ends = [latest.count { $0.state.isEnded }, latest.count { if case .uncertain = $0.state { true } else { false } }]
    guard ends != self.ends else { return }
    self.ends = ends
    whenEndsChange()
  }

  private func keepCursor(on id: TransferSnapshot.ID?) {
    let shown = shown
    window.replace(count: shown.count, cursor: shown.firstIndex { $0.id == id } ?? window.cursor)
  }

  /// Goes to the newest transfer, whatever was shown before.
  func goToNewest() {
    (narrowing, isSearching, detailed, isAtNewest) = (TransferNarrowing(), false, nil, true)
    window.replace(count: shown.count, cursor: 0)
  }

  /// Marks or unmarks what is under the cursor and goes on to the next row.
  func toggleMark() {
    guard let id = cursor?.id else { return }
    if marks.remove(id) == nil { marks.insert(id) }
    isAtNewest = false
    window.move(.down)
  }

  /// Marks all that are shown; when all of them are, none.
  func toggleAllMarks() {
    let ids = Set(shown.map(\.id))
    marks = ids.isSubset(of: marks) ? [] : marks.union(ids)
  }

  func unmarkAll() { marks = [] }

  // MARK: Narrowing

  /// More than the filter decides what is shown.
  var isNarrow: Bool { narrowing.isNarrow }

  func correction(of snapshot: TransferSnapshot) -> Correction? { corrections.decisive(of: snapshot.id) }

  func openSearch() {
    narrowing.search = TextField("", limit: 100)
    isSearching = true
  }

  /// - Parameter keeping: What was typed stays in force.
  func closeSearch(keeping: Bool) {
    isSearching = false
    if !keeping { change { $0.search = TextField("", limit: 100) } }
  }

  func type(_ key: Key) -> Bool { change { $0.search.handle(key) } }
  func turnFilter() { change { $0.filter = $0.filter.next } }
  func toggle(_ facet: TransferNarrowing.Facet) { change { $0.toggle(facet) } }
  /// Shows all that the filter shows.
  func widen() { change { $0.widen() } }

  /// The cursor stays on its transfer as long as that is shown.
  private func change<Result>(_ change: (inout TransferNarrowing) -> Result) -> Result {
    let id = cursor?.id
    let result = change(&narrowing)
    keepCursor(on: id)
    return result
  }

  /// Goes to the next transfer that needs a person, or the one before; from the last on to the first. Returns which of how many it is.
  /// - Parameter service: for the details, when they are open.
  func goToFailure(by step: Int, service: (service: any TransferService, work: PendingWork)? = nil) -> (number: Int, of: Int)? {
    let here = target?.id
    var (narrowing, shown) = (narrowing, shown)
    if !shown.contains(where: TransferFilter.attention.takes) {
      narrowing.filter = .all
      shown = narrowing.shown(of: snapshots, corrections, clock)
    }
    let failures = shown.indices.filter { TransferFilter.attention.takes(shown[$0]) }
    guard !failures.isEmpty else { return nil }
    self.narrowing = narrowing
    let row = here.flatMap { id in shown.firstIndex { $0.id == id } } ?? -1
    let next =
      step > 0 ? failures.firstIndex { $0 > row } ?? 0 : failures.lastIndex { $0 < row } ?? failures.count - 1
    window.replace(count: shown.count, cursor: failures[next])
    isAtNewest = false
    if let service, detailed != nil { openDetails(service.service, work: service.work) }
    return (next + 1, failures.count)
  }

  func move(_ command: Command) {
    if detailed != nil { return detailWindow.scroll(command) }
    window.move(command)
    isAtNewest = command == .first
  }

  func setRows(_ rows: Int) {
    if detailed != nil {
      if rows != detailWindow.rows { detailWindow.resize(rows: rows) }
    } else if rows != window.rows {
      window.resize(rows: rows)
    }
  }

  /// - Parameter service: asked for what has become of each attempt.
  func openDetails(_ service: any TransferService, work: PendingWork) {
    openDetails()
    guard let id = detailed else { return }
    work.start { [weak self] in
      // What cannot be read is not shown; the transfer itself is.
      guard let record = try? await service.record(of: id), let self, self.detailed == id else { return }
      self.record = record
      self.detailWindow = ListWindow(count: self.details?.lineCount ?? 0, rows: self.detailWindow.rows)
    }
  }

  private func openDetails() {
    detailed = cursor?.id
    record = nil
    detailWindow = ListWindow(count: details?.lineCount ?? 0, rows: detailWindow.rows)
  }

  func closeDetails() { detailed = nil }

  // MARK: State

  var state: TransfersState {
    let shown = shown
    return TransfersState(
      rows: window.visible.map { index in
        var row = TransferRow(
          shown[index], correction: corrections.decisive(of: shown[index].id), clock: clock, isUnderCursor: index == window.cursor,
          isMasked: isMasked)
        row.isMarked = marks.contains(shown[index].id)
        return row
      }, window: window,
      filters: TransferFilter.allCases.map { one in
        TransfersState.Filter(
          label: "\(Words.Transfers.filter(one)) \(snapshots.count(where: one.takes))", isChosen: one == narrowing.filter)
      }, emptiness: shown.isEmpty ? (isNarrow ? Words.Transfers.noneFits : Words.Transfers.nothing(narrowing.filter)) : "",
      total: summary.fraction, search: isSearching ? narrowing.search : nil,
      narrowing: isNarrow ? narrowing.text(isMasked: isMasked) : nil, place: Words.Transfers.shown(shown.count, of: snapshots.count))
  }

  var details: TransferDetails? {
    guard let snapshot = snapshots.first(where: { $0.id == detailed }) else { return nil }
    var details = TransferDetails(
      snapshot, record: record, corrections: corrections.all(of: snapshot.id), original: snapshots.first { $0.id == snapshot.origin },
      environment: environment, clock: clock)
    details.window = ListWindow(count: details.lineCount, cursor: detailWindow.top, top: detailWindow.top, rows: detailWindow.rows)
    return details
  }

  var summary: TransfersSummary { TransfersSummary(snapshots) }
}
