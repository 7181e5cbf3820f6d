/// All that a stand-in shall do wrong. A plan without rules and without a script changes nothing.
public struct FaultPlan: Sendable, Hashable {
  /// The first that strikes wins. Each counts the requests of its own endpoint, whether another strikes them or not.
  public var rules: [FaultRule]
  /// Goes before the rules as long as it has a line for the request.
  public var script: FaultScript
  /// Of the chances: the same seed strikes the same requests, each counted at its own endpoint.
  public var seed: UInt64

  public init(_ rules: [FaultRule] = [], script: FaultScript = FaultScript(), seed: UInt64 = 0) {
    self.rules = rules
    self.script = script
    self.seed = seed
  }

  public var isEmpty: Bool { rules.isEmpty && script.lines.isEmpty }

  /// Whether a chance is among the rules, so that the seed matters.
  public var usesChance: Bool {
    rules.contains { if case .chance = $0.when { true } else { false } }
  }

  /// Whether a fault has to hold back what the kernel would otherwise take from the client at once.
  var needsSmallWindow: Bool {
    let slow: Set<Fault.Kind> = [.closeBeforeBody, .closeInBody, .trickleRead]
    return rules.contains { slow.contains($0.fault.kind) } || script.lines.contains { $0.fault.map { slow.contains($0.kind) } ?? false }
  }
}

/// Decides, request for request, what a plan does. A value without clock and without I/O.
public struct FaultDecider: Sendable {
  private let plan: FaultPlan
  private var script: [FaultScript.Line]
  /// Requests, or connections, that each rule has counted.
  private var counts: [Int]

  public init(_ plan: FaultPlan) {
    self.plan = plan
    script = plan.script.lines
    counts = Array(repeating: 0, count: plan.rules.count)
  }

  /// The fault for the next request at an endpoint; nil lets it pass.
  public mutating func next(for endpoint: FaultEndpoint) -> Fault? {
    let ruled = strike { $0.covers(endpoint) }
    guard let index = script.firstIndex(where: { $0.fits(endpoint) }) else { return ruled }
    return script.remove(at: index).fault
  }

  /// The fault for the next connection.
  public mutating func nextConnection() -> Fault? {
    strike { $0.fault.kind.strikesConnections }
  }

  private mutating func strike(_ concerns: (FaultRule) -> Bool) -> Fault? {
    var struck: Fault?
    for (index, rule) in plan.rules.enumerated() where concerns(rule) {
      counts[index] += 1
      if struck == nil, strikes(rule, index: index, number: counts[index]) { struck = rule.fault }
    }
    return struck
  }

  private func strikes(_ rule: FaultRule, index: Int, number: Int) -> Bool {
    switch rule.when {
    case .always: return true
    case .at(let wanted): return number == wanted
    case .from(let first): return number >= first
    case .every(let step): return number.isMultiple(of: step)
    case .chance(let percent):
      // Drawn from the request's place, not from a stream, so that what other endpoints do changes nothing.
      var random = SplitMix64(state: plan.seed &+ UInt64(index) &* 0xD1B5_4A32_D192_ED03 &+ UInt64(number) &* 0x8CB9_2BA7_2F3D_8DD7)
      return Double.random(in: 0..<100, using: &random) < percent
    }
  }
}

/// Steele, Lea and Flood's generator, which gives good numbers from any seed.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
