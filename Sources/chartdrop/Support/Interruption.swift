import Dispatch
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Ctrl-C and a polite request to end, as events.
enum Interruption {
  /// Calls `action` at each; ends when the returned sources are cancelled.
  ///
  /// - Parameter registered: called once for each signal, when it is listened for.
  static func each(
    of signals: [Int32], registered: @escaping @Sendable () -> Void = {}, _ action: @escaping @Sendable () -> Void
  ) -> [any DispatchSourceSignal] {
    signals.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler(handler: action)
      source.setRegistrationHandler(handler: registered)
      source.resume()
      return source
    }
  }
}

/// The first request to end, even when it comes before it is waited for.
struct FirstInterruption {
  private let stream: AsyncStream<Void>
  private let sources: [any DispatchSourceSignal]

  /// Returns once it listens: a source takes a moment until it does, and a signal in that moment would be lost.
  static func listen(to signals: [Int32] = [SIGINT, SIGTERM, SIGHUP]) async -> FirstInterruption {
    let (stream, continuation) = AsyncStream<Void>.makeStream()
    let (listening, registered) = AsyncStream<Void>.makeStream()
    let sources = Interruption.each(of: signals, registered: { registered.yield() }) { continuation.yield() }
    for await _ in listening.prefix(signals.count) {}
    return FirstInterruption(stream: stream, sources: sources)
  }

  func wait() async {
    for await _ in stream { break }
    sources.forEach { $0.cancel() }
  }
}
