/// What a status and body mean for the request, as far as every endpoint has in common.
enum StatusVerdict: Equatable {
  case accepted
  case unauthorized
  case forbidden
  case tooLarge
  case busy(retryAfter: Double?)
  case refused
  case serverFailure
  /// 408: the server gave up waiting for the request.
  case timedOut

  init(_ reply: ParsedReply) {
    self =
      switch reply.status {
      case 200..<300: reply.reportsError ? .refused : .accepted
      case 401: .unauthorized
      case 403: .forbidden
      case 408: .timedOut
      case 413: .tooLarge
      case 429, 503: .busy(retryAfter: reply.retryAfter)
      case 500...: .serverFailure
      default: .refused
      }
  }

  /// - Precondition: not `accepted`.
  var cause: DestinationError.Cause {
    switch self {
    case .accepted: .unreadableReply
    case .unauthorized: .unauthorized
    case .forbidden: .forbidden
    case .tooLarge: .tooLarge
    case .busy(let retryAfter): .busy(retryAfter: retryAfter)
    case .refused: .refused
    case .serverFailure: .serverFailure
    case .timedOut: .timedOut
    }
  }
}
