internal import Dispatch
internal import Synchronization

/// Runs file system calls on a thread of their own, because a network file system may hold them for minutes and Swift's
/// cooperative threads must never wait like that.
///
/// A cancelled call returns at once, even while its thread still hangs in the kernel; the thread's result is dropped when it comes.
/// The queue is serial, so that a file system that hangs holds one thread and not one per question.
package struct BlockingQueue: Sendable {
  private let queue: DispatchQueue

  package init(label: String) { queue = DispatchQueue(label: label, qos: .userInitiated) }

  package func run<Value: Sendable, Failure: Error>(
    cancelled: Failure, _ work: @escaping @Sendable (CancellationFlag) throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let call = Call<Value, Failure>()
    let result: Result<Value, Failure> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        call.start(continuation)
        queue.async {
          if call.flag.isRaised { return call.finish(.failure(cancelled)) }
          do throws(Failure) {
            call.finish(.success(try work(call.flag)))
          } catch {
            call.finish(.failure(error))
          }
        }
      }
    } onCancel: {
      call.flag.raise()
      call.finish(.failure(cancelled))
    }
    return try result.get()
  }
}

/// Says to a thread that nobody waits for it any more.
package final class CancellationFlag: Sendable {
  private let raised = Atomic(false)
  package var isRaised: Bool { raised.load(ordering: .relaxed) }
  func raise() { raised.store(true, ordering: .relaxed) }
}

/// One answer for one waiting task, whoever comes first: the thread or the cancellation.
private final class Call<Value: Sendable, Failure: Error>: Sendable {
  private enum State {
    case idle
    case waiting(CheckedContinuation<Result<Value, Failure>, Never>)
    /// Cancelled before the task began to wait.
    case early(Result<Value, Failure>)
    case finished
  }

  let flag = CancellationFlag()
  private let state = Mutex(State.idle)

  func start(_ continuation: CheckedContinuation<Result<Value, Failure>, Never>) {
    let answer: Result<Value, Failure>? = state.withLock { state in
      if case .early(let result) = state {
        state = .finished
        return result
      }
      state = .waiting(continuation)
      return nil
    }
    if let answer { continuation.resume(returning: answer) }
  }

  func finish(_ result: Result<Value, Failure>) {
    let waiting: CheckedContinuation<Result<Value, Failure>, Never>? = state.withLock { state in
      switch state {
      case .idle:
        state = .early(result)
        return nil
      case .waiting(let continuation):
        state = .finished
        return continuation
      case .early, .finished:
        return nil
      }
    }
    waiting?.resume(returning: result)
  }
}
