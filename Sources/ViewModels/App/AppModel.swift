internal import ClinicalMessages
internal import Documents
public import Observation
internal import SafeText
internal import SystemPackage
public import TransferEngine
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The whole program as a front end sees it: keys go in, `state` comes out, and what the terminal shall do is asked for by
/// `takeRequests` and `exit`.
///
/// Keys go to the dialog, else to the screen. A front end hands over all keys that it read at once in one call of `handle`: what was
/// typed ahead of a question, and what was pasted without the terminal saying so, can be told from a key press that way.
@MainActor
@Observable
public final class AppModel {
  enum Screen: Equatable { case browse, patient, message, preview, review, transfers, profiles }

  enum Inspection {
    case none
    case reading(Gathering)
    case refused(FilePath, DisplayText)
    /// Some of several cannot be sent; a person decides whether to go on without them.
    case undecided(Gathering)
    /// At least one.
    case ready([Document])
  }

  /// The way back; the last one is in view.
  var screens: [Screen] = [.browse]
  var dialog: Dialog?
  var notice: Notice?
  /// The transfer that the notice speaks of; nil when it speaks of none.
  private var noticeTransfer: TransferSnapshot.ID?
  /// That transfer as it was then; nil when it was not in the list yet.
  private var noticeSubject: TransferSnapshot?
  /// What is said instead as soon as that transfer is not held back any more; nil when the notice is not about holding back.
  private var noticeAfterHold: Notice?
  /// The notice is true, too, of that transfer when it is cancelled.
  private var noticeStandsWhenCancelled = false
  var session: Session
  var browse: BrowseModel
  var workbench: WorkbenchModel
  var patients: PatientModel
  var patient: Patient?
  /// The accepted document whose place the next one takes.
  var replacing: OriginalTransfer?
  var inspection = Inspection.none
  var message: MessageModel?
  var previewPane: PreviewPane?
  var reviewPane: ReviewPane?
  var profileWindow: ListWindow
  var openingProfile: String?
  /// Set once; the front end ends then.
  public internal(set) var exit: Exit?
  private var requests: [TerminalRequest] = []

  @ObservationIgnored let dependencies: AppDependencies
  @ObservationIgnored let work = PendingWork()
  @ObservationIgnored var sessions: [String: Session]
  @ObservationIgnored var patientChosenAt = Date(timeIntervalSince1970: 0)
  @ObservationIgnored var inspectionTask: Task<Void, Never>?
  /// Counts readings of files, so that only the latest one is listened to.
  @ObservationIgnored var inspectionNumber = 0
  /// What was typed while a file was read: the beginning of the patient's name. Only characters; they choose nothing.
  @ObservationIgnored var typedWhileReading = ""
  /// What was chosen when another file began to be read.
  @ObservationIgnored var chosenBefore: (inspection: Inspection, message: MessageModel?)?
  /// The key before this one led back to the files.
  @ObservationIgnored var justWentBack = false
  /// The kind of the last message: the next document is most likely of the same.
  @ObservationIgnored var lastKind = MessageKind.fhir
  /// Counts reviews, so that a late answer is not taken for another's.
  @ObservationIgnored var reviewNumber = 0
  /// The theme in use, apart from one that is only being looked at.
  @ObservationIgnored var themeName: String
  @ObservationIgnored var remembered: RememberedFolders
  @ObservationIgnored var summaryPlan: SummaryPlan?
  @ObservationIgnored var viewport = Viewport(rows: 20, columns: 80)
  /// The key came by itself, not in one piece with others.
  @ObservationIgnored var isSingleKey = true
  /// The keys that came in the same piece were typed before a person could see what is on the screen now.
  @ObservationIgnored private var shouldDropRest = false
  /// Waits for news of the present profile's destination.
  @ObservationIgnored var healthWatch: Task<Void, Never>?
  /// Transfers were left to another process, for the time that this one is stopped.
  @ObservationIgnored var isAway = false

