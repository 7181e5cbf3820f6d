internal import ClinicalMessages
internal import RedoxAPI
internal import SafeText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// One transfer's life. A value without clock and without I/O: events go in, actions come out, in the order in which they must happen.
///
/// ```
///           start            prepared            uploaded          progressed       answered
/// queued ──────────▶ preparing ──────▶ uploading ──────▶ sending ──────▶ finalizing ──────▶ accepted
///    ▲  ▲                │  (embed, or an upload is left over: ─▶ sending)   │
///    │  └─ waiting ◀─────┴──────── failed, and trying again may help ◀───────┤
///    └─ retryRequested ─ refused, failed, cancelled ◀── failed, cancel ──────┤
///                                              uncertain ◀── whole, no answer┘
/// ```
///
/// - An event that is not possible in the present state changes nothing: it has been overtaken (a cancel after the answer, an answer
///   after the end).
/// - Every change is `commit`ted before the action after it. A commit that fails is answered with `notRecorded`.
/// - At most one piece of work is under way. `uncertain` has no way out here: only a person decides.
struct TransferMachine: Sendable, Hashable {
  enum Event: Sendable, Hashable {
    /// There is room for one more transfer.
    case start
    case prepared
    case uploaded(uri: String, status: Int)
    case progressed(DeliveryProgress.Phase)
    case answered(MessageReceipt)
    /// The work under way has failed. `jitter` is 0 ..< 1.
    case failed(DestinationError, jitter: Double)
    case cancelRequested
    case retryRequested
    /// The engine itself refuses to send this.
    case objected(TransferFailure)
    /// What was reviewed cannot be sent as it was reviewed any more.
    case unfit(TransferFailure)
    /// The outbox could not take a commit that something was to follow, which was not done, or a cancellation.
    case notRecorded(TransferFailure)
  }

  enum Action: Sendable, Hashable {
    /// Write this machine to the outbox; nothing after this happens unless that has worked.
    case commit
    case prepare
    case upload
    /// With the upload's URI, or with the file inside.
    case send(uploadURI: String?)
    /// Cancel the work under way; it still reports how it ended.
    case stop
    /// Wait for room, then `start`.
    case enqueue
    /// At this time, wait for room.
    case wake(at: Date)
    case end
  }

  let method: DeliveryMethod
  private(set) var state: TransferState
  private(set) var uploadURI: String?
  private(set) var receipt: TransferReceipt
  /// Failures in a row.
  private(set) var failures: Int
  private(set) var changedAt: Date
  private(set) var work: FailureTable.Work?
  private(set) var isCancelling = false

  private let policy: RetryPolicy
  private let words: FailureWords
  /// The URI was made in this run; one left over from an earlier run may have been forgotten by the server.
  private var isUploadFresh = false
  private var hasUploadedAgain = false

  init(
    method: DeliveryMethod, state: TransferState = .queued, uploadURI: String? = nil, receipt: TransferReceipt = TransferReceipt(),
    failures: Int = 0,
    changedAt: Date, policy: RetryPolicy = RetryPolicy(), words: FailureWords
  ) {
    self.method = method
    self.state = state
    self.uploadURI = uploadURI
    self.receipt = receipt
    self.failures = failures
    self.changedAt = changedAt
    self.policy = policy
    self.words = words
  }

  mutating func handle(_ event: Event, at now: Date) -> [Action] {
    let before = state
    defer { if state != before { changedAt = now } }
    switch event {
    case .start: return start()
    case .prepared: return work == .preparation ? proceed(now) : []
    case .uploaded(let uri, let status): return work == .upload ? keep(uri, status, now) : []
    case .progressed(let phase): return progress(phase)
    case .answered(let answer): return work == .message ? accept(answer) : []
    case .failed(let error, let jitter): return fail(error, jitter: jitter, now)
    case .cancelRequested: return cancel(now)
    case .retryRequested: return retry()
    case .objected(let failure): return state == .queued ? end(.refused(failure), now) : []
    case .unfit(let failure): return unfit(failure, now)
    case .notRecorded(let failure): return state.isEnded && state != .cancelled ? [] : end(.failed(failure), now, commits: false)
    }
  }

  // MARK: The way forward

