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
///  ▲ ▲ ▲                 │  (embed, or an upload is left over: ─▶ sending)   │
///  │ │ └─ held, waiting ◀┴──────── failed, and trying again may help ◀───────┤
///  │ └─ resumeRequested ─ paused ◀── pauseRequested, until it is sending     │
///  └─── retryRequested ─ refused, failed, cancelled ◀── failed, cancel ──────┤
///  ▲                                           uncertain ◀── whole, no answer┘
///  └──────── a person: send again ───────────────┴── a person, or found by asking ──▶ settled
/// ```
///
/// - An event that is not possible in the present state changes nothing: it has been overtaken (a cancel after the answer, an answer
///   after the end).
/// - Every change is `commit`ted before the action after it. A commit that fails is answered with `notRecorded`.
/// - At most one piece of work is under way. Out of `uncertain` leads only a person's decision, or the destination's word that it has it.
/// - What a person has sent again may be held first, like what is new.
/// - A retry that is called off while it is held back has not been: the transfer ends as it had before. Only the process that holds it
///   knows how; called off by another, it is `cancelled`.
/// - What was sent once more never ends as if nothing had reached Redox: `TransferReceipt.doubt`.
struct TransferMachine: Sendable, Hashable {
  /// Longest hold, in seconds: what the configuration allows.
  static let longestHold = 60.0

  let method: DeliveryMethod
  private(set) var state: TransferState
  private(set) var uploadURI: String?
  private(set) var receipt: TransferReceipt
  /// Failures in a row.
  private(set) var failures: Int
  private(set) var changedAt: Date
  private(set) var work: FailureTable.Work?
  private(set) var isCancelling = false
  private(set) var isPausing = false
  /// Another process is to go on as soon as this one has nothing under way.
  private(set) var isLeaving = false

  /// The end before a retry, for as long as that is held back.
  private(set) var earlier: Earlier?

  struct Earlier: Sendable, Hashable {
    let state: TransferState
    let receipt: TransferReceipt
  }

  private let policy: RetryPolicy
  let words: FailureWords
  /// The URI was made in this run; one left over from an earlier run may have been forgotten by the server.
  private(set) var isUploadFresh = false
  private(set) var hasUploadedAgain = false

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

  var ownership: Ownership {
    if state.isAtRest { return .nobodys }
    return isLeaving && work == nil ? .handedOver : .mine
  }

  mutating func handle(_ event: Event, at now: Date) -> [Action] {
    let before = state
    defer {
      if state != before { changedAt = now }
      if !state.isHeld { earlier = nil }
    }
    switch event {
    case .entered: return enter(now)
    case .start: return start()
    case .prepared: return work == .preparation ? proceed(now) : []
    case .uploaded(let uri, let status): return work == .upload ? keep(uri, status, now) : []
    case .progressed(let phase): return progress(phase)
    case .lastPart: return release()
    case .answered(let answer): return work == .message ? accept(answer) : []
    case .failed(let error, let jitter): return fail(error, jitter: jitter, now)
    case .cancelRequested: return cancel(now)
    case .pauseRequested: return pause()
    case .resumeRequested: return resume(now)
    case .retryRequested(let hold): return retry(hold: hold, now)
    case .leaveRequested: return leave()
    case .decided(let resolution, let person, let hold): return decide(resolution, by: person, hold: hold, now)
    case .found(let locations, let person): return settle(.found, by: person, locations: locations, now)
    case .notFound: return notFound(now)
    case .unfit(let failure): return unfit(failure, now)
    case .notRecorded(let failure): return state.isEnded ? [] : end(.failed(failure), now, commits: false)
    }
  }

  // MARK: The way forward

  private mutating func enter(_ now: Date) -> [Action] {
    isLeaving = false
    switch state {
    case .queued: return [.enqueue]
    case .held(let until): return wait(until, atMost: Self.longestHold, now) { .held(until: $0) }
    case .waiting(let until, let reason): return wait(until, atMost: policy.longestPause, now) { .waiting(until: $0, reason: reason) }
    default: return []
    }
  }

  /// A time of day that a clock has jumped away from is cut to the longest wait there can be.
  private mutating func wait(_ until: Date, atMost longest: Double, _ now: Date, _ state: (Date) -> TransferState) -> [Action] {
    let pause = max(0, until.timeIntervalSince(now))
    guard pause > longest else { return [.wake(after: pause)] }
    self.state = state(now.addingTimeInterval(longest))
    return [.commit, .wake(after: longest)]
  }

  private mutating func start() -> [Action] {
    guard state.isBeforeStart, !isLeaving else { return [] }
    isUploadFresh = false
    state = .preparing
    work = .preparation
    return [.commit, .prepare]
  }