  /// - Parameter service: The engine of the profile to begin with.
  public init(service: any TransferService, dependencies: AppDependencies) {
    self.dependencies = dependencies
    themeName = dependencies.themes.current
    let session = Session(service: service, clock: dependencies.clock, memory: dependencies.memory)
    self.session = session
    sessions = [service.profile.name: session]
    lastKind = session.remembered.kind ?? .fhir
    browse = BrowseModel(
      folder: dependencies.startFolder, directories: dependencies.directories, world: dependencies.folders, work: work)
    workbench = WorkbenchModel(service: service, world: dependencies.folders, work: work)
    remembered = dependencies.folders.remembered
    patients = PatientModel(service: service, work: work, isMasked: dependencies.maskedLists.applies(to: service.profile))
    profileWindow = ListWindow(count: dependencies.profiles.count)
    session.transfers.isMasked = patients.isMasked
    browse.cursorMoved = { [weak self] in self?.followCursor() }
    browse.marksLost = { [weak self] in self?.tell(.plain, Words.Together.lost($0)) }
    watchEnds()
    browse.show(dependencies.startFolder)
    tellLeftovers(of: service)
    tellHealth(of: service)
  }

  var screen: Screen { screens.last ?? .browse }
  var clock: WallClock { dependencies.clock }
  var service: any TransferService { session.service }

  // MARK: For the front end

  /// Takes one key.
  public func handle(_ key: Key) { handle([key]) }

  /// Takes keys that were read in one piece.
  public func handle(_ keys: [Key]) {
    isSingleKey = keys.count == 1
    shouldDropRest = false
    for key in keys where exit == nil && !shouldDropRest { dispatch(key) }
  }

  /// Tells how much of the current screen, or of the dialog over it, scrolls. To be called before drawing; harmless to repeat.
  public func setViewport(_ viewport: Viewport) {
    self.viewport = Viewport(rows: max(1, viewport.rows), columns: max(1, viewport.columns))
    resizeCurrentList()
  }

  /// Tells how much of the review is visible, with every frame that shows it. Until all of it was, it cannot be confirmed.
  /// - Returns: True when `state` is another one now.
  @discardableResult
  public func setReviewRoom(_ room: ReviewRoom) -> Bool {
    guard var scroll = reviewPane?.scroll else { return false }
    scroll.show(room)
    guard scroll != reviewPane?.scroll else { return false }
    reviewPane?.scroll = scroll
    return true
  }

  /// What the terminal shall do, each once, in order.
  public func takeRequests() -> [TerminalRequest] {
    guard !requests.isEmpty else { return [] }
    defer { requests = [] }
    return requests
  }

  /// The terminal is gone. Transfers go on.
  public func hangUp() { exit = exit ?? .hungUp }

  /// Returns when no transfer of any profile that was opened runs any more.
  public func drain() async {
    for session in sessions.values { await session.service.drain() }
  }

  /// Returns when everything that the models started has finished: folders, rosters, readings, submissions. For tests.
  public func idle() async { await work.finish() }

  // MARK: For the screens

  func ask(_ request: TerminalRequest) {
    requests.append(request)
    // What was typed before a question came up cannot be its answer.
    if request == .flushInput { shouldDropRest = true }
  }

  /// Shows a sentence of the front end's own, such as about the theme.
  public func notify(_ notice: Notice) { (self.notice, noticeTransfer, noticeSubject, noticeAfterHold) = (notice, nil, nil, nil) }

  func tell(_ tone: Notice.Tone = .plain, _ text: DisplayText) { notify(Notice(tone, text)) }

  /// Says something about a transfer; it is taken back when that transfer has ended otherwise meanwhile.
  /// - Parameters:
  ///   - afterHold: What is true instead once the transfer is not held back any more; nil when that changes nothing.
  ///   - whenCancelled: It stands when the transfer is cancelled.
  func tell(
    _ tone: Notice.Tone, _ text: DisplayText, about id: TransferSnapshot.ID?, afterHold: DisplayText? = nil, whenCancelled: Bool = false
  ) {
    notice = Notice(tone, text)
    noticeTransfer = id
    noticeSubject = session.transfers.snapshots.first { $0.id == id }
    noticeAfterHold = afterHold.map { Notice(tone, $0) }
    noticeStandsWhenCancelled = whenCancelled
  }

  /// The notice, unless it speaks of something that is over.
  var currentNotice: Notice? {
    guard notice != nil, let id = noticeTransfer, let now = session.transfers.snapshots.first(where: { $0.id == id }) else { return notice }
    if noticeStandsWhenCancelled, now.state == .cancelled { return notice }
    if now.state.isEnded { return now.state == noticeSubject?.state && now.changedAt == noticeSubject?.changedAt ? notice : nil }
    if now.state.isHeld { return notice }
    return noticeAfterHold ?? notice
  }

  func push(_ screen: Screen) {
    screens.removeAll { $0 == screen }
    screens.append(screen)
    resizeCurrentList()
  }

  func pop() {
    if screens.count > 1 { screens.removeLast() }
    resizeCurrentList()
  }
}
