/// Work that a model has started and not yet finished, so that a test (or the way out) can wait for it without a clock.
@MainActor
final class PendingWork {
  private var tasks: [Int: Task<Void, Never>] = [:]
  private var next = 0

  @discardableResult
  func start(_ operation: @escaping @MainActor () async -> Void) -> Task<Void, Never> {
    let number = next
    next += 1
    let task = Task { @MainActor in
      await operation()
      self.tasks[number] = nil
    }
    tasks[number] = task
    return task
  }

  /// Returns when nothing is pending, also what pending work has started.
  func finish() async {
    while let task = tasks.values.first { await task.value }
  }
}
