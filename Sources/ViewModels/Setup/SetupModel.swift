public import Observation
internal import SafeText
public import TransferEngine

/// The screens before there is a configuration: try the stand-in, or be led to a configuration that works.
///
/// Keys go in, `state` comes out, as with `AppModel`; when `exit` is set, `outcome` says what comes next.
@MainActor
@Observable
public final class SetupModel {
  public enum Outcome: Sendable, Hashable {
    /// Open the stand-in.
    case sandbox
    /// A configuration was written: open it.
    case configured
  }

  enum Step { case welcome, form, key(SetupKey) }

  private(set) var step = Step.welcome
  private var welcome = ListWindow(count: 2)
  private var form = SetupForm()
  private var findings: [DoctorFinding] = []
  private var isBusy = false
  private var pageTop = 0
  private var help: HelpList?
  private var notice: Notice?
  private var viewport = Viewport(rows: 20, columns: 76)
  public private(set) var exit: Exit?
  /// Nil when somebody leaves without either.
  @ObservationIgnored public private(set) var outcome: Outcome?
  @ObservationIgnored private var requests: [TerminalRequest] = []
  @ObservationIgnored private let service: any SetupService
  @ObservationIgnored private let work = PendingWork()
  /// Makes an absolute path of what was typed.
  @ObservationIgnored private let absolute: @Sendable (String) -> String

  /// - Parameter absolute: makes an absolute path of a typed one; keeps what begins with `~/`.
  public init(service: any SetupService, absolute: @escaping @Sendable (String) -> String) {
    self.service = service
    self.absolute = absolute
  }

  // MARK: For the front end

  public func handle(_ keys: [Key]) {
    for key in keys where exit == nil { dispatch(key) }
  }

  public func setViewport(_ viewport: Viewport) {
    guard viewport != self.viewport else { return }
    self.viewport = Viewport(rows: max(1, viewport.rows), columns: max(1, viewport.columns))
    if help != nil { help?.setRows(self.viewport.rows) } else { form.entry.setRows(self.viewport.rows) }
  }

  public func takeRequests() -> [TerminalRequest] {
    guard !requests.isEmpty else { return [] }
    defer { requests = [] }
    return requests
  }

  public func resumed() {}
  public func hangUp() { exit = exit ?? .hungUp }
  public func setReviewRoom(_ room: ReviewRoom) -> Bool { false }
  /// Returns when everything that was started has finished. For tests.
  public func idle() async { await work.finish() }

  public var state: AppState {
    AppState(
      profile: profile, screen: .setup(SetupState(step: stepState)), dialog: help.map { .help($0.state) }, notice: notice,
      hints: Hint.all(in: context) { reason(against: $0) == nil })
  }

  /// The profile as far as it is filled in: what is on top of every screen.
  private var profile: ProfileSummary {
    let draft = form.draft
    return ProfileSummary(
      name: draft.name, environment: draft.environment, isProduction: draft.environment == .production,
      destinationName: DisplayText(escaping: draft.destinationName), host: "", isSandbox: false)
  }

  // MARK: Keys

  var context: KeyContext {
    if help != nil { return .help }
    return switch step {
    case .welcome: .welcome
    case .form: .setupForm
    case .key: .setupKey
    }
  }

  private func dispatch(_ key: Key) {
    notice = nil
    if let command = Bindings.command(for: key, in: context) {
      if let reason = reason(against: command) { notice = Notice(.plain, reason) } else { perform(command) }
    } else if help != nil {
      _ = help?.type(key)
    } else if case .form = step, form.entry.type(key) {
      return
    } else {
      notice = Notice(.plain, Words.App.unknownKey(Bindings.helpKey(in: context)))
    }
  }

  private func reason(against command: Command) -> DisplayText? {
    switch command {
    case .goOn, .save, .back: isBusy ? Words.Setup.busy : nil
    default: nil
    }
  }

  private func perform(_ command: Command) {
    switch command {
    case .help:
      let context = context
      let rows = Bindings.mostUsefulFirst(in: context).map {
        HelpState.Row(keys: $0.keyNames, label: $0.label, tooltip: $0.tooltip, reason: reason(against: $0.command))
      }
      help = HelpList(title: Words.Help.title(of: context), rows: rows, height: viewport.rows)
    case .redraw: requests.append(.redraw)
    case .suspend: requests.append(.suspend)
    case .quit: exit = .now
    case .back: goBack()
    case .previousValue: form.entry.turn(by: -1)
    case .nextValue: form.entry.turn(by: 1)
    case .goOn: goOn()
    case .save: finish()
    default: move(command)
    }
  }

