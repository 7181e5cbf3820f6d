import Dispatch
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Ctrl-C and a polite request to end, as events.
enum Interruption {
  /// Calls `action` at each; ends when the returned sources are cancelled.
  static func each(of signals: [Int32], _ action: @escaping @Sendable () -> Void) -> [any DispatchSourceSignal] {
    signals.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler(handler: action)
      source.resume()
      return source
    }
  }
}

/// The first request to end, even when it comes before it is waited for: listening begins at once.
struct FirstInterruption {
  private let stream: AsyncStream<Void>
  private let sources: [any DispatchSourceSignal]

  init() {
    let (stream, continuation) = AsyncStream<Void>.makeStream()
    self.stream = stream
    sources = Interruption.each(of: [SIGINT, SIGTERM, SIGHUP]) { continuation.yield() }
  }

  func wait() async {
    for await _ in stream { break }
    sources.forEach { $0.cancel() }
  }
}
