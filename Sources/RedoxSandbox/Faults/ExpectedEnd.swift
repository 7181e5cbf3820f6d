/// What an honest client must come to when a fault strikes one request once.
///
/// A fault that stays ends a retried transfer as failed, and one that is uncertain stays so: a person decides.
public enum ExpectedEnd: String, Sendable, CaseIterable {
  /// Nothing fails.
  case accepted
  /// The request is repeated by itself, and accepted then. `chartdrop send` gives up at once where nobody listens: failed.
  case retried
  /// The same, not before `Retry-After` or the rate window says so.
  case waits
  /// Repeated once with a new token, and accepted then.
  case newToken = "new token"
  /// The file is uploaded once more, and the message accepted then, if the upload is of an earlier try; one that was made just before
  /// the message is not to blame: refused.
  case uploadedAgain = "new upload"
  /// Ends with the server's words.
  case refused
  /// The server may have the document: only a person may repeat it.
  case uncertain
  /// `uncertain` when the request had left whole, else `retried`: what has reached the kernel cannot be told from what has arrived.
  case byHandover = "by handover"

  /// For people, in a few words.
  public var words: String {
    switch self {
    case .accepted: "accepted; it may only take longer"
    case .retried: "tried again by itself, then accepted"
    case .waits: "tried again after a wait, then accepted"
    case .newToken: "tried again once with a new token, then accepted"
    case .uploadedAgain: "uploaded again if it was an earlier try's upload; else refused"
    case .refused: "refused, with the server's words"
    case .uncertain: "uncertain: a person decides"
    case .byHandover: "uncertain if the request had left whole, else tried again"
    }
  }

  /// The same with what is known about the request put in.
  public func resolved(handedOverWhole: Bool) -> ExpectedEnd {
    self == .byHandover ? (handedOverWhole ? .uncertain : .retried) : self
  }
}

extension Fault {
  public func expected(on endpoint: FaultEndpoint) -> ExpectedEnd { kind.expected(on: endpoint) }
}

extension Fault.Kind {
  /// The end that a fault at this endpoint must lead to. Tokens, uploads and searches may be repeated freely; a message that has left
  /// whole may not, unless the answer says that nothing was done with it. For `search` it is the end of asking, not of the transfer.
  public func expected(on endpoint: FaultEndpoint) -> ExpectedEnd {
    switch self {
    case .slowTLS, .trickleRead, .trickleAnswer, .wrongType, .duplicateReply: .accepted
    case .refuse: .retried
    case .closeBeforeBody, .closeInBody: endpoint == .message ? .byHandover : .retried
    case .closeAfterBody, .lostAnswer, .stall, .failed, .badGateway, .gatewayTimeout, .page, .cutOff:
      endpoint == .message ? .uncertain : .retried
    case .unauthorized: endpoint == .token ? .refused : .newToken
    case .forbidden, .firewall, .tooLarge: .refused
    case .tooMany, .unavailable: .waits
    // A token's reply has no place for errors under 200: what has no token in it makes no sense.
    case .errorsInside: endpoint == .token ? .retried : .refused
    case .expireToken: .newToken
    case .forgetUpload: endpoints.contains(endpoint) ? .uploadedAgain : .accepted
    }
  }
}
