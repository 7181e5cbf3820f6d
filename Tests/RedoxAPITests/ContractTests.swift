import RedoxAPI
import TestSupport
import Testing

@Suite struct ContractTests {
  @Test(arguments: DestinationContract.allCases)
  func theDoubleKeepsTheContract(_ clause: DestinationContract) async throws {
    let double = MemoryDestination()
    let subject = DestinationContract.Subject(destination: double) {
      double.deliveries.map { delivery in
        if case .upload = delivery.call { return .init(bytes: delivery.fileBytes, isMessage: false) }
        return .init(bytes: delivery.fileBytes, isMessage: true)
      }
    }
    try await clause.check(subject)
  }

  @Test func theDoubleFollowsItsScript() async throws {
    let double = MemoryDestination()
    double.script([
      .fail(DestinationError(.serverFailure, handover: .whole)),
      .failAfter(bytes: 70_000, DestinationError(.connectionLost, handover: .part)), .hang,
    ])
    let file = TestContent(byteCount: 200_000)
    let request = Fixtures.request(file)
    #expect(await failure { try await double.send(request, progress: noProgress) }?.cause == .serverFailure)
    let seen = Recorder<Int>()
    let lost = await failure { try await double.send(request) { seen.add($0.acknowledgedBytes) } }
    #expect(lost?.handover == .part && seen.all.max() ?? 0 < 150_000)
    let (reached, reach) = AsyncStream<Void>.makeStream()
    let hanging = Task { await failure { try await double.send(request) { if $0.phase == .finalizing { reach.yield() } } } }
    for await _ in reached { break }
    hanging.cancel()
    #expect(await hanging.value == DestinationError(.cancelled, handover: .whole))
    #expect(double.deliveries.isEmpty)
    _ = try await double.send(request, progress: noProgress)
    #expect(double.deliveries.count == 1)
  }
}
