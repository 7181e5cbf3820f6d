internal import Dispatch
#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// What happens to a terminal program from outside, delivered on the main actor. Asleep while nothing does: no timer, no polling.
@MainActor
final class EventLoop {
  enum Event: Sendable, Hashable {
    /// Something can be read, or the other end is gone.
    case input
    case resized
    case hungUp
    /// Stop, as asked from outside.
    case suspend
    /// Going on after a stop.
    case continued
    /// `^C` from outside; in raw mode the key comes as input.
    case interrupt
    /// End now: TERM or QUIT.
    case terminate(signal: Int32)
  }

  private static let signals: [(number: Int32, event: Event)] = [
    (SIGWINCH, .resized), (SIGHUP, .hungUp), (SIGTSTP, .suspend), (SIGCONT, .continued), (SIGINT, .interrupt),
    (SIGTERM, .terminate(signal: SIGTERM)), (SIGQUIT, .terminate(signal: SIGQUIT)),
  ]

  private var sources: [any DispatchSourceProtocol] = []

  /// Starts at once. The sources replace the signal handlers that ncurses installs, so the terminal has to be open.
  init(input: Int32, handler: @escaping @MainActor (Event) -> Void) {
    let reading = DispatchSource.makeReadSource(fileDescriptor: input, queue: .main)
    add(reading) { handler(.input) }
    for (number, event) in Self.signals {
      #if !canImport(Glibc)
      signal(number, SIG_IGN)
      #endif
      add(DispatchSource.makeSignalSource(signal: number, queue: .main)) { handler(event) }
    }
  }

  /// Nothing is delivered any more. Signals take their default course again, so that what is left of the program can be ended; only
  /// a hang-up is ignored from now on, since transfers outlive the terminal.
  func stop() {
    for source in sources { source.cancel() }
    sources = []
    var numbers = sigset_t()
    sigemptyset(&numbers)
    for (number, _) in Self.signals {
      signal(number, number == SIGHUP ? SIG_IGN : SIG_DFL)
      sigaddset(&numbers, number)
    }
    pthread_sigmask(SIG_UNBLOCK, &numbers, nil)
  }

  private func add(_ source: some DispatchSourceProtocol, _ action: @escaping @MainActor () -> Void) {
    source.setEventHandler { MainActor.assumeIsolated(action) }
    source.activate()
    sources.append(source)
  }
}

/// Decides when a change of the models becomes a frame: at once when the last such frame is old enough, else a little later, and one
/// frame for all changes until then. Frames that answer a key do not wait and are not counted.
struct FramePacer: Sendable {
  /// Nanoseconds between two frames that no key asked for.
  let interval: UInt64
  private var lastFrame: UInt64?

  init(interval: UInt64) { self.interval = interval }

  /// Nanoseconds to wait from `now`; 0 means: draw, and it counts as drawn.
  mutating func delay(at now: UInt64) -> UInt64 {
    if let lastFrame, now < lastFrame + interval { return lastFrame + interval - now }
    lastFrame = now
    return 0
  }
}
