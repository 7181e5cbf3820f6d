/// The doors at which a request can be struck.
public enum FaultEndpoint: String, Sendable, CaseIterable, Codable {
  /// All three ways to a token.
  case token
  case upload
  /// The Data Model endpoint and FHIR's `$documentreference-create`.
  case message
  /// FHIR's `DocumentReference/_search`.
  case search
}

/// One way to misbehave, towards one request or one connection.
public struct Fault: Sendable, Hashable {
  /// The raw values are the names that `--fault` understands.
  public enum Kind: String, Sendable, CaseIterable {
    case refuse
    case slowTLS = "slow-tls"
    case closeBeforeBody = "close-before-body"
    case closeInBody = "close-in-body"
    case closeAfterBody = "close-after-body"
    case lostAnswer = "lost-answer"
    case stall
    case trickleRead = "trickle-read"
    case trickleAnswer = "trickle-answer"
    case unauthorized = "401"
    case forbidden = "403"
    case firewall = "403-html"
    case tooLarge = "413"
    case tooMany = "429"
    case failed = "500"
    case badGateway = "502"
    case unavailable = "503"
    case gatewayTimeout = "504"
    case wrongType = "wrong-type"
    case page = "html"
    case cutOff = "cut-off"
    case errorsInside = "errors-inside"
    case duplicateReply = "duplicate-reply"
    case expireToken = "expire-token"
    case forgetUpload = "forget-upload"
  }

  public let kind: Kind
  /// In the unit that `kind.number` names; nil for kinds that take none, and for `429` and `503` without `Retry-After`.
  public let number: Int?

  /// - Parameter number: ignored for kinds that take none; kinds that need one have a default.
  public init(_ kind: Kind, _ number: Int? = nil) {
    self.kind = kind
    self.number = kind.number.flatMap { number ?? $0.standard }
  }

  /// As `--fault` takes it.
  public var text: String { number.map { "\(kind.rawValue)=\($0)" } ?? kind.rawValue }
}

extension Fault.Kind {
  /// What the number after `=` means.
  public struct Number: Sendable, Hashable {
    public var unit: String
    public var range: ClosedRange<Int>
    /// What holds when none is given; nil leaves the effect out.
    public var standard: Int?
  }

  public var number: Number? {
    switch self {
    case .refuse: Number(unit: "milliseconds without a listener", range: 1...3_600_000, standard: 1000)
    case .slowTLS: Number(unit: "milliseconds before the handshake", range: 1...3_600_000, standard: 3000)
    case .trickleRead: Number(unit: "bytes a second", range: 1...1_000_000_000, standard: 200_000)
    case .trickleAnswer: Number(unit: "bytes a second", range: 1...1_000_000_000, standard: 200)
    case .tooMany, .unavailable: Number(unit: "seconds of Retry-After", range: 0...86_400, standard: nil)
    default: nil
    }
  }

  /// Whether it strikes a connection, before anybody knows what that is for.
  public var strikesConnections: Bool { self == .refuse || self == .slowTLS }

  /// The endpoints at which it makes sense. A fault of connections is felt at all of them.
  public var endpoints: Set<FaultEndpoint> {
    self == .forgetUpload ? [.upload, .message] : Set(FaultEndpoint.allCases)
  }

  /// What the stand-in does, in a sentence.
  public var meaning: String {
    switch self {
    case .refuse: "Nobody listens for a while: connections are refused."
    case .slowTLS: "The connection is taken, and then nothing is said for a while."
    case .closeBeforeBody: "Closes when the request's head has come; reads no body."
    case .closeInBody: "Closes when half of the body has come."
    case .closeAfterBody: "Reads the whole body, keeps nothing, and closes without an answer."
    case .lostAnswer: "Takes the request in, keeps it, and closes without an answer."
    case .stall: "Takes the request in, keeps it, and says nothing until the client gives up."
    case .trickleRead: "Reads the body slowly."
    case .trickleAnswer: "Answers slowly."
    case .unauthorized: "Answers 401; the token stays good."
    case .forbidden: "Answers 403."
    case .firewall: "Answers 403 with a firewall's page."
    case .tooLarge: "Answers 413."
    case .tooMany: "Answers 429, with Retry-After if a number is given."
    case .failed: "Answers 500; nothing is kept."
    case .badGateway: "Answers 502; nothing is kept."
    case .unavailable: "Answers 503, with Retry-After if a number is given; nothing is kept."
    case .gatewayTimeout: "Answers 504, although the request was taken in and kept."
    case .wrongType: "Answers rightly, but calls the JSON text/html."
    case .page: "Answers 200 with a page of HTML; nothing is kept."
    case .cutOff: "Takes the request in, keeps it, and closes in the middle of the answer."
    case .errorsInside: "Answers 200 with errors inside; nothing is kept."
    case .duplicateReply: "Sends the right answer twice."
    case .expireToken: "Revokes the token while the request is on its way, and answers 401."
    case .forgetUpload: "Forgets the uploaded file, so that its URI is refused."
    }
  }
}
