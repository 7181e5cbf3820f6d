/// Holds a task at a point of its work until a test lets it go on.
final class Gate: Sendable {
  private let arrivals = AsyncStream<Void>.makeStream()
  private let openings = AsyncStream<Void>.makeStream()

  /// Waits for `open()`; a cancelled task waits on.
  func wait() async {
    arrivals.continuation.yield()
    let stream = openings.stream
    await Task.detached { for await _ in stream { break } }.value
  }

  /// Returns once somebody waits.
  func arrived() async { for await _ in arrivals.stream { break } }

  func open() {
    openings.continuation.yield()
    openings.continuation.finish()
  }
}