  private mutating func start() -> [Action] {
    switch state {
    case .queued, .waiting: break
    default: return []
    }
    isUploadFresh = false
    state = .preparing
    work = .preparation
    return [.commit, .prepare]
  }

  private mutating func proceed(_ now: Date) -> [Action] {
    work = nil
    if isCancelling { return end(.cancelled, now) }
    if method == .upload && uploadURI == nil {
      state = .uploading
      work = .upload
      return [.commit, .upload]
    }
    state = .sending
    work = .message
    return [.commit, .send(uploadURI: method == .upload ? uploadURI : nil)]
  }

  private mutating func keep(_ uri: String, _ status: Int, _ now: Date) -> [Action] {
    uploadURI = uri
    isUploadFresh = true
    receipt.uploadURI = uri
    receipt.status = status
    return proceed(now)
  }

  private mutating func progress(_ phase: DeliveryProgress.Phase) -> [Action] {
    guard work == .message, state == .sending, phase == .finalizing else { return [] }
    state = .finalizing
    return [.commit]
  }

  private mutating func accept(_ answer: MessageReceipt) -> [Action] {
    receipt.status = answer.status
    receipt.logIDs = answer.logIDs
    receipt.locations = answer.locations
    receipt.words = []
    return end(.accepted, answer.acceptedAt)
  }

  // MARK: The ways aside

  private mutating func fail(_ error: DestinationError, jitter: Double, _ now: Date) -> [Action] {
    guard let work else { return [] }
    self.work = nil
    if let reply = error.reply {
      receipt.status = reply.status
      receipt.words = reply.words.map(\.string)
      if !reply.logIDs.isEmpty { receipt.logIDs = reply.logIDs }
    }
    let failure = words.failure(error, during: work)
    let verdict = FailureTable.verdict(on: error, during: work)
    switch verdict {
    case .uncertain: return end(.uncertain(words.uncertain(error, cancelled: isCancelling)), now)
    case .refused: return refuse(failure, during: work, now)
    case _ where isCancelling: return end(.cancelled, now)
    case .failed: return end(.failed(failure), now)
    case .stopped: return end(.failed(words.interrupted), now)
    case .retry(let busy, let retryAfter):
      failures += 1
      guard failures < policy.attempts(after: error) else { return end(.failed(failure), now) }
      let time = now.addingTimeInterval(policy.delay(failures: failures, jitter: jitter, busy: busy, retryAfter: retryAfter))
      state = .waiting(until: time, reason: DisplayText(escaping: failure.explanation))
      return [.commit, .wake(at: time)]
    }
  }

  private mutating func refuse(_ failure: TransferFailure, during work: FailureTable.Work, _ now: Date) -> [Action] {
    if work == .message, uploadURI != nil, !isUploadFresh, !hasUploadedAgain, !isCancelling {
      // The refusal may be about an upload that the server no longer knows. Nothing was accepted, so one more upload harms nobody.
      hasUploadedAgain = true
      uploadURI = nil
      return proceed(now)
    }
    // What Redox has refused together with the message is not worth keeping.
    if work == .message { uploadURI = nil }
    return end(.refused(failure), now)
  }

  private mutating func cancel(_ now: Date) -> [Action] {
    guard !state.isEnded, !isCancelling else { return [] }
    guard work != nil else { return end(.cancelled, now) }
    isCancelling = true
    return [.stop]
  }

  private mutating func retry() -> [Action] {
    switch state {
    case .failed, .refused, .cancelled: break
    default: return []
    }
    state = .queued
    failures = 0
    isCancelling = false
    hasUploadedAgain = false
    receipt = TransferReceipt()
    receipt.uploadURI = uploadURI
    return [.commit, .enqueue]
  }

  private mutating func unfit(_ failure: TransferFailure, _ now: Date) -> [Action] {
    switch state {
    case .queued, .waiting, .failed, .refused, .cancelled: return end(.failed(failure), now)
    default: return []
    }
  }

  private mutating func end(_ final: TransferState, _ time: Date, commits: Bool = true) -> [Action] {
    state = final
    work = nil
    isCancelling = false
    receipt.endedAt = time
    return commits ? [.commit, .end] : [.end]
  }
}
