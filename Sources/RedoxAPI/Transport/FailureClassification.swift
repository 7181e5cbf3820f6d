internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import SafeText

/// Says in `DestinationError`'s terms what a thrown error of the HTTP client means.
struct FailureClassification {
  var address: WebAddress
  var isProxied: Bool
  var connectTimeout: Double

  private var host: DisplayText { DisplayText(escaping: address.host) }

  /// - Parameter handover: nothing means that the request itself had not begun, so that the failure is one of connecting.
  func cause(of error: any Error, handover: DestinationError.Handover) -> DestinationError.Cause {
    switch error {
    case is CancellationError: return .cancelled
    case let error as ContentError: return .content(error)
    case let error as HTTPClientError: return cause(ofClient: error, handover: handover)
    case is HTTPParserError: return .unreadableReply
    default: break
    }
    guard handover == .nothing else { return .connectionLost }
    switch error {
    case let error as NIOConnectionError: return .cannotConnect(reason(error))
    case ChannelError.connectTimeout: return .cannotConnect(noAnswer)
    case let error as IOError: return .cannotConnect(reason(error))
    case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: return .tls(reason(tls: error))
    default: return .cannotConnect("The connection to \(host) could not be made\(throughProxy).")
    }
  }

  private var throughProxy: DisplayText { isProxied ? " through the proxy" : "" }

  private var noAnswer: DisplayText {
    "\(host) did not answer within \(Int(connectTimeout.rounded(.up))) s\(throughProxy). The network or a firewall may be in the way."
  }

  private func cause(ofClient error: HTTPClientError, handover: DestinationError.Handover) -> DestinationError.Cause {
    switch error {
    case .cancelled: .cancelled
    case .connectTimeout, .getConnectionFromPoolTimeout: .cannotConnect(noAnswer)
    case .tlsHandshakeTimeout: .tls("\(host) did not complete the TLS handshake in time.")
    case .httpProxyHandshakeTimeout: .cannotConnect("The proxy did not answer in time.")
    case .proxyAuthenticationRequired: .cannotConnect("The proxy asks for a user name and a password.")
    case .invalidProxyResponse: .cannotConnect("The proxy refused to connect to \(host).")
    case .readTimeout, .writeTimeout, .deadlineExceeded: .timedOut
    case .invalidURL, .emptyHost, .emptyScheme, .invalidProxyConfiguration:
      .configuration("The URL for \(host) cannot be used.")
    case .remoteConnectionClosed where handover == .nothing:
      .cannotConnect("\(host) closed the connection at once\(throughProxy).")
    default:
      // Invalid header names and values carry the offending text, hence no equality to test for.
      "\(error)".contains("invalidHeaderField")
        ? .configuration("A configured header (source id, key id or token) holds characters that HTTP does not allow.") : .connectionLost
    }
  }

  private func reason(_ error: NIOConnectionError) -> DisplayText {
    let failures = error.connectionErrors.map(\.error)
    if failures.isEmpty {
      return "The name \(DisplayText(escaping: error.host)) could not be resolved (DNS). Check the spelling and the network."
    }
    for failure in failures {
      if let failure = failure as? IOError { return reason(failure) }
    }
    return noAnswer
  }

  private func reason(_ error: IOError) -> DisplayText {
    let place: DisplayText = "\(host), port \(address.port)"
    switch error.errnoCode {
    case ECONNREFUSED: return "Nothing answers at \(place)\(throughProxy): the connection was refused."
    case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EADDRNOTAVAIL: return "There is no way to \(place): the network is unreachable."
    case ETIMEDOUT: return noAnswer
    case ECONNRESET, EPIPE, ECONNABORTED: return "\(place) closed the connection at once\(throughProxy)."
    case EMFILE, ENFILE: return "This machine allows no more open connections for now."
    default: return "The connection to \(place) could not be made\(throughProxy) (system error \(error.errnoCode))."
    }
  }

  private func reason(tls error: any Error) -> DisplayText {
    let description = String(describing: error)
    if let error = error as? NIOSSLExtraError, error == .failedToValidateHostname {
      return "The server's certificate does not belong to \(host). Somebody may be in between, or the URL is wrong."
    }
    if description.contains("CERTIFICATE_VERIFY_FAILED") {
      return
        "The certificate of \(host) is not trusted here: it is of an unknown authority, or out of date. If your site has its own authority, name its file in the configuration (network.ca_file)."
    }
    if description.contains("UNSUPPORTED_PROTOCOL") || description.contains("PROTOCOL_VERSION") || description.contains("VERSION_TOO_LOW") {
      return "\(host) offers only old versions of TLS; at least 1.2 is needed."
    }
    if description.contains("WRONG_VERSION_NUMBER") || description.contains("HTTP_REQUEST") {
      return "\(host), port \(address.port) does not speak TLS. Check the port and https:// in the URL."
    }
    if description.contains("EOF during handshake") || description.contains("uncleanShutdown") {
      return "\(host) ended the connection during the TLS handshake."
    }
    return "No secure connection to \(host) came about (\(description.prefix(200)))."
  }
}
