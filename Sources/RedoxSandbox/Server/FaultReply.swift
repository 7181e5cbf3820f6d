extension Reply {
  /// What the fault makes of the right answer.
  func altered(by effect: FaultEffect, at endpoint: SandboxEndpoint?) -> Reply {
    var reply: Reply
    switch effect.answering {
    case .asIs: reply = effect.revokesToken && endpoint?.faultEndpoint != .token ? .failure(401, at: endpoint) : self
    case .status(let status):
      reply = .failure(status, at: endpoint)
      reply.headers = headers
    case .page(let status): reply = .page(status)
    case .errorsInside: reply = .errorsInside(at: endpoint)
    case .wrongType:
      reply = self
      reply.contentType = "text/html; charset=utf-8"
    }
    if let seconds = effect.retryAfter { reply.headers.append(("retry-after", String(seconds))) }
    return reply
  }

  private static let words = [
    401: "The access token is missing, unknown or expired", 403: "This source may not do that", 413: "The request is too large",
    429: "Too many requests", 500: "Something went wrong here", 503: "The service is busy; try again later",
  ]

  /// A refusal or a failure in the endpoint's own form.
  private static func failure(_ status: Int, at endpoint: SandboxEndpoint?) -> Reply {
    let text = words[status] ?? "It failed"
    switch endpoint {
    case .fhir, .search: return .operationOutcome(status, [Issue(code: status == 401 ? "login" : "processing", text: text)])
    case .token: return .tokenRefused(TokenRefusal(status: status, error: "invalid_client", description: text))
    default: return .errorDetail(status, text)
    }
  }

  private static func errorsInside(at endpoint: SandboxEndpoint?) -> Reply {
    let text = "The destination could not take the document"
    switch endpoint {
    case .fhir, .search: return .operationOutcome(200, [Issue(code: "processing", text: text)])
    case .token, .legacyAuthenticate, .legacyRefresh:
      return .tokenRefused(TokenRefusal(status: 200, error: "temporarily_unavailable", description: "No token can be given now"))
    default:
      let error: JSON = ["ID": 84_607_512, "Text": .string(text), "Type": "transmission", "Module": "Send"]
      return .json(200, ["Meta": ["Errors": [error]]])
    }
  }

  /// What stands between a client and Redox speaks HTML.
  private static func page(_ status: Int) -> Reply {
    let (title, text) =
      switch status {
      case 403: ("Request blocked", "The content filter rejected this request. Incident 1187-42.")
      case 502: ("502 Bad Gateway", "The upstream server closed the connection.")
      case 504: ("504 Gateway Timeout", "The upstream server did not answer in time.")
      default: ("Welcome", "Please sign in to use this network.")
      }
    return Reply(
      status: status, contentType: "text/html; charset=utf-8",
      body: "<!DOCTYPE html><html><head><title>\(title)</title></head><body><h1>\(title)</h1><p>\(text)</p></body></html>\n")
  }
}
