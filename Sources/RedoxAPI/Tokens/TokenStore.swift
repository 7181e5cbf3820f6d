internal import SafeText
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Keeps one token, renews it when it is needed, and lets everybody who needs one meanwhile wait for the same renewal.
actor TokenStore {
  private let now: @Sendable () -> Date
  private let renew: @Sendable (AccessToken?) async throws(DestinationError) -> AccessToken
  private var current: AccessToken?
  private var renewal: (id: Int, task: Task<Void, Never>)?
  private var nextID = 0
  private var waiters: [Int: CheckedContinuation<Result<AccessToken, DestinationError>, Never>] = [:]

  /// - Parameter renew: gets a new token; is given the old one, which may be of use to refresh it.
  init(now: @escaping @Sendable () -> Date, renew: @escaping @Sendable (AccessToken?) async throws(DestinationError) -> AccessToken) {
    self.now = now
    self.renew = renew
  }

  /// A token that is good for now.
  ///
  /// - Parameter refused: a token that the server has just refused; it is not handed out again.
  func token(insteadOf refused: String? = nil) async throws(DestinationError) -> AccessToken {
    if let current, current.isFresh(at: now()), current.value != refused { return current }
    if current?.value == refused { current?.obtained = .distantFuture }
    let id = makeID()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Result<AccessToken, DestinationError>, Never>) in
        if Task.isCancelled {
          continuation.resume(returning: .failure(DestinationError(.cancelled)))
        } else {
          waiters[id] = continuation
          startRenewal()
        }
      }
    } onCancel: {
      Task { await self.giveUp(id) }
    }
    return try result.get()
  }

  /// How many calls wait for the renewal under way.
  var waiterCount: Int { waiters.count }

  private func makeID() -> Int {
    nextID += 1
    return nextID
  }

  private func startRenewal() {
    guard renewal == nil else { return }
    let id = makeID()
    let old = current
    renewal = (
      id,
      Task {
        let result: Result<AccessToken, DestinationError>
        do throws(DestinationError) {
          result = .success(try await renew(old))
        } catch {
          result = .failure(error)
        }
        finish(id, result)
      }
    )
  }

  private func finish(_ id: Int, _ result: Result<AccessToken, DestinationError>) {
    // A renewal that everybody had given up on, and that a newer one has replaced.
    guard renewal?.id == id else { return }
    renewal = nil
    if case .success(let token) = result { current = token }
    let served = waiters
    waiters = [:]
    for waiter in served.values { waiter.resume(returning: result) }
  }

  /// One waiter's task was cancelled; the renewal goes on as long as somebody wants it.
  private func giveUp(_ id: Int) {
    waiters.removeValue(forKey: id)?.resume(returning: .failure(DestinationError(.cancelled)))
    if waiters.isEmpty {
      renewal?.task.cancel()
      renewal = nil
    }
  }
}