  private func move(_ command: Command) {
    if help != nil {
      help?.move(command)
    } else {
      switch step {
      case .welcome: welcome.move(command)
      case .form: form.entry.move(command)
      case .key:
        var window = pageWindow
        window.scroll(command)
        pageTop = window.top
      }
    }
  }

  private func goBack() {
    if help != nil {
      help = nil
      return
    }
    switch step {
    case .welcome: exit = .now
    case .form: step = .welcome
    case .key: step = .form
    }
  }

  private func goOn() {
    switch step {
    case .welcome where welcome.cursor == 0:
      outcome = .sandbox
      exit = .now
    case .welcome: step = .form
    case .form where form.entry.field != nil: form.entry.move(.down)
    case .form: makeKey()
    case .key: if isAccepted { finish() } else { test() }
    }
  }

  // MARK: Steps

  private var draft: ProfileDraft {
    var draft = form.draft
    if !draft.roster.isEmpty { draft.roster = absolute(draft.roster) }
    return draft
  }

  private func makeKey() {
    let draft = draft
    var problems = draft.problems
    isBusy = true
    notice = Notice(.plain, Words.Setup.checking)
    let service = service
    work.start { [weak self] in
      if let complaint = await service.complaint(aboutRoster: draft.roster) { problems[.roster] = complaint }
      guard let self else { return }
      guard problems.isEmpty else {
        self.isBusy = false
        self.form.entry.show(problems)
        self.notice = Notice(.warning, Words.Setup.notYet)
        return
      }
      let result: Result<SetupKey, SetupError>
      do throws(SetupError) { result = .success(try await service.prepareKey(for: draft)) } catch { result = .failure(error) }
      self.isBusy = false
      switch result {
      case .success(let key):
        self.notice = nil
        (self.findings, self.pageTop) = ([], 0)
        self.step = .key(key)
      case .failure(let error): self.notice = Notice(.error, error.reason)
      }
    }
  }

  /// Redox has given a token for the key.
  private var isAccepted: Bool { findings.contains { $0.name == "token" && $0.verdict == .ok } }

  private func test() {
    guard case .key(let key) = step else { return }
    let (draft, service) = (draft, service)
    isBusy = true
    findings = []
    notice = Notice(.plain, Words.Setup.testing)
    work.start { [weak self] in
      let findings = await service.examine(draft, key: key)
      guard let self else { return }
      self.isBusy = false
      self.findings = findings
      self.notice = self.isAccepted ? Notice(.good, Words.Setup.passed) : Notice(.warning, Words.Setup.failed)
      // The findings stand at the end of the page.
      let window = self.pageWindow
      self.pageTop = max(0, window.count - window.rows)
    }
  }

  private func finish() {
    guard case .key(let key) = step else { return }
    let (draft, service) = (draft, service)
    isBusy = true
    work.start { [weak self] in
      let result: Result<Void, SetupError>
      do throws(SetupError) { result = .success(try await service.write(draft, key: key)) } catch { result = .failure(error) }
      guard let self else { return }
      self.isBusy = false
      switch result {
      case .success:
        self.outcome = .configured
        self.exit = .now
      case .failure(let error): self.notice = Notice(.error, error.reason)
      }
    }
  }

  // MARK: State

  private var stepState: SetupState.Step {
    switch step {
    case .welcome:
      let choices = [(Words.Setup.sandbox, Words.Setup.sandboxAbout), (Words.Setup.guided, Words.Setup.guidedAbout)]
      return .welcome(
        choices.enumerated().map { SetupState.Choice(label: $1.0, about: $1.1, isUnderCursor: $0 == welcome.cursor) })
    case .form: return .form(form.state)
    case .key:
      let window = pageWindow
      let lines = pageLines
      return .key(SetupState.Page(lines: window.visible.map { lines[$0] }, window: window, isBusy: isBusy))
    }
  }

  private var pageWindow: ListWindow { ListWindow(count: pageLines.count, cursor: pageTop, top: pageTop, rows: viewport.rows) }

  private var pageLines: [SetupState.Page.Line] {
    guard case .key(let key) = step else { return [] }
    return SetupPage.lines(key, environment: form.environment, findings: findings, isBusy: isBusy, width: viewport.columns)
  }
}
