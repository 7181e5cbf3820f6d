import Testing

@testable import RedoxSandbox

@Suite struct FaultDeciderTests {
  private func struck(_ rule: FaultRule, seed: UInt64 = 1, of count: Int, at endpoint: FaultEndpoint = .message) -> [Int] {
    var decider = FaultDecider(FaultPlan([rule], seed: seed))
    return (1...count).filter { _ in decider.next(for: endpoint) != nil }
  }

  @Test func numbersAreCountedFromOneAtTheirOwnEndpoint() {
    let fault = Fault(.failed)
    #expect(struck(FaultRule(fault, at: .message, .at(3)), of: 9) == [3])
    #expect(struck(FaultRule(fault, at: .message, .from(7)), of: 9) == [7, 8, 9])
    #expect(struck(FaultRule(fault, at: .message, .every(4)), of: 9) == [4, 8])
    #expect(struck(FaultRule(fault), of: 3) == [1, 2, 3])
    #expect(struck(FaultRule(fault, at: .upload), of: 9) == [])
    #expect(struck(FaultRule(Fault(.forgetUpload)), of: 9, at: .token) == [])
  }

  @Test func anyCountsAllThatItCanStrike() {
    var decider = FaultDecider(FaultPlan([FaultRule(Fault(.failed), .at(3)), FaultRule(Fault(.forgetUpload), .at(2))]))
    let answers = [FaultEndpoint.token, .upload, .search, .message].map { decider.next(for: $0)?.kind }
    #expect(answers == [nil, nil, .failed, .forgetUpload])
  }

  @Test func theFirstRuleThatStrikesWinsAndTheOthersCountOn() {
    var decider = FaultDecider(FaultPlan([FaultRule(Fault(.stall), .at(2)), FaultRule(Fault(.failed), .every(2))]))
    #expect((1...4).map { _ in decider.next(for: .upload)?.kind } == [nil, .stall, nil, .failed])
  }

  @Test func aScriptGoesFirstAndEachLineStrikesOnce() {
    let script = FaultScript([
      .init(Fault(.failed), at: .upload), .init(nil, at: .message), .init(Fault(.stall)), .init(Fault(.forgetUpload)),
    ])
    var decider = FaultDecider(FaultPlan([FaultRule(Fault(.page))], script: script))
    let requests: [FaultEndpoint] = [.message, .token, .upload, .token, .upload, .message]
    #expect(requests.map { decider.next(for: $0)?.kind } == [nil, .stall, .failed, .page, .forgetUpload, .page])
  }

  @Test func connectionsAreCountedApart() {
    var decider = FaultDecider(FaultPlan([FaultRule(Fault(.refuse, 5), .at(2)), FaultRule(Fault(.failed), .at(1))]))
    #expect(decider.nextConnection() == nil)
    #expect(decider.next(for: .token)?.kind == .failed)
    #expect(decider.nextConnection() == Fault(.refuse, 5))
  }

  /// Random plans and random orders of requests: what happens at an endpoint depends on that endpoint's requests alone.
  @Test func otherEndpointsChangeNothing() {
    var random = SplitMix64(state: 20_260_105)
    for round in 0..<300 {
      let rules = (0..<Int.random(in: 1...4, using: &random)).map { _ in rule(using: &random) }
      let plan = FaultPlan(rules, seed: UInt64(round))
      let requests = (0..<200).map { _ in FaultEndpoint.allCases.randomElement(using: &random) ?? .token }
      var whole = FaultDecider(plan)
      let decided = requests.map { ($0, whole.next(for: $0)) }
      for endpoint in FaultEndpoint.allCases {
        var alone = FaultDecider(plan)
        let answers = decided.filter { $0.0 == endpoint }.map(\.1)
        #expect(answers == answers.map { _ in alone.next(for: endpoint) }, "round \(round), \(rules.map(\.text))")
      }
    }
  }

  /// A naive second reading of the rules' times.
  @Test func timesAreKept() {
    var random = SplitMix64(state: 7)
    for _ in 0..<300 {
      let rule = rule(using: &random)
      guard let endpoint = rule.endpoint else { continue }
      let numbers = struck(rule, seed: 3, of: 60, at: endpoint)
      switch rule.when {
      case .always: #expect(numbers == Array(1...60))
      case .at(let n): #expect(numbers == [n].filter { $0 <= 60 })
      case .from(let n): #expect(numbers == (1...60).filter { $0 >= n })
      case .every(let n): #expect(numbers == (1...60).filter { $0 % n == 0 })
      case .chance: #expect(numbers == struck(rule, seed: 3, of: 60, at: endpoint), "the same seed strikes the same requests")
      }
    }
  }

  private func rule(using random: inout SplitMix64) -> FaultRule {
    let number = Int.random(in: 1...20, using: &random)
    let whens: [FaultRule.When] = [.always, .at(number), .from(number), .every(number), .chance(percent: Double(number * 5))]
    let kinds = Fault.Kind.allCases.filter { !$0.strikesConnections && $0 != .forgetUpload }
    // Rules for any endpoint count all of them, so they are left out of what must hold for each alone.
    return FaultRule(
      Fault(kinds.randomElement(using: &random) ?? .failed), at: FaultEndpoint.allCases.randomElement(using: &random),
      whens.randomElement(using: &random) ?? .always)
  }

  @Test func chancesAreAsOftenAsTheySayAndDependOnTheSeed() {
    let rule = FaultRule(Fault(.failed), at: .message, .chance(percent: 20))
    let first = struck(rule, seed: 1, of: 20_000)
    #expect((3_800...4_200).contains(first.count))
    #expect(first != struck(rule, seed: 2, of: 20_000))
    #expect(struck(FaultRule(Fault(.failed), .chance(percent: 0)), of: 1000).isEmpty)
    #expect(struck(FaultRule(Fault(.failed), .chance(percent: 100)), of: 1000).count == 1000)
    // Two rules of one plan are drawn apart.
    var decider = FaultDecider(FaultPlan([FaultRule(Fault(.stall), .chance(percent: 50)), FaultRule(Fault(.page), .chance(percent: 50))]))
    let kinds = Set((0..<200).map { _ in decider.next(for: .upload)?.kind })
    #expect(kinds == [nil, .stall, .page])
  }
}
