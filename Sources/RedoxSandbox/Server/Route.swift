import NIOHTTP1

/// Which door a request is for, from its method and path alone.
enum Route: Equatable {
  case endpoint(SandboxEndpoint)
  case fhir(slug: String, environment: SandboxEnvironment)
  case search(slug: String, environment: SandboxEnvironment)
  /// 403 for a wrong verb or an unknown operation, 404 for an unknown path.
  case refused(status: Int, reason: String)

  init(method: HTTPMethod, uri: String) {
    let path = uri.prefix { $0 != "?" && $0 != "#" }
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { $0.removingPercentEscapes ?? String($0) }
    let route = Self.find(segments)
    if case .refused = route {
      self = route
    } else {
      self = method == .POST ? route : .refused(status: 403, reason: "\(method.rawValue) is not supported for this path")
    }
  }

  private static func find(_ segments: [String]) -> Route {
    switch segments {
    case ["v2", "auth", "token"]: return .endpoint(.token)
    case ["auth", "authenticate"]: return .endpoint(.legacyAuthenticate)
    case ["auth", "refreshToken"]: return .endpoint(.legacyRefresh)
    case ["upload"]: return .endpoint(.upload)
    case ["endpoint"]: return .endpoint(.dataModel)
    default: break
    }
    guard segments.starts(with: ["fhir", "R4"]) else { return .refused(status: 404, reason: "Not found") }
    guard segments.count == 6 else { return .refused(status: 403, reason: "The URL names no FHIR operation") }
    guard let environment = SandboxEnvironment(rawValue: segments[3]) else {
      return .refused(status: 404, reason: "The URL's environment is not Development, Staging or Production")
    }
    switch (segments[4], segments[5]) {
    case ("DocumentReference", "$documentreference-create"): return .fhir(slug: segments[2], environment: environment)
    case ("DocumentReference", "_search"): return .search(slug: segments[2], environment: environment)
    default: return .refused(status: 403, reason: "This FHIR operation is not supported")
    }
  }

  /// nil for a door that is not there.
  var door: SandboxEndpoint? {
    switch self {
    case .endpoint(let endpoint): endpoint
    case .fhir: .fhir
    case .search: .search
    case .refused: nil
    }
  }
}

extension Substring {
  /// nil when an escape is malformed or the bytes are not UTF-8.
  var removingPercentEscapes: String? {
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
