public import SafeText
#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Where a transfer stands.
///
/// held → queued → preparing → uploading → sending → finalizing → accepted; the rest are beside that way.
public enum TransferState: Sendable, Hashable {
  /// Recorded, and held back until this time so that it can be called off: nothing has left. Begins by itself.
  case held(until: Date)
  case queued
  case preparing
  case uploading
  /// The message is on its way, its last part held back: nobody can have it whole.
  case sending
  /// Everything is let go; the answer is awaited.
  case finalizing
  /// Redox has queued it: its own word. Not proof of delivery into the chart.
  case accepted
  /// Will be tried again at this time.
  case waiting(until: Date, reason: DisplayText)
  /// A person has stopped it before its message was on its way. No process works on it until a person resumes it.
  case paused
  /// Redox or the site's policy said no.
  case refused(TransferFailure)
  case failed(TransferFailure)
  case cancelled
  /// The request left whole and no trustworthy answer came. Only a person decides what happens next.
  case uncertain(TransferFailure)
  /// It was uncertain, and the doubt was ended; not by an answer of Redox's to the message.
  case settled(Settlement)

  /// A stable word for scripts: `accepted`, `uncertain` …
  public var name: String { StoredState(self).word }

  /// Nothing more happens to it unless a person asks for it.
  public var isEnded: Bool {
    switch self {
    case .accepted, .refused, .failed, .cancelled, .uncertain, .settled: true
    case .held, .queued, .preparing, .uploading, .sending, .finalizing, .waiting, .paused: false
    }
  }

  /// Nothing is under way, and nothing will be without a person.
  var isAtRest: Bool { isEnded || self == .paused }

  /// Why it cannot be paused; nil when it can.
  public var whyNotPaused: DisplayText? {
    switch self {
    case .held, .queued, .preparing, .uploading, .waiting: nil
    case .sending, .finalizing: FailureWords.tooLateToPause
    case .paused: FailureWords.alreadyPaused
    case .accepted, .refused, .failed, .cancelled, .uncertain, .settled: FailureWords.alreadyEnded
    }
  }

  /// Why it cannot be resumed, or sent at once if it is held; nil when it can.
  public var whyNotResumed: DisplayText? {
    switch self {
    case .held, .paused: nil
    case .queued, .preparing, .uploading, .sending, .finalizing, .waiting: FailureWords.notPaused
    case .accepted, .refused, .failed, .cancelled, .uncertain, .settled: FailureWords.alreadyEnded
    }
  }
}

/// How a doubt was ended, by whom and when.
public struct Settlement: Sendable, Hashable, Codable {
  public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
    /// The destination was asked, and has the document.
    case found
    /// A person says that it has arrived.
    case arrived
    /// A person has given up on it. Whether it arrived stays unknown.
    case givenUp = "given-up"
  }

  public var outcome: Outcome
  /// Who decided, or had the destination asked.
  public var by: String
  public var at: Date

  public init(_ outcome: Outcome, by: String, at: Date) {
    self.outcome = outcome
    self.by = by
    self.at = at
  }
}

/// What a person makes of an uncertain transfer.
public enum Resolution: Sendable, Hashable {
  /// The same message once more, with the same identifiers. Where a person confirms each send, `isConfirmed` says that this was done.
  case sendAgain(isConfirmed: Bool)
  /// It is there: a person has looked.
  case arrived
  case giveUp
}

/// What asking the destination for an uncertain transfer's document led to.
public enum CheckFinding: Sendable, Hashable {
  /// It has the document: the transfer is settled.
  case found(locations: [DisplayText])
  /// It did not have it then. No proof: one that queues what it takes may have it later. The transfer stays uncertain.
  case notFound(at: Date)
  /// Nobody can be asked, or what was answered settles nothing; one sentence or two say why.
  case cannotAsk(DisplayText)
}

/// Why a transfer ended without acceptance, in plain words.
public struct TransferFailure: Sendable, Hashable, Codable {
  /// A stable word for scripts: `too-large`, `cannot-connect` …
  public var code: String
  /// What happened, and what it means: a sentence or two.
  public var explanation: String
  /// What to do: one sentence.
  public var remedy: String

  public init(code: String, explanation: String, remedy: String) {
    self.code = code
    self.explanation = explanation
    self.remedy = remedy
  }

  /// This program would not send it as it was reviewed: trying the same again cannot help, and nothing else looks at it again.
  var isOwnRefusal: Bool { ["wrong-profile", "not-sendable", "not-correctable"].contains(code) }
}
