/// What a fault changes in the course of a request, one thing after the other.
struct FaultEffect: Equatable {
  enum Reading: Equatable { case nothing, half, whole }

  enum Answering: Equatable {
    case asIs
    case status(Int)
    /// A page of HTML under this status.
    case page(Int)
    case wrongType
    case errorsInside
  }

  enum Sending: Equatable {
    case whole
    case twice
    case half
    case slowly(bytesPerSecond: Int)
    /// Nothing, and the connection is closed.
    case nothing
    /// Nothing, and the connection is left open.
    case silence
  }

  var reading = Reading.whole
  /// Whether what the request brings is kept when it is right.
  var keeps = true
  var bytesPerSecond: Int?
  var answering = Answering.asIs
  var retryAfter: Int?
  var revokesToken = false
  var forgetsUpload = false
  var sending = Sending.whole

  init(_ fault: Fault?) {
    guard let fault else { return }
    switch fault.kind {
    // These are over before a request begins.
    case .refuse, .slowTLS: break
    case .closeBeforeBody: (reading, keeps, sending) = (.nothing, false, .nothing)
    case .closeInBody: (reading, keeps, sending) = (.half, false, .nothing)
    case .closeAfterBody: (keeps, sending) = (false, .nothing)
    case .lostAnswer: sending = .nothing
    case .stall: sending = .silence
    case .trickleRead: bytesPerSecond = fault.number
    case .trickleAnswer: sending = .slowly(bytesPerSecond: fault.number ?? 1)
    case .unauthorized: (keeps, answering) = (false, .status(401))
    case .forbidden: (keeps, answering) = (false, .status(403))
    case .firewall: (keeps, answering) = (false, .page(403))
    case .tooLarge: (keeps, answering) = (false, .status(413))
    case .tooMany: (keeps, answering, retryAfter) = (false, .status(429), fault.number)
    case .failed: (keeps, answering) = (false, .status(500))
    case .badGateway: (keeps, answering) = (false, .page(502))
    case .unavailable: (keeps, answering, retryAfter) = (false, .status(503), fault.number)
    case .gatewayTimeout: answering = .page(504)
    case .wrongType: answering = .wrongType
    case .page: (keeps, answering) = (false, .page(200))
    case .cutOff: sending = .half
    case .errorsInside: (keeps, answering) = (false, .errorsInside)
    case .duplicateReply: sending = .twice
    case .expireToken: (keeps, revokesToken) = (false, true)
    case .forgetUpload: forgetsUpload = true
    }
  }
}
