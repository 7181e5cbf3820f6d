public import SafeText

/// What went wrong on the way to Redox, how much of the request may have arrived, and what Redox said.
public struct DestinationError: Error, Sendable, Hashable {
  public enum Cause: Sendable, Hashable {
    /// Refused, unreachable or not resolved; the text names host and reason.
    case cannotConnect(DisplayText)
    /// TLS failed: an untrusted certificate, a wrong name, an old protocol.
    case tls(DisplayText)
    /// No progress for the configured time.
    case timedOut
    /// The connection broke off.
    case connectionLost
    /// 401 twice, or the token endpoint refused the key.
    case unauthorized
    case forbidden
    case tooLarge
    /// 429 or 503; seconds from `Retry-After`, if the server said.
    case busy(retryAfter: Double?)
    /// The server understood and said no: another 4xx, or a 2xx with errors inside.
    case refused
    /// 500, 502, 504 and other 5xx.
    case serverFailure
    /// A reply that makes no sense: cut off, not JSON, without what it must contain.
    case unreadableReply
    /// The file is not the one that was chosen.
    case content(ContentError)
    /// The key or the configuration cannot be used; the text says which and why.
    case configuration(DisplayText)
    case cancelled
  }

  /// How much of the request the peer may hold.
  public enum Handover: Sendable, Hashable {
    case nothing
    /// Some of it; `Content-Length` was not met, so a correct server discards it.
    case part
    /// All of it: the server may have acted on it.
    case whole
  }

  public var cause: Cause
  public var handover: Handover
  /// What the server answered, if it did.
  public var reply: ServerReply?

  public init(_ cause: Cause, handover: Handover = .nothing, reply: ServerReply? = nil) {
    self.cause = cause
    self.handover = handover
    self.reply = reply
  }
}

/// A server's answer, as far as an operator needs it.
public struct ServerReply: Sendable, Hashable {
  public var status: Int
  /// The server's own words, most specific first; from `Meta.Errors[]`, `OperationOutcome`, `error_description`, `errorDetail`,
  /// `message`, plain text or the text of an HTML page. Escaped.
  public var words: [DisplayText]
  public var logIDs: [String]

  public init(status: Int, words: [DisplayText] = [], logIDs: [String] = []) {
    self.status = status
    self.words = words
    self.logIDs = logIDs
  }
}
