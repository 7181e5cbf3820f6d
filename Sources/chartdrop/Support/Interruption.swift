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

  /// Returns at the first.
  static func wait() async {
    let (stream, continuation) = AsyncStream<Void>.makeStream()
    let sources = each(of: [SIGINT, SIGTERM, SIGHUP]) { continuation.yield() }
    for await _ in stream { break }
    sources.forEach { $0.cancel() }
  }
}
