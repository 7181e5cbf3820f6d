import Synchronization

/// The moment from which a scripted server says nothing more.
final class Silence: Sendable, CustomStringConvertible {
  private let state = Mutex(false)

  var hasBegun: Bool { state.withLock { $0 } }
  var description: String { "silence" }

  func begin() { state.withLock { $0 = true } }
}