  private mutating func proceed(_ now: Date) -> [Action] {
    work = nil
    if let stop = stopped(now) { return stop }
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

  /// The disk says that the message may be whole before it can be: what a process dies over earlier is sent again without a doubt.
  private mutating func release() -> [Action] {
    guard work == .message, !isCancelling else { return [] }
    state = .finalizing
    return [.commit, .release]
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
    let hasOldUpload = uploadURI != nil && !isUploadFresh && !hasUploadedAgain && !isCancelling
    switch FailureTable.verdict(on: error, during: work, hasOldUpload: hasOldUpload) {
    case .uncertain: return end(.uncertain(words.uncertain(error, cancelled: isCancelling)), now)
    case .uploadAgain:
      // Nothing was accepted, so one more upload harms nobody.
      hasUploadedAgain = true
      forgetUpload()
      return proceed(now)
    case .refused:
      // What Redox has refused together with the message is not worth keeping.
      if work == .message { forgetUpload() }
      return end(.refused(failure), now)
    case .failed where !isCancelling: return end(.failed(failure), now)
    case .failed, .stopped: return stopped(now) ?? end(.failed(words.interrupted), now)
    case .retry(let busy, let retryAfter):
      if isCancelling || isPausing { return stopped(now) ?? [] }
      failures += 1
      guard failures < policy.attempts(after: error) else { return end(.failed(failure), now) }
      let pause = policy.delay(failures: failures, jitter: jitter, busy: busy, retryAfter: retryAfter)
      state = .waiting(until: now.addingTimeInterval(pause), reason: DisplayText(escaping: failure.explanation))
      return isLeaving ? [.commit, .rest] : [.commit, .wake(after: pause)]
    }
  }

  private mutating func forgetUpload() {
    uploadURI = nil
    receipt.uploadURI = nil
  }

  /// What becomes of a transfer whose work has ended where it was to stop; nil when nobody wanted that.
  private mutating func stopped(_ now: Date) -> [Action]? {
    if isCancelling { return end(.cancelled, now) }
    if isPausing { return rest(.paused) }
    return isLeaving ? rest(.queued) : nil
  }

  private mutating func rest(_ state: TransferState) -> [Action] {
    self.state = state
    isPausing = false
    return [.commit, .rest]
  }

  private mutating func unfit(_ failure: TransferFailure, _ now: Date) -> [Action] {
    switch state {
    case .held, .queued, .waiting, .paused, .failed, .refused, .cancelled: return end(.failed(failure), now)
    default: return []
    }
  }

  private mutating func end(_ final: TransferState, _ time: Date, commits: Bool = true) -> [Action] {
    state = final.despite(receipt.doubt)
    work = nil
    (isCancelling, isPausing, isLeaving) = (false, false, false)
    receipt.endedAt = time
    return commits ? [.commit, .end] : [.end]
  }

  // MARK: What is asked for

  private mutating func cancel(_ now: Date) -> [Action] {
    guard !state.isEnded, !isCancelling else { return [] }
    if let earlier { return goBack(to: earlier) }
    guard work != nil else { return end(.cancelled, now) }
    isCancelling = true
    return [.stop]
  }

  private mutating func pause() -> [Action] {
    guard state.whyNotPaused == nil, !isCancelling, !isPausing else { return [] }
    guard work != nil else { return rest(.paused) }
    isPausing = true
    return [.stop]
  }

  private mutating func resume(_ now: Date) -> [Action] {
    guard state.whyNotResumed == nil else { return [] }
    return queueAgain(hold: 0, now)
  }

  private mutating func retry(hold: Double, _ now: Date) -> [Action] {
    switch state {
    case .failed, .refused, .cancelled: break
    default: return []
    }
    earlier = Earlier(state: state, receipt: receipt)
    receipt = TransferReceipt()
    receipt.uploadURI = uploadURI
    return queueAgain(hold: hold, now)
  }

  private mutating func goBack(to earlier: Earlier) -> [Action] {
    (state, receipt) = (earlier.state, earlier.receipt)
    isLeaving = false
    return [.commit, .end]
  }

  private mutating func queueAgain(hold: Double, _ now: Date) -> [Action] {
    let hold = min(hold, Self.longestHold)
    state = hold > 0 ? .held(until: now.addingTimeInterval(hold)) : .queued
    failures = 0
    hasUploadedAgain = false
    if isLeaving { return [.commit, .rest] }
    return [.commit, hold > 0 ? .wake(after: hold) : .enqueue]
  }

  private mutating func leave() -> [Action] {
    guard !state.isAtRest, !isLeaving else { return [] }
    isLeaving = true
    switch work {
    case nil: return [.commit, .rest]
    case .preparation, .upload: return [.stop]
    // On the wire: it ends here.
    case .message: return []
    }
  }

  private mutating func decide(_ resolution: Resolution, by person: String, hold: Double, _ now: Date) -> [Action] {
    guard case .uncertain(let failure) = state else { return [] }
    switch resolution {
    case .arrived: return settle(.arrived, by: person, now)
    case .giveUp: return settle(.givenUp, by: person, now)
    case .sendAgain:
      receipt.doubt = receipt.doubt ?? failure
      receipt.endedAt = nil
      return queueAgain(hold: hold, now)
    }
  }

  private mutating func settle(_ outcome: Settlement.Outcome, by person: String, locations: [String] = [], _ now: Date) -> [Action] {
    guard case .uncertain = state else { return [] }
    receipt.locations += locations
    return end(.settled(Settlement(outcome, by: person, at: now)), now)
  }

  private mutating func notFound(_ now: Date) -> [Action] {
    guard case .uncertain = state else { return [] }
    receipt.notFoundAt = now
    return [.commit, .end]
  }
}

extension TransferState {
  /// Nothing of it has begun, and it may begin.
  var isBeforeStart: Bool {
    switch self {
    case .held, .queued, .waiting: true
    default: false
    }
  }

  fileprivate var isHeld: Bool { if case .held = self { true } else { false } }

  /// An end, told in the light of an earlier sending that may have arrived.
  func despite(_ doubt: TransferFailure?) -> TransferState {
    guard let doubt else { return self }
    return switch self {
    case .cancelled: .uncertain(FailureWords.stillInDoubt(FailureWords.calledOffBeforeRepeat, doubt))
    case .failed(let failure), .refused(let failure): .uncertain(FailureWords.stillInDoubt(failure.explanation, doubt))
    default: self
    }
  }
}
