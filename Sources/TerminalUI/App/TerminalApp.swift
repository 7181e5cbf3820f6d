internal import Dispatch
internal import Observation
internal import SafeText
public import ViewModels

/// What the terminal shows and gives its keys to: the models behind the screens, or a double of them.
@MainActor
public protocol ScreenModel: AnyObject {
  /// Everything on the screen. Reading it is observed: when it changes, a frame follows.
  var state: AppState { get }
  /// Set once the program is to be left.
  var exit: Exit? { get }
  /// How much of the list or text in front scrolls; told before it is drawn.
  func setViewport(_ viewport: Viewport)
  /// Keys that were read in one piece.
  func handle(_ keys: [Key])
  /// What the models want of the terminal since the last call.
  func takeRequests() -> [TerminalRequest]
  /// The process was stopped, and goes on.
  func resumed()
  /// The terminal is gone. `exit` is set afterwards.
  func hangUp()
  /// How much of the review the frame shows that is drawn next. True when that has changed `state`.
  func setReviewRoom(_ room: ReviewRoom) -> Bool
}

/// How the terminal is drawn on; read once, when the program takes it over.
public struct TerminalOptions: Sendable {
  public var theme: Theme
  /// Finds a theme by its name, when the models ask for another.
  public var themeNamed: @Sendable (String) -> Theme
  /// `auto`, `always`, `never`, `8`, `16`, `256` or `direct`.
  public var color: String?
  /// TERM, NO_COLOR.
  public var environment: [String: String]

  public init(
    theme: Theme, themeNamed: @escaping @Sendable (String) -> Theme = { _ in .plain }, color: String? = nil, environment: [String: String]
  ) {
    (self.theme, self.themeNamed, self.color, self.environment) = (theme, themeNamed, color, environment)
  }
}

/// How the screen came to its end. The terminal is as it was before, in every case.
public enum TerminalOutcome: Sendable, Hashable {
  case left(Exit)
  /// A signal asked the whole program to end; its exit status is 128 + the signal's number.
  case terminated(signal: Int32)
}

@MainActor
public enum TerminalApp {
  /// Opens the terminal, shows the models on it until they want to leave or a signal ends it, and gives the terminal back.
  public static func run(model: some ScreenModel, options: TerminalOptions) async throws(TerminalError) -> TerminalOutcome {
    let terminal = try Terminal(environment: options.environment, colorWish: options.color)
    let session = TerminalSession(terminal: terminal, model: model, options: options)
    return await session.run()
  }
}

/// One run of the screen: events in, frames out.
@MainActor
final class TerminalSession<Model: ScreenModel> {
  private let terminal: Terminal
  private let model: Model
  private let themeNamed: @Sendable (String) -> Theme
  private var glyphs: Glyphs
  private var loop: EventLoop?
  private var viewport: Viewport?
  /// Something about the terminal that the person should know; gone with the next key.
  private var remark: DisplayText?
  private var pacer = FramePacer(interval: 200_000_000)
  private var frames = 0
  private var isFrameScheduled = false
  /// The stop that we made ourselves is followed by a continue that has been dealt with.
  private var awaitsContinue = false
  private var continuation: CheckedContinuation<TerminalOutcome, Never>?

  init(terminal: Terminal, model: Model, options: TerminalOptions) {
    self.terminal = terminal
    self.model = model
    self.themeNamed = options.themeNamed
    self.glyphs = .ascii
    self.remark = terminal.remark
    use(options.theme)
  }

  private func use(_ theme: Theme) {
    glyphs = terminal.usesUTF8 ? theme.glyphs : .ascii
    terminal.use(theme)
  }

  func run() async -> TerminalOutcome {
    return await withCheckedContinuation { continuation in
      self.continuation = continuation
      drawFrame()
      loop = EventLoop(input: 0) { [self] event in handle(event) }
      // What was typed before the sources were there.
      handle(.input)
    }
  }

  private func handle(_ event: EventLoop.Event) {
    guard continuation != nil else { return }
    switch event {
    case .input: takeInput()
    case .resized: if terminal.adoptSize() { drawFrame() }
    case .hungUp: hangUp()
    case .suspend: handle([.control("z")])
    case .continued: takeBack()
    case .interrupt:
      handle([.control("c")])
    case .terminate(let signal): finish(.terminated(signal: signal))
    }
  }

  private func takeInput() {
    let keys = terminal.readKeys()
    if keys.isEmpty, terminal.isHungUp { return hangUp() }
    handle(keys)
  }

  private func handle(_ keys: [Key]) {
    if !keys.isEmpty { remark = nil }
    model.handle(keys)
    for request in model.takeRequests() { fulfil(request) }
    if let exit = model.exit { return finish(.left(exit)) }
    drawFrame()
  }

  private func fulfil(_ request: TerminalRequest) {
    switch request {
    case .redraw: terminal.forgetScreen()
    case .flushInput: terminal.discardInput()
    case .suspend: suspend()
    case .useTheme(let name): use(themeNamed(name))
    }
  }

  private func hangUp() {
    model.hangUp()
    finish(.left(model.exit ?? .hungUp))
  }

  private func suspend() {
    let wasStopped = terminal.suspend()
    // What was handed over for the stop is taken back either way.
    model.resumed()
    if wasStopped {
      awaitsContinue = true
    } else {
      remark = "There is no shell to come back from, so the program goes on."
    }
    drawFrame()
  }

  private func takeBack() {
    if !awaitsContinue {
      terminal.resume()
      model.resumed()
      drawFrame()
    }
    awaitsContinue = false
  }

  private func finish(_ outcome: TerminalOutcome) {
    guard let continuation else { return }
    self.continuation = nil
    loop?.stop()
    loop = nil
    terminal.leave()
    continuation.resume(returning: outcome)
  }

  // MARK: Frames

  private func drawFrame() {
    guard continuation != nil else { return }
    // Telling the models how much room there is may change what they show, so that it is looked at once more.
    for attempt in 0..<5 {
      frames += 1
      let frame = frames
      let size = terminal.size
      let state = withObservationTracking {
        model.state
      } onChange: { [weak self] in
        DispatchQueue.main.async { MainActor.assumeIsolated { self?.modelChanged(since: frame) } }
      }
      if tellRoom(for: state, size: size), attempt < 4 { continue }
      var shown = state
      if shown.notice == nil, let remark { shown.notice = Notice(.warning, remark) }
      terminal.draw(Screen.draw(shown, size: size, glyphs: glyphs))
      return
    }
  }

  /// True when the models did not know it yet.
  private func tellRoom(for state: AppState, size: Size) -> Bool {
    let viewport = Screen.viewport(of: state, size: size)
    if let room = Screen.reviewRoom(of: state, size: size), model.setReviewRoom(room) { return true }
    guard viewport != self.viewport else { return false }
    self.viewport = viewport
    model.setViewport(viewport)
    return true
  }

  /// A change that no key made: news of a transfer, a folder that was read.
  private func modelChanged(since frame: Int) {
    guard continuation != nil, frame == frames, !isFrameScheduled else { return }
    for request in model.takeRequests() { fulfil(request) }
    if let exit = model.exit { return finish(.left(exit)) }
    let delay = pacer.delay(at: DispatchTime.now().uptimeNanoseconds)
    guard delay > 0 else { return drawFrame() }
    isFrameScheduled = true
    DispatchQueue.main.asyncAfter(deadline: .now() + .nanoseconds(Int(delay))) {
      MainActor.assumeIsolated { [weak self] in
        guard let self else { return }
        isFrameScheduled = false
        modelChanged(since: frames)
      }
    }
  }
}
