/// Why a fault cannot be understood: what is wrong, and an example of what is right.
public struct FaultSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Problem: Sendable, Hashable {
    case empty
    case unknownEndpoint(String)
    case unknownFault(String)
    /// The kind takes no number.
    case needlessNumber(Fault.Kind)
    case wrongNumber(Fault.Kind, String)
    case wrongWhen(String)
    /// A fault of connections was put at an endpoint, or in a script.
    case strikesConnections(Fault.Kind)
    case notAtEndpoint(Fault.Kind, FaultEndpoint)
    /// A script's line says when, although its place says that.
    case whenInScript
  }

  /// The text, as it was given.
  public var text: String
  public var problem: Problem
  /// Of a script, counted from 1.
  public var line: Int?

  public var description: String {
    let place = line.map { "Line \($0), " } ?? ""
    return "\(place)\"\(text)\": \(reason)"
  }

  private var reason: String {
    switch problem {
    case .empty: "there is nothing here. Write for example message:lost-answer@3"
    case .unknownEndpoint(let name):
      "\"\(name)\" is no endpoint; there are \(FaultEndpoint.allCases.map(\.rawValue).joined(separator: ", ")) and any, as in upload:500@1"
    case .unknownFault(let name):
      "no fault has the name \"\(name)\"; chartdrop sandbox --list-faults shows them all, for example lost-answer"
    case .needlessNumber(let kind): "\(kind.rawValue) takes no number after it; write just \(kind.rawValue)"
    case .wrongNumber(let kind, let number):
      if let meaning = kind.number {
        "\"\(number)\" is not a whole number from \(meaning.range.lowerBound) to \(meaning.range.upperBound) (\(meaning.unit)); "
          + "write for example \(kind.rawValue)=\(meaning.standard ?? 5)"
      } else {
        "\(kind.rawValue) takes no number"
      }
    case .wrongWhen(let when):
      "\"\(when)\" says no time; write @3 for the third, @3+ from the third on, @/3 for every third, or %20 for 20 in a hundred"
    case .strikesConnections(let kind):
      "\(kind.rawValue) strikes connections, before anybody knows what they are for; use --fault \(kind.rawValue)@2, without an endpoint"
    case .notAtEndpoint(let kind, let endpoint):
      "\(kind.rawValue) does nothing at \(endpoint.rawValue); it belongs to "
        + kind.endpoints.map(\.rawValue).sorted().joined(separator: " or ")
        + ", as in \(kind.endpoints.map(\.rawValue).max() ?? ""):\(kind.rawValue)"
    case .whenInScript: "a script's lines strike one request each, in their order; leave out what follows @ or %"
    }
  }
}

extension FaultRule {
  /// Reads what `--fault` takes.
  public init(parsing text: String) throws(FaultSyntaxError) {
    func wrong(_ problem: FaultSyntaxError.Problem) -> FaultSyntaxError { FaultSyntaxError(text: text, problem: problem) }
    var rest = Substring(text.trimmingBlanks)
    guard !rest.isEmpty else { throw wrong(.empty) }
    var endpoint: FaultEndpoint?
    if let colon = rest.firstIndex(of: ":") {
      let name = String(rest[..<colon])
      endpoint = FaultEndpoint(rawValue: name)
      guard endpoint != nil || name == "any" else { throw wrong(.unknownEndpoint(name)) }
      rest = rest[rest.index(after: colon)...]
    }
    let moment = rest.firstIndex { $0 == "@" || $0 == "%" }.map { rest[$0...] } ?? ""
    rest = rest.dropLast(moment.count)
    let parts = rest.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts.first ?? "")
    guard let kind = Fault.Kind(rawValue: name) else { throw wrong(.unknownFault(name)) }
    if kind.strikesConnections, endpoint != nil { throw wrong(.strikesConnections(kind)) }
    if let endpoint, !kind.endpoints.contains(endpoint) { throw wrong(.notAtEndpoint(kind, endpoint)) }
    var number: Int?
    if parts.count == 2 {
      guard let meaning = kind.number else { throw wrong(.needlessNumber(kind)) }
      number = Int(parts[1])
      guard let number, meaning.range.contains(number) else { throw wrong(.wrongNumber(kind, String(parts[1]))) }
    }
    guard let when = When(parsing: moment) else { throw wrong(.wrongWhen(String(moment))) }
    self.init(Fault(kind, number), at: endpoint, when)
  }
}

extension FaultRule.When {
  fileprivate init?(parsing text: Substring) {
    if text.isEmpty {
      self = .always
    } else if text.hasPrefix("%") {
      guard let percent = Double(text.dropFirst()), (0...100).contains(percent) else { return nil }
      self = .chance(percent: percent)
    } else if text.hasPrefix("@/") {
      guard let number = Self.count(text.dropFirst(2)) else { return nil }
      self = .every(number)
    } else if text.hasSuffix("+") {
      guard let number = Self.count(text.dropFirst().dropLast()) else { return nil }
      self = .from(number)
    } else {
      guard let number = Self.count(text.dropFirst()) else { return nil }
      self = .at(number)
    }
  }

  /// Plain digits only: `Int` would take a sign as well.
  private static func count(_ digits: Substring) -> Int? {
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits), number > 0 else { return nil }
    return number
  }
}

extension StringProtocol {
  /// Without white space at either end.
  var trimmingBlanks: String {
    let start = drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}
