/// Which requests a fault strikes: `--fault message:lost-answer@3`.
///
/// ```
/// RULE     = [ENDPOINT ":"] NAME ["=" NUMBER] [WHEN]
/// ENDPOINT = token | upload | message | search | any        any when left out
/// WHEN     = "@" N          the N-th request
///          | "@" N "+"      the N-th and all after it
///          | "@/" N         every N-th
///          | "%" P          each with a chance of P in a hundred
///                           every one when left out
/// ```
public struct FaultRule: Sendable, Hashable {
  public enum When: Sendable, Hashable {
    case always
    /// The n-th, counted from 1.
    case at(Int)
    case from(Int)
    case every(Int)
    /// 0 ... 100.
    case chance(percent: Double)
  }

  /// nil for any. Rules of connections have none.
  public var endpoint: FaultEndpoint?
  public var fault: Fault
  public var when: When

  public init(_ fault: Fault, at endpoint: FaultEndpoint? = nil, _ when: When = .always) {
    self.endpoint = endpoint
    self.fault = fault
    self.when = when
  }

  /// Whether such a request counts for this rule.
  func covers(_ request: FaultEndpoint) -> Bool {
    !fault.kind.strikesConnections && (endpoint ?? request) == request && fault.kind.endpoints.contains(request)
  }

  /// As `--fault` takes it.
  public var text: String {
    let place = fault.kind.strikesConnections ? "" : (endpoint?.rawValue ?? "any") + ":"
    return place + fault.text + when.text
  }
}

extension FaultRule.When {
  var text: String {
    switch self {
    case .always: ""
    case .at(let number): "@\(number)"
    case .from(let number): "@\(number)+"
    case .every(let number): "@/\(number)"
    case .chance(let percent): "%\(percent.formatted)"
    }
  }
}

extension Double {
  /// Without a fraction where there is none.
  fileprivate var formatted: String { self == rounded() ? String(Int(self)) : String(self) }
}
