import Testing

@testable import RedoxSandbox

/// The table of the design against the oracle, from what is seen of a fault: how far a body is read, what is answered, what is kept.
@Suite struct ExpectedEndTests {
  @Test(arguments: Fault.Kind.allCases, FaultEndpoint.allCases)
  func theOracleSaysWhatTheDesignSays(kind: Fault.Kind, endpoint: FaultEndpoint) {
    guard kind.endpoints.contains(endpoint), !kind.strikesConnections else { return }
    let effect = FaultEffect(Fault(kind))
    let end = kind.expected(on: endpoint)
    let isMessage = endpoint == .message
    // A message that may have been taken in is never repeated silently, and nothing but a message is ever uncertain.
    if !isMessage { #expect(![.uncertain, .byHandover].contains(end)) }
    switch (effect.reading, effect.sending) {
    case (.nothing, _), (.half, _): #expect(end == (isMessage ? .byHandover : .retried))
    case (.whole, .nothing), (.whole, .silence), (.whole, .half): #expect(end == (isMessage ? .uncertain : .retried))
    default: break
    }
    if case .status(let status) = effect.answering {
      switch status {
      case 401: #expect(end == (endpoint == .token ? .refused : .newToken))
      case 429, 503: #expect(end == .waits)
      case 400..<500: #expect(end == .refused)
      default: #expect(end == (isMessage ? .uncertain : .retried))
      }
    }
    // Where a repeat follows by itself, nothing must have been kept that it would double.
    if isMessage, [.retried, .waits, .newToken, .refused].contains(end) { #expect(!effect.keeps) }
  }

  @Test func handoverDecidesWhatOnlyItCan() {
    #expect(ExpectedEnd.byHandover.resolved(handedOverWhole: true) == .uncertain)
    #expect(ExpectedEnd.byHandover.resolved(handedOverWhole: false) == .retried)
    #expect(ExpectedEnd.refused.resolved(handedOverWhole: true) == .refused)
  }
}
